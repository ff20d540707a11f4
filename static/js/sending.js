// While a form is under way its button is off and says so. A second press sends nothing; the server
// would answer it like the first one (core/web/idempotency.py). The button keeps its focus, name and value:
// it is never `disabled`. It comes back when the page is shown again, when htmx has its answer or has
// failed, and after PATIENCE: somebody who stopped the page may press again.
//
// Forms whose answer is a file (data-download) or another window leave the page as it is; so do links to a file
// that is made at the request (data-made). A line says that it is being made, because some take seconds and
// nothing tells a page when it came.
const PATIENCE = 15_000;
const { words, file } = document.getElementById("sending-js").dataset;
const under = new Map();
/** Sent with a form, so that a redirect is told instead of followed: what it leads to is loaded once. */
const HOW = { "X-Sent-By": "page", Accept: "text/html" };
/** Answers that are no page of the site, or one that says that it cannot answer now. */
const NOT_TAKEN = [413, 502, 503, 504];
let isLeaving = false;
let placed = 0;

// A form without a chosen file needs no multipart, which takes the server ten times as long to read.
function encode(form) {
  const files = [...form.querySelectorAll("input[type=file]")];
  if (!files.length) return;
  const isChosen = files.some((input) => input.files.length);
  form.setAttribute("enctype", isChosen ? "multipart/form-data" : "application/x-www-form-urlencoded");
}

function begin(form, submitter) {
  const button = submitter ?? form.querySelector("button:not([type=button])");
  const back = { button, nodes: [], timer: setTimeout(end, PATIENCE, form) };
  under.set(form, back);
  if (!button) return;
  button.setAttribute("aria-disabled", "true");
  if (button.localName !== "button") return;
  button.style.minWidth = `${button.offsetWidth}px`;
  back.nodes = [...button.childNodes];
  button.replaceChildren(words);
}

function end(form) {
  const back = under.get(form);
  if (!back) return;
  under.delete(form);
  clearTimeout(back.timer);
  if (!back.button) return;
  back.button.removeAttribute("aria-disabled");
  if (!back.nodes.length) return;
  back.button.style.minWidth = "";
  back.button.replaceChildren(...back.nodes);
}

/** Says within `place` that the file is being made. */
function tellOfFile(place) {
  const line = place.querySelector("[data-file-made]") ?? document.createElement("p");
  line.className = "govuk-hint";
  line.dataset.fileMade = "";
  line.setAttribute("role", "status");
  place.append(line);
  line.textContent = file;
  setTimeout(() => line.remove(), PATIENCE);
}

