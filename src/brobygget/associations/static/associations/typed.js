// <form data-typed="ADDRESS">: what is written is sent a moment after the last key, whole, with a key of its own.
// The answer says when it was saved and what stands there now. Without this script the button does the same.

const form = document.querySelector("form[data-typed]");
const QUIET = 1200;
const AGAIN = 5000;
let timer = 0;
let isSending = false;
let isWaiting = false;

const newKey = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (+digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+digit / 4)))).toString(16),
  );

const say = (sentence) => {
  const place = form.querySelector("#typed");
  let words = place.querySelector(".own-saved-words span");
  if (!words) {
    const line = document.createElement("p");
    line.className = "own-saved-words";
    words = line.appendChild(document.createElement("span"));
    place.append(line);
  }
  words.textContent = sentence;
};

const send = async () => {
  if (isSending) {
    isWaiting = true;
    return;
  }
  isSending = true;
  isWaiting = false;
  const data = new FormData(form);
  data.set("key", newKey());
  try {
    const answer = await fetch(form.dataset.typed, {
      method: "POST",
      body: new URLSearchParams(data),
      credentials: "same-origin",
    });
    if (answer.status !== 201) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    form.querySelector("#typed").replaceWith(document.adoptNode(page.querySelector("#typed")));
  } catch {
    say(form.dataset.typedWaiting);
    timer = setTimeout(send, AGAIN);
  } finally {
    isSending = false;
    if (isWaiting) soon();
  }
};

const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(send, QUIET);
};

form?.addEventListener("input", soon);
form?.addEventListener("submit", () => clearTimeout(timer));
