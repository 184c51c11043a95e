// Presses are never lost: <form data-outbox> is sent at once, or kept on this phone until there is a network.
// Kept are key, address and fields; no names, no token. The key makes a press count once, however often it is sent.

const STORE = "presses";
const DAYS = 7;
const AGAIN = [3000, 6000, 12000, 30000, 60000];
const who = document.documentElement.dataset.who ?? "";
const words = document.querySelector("[data-outbox-words]")?.dataset ?? {};
const inMemory = new Map();
let isSending = false;
let tries = 0;
let timer = 0;

const newKey = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (+digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+digit / 4)))).toString(16),
  );

const database = new Promise((resolve) => {
  try {
    const opening = indexedDB.open("brobygget-outbox", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "key" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => resolve(null);
  } catch {
    resolve(null);
  }
});

const inStore = async (mode, act) => {
  const store = await database;
  if (!store) return undefined;
  return new Promise((resolve, reject) => {
    const work = store.transaction(STORE, mode);
    const asked = act(work.objectStore(STORE));
    work.oncomplete = () => resolve(asked.result);
    work.onerror = () => reject(work.error);
    work.onabort = () => reject(work.error);
  });
};

const keep = async (press) => {
  try {
    if ((await inStore("readwrite", (store) => store.put(press))) !== undefined) return;
  } catch {
    // A full phone: hold it in memory and ask that the page stays open.
  }
  inMemory.set(press.key, press);
};

const forget = async (key) => {
  inMemory.delete(key);
  await inStore("readwrite", (store) => store.delete(key)).catch(() => {});
};

const waiting = async () => {
  const stored = (await inStore("readonly", (store) => store.getAll()).catch(() => [])) ?? [];
  const oldest = Date.now() - DAYS * 86400000;
  for (const press of stored) if (press.at < oldest) await forget(press.key);
  return [...stored, ...inMemory.values()]
    .filter((press) => press.who === who && press.at >= oldest)
    .sort((one, other) => one.at - other.at);
};

const banner = () => {
  let element = document.querySelector("[data-outbox-banner]");
  if (!element) {
    element = document.createElement("div");
    element.className = "notice notice-offline outbox";
    element.setAttribute("role", "status");
    element.dataset.outboxBanner = "";
    element.append(document.createElement("p"));
    document.body.append(element);
  }
  return element;
};

let hadWaiting = false;
const show = async (sentence) => {
  const count = (await waiting()).length;
  const element = banner();
  const text = element.querySelector("p");
  if (sentence) {
    text.textContent = sentence;
    element.hidden = false;
  } else if (count) {
    text.textContent = (words.waiting ?? "{count}").replace("{count}", String(count));
    element.classList.remove("notice-done");
    element.hidden = false;
  } else if (hadWaiting) {
    text.textContent = words.saved ?? "";
    element.classList.add("notice-done");
    element.hidden = false;
    setTimeout(() => (element.hidden = true), 4000);
  } else {
    element.hidden = true;
  }
  hadWaiting = count > 0;
  document.dispatchEvent(new CustomEvent("outbox:waiting", { detail: { count } }));
};

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

const post = (press, headers) => {
  const fields = new URLSearchParams(press.fields);
  fields.set("key", press.key);
  fields.set("csrfmiddlewaretoken", token());
  return fetch(press.address, {
    method: "POST",
    body: fields,
    // Not the time of day: a phone's clock may be wrong by days, but it knows how long it has waited.
    headers: { ...headers, "X-Pressed-Ago": String(Math.max(0, Math.round((Date.now() - press.at) / 1000))) },
    credentials: "same-origin",
    signal: AbortSignal.timeout ? AbortSignal.timeout(15000) : undefined,
  });
};

const isWorthAnotherTry = (status) => status >= 500 || status === 408 || status === 429;

const sendAll = async () => {
  for (const press of await waiting()) {
    const answer = await post(press, { "X-Outbox": "1" });
    if (isWorthAnotherTry(answer.status)) throw new Error(String(answer.status));
    if (answer.status === 403) {
      // The page is older than the sign-in; the press stays until a fresh page sends it.
      await show(words.reload);
      return false;
    }
    await forget(press.key);
    if (!answer.ok) await show(words.refused);
    document.dispatchEvent(new CustomEvent("outbox:sent", { detail: { key: press.key, status: answer.status } }));
  }
  return true;
};

// The page was drawn before these presses arrived: its count comes once more from the server.
const countAfresh = async () => {
  const places = [...document.querySelectorAll("form[data-outbox-count]")].map((form) => form.dataset.outboxCount);
  if (!places.length) return;
  const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of new Set(places)) {
    const [old, fresh] = [document.querySelector(place), page.querySelector(place)];
    if (old && fresh) old.textContent = fresh.textContent;
  }
};

