// How many points are left, while they are shared out (votes/points_left.html). Nothing is refused here: too
// many are shown as too many, and the server says the same of what is sent.
const PAUSE = 800; // ms after which it is said aloud too

/** A figure as the server writes it (the filter `thousands`). */
const between = document.documentElement.lang === "en" ? "," : "\u00a0";
const written = (figure) => String(figure).replace(/\B(?=(\d{3})+$)/g, between);

function begin(place) {
  const inputs = [...place.closest("fieldset").querySelectorAll("input[type=number]")];
  const left = place.querySelector("[data-left]");
  const over = place.querySelector("[data-over]");
  const said = place.querySelector("[role=status]");
  let timer;

  function show() {
    const rest = Number(place.dataset.budget) - inputs.reduce((sum, input) => sum + Math.max(0, Number(input.value) || 0), 0);
    left.textContent = written(Math.max(0, rest));
    over.hidden = rest >= 0;
    over.textContent = rest < 0 ? over.dataset.over.replace("%n", written(-rest)) : "";
    place.toggleAttribute("data-too-many", rest < 0);
  }

  function say() {
    said.textContent = over.textContent || `${place.firstElementChild.textContent} ${left.textContent}`;
  }

  place.hidden = false;
  show();
  for (const input of inputs)
    input.addEventListener("input", () => {
      show();
      clearTimeout(timer);
      timer = setTimeout(say, PAUSE);
    });
  place.closest("fieldset").addEventListener("change", show); // «none of these» too
}

for (const place of document.querySelectorAll("[data-points-left]")) begin(place);
