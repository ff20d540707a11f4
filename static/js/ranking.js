// Options in order of preference. Without a script each has its place in a select. With one, the list
// is the order: what is chosen stands on top by its place, the rest below; buttons choose an option,
// move it and take it out, and so do the keys ↑ ↓ Home End on them. The selects stay, hidden, and are
// what is sent. The focus stays on the button that was pressed: the other rows move around its own.
for (const question of document.querySelectorAll("[data-ranking]")) begin(question);

function begin(question) {
  const words = document.getElementById("ranking-words").dataset;
  const list = question.querySelector(".by-option");
  const rows = [...list.querySelectorAll("[data-option]")].map((element) => dressed(element, words));
  const said = document.createElement("p");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  question.append(said);
  list.classList.add("by-option--ordered");
  let order = rows.filter(({ select }) => select.value).sort((one, other) => one.select.value - other.select.value);

  /** Shows the order; `kept` is the row that does not leave its place in the document. */
  function show(kept = rows[0]) {
    const all = [...order, ...rows.filter((row) => !order.includes(row))];
    const at = all.indexOf(kept);
    all.slice(0, at).forEach((row) => list.insertBefore(row.element, kept.element));
    list.append(...all.slice(at + 1).map((row) => row.element));
    for (const row of all) {
      const place = order.indexOf(row) + 1;
      row.select.value = place || "";
      row.badge.textContent = place ? `${place}.` : "";
      row.element.toggleAttribute("data-chosen", place > 0);
      row.up.hidden = row.down.hidden = !place;
      const next = order.length ? words.choose.replace("%n", order.length + 1) : words.chooseFirst;
      label(row.toggle, place ? words.out : next, row.name);
      row.up.setAttribute("aria-disabled", String(place === 1));
      row.down.setAttribute("aria-disabled", String(place === order.length));
    }
  }

  function say(row, what) {
    const place = order.indexOf(row) + 1;
    const text = `${row.name}: ${what ?? words.place.replace("%n", place).replace("%m", order.length)}`;
    said.textContent = said.textContent === text ? `${text}\u00a0` : text; // said again
  }

  function toggle(row) {
    const chosen = order.includes(row);
    order = chosen ? order.filter((each) => each !== row) : [...order, row];
    show(row);
    say(row, chosen ? words.none : undefined);
  }

  function move(row, to) {
    const from = order.indexOf(row);
    const place = Math.min(Math.max(to, 0), order.length - 1);
    if (place === from) return say(row, from === 0 ? words.first : words.last);
    order.splice(from, 1);
    order.splice(place, 0, row);
    show(row);
    say(row);
  }

  for (const row of rows) {
    row.toggle.addEventListener("click", () => toggle(row));
    row.up.addEventListener("click", () => move(row, order.indexOf(row) - 1));
    row.down.addEventListener("click", () => move(row, order.indexOf(row) + 1));
    row.element.addEventListener("keydown", (event) => {
      const from = order.indexOf(row);
      const to = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: order.length - 1 }[event.key];
      if (to === undefined || from < 0 || event.target.tagName !== "BUTTON") return;
      event.preventDefault();
      move(row, to);
    });
  }
  show();
}

/** A row with what the script needs of it: its place before the name, and three buttons. */
function dressed(element, words) {
  const select = element.querySelector("select");
  const title = element.querySelector("label");
  const name = title.textContent.trim().replace(/\s+/g, " ");
  const badge = document.createElement("b");
  badge.className = "by-option__place";
  title.prepend(badge, " ");
  select.hidden = true;
  const moves = document.createElement("div");
  moves.className = "by-option__moves";
  const row = { element, select, badge, name, up: button(moves), down: button(moves), toggle: button(moves) };
  label(row.up, words.up, name, "↑");
  label(row.down, words.down, name, "↓");
  element.append(moves);
  // What the summary of errors leads to is hidden now: its links lead to the button in its place.
  row.toggle.id = `${select.id}-toggle`;
  for (const link of document.querySelectorAll(`a[href="#${select.id}"]`)) link.hash = row.toggle.id;
  return row;
}

function button(group) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "govuk-button govuk-button--secondary";
  group.append(made);
  return made;
}

function label(made, word, name, sign = word) {
  made.textContent = sign;
  made.setAttribute("aria-label", `${word}: ${name}`);
}
