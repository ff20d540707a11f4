// Running a meeting without loading the page anew, and by keys. Every button acts through the page's form
// #run: <button form="run" formaction="…" name="seen_item" value="12">; numbers of members through #numbers.
// A step is one post. Its answer is the region #control-now as it is then, or of a tap on a cell the cells
// and figures that it changed (#control-answer); of a page of its own the bar alone, so that nothing typed is
// lost. Without a script the form posts and the page comes back at the same section.
//
// The answer says the counter of the meeting's topic, and by how much this step has raised it: the frame that
// tells of one's own step is passed over (live:undrawn), what others changed is asked for (live:want).
//
// [data-key="n"] is pressed by that key; single keys can be switched off (WCAG 2.1.4) and never work
// inside a field.
const STORE = "viche.keys";
const PATIENCE = 400; // ms after which a single step that is not answered yet is counted aloud
const forms = ["run", "numbers"].map((id) => document.getElementById(id)).filter(Boolean);
const said = document.querySelector("[data-control-said]");
const saving = document.querySelector("[data-control-saving]");
const panel = document.querySelector("[data-keys]");
const toggle = panel?.querySelector("[data-keys-switch]");
const now = () => document.getElementById("control-now");
const byId = (id) => document.getElementById(id);
let told = now()?.dataset.say;
const queue = []; // steps that are not sent yet, in their order
const underway = new Set(); // steps that are not answered yet
let missed = 0; // the counter up to which others have changed something meanwhile

// --- What was done --------------------------------------------------------------------------------

/** Says what became of a step: what the server answered, else what goes on now. */
function say(notices) {
  if (!said) return;
  const words = now()?.dataset.say;
  if (notices.length) said.replaceChildren(...notices);
  else if (words !== told) whisper(words);
  else said.replaceChildren();
  told = words;
}

function whisper(words) {
  const line = document.createElement("p");
  line.className = "govuk-visually-hidden";
  line.textContent = words;
  said.replaceChildren(line);
}

/** Puts the fresh part in, with what was unfolded or typed and with the focus where it was. */
function put(old, fresh) {
  const focused = document.activeElement?.closest("[id]");
  const section = focused?.closest("section[id]")?.id;
  const id = old.contains(focused) ? focused.id : "";
  for (const each of old.querySelectorAll("details[id]")) {
    const same = fresh.querySelector(`#${CSS.escape(each.id)}`);
    if (same) same.open = each.open;
  }
  for (const each of old.querySelectorAll("input[id]")) {
    const same = fresh.querySelector(`#${CSS.escape(each.id)}`);
    if (same) same.value = each.value;
  }
  // A cell whose tap is under way shows what it will be.
  for (const { cell } of [...underway, ...queue]) {
    const same = cell && fresh.querySelector(`#${CSS.escape(cell)}`);
    if (same) same.replaceWith(byId(cell));
  }
  old.replaceWith(fresh);
  if (id) (byId(id) ?? byId(section ?? ""))?.focus({ preventScroll: true });
  fresh.dispatchEvent(new CustomEvent("live:changed", { bubbles: true }));
}

const bar = (page) => page.getElementById("control-bar");
const shownBy = (button) => now() ?? (button?.id === "blank" ? bar(document) : null);

// --- One step after the other -----------------------------------------------------------------------

/** One step after the other, as fast as they are pressed; the same button twice is once, and of several taps on
 * a cell that were not sent yet the last one counts. The displays are blanked at once, whatever is under way. */
function send(event) {
  const button = event.submitter;
  if (!button || !shownBy(button)) return;
  event.preventDefault();
  const isCell = button.matches("[data-cell]");
  const step = { button, url: button.formAction, cell: isCell ? button.id : "", at: performance.now() };
  step.key = isCell ? button.id : `${step.url} ${button.value}`;
  step.body = new FormData(event.target);
  step.body.set("part", "1");
  if (button.name) step.body.set(button.name, button.value);
  const same = queue.find((one) => one.key === step.key);
  if (isCell) button.dispatchEvent(new CustomEvent("control:tap", { bubbles: true }));
  if (event.target.id === "numbers") {
    const field = byId("numbers-field");
    if (!field?.value.trim()) return;
    field.value = "";
    field.blur(); // the next key is a step again
  } else if (same && isCell) {
    Object.assign(same, { body: step.body, url: step.url });
    return;
  } else if (same || (!isCell && [...underway].some((one) => one.key === step.key))) return;
  if (!isCell) button.setAttribute("aria-disabled", "true");
  if (button.id === "blank") carryOut(step);
  else {
    queue.push(step);
    if (![...underway].some((one) => one.isQueued)) work();
  }
  count();
}

