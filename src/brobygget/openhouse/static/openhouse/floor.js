// The map by keyboard: one stop for Tab in each hall, arrows go to the nearest table in that direction, Enter presses,
// Escape puts down. What is pressed changes the part of the page that it concerns; without this file every press is a link.

const main = document.querySelector("#content");
const floor = () => document.querySelector("#floor");
const spotsIn = (map) => [...map.querySelectorAll("a[data-spot]")];
const middle = (spot) => {
  const box = spot.querySelector(".spot-table").getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};
const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function rove() {
  for (const map of floor()?.querySelectorAll(".floor-map") ?? []) {
    const spots = spotsIn(map);
    const first = spots.find((spot) => spot.matches("[aria-current], :focus")) ?? spots[0];
    for (const spot of spots) spot.setAttribute("tabindex", spot === first ? "0" : "-1");
  }
}

function nearest(from, [across, along]) {
  const here = middle(from);
  let best = null;
  let least = Infinity;
  for (const spot of floor().querySelectorAll("a[data-spot]")) {
    if (spot === from) continue;
    const there = middle(spot);
    const ahead = (there.x - here.x) * across + (there.y - here.y) * along;
    const aside = Math.abs((there.x - here.x) * along) + Math.abs((there.y - here.y) * across);
    if (ahead < 4) continue;
    const far = ahead + 3 * aside;
    if (far < least) [best, least] = [spot, far];
  }
  return best;
}

function focus(spot, how) {
  for (const each of spotsIn(spot.closest(".floor-map"))) each.setAttribute("tabindex", each === spot ? "0" : "-1");
  spot.focus(how);
}

async function go(address, after) {
  const had = document.activeElement?.id;
  const height = window.scrollY;
  await window.htmx.ajax("GET", address, { target: "#floor", select: "#floor", swap: "outerHTML" });
  history.replaceState(null, "", address);
  rove();
  const next = document.querySelector(after) ?? (had ? document.getElementById(had) : null);
  // The panel stays in view by itself; the map stays where the eye was.
  if (next) next.matches("a[data-spot]") ? focus(next, { preventScroll: true }) : next.focus({ preventScroll: true });
  window.scrollTo(0, height);
}

main?.addEventListener("click", (event) => {
  const link = event.target.closest("#floor a[data-spot], #floor a[data-go]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
  event.preventDefault();
  const address = link.getAttribute("href");
  const isMove = address.includes("to=");
  const chosen = document.querySelector("#floor a[aria-current]")?.id;
  const back = link.matches("[data-leave]") && chosen ? `#${chosen}` : "#floor-panel";
  go(address, isMove ? "#keep" : link.matches("[data-spot]") ? `#${link.id}` : back);
});

main?.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-ask]");
  if (!form || !window.htmx) return;
  event.preventDefault();
  go(`${floor().dataset.floor}?${new URLSearchParams(new FormData(form))}`, "#keep");
});

main?.addEventListener("keydown", (event) => {
  if (!event.target.closest("#floor")) return;
  if (event.key === "Escape" && document.querySelector(".floor-panel-chosen")) {
    const chosen = document.querySelector("#floor a[aria-current]")?.id;
    event.preventDefault();
    go(floor().dataset.floor, chosen ? `#${chosen}` : "#floor-panel");
    return;
  }
  const spot = event.target.closest("a[data-spot]");
  const direction = DIRECTIONS[event.key];
  if (!spot || !direction) return;
  event.preventDefault();
  const next = nearest(spot, direction);
  if (next) focus(next);
});

rove();
const there = location.hash.startsWith("#table-") && document.querySelector(location.hash);
if (there) focus(there);
