// How much is unread of what one follows, or that mails bounce: put beside the bell of the account menu.
// Asked for once a page, and not again within PATIENCE in the same tab, unless one has been to the inbox.
const PATIENCE = 60_000;
const KEY = "unread";
const link = document.querySelector("[data-unread]");

function kept() {
  try {
    const { at, url, html } = JSON.parse(sessionStorage.getItem(KEY));
    return url === link.dataset.unread && Date.now() - at < PATIENCE ? html : null;
  } catch {
    return null;
  }
}

async function ask() {
  const answer = await fetch(link.dataset.unread, { headers: { Accept: "text/html" }, redirect: "error" });
  const html = answer.status === 200 ? await answer.text() : "";
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ at: Date.now(), url: link.dataset.unread, html }));
  } catch {
    // No storage: it is asked for on each page.
  }
  return html;
}

async function show() {
  const isThere = link.hasAttribute("aria-current");
  const html = (isThere ? null : kept()) ?? (await ask());
  if (html) link.insertAdjacentHTML("beforeend", html);
}

if (link) show().catch(() => {});
