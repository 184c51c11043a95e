// “I want to try” without a network: what somebody has written stays on the page, and never in the phone's memory.
// What may be kept for later is another form, which holds no word of anybody's: see docs/decisions/0022.

const AWAY = 90000;

const offer = (place) => {
  const form = place?.querySelector("[data-want-offline]") ?? document.querySelector("[data-want-offline]");
  if (!form) return;
  form.hidden = false;
  form.scrollIntoView({ block: "center" });
};

// A link that cannot be followed just now.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-want-link]");
  if (!link || navigator.onLine) return;
  event.preventDefault();
  offer(link.closest("[data-want]"));
});

// The form with words: sent at once, or not at all. Its key makes a second try count once.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches?.("form[data-want-form]")) return;
  event.preventDefault();
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      credentials: "same-origin",
    });
    if (answer.redirected) {
      location.assign(answer.url);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#content");
    document.querySelector("#content").replaceWith(document.adoptNode(fresh));
    scrollTo(0, 0);
    fresh.focus({ preventScroll: true });
  } catch {
    offer(null);
  }
});

// When the press without words has been kept, the form with words has had its turn.
document.addEventListener("outbox:kept", (event) => {
  if (!event.target.matches?.("[data-want-offline]")) return;
  event.target.hidden = true;
  document.querySelector("form[data-want-form]")?.reset();
});

// On a tablet in a crowd: who it is does not stay on the screen.
const away = document.querySelector("[data-hand-away]");
if (away) {
  let timer = 0;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(away.href), AWAY);
  };
  for (const sign of ["pointerdown", "keydown", "scroll"]) addEventListener(sign, again, { passive: true });
  again();
}
