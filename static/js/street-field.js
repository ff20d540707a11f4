// A street as it is typed (city/streets/field.py): the streets that the words mean are fetched below the
// field while one types, the same that the form would come back with. What was chosen goes with the words
// to which it belonged. It listens on the document, so that fields which come later by htmx work too.
const DELAY = 300;
const SHORTEST = 2;
const asked = new WeakMap();

async function look(field, words, signal) {
  const url = new URL(field.dataset.streetField, location.href);
  url.searchParams.set("q", words);
  const answer = await fetch(url, { signal }).catch(() => null); // what was sent is judged on the server anyway
  if (!answer?.ok) return;
  const html = await answer.text();
  if (signal.aborted) return;
  const found = field.querySelector("[data-street-found]");
  found.innerHTML = html;
  field.querySelector("[data-street-said]").textContent =
    found.querySelector("[data-street-says]")?.dataset.streetSays ?? "";
}

document.addEventListener("input", ({ target }) => {
  const field = target.closest?.("[data-street-field]");
  if (!field || target.type === "radio") return;
  asked.get(field)?.abort();
  const controller = new AbortController();
  asked.set(field, controller);
  const words = target.value.trim();
  const timer = setTimeout(() => {
    if (words.length >= SHORTEST) look(field, words, controller.signal);
    else field.querySelector("[data-street-found]").replaceChildren();
  }, DELAY);
  controller.signal.addEventListener("abort", () => clearTimeout(timer));
});
