// The door's word follows the number, also while the network is away; a face says thank you and turns round.

const follow = () => {
  const now = document.querySelector("[data-door-state]");
  const inside = Number(document.querySelector("#inside")?.textContent);
  if (!now || Number.isNaN(inside)) return;
  const { doorMost: most, doorWarns: warns } = now.dataset;
  const state = inside >= most ? "full" : inside >= warns ? "soon" : "open";
  if (now.dataset.doorState !== state) now.dataset.doorState = state;
  const bar = now.querySelector("progress");
  if (bar && bar.value !== inside) bar.value = Math.max(inside, 0);
};

const watch = () => {
  const main = document.querySelector("#content");
  if (main) new MutationObserver(follow).observe(main, { subtree: true, childList: true, characterData: true });
  follow();
};

const turnRound = () => {
  const thanks = document.querySelector("[data-faces-again]");
  if (thanks) setTimeout(() => location.assign(thanks.dataset.facesAgain), 4000);
};

// Kept without a network: the press counts, so the thanks come at once; the buttons are still for the next one.
document.addEventListener("outbox:kept", (event) => {
  if (event.target.matches?.(".faces")) event.target.classList.add("faces-kept");
  setTimeout(() => event.target.classList?.remove("faces-kept"), 2500);
  follow();
});
document.addEventListener("outbox:answered", () => {
  watch();
  turnRound();
});
watch();
turnRound();