// Before anybody else: also before htmx.
addEventListener(
  "submit",
  (event) => {
    if (!under.has(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);

// After everybody else: what a script has taken over is under way by that script; htmx's are ours.
addEventListener("submit", (event) => {
  const { target, submitter, defaultPrevented } = event;
  // By attributes: a form's own properties give way to fields of these names.
  const isPost = target.getAttribute("method")?.toLowerCase() === "post";
  if (isPost && target.hasAttribute("data-download") && !defaultPrevented) tellOfFile(target);
  if (!isPost || target.hasAttribute("target") || target.hasAttribute("data-download")) return;
  const isTaken = defaultPrevented;
  if (!isTaken) encode(target);
  if (!isTaken || (window.htmx && target.hasAttribute("hx-post"))) begin(target, submitter);
  if (isTaken || target.closest("[data-plain]") || target.hasAttribute("hx-post")) return;
  event.preventDefault();
  send(target, submitter);
});

// --- Sending by fetch -----------------------------------------------------------------------------

/** What the browser itself would send: of a form with files multipart, else urlencoded. */
function bodyOf(form, submitter) {
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  if (form.getAttribute("enctype") === "multipart/form-data") return body;
  return new URLSearchParams([...body].filter(([, value]) => typeof value === "string"));
}

async function send(form, submitter) {
  const attempt = under.get(form);
  const to = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const url = new URL(to || location.href, document.baseURI);
  try {
    const answer = await fetch(url, { method: "POST", body: bodyOf(form, submitter), headers: HOW, cache: "no-store" });
    const html = /^text\/html/.test(answer.headers.get("Content-Type") ?? "") ? await answer.text() : null;
    const isOld = under.has(form) && under.get(form) !== attempt; // pressed again meanwhile
    if (!isLeaving && !isOld) await take(form, submitter, answer, html);
  } catch {
    if (!isLeaving) tell(form, submitter);
  }
}

async function take(form, submitter, answer, html) {
  const goal = answer.headers.get("X-Sent-To");
  if (goal) return goTo(new URL(goal, answer.url), form);
  if (NOT_TAKEN.includes(answer.status) || (answer.status >= 500 && html === null)) return tell(form, submitter, html);
  if (html === null) {
    end(form);
    return save(answer);
  }
  const page = new DOMParser().parseFromString(html, "text/html");
  const isFailure = answer.status >= 400 && answer.status !== 422;
  // A refusal without a form, in place of one that is filled in, would take what was typed with it.
  if (isFailure && !page.querySelector("main form[method=post]")) return tell(form, submitter, html);
  const answered = new CustomEvent("sending:answered", { cancelable: true, detail: { form, page } });
  if (document.dispatchEvent(answered)) put(page, new URL(answer.url), answer.ok);
  else end(form); // another script has put it where it belongs
}

/** app.js says it beside the button. */
function tell(form, submitter, html) {
  end(form);
  document.dispatchEvent(new CustomEvent("sending:failed", { detail: { form, submitter, html } }));
}

// What was sent is not offered again by the browser when one comes back; who has to sign in first finds it.
function goTo(goal, form) {
  if (!/^\/(en\/)?account\//.test(goal.pathname)) form.setAttribute("autocomplete", "off");
  form.dataset.sent = "";
  const isHere = goal.origin === location.origin && goal.pathname + goal.search === location.pathname + location.search;
  if (isHere) {
    history.replaceState(history.state, "", goal);
    if (goal.hash) history.scrollRestoration = "manual"; // to the place that the address names
    location.reload();
  } else if (form.hasAttribute("data-once")) location.replace(goal);
  else location.assign(goal);
}

/** A file that a form without data-download is answered with. */
async function save(answer) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "";
  link.click();
  setTimeout(URL.revokeObjectURL, PATIENCE, link.href);
}

// The whole page, so that it is what it would be if the browser had loaded it: its scripts run (a module runs
// once an address), its listeners are its own, and what has `autofocus` is focused. What went well elsewhere has
// the address of that; a form that comes back stays where it was, since its route may know no GET.
function put(page, url, isGood) {
  placed += 1;
  const places = [page, ...[...page.querySelectorAll("template")].map(({ content }) => content)];
  for (const script of places.flatMap((place) => [...place.querySelectorAll("script[type=module][src]")])) {
    const source = new URL(script.getAttribute("src"), url);
    source.searchParams.set("placed", placedBefore + placed);
    script.setAttribute("src", source.href);
  }
  for (const form of page.querySelectorAll("form:not([action])")) form.setAttribute("action", url.href);
  for (const link of page.querySelectorAll('a[href^="?"]')) link.setAttribute("href", new URL(link.getAttribute("href"), url).href);
  if (isGood && url.pathname !== location.pathname) history.pushState(null, "", url);
  document.open();
  document.addEventListener("DOMContentLoaded", () => {
    scrollTo(0, 0);
    document.querySelector("[autofocus]")?.focus();
  });
  document.write(`<!DOCTYPE html>${page.documentElement.outerHTML}`);
  document.close();
}

const path = location.pathname;
addEventListener("popstate", () => path !== location.pathname && location.reload()); // of what was put in place

const placedBefore = Number(new URL(import.meta.url).searchParams.get("placed") ?? 0);
if (history.scrollRestoration === "manual") addEventListener("load", () => (history.scrollRestoration = "auto"));
addEventListener("pagehide", () => (isLeaving = true));
addEventListener("pageshow", ({ persisted }) => {
  isLeaving = false;
  // Brought back as it was left: what stands now is shown, not the form that was sent.
  if (persisted && document.querySelector("form[data-sent]")) location.reload();
});

addEventListener("htmx:finally:request", ({ target }) => end(target));
addEventListener("htmx:error", ({ target }) => end(target));
addEventListener("pageshow", () => [...under.keys()].forEach(end));

addEventListener("click", (event) => {
  const link = event.target.closest("a[data-made]");
  const { button, altKey, ctrlKey, metaKey, shiftKey, defaultPrevented } = event;
  if (!link || button || altKey || ctrlKey || metaKey || shiftKey || defaultPrevented) return;
  tellOfFile(link.closest("p, li, td, dd, div"));
});
