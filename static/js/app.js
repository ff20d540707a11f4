// What every page needs and cannot do without a script: GOV.UK's components where a page has any;
// the focus on what was refused, an error summary or a notice (the first one has `autofocus`); and htmx's
// answers that are no fragments: a redirect to a whole page (sign in first) is followed, a failure
// is told where the person is, and neither is ever put into a region. And the buttons that copy and print.
const govuk = document.getElementById("app-js").dataset.govuk;
const MODULES = { "govuk-character-count": "CharacterCount", "govuk-password-input": "PasswordInput" };
const refusal = document.querySelector("[data-error-summary]");
const seen = new WeakSet(document.querySelectorAll("[data-error-summary]"));

// A browser gives no `autofocus` where the address names a place (#main): what was refused comes first.
// It goes to the place once the page is loaded, and takes the focus from everything with that.
const meetRefusal = () => [document.body, null].includes(document.activeElement) && refusal.focus();
if (refusal) meetRefusal();
if (refusal && location.hash) addEventListener("load", () => setTimeout(meetRefusal));

document.body.classList.add("govuk-frontend-supported");

async function dress() {
  for (const [module, name] of Object.entries(MODULES)) {
    const bare = document.querySelectorAll(`[data-module="${module}"]:not([data-${module}-init])`);
    if (!bare.length) continue;
    const components = await import(govuk);
    // Another call may have dressed it meanwhile.
    for (const root of bare) if (!root.hasAttribute(`data-${module}-init`)) new components[name](root);
  }
}

function focusNewErrors() {
  const summary = [...document.querySelectorAll("[data-error-summary]")].find((one) => !seen.has(one));
  if (!summary) return;
  seen.add(summary);
  summary.focus();
}

// An error page says in its heading and first lines what happened; a lost connection has no page.
function tell(source, html, place = source) {
  const notice = document.querySelector("template[data-failed]").content.firstElementChild.cloneNode(true);
  const main = html && new DOMParser().parseFromString(html, "text/html").querySelector("main");
  if (main) {
    const lines = [...main.querySelectorAll("h1, p")].slice(0, 2);
    const words = lines.map((line) => line.textContent.trim().replace(/\s+/g, " "));
    notice.querySelector("p").textContent = words.join(". ");
  }
  notice.dataset.failedNotice = "";
  place.before(notice);
  // Whoever pressed something sees what became of it; what the page asked for by itself takes nobody away.
  if (place === source && !source.contains(document.activeElement)) return;
  notice.tabIndex = -1;
  notice.focus();
}

// A form that js/sending.js could not send: said beside its button, where the person is.
document.addEventListener("sending:failed", ({ detail: { form, submitter, html } }) => {
  for (const old of document.querySelectorAll("[data-failed-notice]")) old.remove();
  const place = submitter?.closest(".form-actions") ?? form.querySelector(".form-actions") ?? submitter ?? form;
  tell(form, html, place);
});

// Buttons that copy what stands on the page (components/copy.html), or print it. They live here and not in
// scripts of their own: a script that no page but a receipt needs would be asked for when a ballot is cast.
async function copy(place) {
  const words = document.getElementById(place.dataset.copy);
  const said = place.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(words.dataset.words ?? words.textContent.trim());
    said.textContent = said.dataset.copied;
  } catch {
    // The clipboard is closed to us: the device's own way to copy is left.
    getSelection().selectAllChildren(words);
    said.textContent = said.dataset.byHand;
  }
}

/** The device's own sheet of ways to pass something on. Who closes it without a choice changes nothing. */
function share({ share: url, shareTitle: title }) {
  navigator.share({ title, url }).catch(() => {});
}

function offerButtons() {
  for (const node of document.querySelectorAll("[data-copy], [data-print]")) node.hidden = false;
  for (const node of document.querySelectorAll("[data-share]")) node.hidden = !navigator.share;
}
offerButtons();
document.addEventListener("sending:placed", offerButtons); // js/ballot.js
document.addEventListener("click", ({ target }) => {
  const place = target.closest?.("button")?.closest("[data-copy], [data-print], [data-share]");
  if (place?.hasAttribute("data-print")) print();
  else if (place?.hasAttribute("data-share")) share(place.dataset);
  else if (place) copy(place);
});

// On a slow connection the browser's own sign of loading is easily missed: after a moment a line runs at the top
// and the link that was pressed says that it is busy, until the page goes, is shown again, or OPENING_MS are over.
const OPENING_MS = [300, 20_000];
const opening = { link: null, timers: [] };

function stopOpening() {
  opening.timers.forEach(clearTimeout);
  opening.link?.removeAttribute("aria-busy");
  delete document.documentElement.dataset.opening;
}

addEventListener("click", (event) => {
  const { altKey, button, ctrlKey, defaultPrevented, metaKey, shiftKey } = event;
  const link = event.target.closest?.("a[href]:not([download], [target], [data-made])");
  if (!link || button || altKey || ctrlKey || metaKey || shiftKey || defaultPrevented) return;
  const isElsewhere = link.pathname + link.search !== location.pathname + location.search;
  if (link.origin !== location.origin || !isElsewhere) return;
  stopOpening();
  const begin = () => {
    link.setAttribute("aria-busy", "true");
    document.documentElement.dataset.opening = "";
  };
  Object.assign(opening, { link, timers: [setTimeout(begin, OPENING_MS[0]), setTimeout(stopOpening, OPENING_MS[1])] });
});
addEventListener("pagehide", stopOpening);
addEventListener("pageshow", stopOpening);

// The service worker (js/sw.js) keeps the frame of pages and texts of drafts for reading without a connection.
// After a sign-out nothing is kept in this window until somebody signs in again.
const SIGNED_OUT = "viche.signed-out";
const signOut = 'form[action$="/account/logout/"]';

async function keepForLater() {
  if (document.querySelector('a[href$="/account/logout/"]')) sessionStorage.removeItem(SIGNED_OUT);
  if (!navigator.serviceWorker || sessionStorage.getItem(SIGNED_OUT)) return;
  await navigator.serviceWorker.register("/sw.js");
  (await navigator.serviceWorker.ready).active.postMessage("keep");
}

document.addEventListener("submit", async ({ target }) => {
  if (!target.matches(signOut)) return;
  sessionStorage.setItem(SIGNED_OUT, "yes");
  for (const name of await caches.keys()) if (name.startsWith("viche-")) caches.delete(name);
});
const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 2000));
addEventListener("load", () => whenIdle(() => keepForLater().catch(() => {})));

dress();
document.addEventListener("htmx:before:request", ({ target }) => {
  const old = target.previousElementSibling;
  if (old?.hasAttribute("data-failed-notice")) old.remove();
});
document.addEventListener("htmx:before:swap", (event) => {
  const { text, response, sourceElement } = event.detail.ctx;
  const { redirected, status, url } = response.raw;
  if (redirected && /<html[\s>]/i.test(text)) location.assign(url);
  else if (status >= 400 && ![409, 422].includes(status)) tell(sourceElement, text);
  else return;
  event.preventDefault();
});
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx?.sourceElement?.isConnected) tell(ctx.sourceElement);
});
document.addEventListener("htmx:after:swap", () => {
  dress();
  focusNewErrors();
});
