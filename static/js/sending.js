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
addEventListener("submit", ({ target, submitter, defaultPrevented }) => {
  // By attributes: a form's own properties give way to fields of these names.
  const isPost = target.getAttribute("method")?.toLowerCase() === "post";
  if (isPost && target.hasAttribute("data-download") && !defaultPrevented) tellOfFile(target);
  if (!isPost || target.hasAttribute("target") || target.hasAttribute("data-download")) return;
  if (!defaultPrevented) encode(target);
  if (!defaultPrevented || (window.htmx && target.hasAttribute("hx-post"))) begin(target, submitter);
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
