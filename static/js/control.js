// Running a meeting without loading the page anew, and by keys. Every button acts through the page's one
// form, #run: <button form="run" formaction="…" name="seen_item" value="12">. Its answer is the page as it
// is then; the region #control-now takes its place, or on the page of a step the bar alone, so that
// nothing typed is lost. Without a script the form posts and the page comes back at the same section.
//
// [data-key="n"] is pressed by that key; single keys can be switched off (WCAG 2.1.4) and never work
// inside a field.
const STORE = "viche.keys";
const form = document.getElementById("run");
const said = document.querySelector("[data-control-said]");
const panel = document.querySelector("[data-keys]");
const toggle = panel?.querySelector("[data-keys-switch]");
const now = () => document.getElementById("control-now");
let told = now()?.dataset.say;
const waiting = new Set(); // buttons whose step is not answered yet
let last = Promise.resolve(); // the step under way

// --- What was done --------------------------------------------------------------------------------

/** Says what became of a step: what the server answered, else what goes on now. */
function say(notices) {
  if (!said) return;
  const words = now()?.dataset.say;
  if (notices.length) said.replaceChildren(...notices);
  else if (words !== told) {
    const line = document.createElement("p");
    line.className = "govuk-visually-hidden";
    line.textContent = words;
    said.replaceChildren(line);
  } else said.replaceChildren();
  told = words;
}

/** Puts the fresh part in, with what was unfolded and with the focus where it was. */
function put(old, fresh) {
  const focused = document.activeElement?.closest("[id]");
  const section = focused?.closest("section[id]")?.id;
  const id = old.contains(focused) ? focused.id : "";
  for (const each of old.querySelectorAll("details[id]")) {
    const same = fresh.querySelector(`#${CSS.escape(each.id)}`);
    if (same) same.open = each.open;
  }
  old.replaceWith(fresh);
  if (id) (document.getElementById(id) ?? document.getElementById(section ?? ""))?.focus({ preventScroll: true });
  fresh.dispatchEvent(new CustomEvent("live:changed", { bubbles: true }));
}

const bar = (page) => page.getElementById("control-bar");
const shownBy = (button) => now() ?? (button?.id === "blank" ? bar(document) : null);

/** One step after the other, as fast as they are pressed; the same button twice is once. The displays
 * are blanked at once, whatever is under way. */
function send(event) {
  const button = event.submitter;
  if (!button || !shownBy(button)) return;
  event.preventDefault();
  const key = `${button.formAction} ${button.value}`;
  if (waiting.has(key)) return;
  waiting.add(key);
  button.setAttribute("aria-disabled", "true");
  const body = new FormData(form);
  if (button.name) body.set(button.name, button.value);
  const step = () => carryOut(button, body).finally(() => waiting.delete(key));
  if (button.id === "blank") step();
  else last = last.then(step);
}

async function carryOut(button, body) {
  try {
    const answer = await fetch(button.formAction, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    let [old, fresh] = [shownBy(button), page.getElementById(shownBy(button).id)];
    // Another page's region came back (from the displays to the meeting): its bar is the same.
    if (fresh?.dataset.liveFragment !== old.dataset.liveFragment) [old, fresh] = [bar(document), bar(page)];
    if (!answer.ok || !fresh) return location.reload(); // signed out, or not theirs any more
    put(old, fresh);
    say([...page.querySelectorAll("main > .notice")]);
  } catch {
    const failed = document.querySelector("template[data-failed]").content.firstElementChild;
    if (said) said.replaceChildren(failed.cloneNode(true));
    else shownBy(button).before(failed.cloneNode(true));
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

// --- Keys -----------------------------------------------------------------------------------------

const isWriting = (target) => target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), select, textarea");

function press(event) {
  if (!toggle?.checked || event.repeat || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  // The key by its place, so that it works on a Ukrainian keyboard too.
  const key = event.code.replace("Key", "").toLowerCase();
  const target = /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.click();
}

if (form) {
  form.addEventListener("submit", send);
  document.addEventListener("keydown", press);
  // What others did is said too; a refusal stays until then.
  document.addEventListener("live:fetched", () => now()?.dataset.say !== told && say([]));
  if (panel) {
    panel.hidden = false;
    toggle.checked = localStorage.getItem(STORE) !== "off";
    toggle.addEventListener("change", () => localStorage.setItem(STORE, toggle.checked ? "on" : "off"));
  }
}
