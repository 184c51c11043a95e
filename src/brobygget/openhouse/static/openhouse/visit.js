// The way that somebody made stays on this phone, until two days after the day: only the address, and for no other house.
// A press for a stamp that waits for the network says so at once.

const DAYS_AFTER = 2;
const nameOf = (day) => `brobygget-visit-${day}`;

const read = (day) => {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(day)) ?? "null");
    if (kept && kept.until < Date.now()) throw new Error("over");
    return kept;
  } catch {
    forget(day);
    return null;
  }
};

const forget = (day) => {
  try {
    localStorage.removeItem(nameOf(day));
  } catch {
    // A phone that keeps nothing has nothing to forget.
  }
};

const way = document.querySelector("[data-visit-keep]");
if (way) {
  const until = Date.parse(way.dataset.visitDay) + (DAYS_AFTER + 1) * 86400000;
  try {
    if (until > Date.now()) {
      localStorage.setItem(nameOf(way.dataset.visitKeep), JSON.stringify({ search: location.search, until }));
    }
  } catch {
    // Then it stands in the address alone.
  }
}

for (const place of document.querySelectorAll("[data-visit-kept]")) {
  const kept = read(place.dataset.visitKept);
  if (!kept) continue;
  const link = place.querySelector("a");
  link.href = link.pathname + kept.search;
  place.hidden = false;
}

for (const button of document.querySelectorAll("[data-visit-forget]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    forget(button.dataset.visitForget);
    location.assign(location.pathname.replace(/route\/$/, ""));
  });
}

document.addEventListener("outbox:kept", () => {
  const said = document.querySelector("[data-stamp-kept]");
  if (said) said.hidden = false;
  for (const button of document.querySelectorAll(".button-stamp")) button.disabled = true;
});