async function work() {
  while (queue.length) {
    const step = queue.shift();
    step.isQueued = true;
    await carryOut(step);
  }
}

async function carryOut(step) {
  const { button, body, url } = step;
  underway.add(step);
  try {
    const answer = await fetch(url, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = answer.ok && byAnswer(page);
    if (part) take(part, step);
    else takePage(answer, page, button);
  } catch {
    const failed = document.querySelector("template[data-failed]").content.firstElementChild;
    if (said) said.replaceChildren(failed.cloneNode(true));
    else shownBy(button).before(failed.cloneNode(true));
    if (step.cell) missed = Math.max(missed, known() + 1); // what the cell says is not so
  } finally {
    button.removeAttribute("aria-disabled");
    underway.delete(step);
    count();
    settle();
  }
}

const byAnswer = (page) => page.getElementById("control-answer");
const isWaiting = (id) => queue.some((one) => one.cell === id);

/** Puts in what a step has changed. */
function take(part, step) {
  const { seq, raised } = part.dataset;
  const before = known();
  const region = part.querySelector("#control-now");
  const notices = [...part.querySelector("[data-notices]").children];
  if (region && now()?.dataset.liveFragment === region.dataset.liveFragment) put(now(), region);
  else if (region) put(bar(document), region.querySelector("#control-bar"));
  else {
    for (const fresh of [...part.children]) {
      const old = fresh.id && byId(fresh.id);
      if (old && !isWaiting(fresh.id) && !old.isEqualNode(fresh)) put(old, fresh);
    }
    if (Number(seq) === before + Number(raised)) now().dataset.seq = seq;
    else missed = Math.max(missed, Number(seq));
  }
  if (region || notices.length || !step.cell) say(notices);
}

/** Another page came back: from the displays to the meeting, or to sign in. */
function takePage(answer, page, button) {
  let [old, fresh] = [shownBy(button), page.getElementById(shownBy(button).id)];
  if (fresh?.dataset.liveFragment !== old.dataset.liveFragment) [old, fresh] = [bar(document), bar(page)];
  if (!answer.ok || !fresh) return location.reload(); // signed out, or not theirs any more
  put(old, fresh);
  say([...page.querySelectorAll("main > .notice")]);
}

// --- What is not saved yet, and what others did -------------------------------------------------------

const known = () => Number(now()?.dataset.seq ?? 0);

/** Says how many steps are not answered yet: nothing waits in silence. */
function count() {
  if (!saving) return;
  const steps = [...underway, ...queue];
  const isLong = steps.length > 1 || steps.some(({ at }) => performance.now() - at > PATIENCE);
  saving.hidden = !isLong;
  saving.textContent = isLong ? saving.dataset.say.replace("%n", steps.length) : "";
}

function settle() {
  if (queue.length || underway.size || missed <= known()) return;
  document.dispatchEvent(new CustomEvent("live:want", { detail: missed }));
  missed = 0;
}

/** A frame says that something changed: what this page has drawn itself is not fetched again. */
function pass(event) {
  if (!now()) return;
  if (event.detail <= known()) event.preventDefault();
  else if (queue.length || underway.size) {
    missed = Math.max(missed, event.detail);
    event.preventDefault();
  }
}

// --- Keys -----------------------------------------------------------------------------------------

const isWriting = (target) => target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), select, textarea");

/** On a page of a step, too; the switch stands on the control page. */
const isOn = () => (toggle ? toggle.checked : localStorage.getItem(STORE) !== "off");

function press(event) {
  if (!isOn() || event.repeat || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  // A number is that of a member: it goes on in the field.
  if (/^\d$/.test(event.key)) return byId("numbers-field")?.focus();
  // The key by its place, so that it works on a Ukrainian keyboard too.
  const key = event.code.replace("Key", "").toLowerCase();
  const target = /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.click();
}

/** Out of the field of numbers, so that keys work again. */
function leave(event) {
  if (event.target.id === "numbers-field" && event.key === "Escape") event.target.blur();
}

if (forms.length) {
  for (const form of forms) form.addEventListener("submit", send);
  document.addEventListener("keydown", press);
  document.addEventListener("keydown", leave);
  document.addEventListener("live:undrawn", pass);
  setInterval(count, PATIENCE);
  // What others did is said too; a refusal stays until then.
  document.addEventListener("live:fetched", () => now()?.dataset.say !== told && say([]));
  if (panel) {
    panel.hidden = false;
    toggle.checked = localStorage.getItem(STORE) !== "off";
    toggle.addEventListener("change", () => localStorage.setItem(STORE, toggle.checked ? "on" : "off"));
  }
}
