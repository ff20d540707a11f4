// The desk's queues by keyboard: j and k go to the next and the previous item, a leaves it up, h opens
// the hiding with its reason, 1 to 9 hide with that saved reason, t takes the next ones. Keys that come while an
// answer is on its way wait for it, in their order. Each item is an element with data-queue-item and tabindex="-1"; in it
// [data-approve] is the button, link or <details> with which one approves, [data-hide] the <details>
// of the hiding, [data-saved="3"] the button of the third saved reason; [data-take] takes the next ones.
// Single keys can be switched off (WCAG 2.1.4), and never work inside a field.
const STORE = "viche.keys";
// Where one was when a decision made by keys loaded the page anew: "<path> <place>".
const PLACE = "viche.keys.place";
// The keys that came while such a page was being loaded.
const WAITING = "viche.keys.waiting";
const panel = document.querySelector("[data-keys]");
const toggle = panel?.querySelector("[data-keys-switch]");
let place = 0;
let isByKeys = false;
/** Requests under way, and the keys (their codes) that came meanwhile. */
let underWay = 0;
const waiting = JSON.parse(sessionStorage.getItem(WAITING) ?? "[]");
sessionStorage.removeItem(WAITING);

const items = () => [...document.querySelectorAll("[data-queue-item]")];

function here() {
  return document.activeElement?.closest("[data-queue-item]");
}

function go(index) {
  const all = items();
  if (!all.length) return;
  place = Math.min(Math.max(index, 0), all.length - 1);
  all[place].focus();
  all[place].scrollIntoView({ block: "nearest" });
}

function unfold(details) {
  details.open = true;
  details.querySelector("input:not([type=hidden], [hidden]), select, textarea")?.focus();
}

const acts = {
  j: () => go(here() ? items().indexOf(here()) + 1 : place),
  k: () => go(here() ? items().indexOf(here()) - 1 : place),
  a: () => {
    if (!here()) go(place); // nothing was chosen yet: the first one
    const way = here()?.querySelector("[data-approve]");
    if (way?.matches("details")) unfold(way);
    else way?.click();
  },
  h: () => {
    const details = here()?.querySelector("[data-hide]");
    if (details) unfold(details);
  },
  t: () => {
    place = 0; // of what is taken the first one comes first, wherever one was
    document.activeElement?.blur();
    document.querySelector("[data-take]")?.click();
  },
};

function hideWithSaved(number) {
  const button = here()?.querySelector(`[data-saved="${number}"]`);
  if (!button) return false;
  // Buttons of closed <details> are not rendered, and submit all the same when they are clicked.
  button.click();
  return true;
}

// The key by its place, so that it works on a Ukrainian keyboard too.
const letterOf = (code) => code.replace("Key", "").toLowerCase();
const digitOf = (code) => /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];

function isOurs(code) {
  return letterOf(code) in acts || Boolean(digitOf(code) && document.querySelector("[data-saved]"));
}

function press(code) {
  isByKeys = true;
  const digit = digitOf(code);
  if (digit) hideWithSaved(digit);
  else acts[letterOf(code)]();
}

/** What came while an answer was on its way, one after the other, until one asks again. */
function pressWaiting() {
  while (!underWay && waiting.length) press(waiting.shift());
}

function isWriting(target) {
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), select, textarea");
}

if (panel) {
  panel.hidden = false;
  toggle.checked = localStorage.getItem(STORE) !== "off";
  toggle.addEventListener("change", () => localStorage.setItem(STORE, toggle.checked ? "on" : "off"));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && here()) {
      here().focus();
      return;
    }
    if (!toggle.checked || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (!isOurs(event.code)) return;
    event.preventDefault();
    if (underWay || waiting.length) waiting.push(event.code);
    else press(event.code);
  });

  // A request under way: what it decides about leaves the list, and only then comes the next key.
  document.addEventListener("htmx:before:request", () => (underWay += 1));
  document.addEventListener("htmx:finally:request", () => {
    underWay = Math.max(0, underWay - 1);
    setTimeout(pressWaiting);
  });

  document.addEventListener("pointerdown", () => (isByKeys = false));

  document.addEventListener("submit", (event) => {
    if (!isByKeys || event.defaultPrevented) return;
    if (event.target.closest("[data-queue-item]")) {
      sessionStorage.setItem(PLACE, `${location.pathname} ${place}`);
    } else if (event.submitter?.matches("[data-take]")) {
      sessionStorage.setItem(PLACE, `${location.pathname} 0`);
    } else return;
    underWay += 1; // the page goes; what is pressed until then is for the next one
    addEventListener("pagehide", () => waiting.length && sessionStorage.setItem(WAITING, JSON.stringify(waiting)));
  });

  document.addEventListener("focusin", () => {
    if (here()) place = items().indexOf(here());
  });

  // What was decided leaves the list; the next one takes its place.
  document.addEventListener("htmx:after:swap", () => {
    sessionStorage.removeItem(PLACE);
    if (document.activeElement === document.body) go(place);
  });

  const [path, former] = (sessionStorage.getItem(PLACE) ?? "").split(" ");
  sessionStorage.removeItem(PLACE);
  if (toggle.checked && path === location.pathname) go(Number(former));
  pressWaiting();
}
