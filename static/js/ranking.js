// Options in order of preference: each has a place in a select, and with a script also two buttons
// that move it up and down. A place is given once: whoever gets one that is taken changes places with
// it. The form that is sent is the same as without a script.
for (const question of document.querySelectorAll("[data-ranking]")) begin(question);

function begin(question) {
  const rows = [...question.querySelectorAll("[data-option]")];
  const words = document.getElementById("ranking-words").dataset;
  const said = document.createElement("p");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  question.append(said);
  for (const row of rows) {
    const select = row.querySelector("select");
    let before = select.value;
    select.addEventListener("change", () => {
      const other = rows.map(selectOf).find((each) => each !== select && each.value && each.value === select.value);
      if (other) other.value = before;
      before = select.value;
      for (const each of rows) selectOf(each).dispatchEvent(new Event("ranked"));
    });
    select.addEventListener("ranked", () => (before = select.value));
    row.append(buttons(rows, row, words, said));
  }
}

function selectOf(row) {
  return row.querySelector("select");
}

function buttons(rows, row, words, said) {
  const group = document.createElement("div");
  group.className = "by-option__moves";
  const name = row.querySelector("label").textContent.trim();
  for (const [step, label] of [
    [-1, words.up],
    [1, words.down],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = label;
    button.setAttribute("aria-label", `${label}: ${name}`);
    button.addEventListener("click", () => {
      move(rows, row, step);
      said.textContent = `${name}: ${selectOf(row).value}`;
    });
    group.append(button);
  }
  return group;
}

// One place up or down; what has no place yet gets the last one that is free.
function move(rows, row, step) {
  const select = selectOf(row);
  const taken = rows.filter((each) => selectOf(each).value).length;
  const wanted = select.value ? Number(select.value) + step : taken + 1;
  if (wanted < 1 || wanted > rows.length) return;
  select.value = String(wanted);
  select.dispatchEvent(new Event("change"));
}
