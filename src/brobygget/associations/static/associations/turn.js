// The arrow keys and a presenter's clicker turn the page; the links do the same without this.
const isMirrored = document.documentElement.dir === "rtl";
const keys = {
  PageDown: "on",
  " ": "on",
  PageUp: "back",
  ArrowRight: isMirrored ? "back" : "on",
  ArrowLeft: isMirrored ? "on" : "back",
};

document.addEventListener("keydown", (event) => {
  const way = keys[event.key];
  if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
  const link = document.querySelector(`[data-turn="${way}"]`);
  if (link) {
    event.preventDefault();
    link.click();
  }
});
