// The service worker: it shows what is pushed (notifications/channels/push), and where there is no connection
// the texts of drafts that were read here, else a page that says so (portal/web_app.py, ADR 88).
//
// It keeps two things. The shell: style sheets, the typeface, the page without a connection. And texts of
// drafts, fetched without cookies from a page that says nothing else. Never what people said, never a page that
// somebody was shown, never an answer to a form. All of it goes at sign-out, and with another version of the
// shell. KEPT { version, shell, offline } stands above, put there by the server.
const PREFIX = "viche-";
const SHELL = `${PREFIX}shell-${KEPT.version}`;
const TEXTS = `${PREFIX}texts-${KEPT.version}`;
const MOST_TEXTS = 20;
const FRESH = 10 * 60_000; // for so long a text is not fetched again
const GONE = [404, 410];
const CONSULTATION = /^(?:\/en)?\/consultations\/(\d+)\/(?:text\/)?$/;
const SIGN_OUT = /^(?:\/en)?\/account\/logout\/$/;

async function keepShell() {
  if (await caches.has(SHELL)) return;
  const urls = [...KEPT.shell, KEPT.offline];
  const answers = await Promise.all(urls.map((url) => fetch(url, { credentials: "omit" })));
  if (!answers.every((answer) => answer.ok)) return;
  const cache = await caches.open(SHELL);
  await Promise.all(urls.map((url, index) => cache.put(url, answers[index])));
}

// The server ends the browser's subscription by the session in which it was made; one that was made in a
// session before this one ends here.
async function tellNothing() {
  const told = await self.registration.pushManager?.getSubscription();
  await told?.unsubscribe();
}

async function forget(isKept = () => false) {
  const names = await caches.keys();
  await Promise.all(names.map((name) => name.startsWith(PREFIX) && !isKept(name) && caches.delete(name)));
}

const textOf = (url) => {
  const found = CONSULTATION.exec(url.pathname);
  return found && `/consultations/${found[1]}/text/`;
};

// After a sign-out there is no shell, and nothing is kept until a page asks for it again.
async function keepText(path) {
  if (!path || !(await caches.has(SHELL))) return;
  const cache = await caches.open(TEXTS);
  const former = await cache.match(path);
  if (former && Date.now() - Date.parse(former.headers.get("Date")) < FRESH) return;
  const answer = await fetch(path, { credentials: "omit" });
  if (GONE.includes(answer.status)) await cache.delete(path);
  if (!answer.ok || answer.redirected || /private|no-store/.test(answer.headers.get("Cache-Control"))) return;
  await cache.delete(path); // so that the newest stands last
  await cache.put(path, answer);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, -MOST_TEXTS).map((oldest) => cache.delete(oldest)));
}

async function dropText(path) {
  if (path && (await caches.has(TEXTS))) await (await caches.open(TEXTS)).delete(path);
}

async function open(event, url) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    if (answer.ok) event.waitUntil(keepText(textOf(url)).catch(() => {}));
    else if (GONE.includes(answer.status)) event.waitUntil(dropText(textOf(url)).catch(() => {}));
    return answer;
  } catch {
    const path = textOf(url);
    const text = path && (await caches.match(path));
    return text || (await caches.match(KEPT.offline)) || Response.error();
  }
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepShell());
});

self.addEventListener("activate", (event) => {
  const isCurrent = (name) => name === SHELL || name === TEXTS;
  event.waitUntil(
    Promise.all([forget(isCurrent), self.clients.claim(), self.registration.navigationPreload?.enable()]),
  );
});

// A page that is open asks for the shell, and for the text that it is about (js/app.js).
self.addEventListener("message", (event) => {
  if (event.data !== "keep" || !event.source?.url) return;
  event.waitUntil(keepShell().then(() => keepText(textOf(new URL(event.source.url)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && SIGN_OUT.test(url.pathname)) event.waitUntil(Promise.all([forget(), tellNothing()]));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(open(event, url));
  else if (KEPT.shell.includes(url.pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(url.pathname)) || Response.error()));
  }
});

self.addEventListener("push", (event) => {
  let message = {};
  try {
    message = event.data?.json() ?? {};
  } catch {
    return; // not ours
  }
  if (!message.title) return;
  const { body, tag, lang, url } = message;
  event.waitUntil(self.registration.showNotification(message.title, { body, tag, lang, data: { url } }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const target = new URL(event.notification.data?.url ?? "/", self.location.origin);
  if (target.origin !== self.location.origin) return;
  event.waitUntil(self.clients.openWindow(target.href));
});
