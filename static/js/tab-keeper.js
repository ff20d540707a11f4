// What somebody without an account types into a form with data-tab-keep="<name>" stays in this tab until it was
// sent, and comes back by itself after a reload, a lost link or a way to another page: the device may be a
// library's, so it is kept for 30 minutes after the last word and no longer, goes with the tab, and is cleared
// by a button in sight (ADR 59, 116). Files are not kept, nor what is hidden, but for the form's key: what was
// sent and whose answer was lost is answered then like the first time (core/web/idempotency.py).
//
// The page includes components/tab_kept.html; a page that confirms the success holds
// data-tab-done="<name>" and this script.
const PREFIX = "viche.tab:";
const MINUTES = 30;
const PAUSE = 300;
const SKIPPED = ["hidden", "file", "password", "submit", "button"];
const KEY = "idempotency_key";
const template = document.querySelector("template[data-tab-kept]");

const store = {
  read(name) {
    try {
      const kept = JSON.parse(sessionStorage.getItem(PREFIX + name));
      if (kept && Date.now() - kept.at < MINUTES * 60_000) return kept;
      sessionStorage.removeItem(PREFIX + name);
    } catch {}
    return null;
  },
  write(name, fields, key) {
    try {
      sessionStorage.setItem(PREFIX + name, JSON.stringify({ fields, key, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  },
  forget(name) {
    try {
      sessionStorage.removeItem(PREFIX + name);
    } catch {}
  },
};

const controlsOf = (form) => [...form.elements].filter((one) => one.name && !SKIPPED.includes(one.type));
const isTicked = (one) => one.type === "radio" || one.type === "checkbox";

/** What is filled in, as pairs; of radios and boxes those that are ticked. */
function filled(form) {
  const pairs = controlsOf(form).filter((one) => (isTicked(one) ? one.checked : one.value.trim()));
  return pairs.map((one) => [one.name, one.value]);
}

function fill(form, fields) {
  for (const one of controlsOf(form)) {
    const values = fields.filter(([name]) => name === one.name).map(([, value]) => value);
    if (isTicked(one)) one.checked = values.includes(one.value);
    else if (values.length) [one.value] = values;
    const folded = values.length && one.closest("details");
    if (folded && one.closest("form") === form) folded.open = true;
    if (values.length) one.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function meet(form) {
  const name = form.dataset.tabKeep;
  const box = template.content.firstElementChild.cloneNode(true);
  const atFirst = JSON.stringify(filled(form));
  const key = form.elements.namedItem(KEY);
  let timer;
  let expiry;

  function show(at) {
    box.hidden = false;
    clearTimeout(expiry);
    expiry = setTimeout(() => store.read(name) ?? (box.hidden = true), at + MINUTES * 60_000 - Date.now() + 1000);
  }

  function keep() {
    clearTimeout(timer);
    timer = undefined;
    if (JSON.stringify(filled(form)) !== atFirst && store.write(name, filled(form), key?.value)) show(Date.now());
  }

  function clear() {
    clearTimeout(timer);
    timer = undefined;
    store.forget(name);
    for (const one of controlsOf(form)) {
      if (isTicked(one)) one.checked = false;
      else one.value = "";
    }
    box.hidden = true;
    form.querySelector("textarea")?.focus();
  }

  box.hidden = true;
  form.prepend(box);
  box.querySelector("[data-tab-clear]").addEventListener("click", clear);
  const kept = store.read(name);
  // What the server has sent back is newer than what was kept before it was sent.
  if (kept && !document.querySelector("[data-error-summary]")) {
    fill(form, kept.fields);
    if (key && kept.key) key.value = kept.key;
  }
  if (kept) show(kept.at);
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("change", () => (timer ??= setTimeout(keep, PAUSE)));
  form.addEventListener("submit", () => timer && keep());
  addEventListener("pagehide", () => timer && keep());
}

for (const done of document.querySelectorAll("[data-tab-done]")) store.forget(done.dataset.tabDone);
if (template) for (const form of document.querySelectorAll("form[data-tab-keep]")) meet(form);
