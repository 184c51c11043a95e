// Plus and minus on a ballot, without asking the house for each dot. Without this file the same buttons ask the house.

const state = (form) => {
  const rows = [...form.querySelectorAll("[data-dot-row]")];
  const numberOf = (row) => row.querySelector("[data-dot-number]");
  const each = Number(form.dataset.dots);
  const left = each - rows.reduce((sum, row) => sum + Number(numberOf(row).value), 0);
  return { rows, numberOf, left };
};

const show = (form) => {
  const { rows, numberOf, left } = state(form);
  for (const row of rows) {
    const dots = Number(numberOf(row).value);
    row.querySelectorAll("[data-dot-place] > *").forEach((dot, index) => (dot.hidden = index >= dots));
    row.querySelector("[data-dot-fewer]").disabled = dots === 0;
    row.querySelector("[data-dot-more]").disabled = left === 0;
  }
  document.querySelectorAll("[data-dots-purse] > *").forEach((dot, index) => dot.classList.toggle("dot-free", index >= left));
  for (const sentence of document.querySelectorAll("[data-dots-say]")) sentence.hidden = Number(sentence.dataset.dotsSay) !== left;
  const give = document.querySelector("[data-dots-give]");
  if (give) give.disabled = left !== 0;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-dot-more], [data-dot-fewer]");
  const form = button?.closest("form[data-dots]");
  if (!form) return;
  event.preventDefault();
  const { numberOf, left } = state(form);
  const number = numberOf(button.closest("[data-dot-row]"));
  const more = button.matches("[data-dot-more]");
  if (more ? left > 0 : Number(number.value) > 0) number.value = String(Number(number.value) + (more ? 1 : -1));
  show(form);
  // A button that has just become impossible lets go of the focus: hand it to its neighbour.
  if (button.disabled) button.parentElement.querySelector("button:not(:disabled)")?.focus();
});
