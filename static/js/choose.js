// A survey of those present, voted in by one press: the section with data-choose="<poll>" holds buttons of
// the page's form #act, whose data-mine says what the reader has chosen ("chosen" by poll). Without a
// script the form posts and the page comes back.
const form = document.querySelector("#act[data-mine]");
const section = () => document.querySelector("[data-choose]");
let chosen = {};
let asked = ""; // of which poll it is known

function show() {
  const poll = section()?.dataset.choose;
  if (!poll) return;
  if (poll !== asked) {
    asked = poll;
    ask();
  }
  for (const button of section().querySelectorAll("button"))
    button.setAttribute("aria-pressed", String(String(chosen[poll] ?? "") === button.value));
}

async function ask() {
  try {
    const answer = await fetch(form.dataset.mine, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    ({ chosen } = await answer.json());
    show();
  } catch {
    // Without a link nothing is known: the buttons work as soon as there is one.
  }
}

function say(words) {
  const place = document.getElementById("quick-poll-said");
  if (place) place.textContent = words;
}

async function choose(event) {
  const button = event.submitter;
  const here = button?.closest("[data-choose]");
  if (!here) return;
  event.preventDefault();
  const body = new FormData(form);
  body.set(button.name, button.value);
  button.setAttribute("aria-disabled", "true");
  try {
    const answer = await fetch(button.formAction, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (answer.ok) {
      chosen[here.dataset.choose] = told.chosen;
      for (const place of here.querySelectorAll('[data-count="turnout"]')) place.textContent = told.turnout;
      show();
    }
    say(answer.ok ? here.dataset.said : told.detail);
  } catch {
    say(here.dataset.failed); // a vote is never kept for later: whoever is late is told so
  } finally {
    button.removeAttribute("aria-disabled");
    button.focus();
  }
}

if (form) {
  form.addEventListener("submit", choose);
  new MutationObserver(show).observe(document.querySelector(".live") ?? document.body, { childList: true, subtree: true });
  show();
}
