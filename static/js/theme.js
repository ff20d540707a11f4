// What the reader has chosen on this device, before the first paint: light or dark, and which urgent notices
// are closed. Light or dark as the reader has chosen on this device (the switch in components/footer.html), else as the
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

  // Urgent notices (components/urgent.html) that were closed here, by their address and words: one that says
  // something new is shown again. A sign-out forgets them with all "viche.kept:".
  const CLOSED = "viche.kept:notices";
  const MOST = 20;
  const nameOf = (notice) => {
    const link = notice.querySelector("a");
    return `${link.pathname} ${link.textContent.trim()}`;
  };

  function closed() {
    try {
      const names = JSON.parse(localStorage.getItem(CLOSED));
      return Array.isArray(names) ? names : [];
    } catch {
      return [];
    }
  }

  function hideClosed() {
    const names = closed();
    for (const bar of document.querySelectorAll(".urgent")) {
      const notices = [...bar.querySelectorAll("[data-notice]")];
      for (const notice of notices) if (notice.querySelector("a")) notice.hidden = names.includes(nameOf(notice));
      bar.hidden = notices.length > 0 && notices.every((notice) => notice.hidden);
    }
  }

  // While the page is read, each of its pieces before it is painted; then what js/live.js puts in.
  const arriving = new MutationObserver(() => closed().length && hideClosed());
  arriving.observe(root, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    hideClosed();
    arriving.disconnect();
    const place = document.querySelector('[data-live-council="urgent"]');
    if (place) arriving.observe(place, { childList: true });
  });
  document.addEventListener("click", (event) => {
    const notice = event.target.closest?.("[data-notice-close]")?.closest("[data-notice]");
    if (!notice) return;
    try {
      localStorage.setItem(CLOSED, JSON.stringify([...closed(), nameOf(notice)].slice(-MOST)));
    } catch {
      return;
    }
    hideClosed();
    const next = document.querySelector("[data-notice]:not([hidden]) [data-notice-close]");
    (next ?? document.getElementById("main"))?.focus({ preventScroll: true });
  });

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
