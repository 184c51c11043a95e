// Asks the browser to keep a page for the time when the network is away; see worker.js. Where that is not possible
// (an address without https, an old phone) everything else works as before.

if (navigator.serviceWorker && isSecureContext) {
  const begin = async () => {
    try {
      await navigator.serviceWorker.register("/worker.js");
      const { active } = await navigator.serviceWorker.ready;
      active?.postMessage({ language: document.documentElement.lang });
    } catch {
      // Not today; the next page tries again.
    }
  };
  addEventListener("load", () => setTimeout(begin, 1500));
}
