// Drag a person to a table, or onto somebody to change places. The page then asks what it changes, as it does for
// taps: nothing is kept before it has been seen.

const hall = document.querySelector("[data-hall]");
const address = hall?.dataset.hall;

if (address) {
  let dragged = "";
  const end = () => {
    for (const each of hall.querySelectorAll(".is-over")) each.classList.remove("is-over");
  };

  for (const person of hall.querySelectorAll("a[data-guest]")) {
    person.draggable = true;
    person.addEventListener("dragstart", (event) => {
      dragged = person.dataset.guest;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", person.textContent.trim());
    });
    person.addEventListener("dragend", end);
  }

  for (const table of hall.querySelectorAll("[data-table]")) {
    table.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      table.classList.add("is-over");
    });
    table.addEventListener("dragleave", (event) => {
      if (!table.contains(event.relatedTarget)) table.classList.remove("is-over");
    });
    table.addEventListener("drop", (event) => {
      if (!dragged) return;
      event.preventDefault();
      const other = event.target.closest("[data-guest]")?.dataset.guest;
      const isSame = table.querySelector(`[data-guest="${CSS.escape(dragged)}"]`);
      end();
      if (isSame) return;
      const where = other ? `with=${other}` : `table=${table.dataset.table}`;
      location.assign(`${address}&guest=${dragged}&${where}#moving`);
    });
  }
}

// A large plan gets better in pieces: the page asks for the next one, as the button does for those without scripts.
const better = document.querySelector("form[data-better]");
if (better) setTimeout(() => better.requestSubmit(), 600);
