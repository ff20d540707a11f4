// Selecting words of a clause offers to speak of exactly these words.
//
// The page holds
//   <div class="clause" id="c-<key>">, in it <div class="clause-text">, the text without its marker,
//       and a link [data-remark-open] to the form (which comes by htmx, or as its own page, which then
//       gets the five fields in its address)
//   <form data-remark-form> with inputs clause, start, end, exact, prefix, suffix; an element
//       [data-quote] (hidden) with [data-quote-words] and a button [data-quote-clear]; a textarea
//   components/select_words.html, whose template is the button.
// `start` and `end` count characters (code points, as Python does) of the clause's text without the
// white space around it; `exact` are the words, `prefix` and `suffix` up to 32 characters about them.
const CONTEXT = 32;
const LONGEST = 2000;
const template = document.querySelector("template[data-words-offer]");
const box = template?.content.firstElementChild.cloneNode(true);
let chosen = null; // what the offer speaks of
let waiting = null; // what a form that is still loading will get

const length = (text) => Array.from(text).length;

function clauseOf(node) {
  return (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest(".clause[id] .clause-text");
}

// What is selected within one clause, or null.
function read(selection) {
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const clause = clauseOf(range.startContainer);
  if (!clause || clauseOf(range.endContainer) !== clause) return null;
  const whole = clause.textContent;
  const lead = whole.length - whole.trimStart().length;
  const before = document.createRange();
  before.selectNodeContents(clause);
  before.setEnd(range.startContainer, range.startOffset);
  const raw = range.toString();
  const exact = raw.trim();
  if (!exact || length(exact) > LONGEST) return null;
  const from = before.toString().length + (raw.length - raw.trimStart().length) - lead;
  const text = whole.trim();
  return {
    clause: clause.closest(".clause").id.slice("c-".length),
    start: length(text.slice(0, from)),
    end: length(text.slice(0, from)) + length(exact),
    exact,
    prefix: Array.from(text.slice(0, from)).slice(-CONTEXT).join(""),
    suffix: Array.from(text.slice(from + exact.length)).slice(0, CONTEXT).join(""),
    range: range.cloneRange(),
    element: clause,
  };
}

function show() {
  chosen = read(document.getSelection());
  if (!chosen) {
    // The button keeps the focus that somebody has moved to it.
    if (!box.contains(document.activeElement)) box.remove();
    return;
  }
  if (box.previousElementSibling !== chosen.element) chosen.element.after(box);
  const say = box.querySelector("[data-words-say]");
  if (say.textContent !== say.dataset.wordsSay) say.textContent = say.dataset.wordsSay;
}

function mark(range) {
  if (!window.Highlight || !CSS.highlights) return;
  if (range) CSS.highlights.set("chosen-words", new Highlight(range));
  else CSS.highlights.delete("chosen-words");
}

function formFor(clause) {
  return [...document.querySelectorAll("form[data-remark-form]")].find((form) => {
    const own = form.elements.namedItem("clause")?.value;
    return form.hasAttribute("data-any-clause") || own === clause;
  });
}

function fill(form, words) {
  for (const name of ["clause", "start", "end", "exact", "prefix", "suffix"]) {
    const input = form.elements.namedItem(name);
    if (input) input.value = words[name];
  }
  const quote = form.querySelector("[data-quote]");
  if (quote) {
    quote.querySelector("[data-quote-words]").textContent = words.exact;
    quote.hidden = false;
  }
  mark(words.range);
  form.querySelector("textarea")?.focus();
}

function clear(form) {
  for (const name of ["start", "end", "exact", "prefix", "suffix"]) {
    const input = form.elements.namedItem(name);
    if (input) input.value = "";
  }
  form.querySelector("[data-quote]").hidden = true;
  mark(null);
  form.querySelector("textarea")?.focus();
}

function speak() {
  const words = chosen;
  box.remove();
  if (!words) return;
  const form = formFor(words.clause);
  if (form) {
    fill(form, words);
    return;
  }
  const link = words.element.closest(".clause").querySelector("[data-remark-open]");
  if (!link) return;
  if (document.querySelector("#act[data-mine]")) {
    waiting = words;
    link.click();
    return;
  }
  const address = new URL(link.href, location.href);
  for (const name of ["start", "end", "exact", "prefix", "suffix"]) address.searchParams.set(name, words[name]);
  location.assign(address);
}

if (box) {
  // A press on the button must not take the selection away before the click is heard.
  box.addEventListener("pointerdown", (event) => event.preventDefault());
  box.querySelector("[data-words-speak]").addEventListener("click", speak);
  document.addEventListener("selectionchange", () => {
    clearTimeout(show.timer);
    show.timer = setTimeout(show, 150);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.remove();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-quote-clear]");
    if (button) clear(button.closest("form"));
  });
  document.addEventListener("htmx:after:swap", () => {
    const form = waiting && formFor(waiting.clause);
    if (!form) return;
    fill(form, waiting);
    waiting = null;
  });
}
