// The table of dispositions: a row is saved when one leaves a field that was changed, and the whole
// table can be filled by keyboard. Without this script each row has its button.
//
// A row is an element with data-row and tabindex="-1"; in it [data-row-open] is the <details> that opens it (the
// cells beside follow it by css/dispositions.css), [data-row-brief] its decision while closed, [data-row-form] its form,
// [data-row-state] what is said of it, [data-row-said] where saving is announced. The answer to a
// save is the row as it is stored: of it only what is said of the row is taken over, never a field in
// which somebody may be typing. A refusal (409: somebody else was faster; 422) comes with both texts.
const STORE = "viche.keys";
const panel = document.querySelector("[data-table-keys]");
const toggle = panel?.querySelector("[data-keys-switch]");
const words = panel?.dataset ?? {};
const KINDS = ["", "accepted", "partly", "rejected", "noted"];
/** Row's id -> the promise of its save under way, and whether another one has to follow. */
const saving = new Map();
const sent = new WeakMap();

const rows = () => [...document.querySelectorAll("[data-row]")];
const here = () => document.activeElement?.closest("[data-row]");
const formOf = (row) => row.querySelector("[data-row-form]");
const say = (row, said) => (row.querySelector("[data-row-said]").textContent = said);
const openerOf = (row) => row.querySelector("[data-row-open]");
const open = (row) => (openerOf(row).open = true);
const field = (row, name) => formOf(row).querySelector(`[name$="-${name}"]`);

/** What the form says, without the token and what it was drawn from. */
function told(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  for (const name of [...data.keys()]) if (name.endsWith("drawn_from")) data.delete(name);
  return new URLSearchParams(data).toString();
}

function remember(row) {
  const form = formOf(row);
  if (form) sent.set(form, told(form));
}

async function save(row, extra = {}) {
  const id = row.id;
  if (saving.has(id)) {
    saving.get(id).again = { ...saving.get(id).again, ...extra, is: true };
    return;
  }
  const state = { again: null };
  saving.set(id, state);
  try {
    await post(document.getElementById(id), extra);
  } finally {
    saving.delete(id);
  }
  const { is, ...more } = state.again ?? {};
  const now = document.getElementById(id);
  if (is && (Object.keys(more).length || told(formOf(now)) !== sent.get(formOf(now)))) await save(now, more);
}

async function post(row, extra) {
  const form = formOf(row);
  const was = told(form);
  const body = new FormData(form);
  for (const [name, value] of Object.entries(extra)) body.set(name, value);
  say(row, words.saving);
  let response, html;
  try {
    response = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    html = await response.text();
  } catch {
    say(row, words.failed);
    return;
  }
  if (response.redirected) {
    location.assign(response.url); // sign in first: the device keeps the words
    return;
  }
  const answer = new DOMParser().parseFromString(`<table><tbody>${html}</tbody></table>`, "text/html");
  const stored = answer.querySelector("[data-row]");
  if (!stored) {
    say(row, words.failed);
    return;
  }
  if (response.ok) takeOver(row, stored, was);
  else showRefusal(row, stored, was);
}

function takeOver(row, stored, was) {
  const form = formOf(row);
  const from = formOf(stored);
  const isTyping = told(form) !== was;
  field(row, "drawn_from").value = field(stored, "drawn_from").value;
  const saved = field(row, "saved");
  if (saved?.value && !isTyping) {
    field(row, "reason").value = field(stored, "reason").value;
    saved.value = "";
  }
  // What was refused before is right now.
  for (const wrong of form.querySelectorAll(".govuk-error-summary, .govuk-error-message, .newer")) wrong.remove();
  for (const name of ["govuk-form-group--error", "govuk-textarea--error", "govuk-input--error"]) {
    for (const one of form.querySelectorAll(`.${name}`)) one.classList.remove(name);
  }
  sent.set(form, isTyping ? was : told(form));
  const state = stored.querySelector("[data-row-state]");
  if (isTyping) for (const done of state.querySelectorAll("[data-kept-done]")) done.remove();
  row.querySelector("[data-row-state]").replaceWith(document.adoptNode(state));
  row.querySelector("[data-row-brief]").replaceWith(document.adoptNode(stored.querySelector("[data-row-brief]")));
  say(row, words.saved);
  if (from) document.dispatchEvent(new Event("htmx:after:swap"));
}

