// In whose name one speaks, kept true. When the person's mandates change while a form is open, live.js
// says "live:yours"; each choice [data-voices="<address>"] is then fetched again. What is typed stays,
// and so does what is chosen, as long as it is a choice.
async function ask(place) {
  const chosen = place.querySelector("input:checked")?.value ?? "";
  const address = new URL(place.dataset.voices, location.href);
  address.searchParams.set("chosen", chosen);
  const answer = await fetch(address);
  if (!answer.ok) return;
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  const fresh = template.content.firstElementChild;
  const held = place.contains(document.activeElement);
  place.replaceWith(fresh);
  if (held) fresh.querySelector("input")?.focus();
}

function again() {
  for (const place of document.querySelectorAll("[data-voices]")) ask(place);
}

document.addEventListener("live:yours", again);
