// The grid of members on the control page: a tap shows at once what it will be, arrows go from cell to cell.
// A cell is <button data-cell="vote" data-choice="for" value="against">: what it is, and what a tap makes of it.
// js/control.js sends the taps, and puts in what the server says to them.

/** What a tap makes of the cell, before the server has said so: the words are the grid's own. */
function advance({ target: cell }) {
  const words = cell.closest("[data-cells]")?.dataset;
  const state = cell.querySelector(".cell__state");
  if (!words || !state) return;
  if (cell.dataset.cell === "vote") {
    const cycle = words.cycle.split(" ");
    cell.dataset.choice = cell.value;
    state.textContent = words[cell.value];
    cell.value = cycle[(cycle.indexOf(cell.value) + 1) % cycle.length];
  } else if (cell.dataset.cell === "presence") {
    const isHere = cell.dataset.choice !== "absent";
    cell.dataset.choice = isHere ? "absent" : "here";
    state.textContent = words[cell.dataset.choice];
    cell.formAction = cell.formAction.replace(isHere ? /leave\/$/ : /come\/$/, isHere ? "come/" : "leave/");
  }
}

// --- One stop of the Tab key, arrows within -------------------------------------------------------------

const cellsOf = (grid) => [...grid.querySelectorAll("button.cell, a.cell")];

/** The one cell that Tab reaches. */
function rove(grid, chosen) {
  const cells = cellsOf(grid);
  const stop = chosen ?? cells.find((cell) => cell === document.activeElement) ?? cells.find((cell) => cell.id === grid.dataset.stop) ?? cells[0];
  if (!stop) return;
  grid.dataset.stop = stop.id;
  for (const cell of cells) cell.tabIndex = cell === stop ? 0 : -1;
}

const STEPS = { ArrowLeft: () => -1, ArrowRight: () => 1, ArrowUp: (columns) => -columns, ArrowDown: (columns) => columns };

function move(event) {
  const cell = event.target.closest?.(".cell");
  const step = STEPS[event.key];
  if (!cell || (!step && event.key !== "Home" && event.key !== "End")) return;
  const cells = cellsOf(cell.closest("[data-cells]"));
  const columns = cells.filter((one) => one.offsetTop === cells[0].offsetTop).length;
  const to = step ? cells.indexOf(cell) + step(columns) : event.key === "Home" ? 0 : cells.length - 1;
  if (!cells[to]) return;
  event.preventDefault();
  cells[to].focus();
}

const grids = (root) => root.querySelectorAll("[data-cells]");

function refresh({ target }) {
  const grid = target.closest?.("[data-cells]");
  for (const each of grid ? [grid] : grids(document)) rove(each);
}

if (document.querySelector("[data-cells]") || document.getElementById("control-now")) {
  grids(document).forEach((grid) => rove(grid));
  document.addEventListener("control:tap", advance);
  document.addEventListener("keydown", move);
  document.addEventListener("live:changed", refresh);
  document.addEventListener("live:fetched", () => grids(document).forEach((grid) => rove(grid)));
  document.addEventListener("focusin", ({ target }) => target.matches?.(".cell") && rove(target.closest("[data-cells]"), target));
}
