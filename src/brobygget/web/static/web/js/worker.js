// Shows a page of ours when the network is away. Pages are always asked of the house first; kept are style, scripts,
// the page that says "no network", and pages that ask for it themselves and tell nothing of anybody.

const KEPT = "brobygget-1";
const OFFLINE = "/offline/";
const IS_STYLE = /^\/(static|sheet)\//;

const remember = async (address, answer) => (await caches.open(KEPT)).put(address, answer);
const forget = async (address) => (await caches.open(KEPT)).delete(address);
const recall = async (address) => (await caches.open(KEPT)).match(address);

const renew = async () => {
  const answer = await fetch(OFFLINE, { credentials: "same-origin", cache: "no-store" });
  if (answer.ok) await remember(OFFLINE, answer);
};

addEventListener("install", (event) => event.waitUntil(renew().then(() => skipWaiting())));

addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
      await clients.claim();
    })(),
  ),
);

// A page tells its language; the kept page follows the reader's choice.
addEventListener("message", (event) =>
  event.waitUntil(
    (async () => {
      const kept = await recall(OFFLINE);
      if (kept?.headers.get("Content-Language") !== event.data?.language) await renew();
    })().catch(() => {}),
  ),
);

const visit = async (request) => {
  const { pathname } = new URL(request.url);
  try {
    const answer = await fetch(request);
    if (answer.headers.get("X-Keep-On-Phone") && answer.ok) await remember(pathname, answer.clone());
    else await forget(pathname);
    return answer;
  } catch {
    return (await recall(pathname)) ?? (await recall(OFFLINE)) ?? Response.error();
  }
};

const dress = async (request) => {
  try {
    const answer = await fetch(request);
    if (answer.ok) await remember(request.url, answer.clone());
    return answer;
  } catch {
    return (await recall(request.url)) ?? Response.error();
  }
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(visit(request));
  else if (IS_STYLE.test(pathname)) event.respondWith(dress(request));
});
