// Ticks of a long list: Shift and a click (or Shift and Space) give all boxes from the one ticked last to
// this one its state. The list is an element with data-tick-list; its boxes are sent by the form that
// they name. A form takes at most 500 fields, so its boxes go as one, of ids with spaces between.
// Without this script each box is ticked by itself.
const list = document.querySelector("[data-tick-list]");
const hint = document.querySelector("[data-tick-hint]");
const count = hint?.querySelector("[data-tick-count]");
let last = null;

const boxes = () => [...list.querySelectorAll("input[type=checkbox][form]")];

function tickRange(from, to) {
  const all = boxes();
  const [first, end] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
  for (const box of all.slice(first, end + 1)) box.checked = to.checked;
}

function showCount() {
  const ticked = boxes().filter((box) => box.checked).length;
  count.textContent = ticked ? `${count.dataset.words} ${ticked}` : "";
}

if (list && hint) {
  list.addEventListener("click", (event) => {
    if (!event.target.matches("input[type=checkbox][form]")) return;
    if (event.shiftKey && last && last !== event.target) tickRange(last, event.target);
    last = event.target;
    showCount();
  });
  // Shift and a click would choose the words between, too.
  list.addEventListener("mousedown", (event) => {
    if (event.shiftKey && event.target.matches("input[type=checkbox]")) event.preventDefault();
  });
  hint.closest("form").addEventListener("formdata", ({ formData }) => {
    const name = boxes()[0]?.name;
    const ticked = formData.getAll(name);
    formData.delete(name);
    if (ticked.length) formData.set(name, ticked.join(" "));
  });
  hint.hidden = false;
  showCount();
}
