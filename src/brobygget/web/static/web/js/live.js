// Keeps <div data-live="address" data-live-tag="..."> up to date: asks every two seconds, mostly hears "nothing new".

const EVERY = 2000;
const AT_MOST = 30000;

const isBeingUsed = (element) => {
  const focus = document.activeElement;
  return element.contains(focus) && focus.matches("input, textarea, select, [contenteditable]");
};

// The same focus after new content: whoever goes by keyboard is not thrown back to the top.
const replace = (element, markup) => {
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...element.querySelectorAll("details[open][id]")].map((each) => each.id);
  // A live element inside this one goes on as it is, when the new content asks for the same address.
  const inside = new Map([...element.querySelectorAll("[data-live]")].map((each) => [each.dataset.live, each]));
  element.innerHTML = markup;
  for (const each of element.querySelectorAll("[data-live]")) {
    const earlier = inside.get(each.dataset.live);
    if (earlier) each.replaceWith(earlier);
    else follow(each);
  }
  for (const id of open) element.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
  if (focused) element.querySelector(`#${CSS.escape(focused)}`)?.focus({ preventScroll: true });
  window.htmx?.process(element);
  element.dispatchEvent(new CustomEvent("live:changed", { bubbles: true }));
};

const tellOffline = (element, isOffline) => {
  element.toggleAttribute("data-live-offline", isOffline);
  const banner = document.querySelector("[data-live-banner]");
  if (banner) banner.hidden = !document.querySelector("[data-live-offline]");
};

const follow = (element) => {
  let wait = EVERY;
  let timer = 0;
  let isAsking = false;

  const later = () => {
    clearTimeout(timer);
    if (document.body.contains(element)) timer = setTimeout(ask, wait * (0.9 + Math.random() * 0.2));
  };

  const ask = async () => {
    if (document.hidden || isAsking) return later();
    isAsking = true;
    try {
      const tag = element.dataset.liveTag;
      const headers = tag ? { "If-None-Match": tag.startsWith('"') ? tag : `"${tag}"` } : {};
      const answer = await fetch(element.dataset.live, {
        headers,
        cache: "no-store",
        credentials: "same-origin",
        signal: AbortSignal.timeout ? AbortSignal.timeout(10000) : undefined,
      });
      if (answer.status === 200 && !answer.redirected) {
        const markup = await answer.text();
        if (!isBeingUsed(element)) {
          element.dataset.liveTag = answer.headers.get("ETag") ?? "";
          replace(element, markup);
        }
      } else if (answer.status >= 500) {
        throw new Error(String(answer.status));
      } else if (answer.redirected || [401, 403, 404, 410].includes(answer.status)) {
        // The meeting has moved on or the link was closed: the whole page knows better.
        location.reload();
        return;
      }
      wait = EVERY;
      tellOffline(element, false);
    } catch {
      wait = Math.min(wait * 1.7, AT_MOST);
      tellOffline(element, true);
    } finally {
      isAsking = false;
    }
    later();
  };

  const atOnce = () => {
    if (document.hidden) return;
    wait = EVERY;
    ask();
  };
  document.addEventListener("visibilitychange", atOnce);
  addEventListener("online", atOnce);
  later();
};

for (const element of document.querySelectorAll("[data-live]")) follow(element);
// An answer that came without a new page may show something else to follow.
document.addEventListener("outbox:answered", (event) => {
  for (const element of event.detail.form.querySelectorAll("[data-live]")) follow(element);
});