const send = async () => {
  clearTimeout(timer);
  if (isSending || !(await waiting()).length) return;
  isSending = true;
  hadWaiting = true;
  try {
    const alone = navigator.locks ? navigator.locks.request("brobygget-outbox", sendAll) : sendAll();
    const isDone = await alone;
    tries = 0;
    if (!isDone) return;
    await show();
    await countAfresh();
  } catch {
    tries += 1;
    await show();
    timer = setTimeout(send, AGAIN[Math.min(tries, AGAIN.length) - 1]);
  } finally {
    isSending = false;
  }
};

// The answer is a whole page; only its main part changes, as a browser would have shown it.
const showAnswer = async (answer, form) => {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const place = form.dataset.outboxTarget ?? "#content";
  const fresh = page.querySelector(place);
  const old = document.querySelector(place);
  if (!fresh || !old) {
    location.assign(answer.url);
    return;
  }
  old.replaceWith(document.adoptNode(fresh));
  document.title = page.title;
  if (answer.redirected && answer.url !== location.href) history.pushState({}, "", answer.url);
  window.htmx?.process(fresh);
  if (place === "#content") {
    scrollTo(0, 0);
    fresh.focus({ preventScroll: true });
  }
  document.dispatchEvent(new CustomEvent("outbox:answered", { detail: { form: fresh } }));
};

const press = async (event) => {
  const form = event.target;
  if (!form.matches?.("form[data-outbox]") || form.method !== "post") return;
  const data = new FormData(form, event.submitter ?? undefined);
  if ([...data.values()].some((value) => value instanceof File && value.size)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  data.delete("csrfmiddlewaretoken");
  data.delete("key");
  const fields = [...data].filter(([, value]) => typeof value === "string");
  const address = event.submitter?.getAttribute("formaction") ?? form.action;
  const kept = { key: newKey(), address, fields, who, at: Date.now() };
  await keep(kept);
  form.dispatchEvent(new CustomEvent("outbox:pressed", { bubbles: true, detail: kept }));
  try {
    const answer = await post(kept, {});
    if (isWorthAnotherTry(answer.status)) throw new Error(String(answer.status));
    await forget(kept.key);
    await showAnswer(answer, form);
    send();
  } catch {
    const counted = form.dataset.outboxCount && document.querySelector(form.dataset.outboxCount);
    const step = Number(event.submitter?.dataset.outboxAdds ?? form.dataset.outboxAdds ?? 0);
    if (counted && step) counted.textContent = String(Number(counted.textContent) + step);
    form.dispatchEvent(new CustomEvent("outbox:kept", { bubbles: true, detail: kept }));
    await show();
    clearTimeout(timer);
    timer = setTimeout(send, AGAIN[0]);
  }
};

document.addEventListener("submit", press, { capture: true });
addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.hidden || send());
addEventListener("beforeunload", (event) => {
  if (inMemory.size) event.preventDefault();
});
history.scrollRestoration = "auto";
addEventListener("popstate", () => location.reload());
send();
