// Keeps what somebody has begun to write on this phone, until it is saved: a flat battery takes nothing away.

const who = document.documentElement.dataset.who ?? "";

for (const form of document.querySelectorAll("form[data-draft]")) {
  const field = form.querySelector("textarea");
  const place = `draft:${form.dataset.draft}:${who}`;
  const store = (text) => {
    try {
      if (text === field.defaultValue) localStorage.removeItem(place);
      else localStorage.setItem(place, text);
    } catch {
      // A phone that keeps nothing still sends the form.
    }
  };
  try {
    const kept = localStorage.getItem(place);
    if (kept !== null && !form.querySelector("[aria-invalid]")) field.value = kept;
  } catch {
    continue;
  }
  field.addEventListener("input", () => store(field.value));
  // Sent is not saved: the next page with the same words throws the draft away.
  if (field.value === field.defaultValue) store(field.defaultValue);
}
