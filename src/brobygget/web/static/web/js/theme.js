// Light or dark: what the phone asks for, until the reader chooses; the choice stays on this phone.
(() => {
  const root = document.documentElement;
  const kept = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  };
  const isFixed = root.hasAttribute("data-theme");
  const chosen = kept();
  if (!isFixed && (chosen === "light" || chosen === "dark")) root.dataset.theme = chosen;

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const isDark = root.dataset.theme
          ? root.dataset.theme === "dark"
          : matchMedia("(prefers-color-scheme: dark)").matches;
        root.dataset.theme = isDark ? "light" : "dark";
        try {
          localStorage.setItem("theme", root.dataset.theme);
        } catch {
          // Without storage the choice lasts as long as the page.
        }
      });
    }
  });
})();
