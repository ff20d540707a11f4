// Light or dark as the reader has chosen on this device (the switch in components/footer.html), else as the
// device has it. No module, and before the style sheets: a chosen theme is there at the first paint. What
// is chosen stays in localStorage, so that pages are the same for everybody. css/tokens.css has the colours.
(() => {
  const root = document.documentElement;
  const KEY = "theme";

  function chosen() {
    try {
      const theme = localStorage.getItem(KEY);
      return theme === "light" || theme === "dark" ? theme : "";
    } catch {
      return "";
    }
  }

  function show() {
    const theme = chosen();
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      meta.dataset.media ??= meta.media;
      const own = meta.dataset.media.includes("dark") ? "dark" : "light";
      meta.media = theme ? (theme === own ? "all" : "not all") : meta.dataset.media;
    }
    for (const button of document.querySelectorAll("[data-theme-choice]"))
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  }

  try {
    localStorage.getItem(KEY);
  } catch {
    return; // nothing can be kept on this device
  }
  root.dataset.themes = "";
  show();
  document.addEventListener("DOMContentLoaded", show);
  addEventListener("storage", show);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-theme-choice]");
    if (!button) return;
    const theme = button.dataset.themeChoice;
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch {
      return;
    }
    show();
  });
})();
