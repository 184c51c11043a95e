// "Leave quickly": the page goes blank at once, and Back does not lead here.

for (const way of document.querySelectorAll("[data-exit]")) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    document.title = "";
    document.body.replaceChildren();
    location.replace(way.href);
  });
}
