// What every page needs and cannot do without a script: GOV.UK's components where a page has any,
// and the focus on an error summary that arrives by htmx (the first one has `autofocus`).
const govuk = document.getElementById("app-js").dataset.govuk;
const MODULES = { "govuk-character-count": "CharacterCount", "govuk-password-input": "PasswordInput" };
const seen = new WeakSet(document.querySelectorAll("[data-error-summary]"));

document.body.classList.add("govuk-frontend-supported");

async function dress() {
  for (const [module, name] of Object.entries(MODULES)) {
    const bare = document.querySelectorAll(`[data-module="${module}"]:not([data-${module}-init])`);
    if (!bare.length) continue;
    const components = await import(govuk);
    for (const root of bare) new components[name](root);
  }
}

function focusNewErrors() {
  const summary = [...document.querySelectorAll("[data-error-summary]")].find((one) => !seen.has(one));
  if (!summary) return;
  seen.add(summary);
  summary.focus();
}

dress();
document.addEventListener("htmx:after:swap", () => {
  dress();
  focusNewErrors();
});
