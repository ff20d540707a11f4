// Every page of the desk by keyboard: / goes to the search over the desk; where a page has no keys of its own, j and
// k go through the rows of its list (a table, a queue, the clauses of a text), o or Enter opens one, x ticks it.
// Single keys can be switched off (WCAG 2.1.4: by the switch of a page with keys or of a list, for all pages), and
// never work inside a field.
const STORE = "viche.keys";
const ROWS = ".desk-table tbody > tr, .tree__row, .desk-found > li, main .clock";
const rows = () => [...document.querySelectorAll(ROWS)].filter((row) => row.checkVisibility());
const here = () => document.activeElement?.closest?.(ROWS);
const panel = document.querySelector("[data-list-keys]");
const hasOwnKeys = () => document.querySelector("[data-keys], [data-table-keys]") !== null;
let place = -1;

function isWriting(target) {
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), select, textarea");
}

function go(step) {
  const all = rows();
  if (!all.length) return;
  const now = here() ? all.indexOf(here()) : place;
  place = Math.min(Math.max(now + step, 0), all.length - 1);
  all[place].tabIndex = -1;
  all[place].focus();
  all[place].scrollIntoView({ block: "nearest" });
}

function search() {
  const field = document.getElementById("desk-q");
  if (field?.checkVisibility()) field.select();
  else document.querySelector(".desk-bar__way a")?.click();
}

const acts = {
  KeyJ: () => go(1),
  KeyK: () => go(-1),
  KeyO: () => here()?.querySelector("a[href]")?.click(),
  KeyX: () => here()?.querySelector("input[type=checkbox]")?.click(),
};

// On a phone a list of views is one row (css/desk-frame.css): the chosen one is in sight.
for (const list of document.querySelectorAll(".tabs__list")) {
  const chosen = list.querySelector("[aria-current]");
  if (chosen) list.scrollLeft += chosen.getBoundingClientRect().left - list.getBoundingClientRect().left - 15;
}

if (panel) {
  const toggle = panel.querySelector("[data-keys-switch]");
  panel.hidden = false;
  toggle.checked = localStorage.getItem(STORE) !== "off";
  toggle.addEventListener("change", () => localStorage.setItem(STORE, toggle.checked ? "on" : "off"));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isWriting(event.target)) return;
  if (localStorage.getItem(STORE) === "off") return;
  // By what is typed on any layout: on a Ukrainian keyboard the same key is «.» with Shift elsewhere.
  const act = event.key === "/" || (event.code === "Slash" && !event.shiftKey) ? search : acts[event.code];
  if (!act || (act !== search && hasOwnKeys())) return;
  event.preventDefault();
  act();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target === here()) acts.KeyO();
});