function showRefusal(row, stored, was) {
  const form = formOf(row);
  const fresh = document.adoptNode(formOf(stored));
  const active = document.activeElement;
  const name = form.contains(active) ? active.name : "";
  // What was typed or chosen while the answer was on its way is not lost.
  if (told(form) !== was) {
    for (const one of ["reason", "resulting"]) {
      const old = form.querySelector(`[name$="-${one}"]`);
      if (old) fresh.querySelector(`[name$="-${one}"]`).value = old.value;
    }
    const kind = form.querySelector("[name$=-kind]:checked")?.value;
    for (const choice of fresh.querySelectorAll("[name$=-kind]")) if (choice.value === kind) choice.checked = true;
  }
  form.replaceWith(fresh);
  sent.set(fresh, told(fresh));
  row.querySelector("[data-row-state]").replaceWith(document.adoptNode(stored.querySelector("[data-row-state]")));
  say(row, "");
  open(row);
  document.dispatchEvent(new Event("htmx:after:swap"));
  const summary = fresh.querySelector("[data-error-summary]");
  if (summary && (name || row.contains(active) || active === document.body)) summary.focus();
}

function saveIfChanged(row) {
  const form = row && formOf(row);
  if (form && told(form) !== sent.get(form)) save(row);
}

rows().forEach(remember);
if (location.hash.startsWith("#row-")) {
  const row = document.getElementById(location.hash.slice(1));
  if (row) open(row);
}
// Words that the device has kept come back into a row: it is shown.
document.addEventListener("input", ({ target }) => {
  if (target.closest("[data-row-form]")) open(target.closest("[data-row]"));
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[form=bulk]") && target.checked) document.querySelector("[data-many]").open = true;
  if (target.closest("[data-row-form]")) saveIfChanged(target.closest("[data-row]"));
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-row-form]");
  if (!form) return;
  event.preventDefault();
  const { submitter } = event;
  save(form.closest("[data-row]"), submitter?.name ? { [submitter.name]: submitter.value } : {});
});

// --- keys -------------------------------------------------------------------------------------

let place = 0;

function go(index) {
  const all = rows();
  if (!all.length) return;
  place = Math.min(Math.max(index, 0), all.length - 1);
  all[place].focus();
  all[place].scrollIntoView({ block: "nearest" });
}

function decide(kind) {
  const choice = here()?.querySelector(`[data-row-form] input[type=radio][value="${kind}"]`);
  if (!choice) return;
  choice.checked = true;
  saveIfChanged(here());
}

function into(name) {
  const row = here();
  if (row) open(row);
  const control = row && field(row, name);
  control?.focus();
  control?.scrollIntoView({ block: "nearest" });
}

const acts = {
  KeyJ: () => go(here() ? rows().indexOf(here()) + 1 : place),
  KeyK: () => go(here() ? rows().indexOf(here()) - 1 : place),
  KeyO: () => here() && (openerOf(here()).open = !openerOf(here()).open),
  KeyR: () => into("reason"),
  KeyS: () => into("saved"),
  KeyC: () => into("resulting"),
  KeyX: () => here()?.querySelector("input[type=checkbox][form=bulk]")?.click(),
  KeyA: () => here()?.querySelector("[data-row-approve]")?.click(),
};
KINDS.forEach((kind, number) => {
  acts[`Digit${number}`] = acts[`Numpad${number}`] = () => decide(kind);
});

function isWriting(target) {
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), select, textarea");
}

if (panel) {
  panel.hidden = false;
  toggle.checked = localStorage.getItem(STORE) !== "off";
  toggle.addEventListener("change", () => localStorage.setItem(STORE, toggle.checked ? "on" : "off"));
  document.addEventListener("focusin", () => {
    if (here()) place = rows().indexOf(here());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && here()) {
      here().focus();
      return;
    }
    if (event.key === "Enter" && event.target === here()) {
      acts.KeyO();
      return;
    }
    if (!toggle.checked || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    // The key by its place, so that it works on a Ukrainian keyboard too.
    const act = acts[event.code];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
