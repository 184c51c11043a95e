// One idea on the screen. With a network the answer brings the next page; without one the next idea lies ready here.

const COUNTER = "brobygget-vote-seq";
let last = 0;

const counted = () => {
  try {
    return Number(localStorage.getItem(COUNTER)) || 0;
  } catch {
    return 0;
  }
};

// Every press has a higher number than all before it on this phone: the highest one counts, in whatever order they come.
const nextSeq = (form) => {
  const fromPage = Number(form.closest("[data-vote-deck]")?.dataset.voteSeq) || 1;
  last = Math.max(last, counted()) + 1;
  last = Math.max(last, fromPage);
  try {
    localStorage.setItem(COUNTER, String(last));
  } catch {
    // Private windows may refuse; the page's own numbers still rise.
  }
  return last;
};

// On the window, so that it comes before the outbox reads the form.
addEventListener(
  "submit",
  (event) => {
    const field = event.target.querySelector?.("[data-vote-seq]");
    if (field) field.value = String(nextSeq(event.target));
  },
  { capture: true },
);

const tellProgress = (deck) => {
  const place = deck.querySelector("[data-vote-number]");
  const words = deck.querySelector("[data-vote-words]")?.textContent;
  if (!place || !words) return;
  const total = Number(place.dataset.voteTotal);
  const done = Math.min(Number(place.dataset.voteDone) + 1, total);
  place.dataset.voteDone = String(done);
  place.textContent = words.replace("{number}", String(Math.min(done + 1, total))).replace("{total}", String(total));
  const plank = deck.querySelector(".deck-ahead");
  plank?.classList.replace("deck-ahead", "deck-done");
};

document.addEventListener("outbox:kept", (event) => {
  const deck = event.target.closest?.("[data-vote-deck]");
  if (!deck) return;
  const card = event.target.closest("[data-vote-card]");
  if (!("voteQuestion" in card.dataset)) tellProgress(deck);
  card.remove();
  const next = deck.querySelector("[data-vote-card]") ?? deck.querySelector("[data-vote-held]");
  next.hidden = false;
  const heading = next.querySelector("h2");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  scrollTo(0, 0);
  deck.querySelector(".vote-back")?.remove();
});

// Everything has arrived, and the phone has no idea left: the next ones come from the house.
document.addEventListener("outbox:waiting", (event) => {
  const held = document.querySelector("[data-vote-held]");
  if (event.detail.count === 0 && held && !held.hidden && navigator.onLine) location.reload();
});
