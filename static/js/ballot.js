// A ballot is checked and cast without leaving its page (votes/vote.html): js/sending.js sends it by fetch, and
// what comes back, what was chosen and then the receipt, takes the place of the form. So Back leads from the
// review to the form as it was filled in, and from the receipt to the form's address asked for anew, which says
// that one has voted.
//
// Choices and code are in this document's memory and nowhere else (ADR 24): in no state of the history, no
// storage, no address; nothing is loaded after the form, whose files a proxy may have noted down; and whoever
// leaves the page takes nothing of the receipt back with the Back button.
const main = document.getElementById("main");
const titleOfForm = document.title;
let form; // the nodes of the form, while what was chosen is shown
let review; // those of what was chosen, while the form is shown again
let isCast = false;

const at = () => history.state?.ballot;

/** Puts nodes in place of all of main; returns those that stood there. */
function show(nodes, title) {
  const before = [...main.childNodes];
  main.replaceChildren(...nodes);
  document.title = title;
  const heading = main.querySelector("[data-error-summary], h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
  scrollTo(0, 0);
  return before;
}

const nodesOf = (page) => [...page.getElementById("main").childNodes].map((node) => document.importNode(node, true));

/** What was wrong, said in the form as it stands: it has the choices, and its scripts. */
function tellErrors(page) {
  if (form) {
    show(form, page.title);
    form = review = null;
  }
  history.replaceState({ ballot: "form" }, "");
  document.title = page.title;
  for (const old of main.querySelectorAll("[data-error-summary], .question > .govuk-error-message")) old.remove();
  for (const fresh of page.querySelectorAll(".question")) {
    const question = document.getElementById(fresh.id);
    const error = fresh.querySelector(":scope > .govuk-error-message");
    question?.classList.toggle("govuk-form-group--error", Boolean(error));
    question?.setAttribute("aria-describedby", fresh.getAttribute("aria-describedby"));
    if (error) document.getElementById(`${fresh.id}-how`)?.after(document.importNode(error, true));
  }
  const summary = page.querySelector("[data-error-summary]");
  if (!summary) return;
  const told = document.importNode(summary, true);
  // js/ranking.js hides what some links lead to, behind a button.
  for (const link of told.querySelectorAll("a[href^='#']")) {
    const toggle = `${link.hash.slice(1)}-toggle`;
    if (document.getElementById(toggle)) link.hash = toggle;
  }
  main.prepend(told);
  told.focus();
}

function answered({ detail: { page } }) {
  if (page.getElementById("ballot")) return tellErrors(page);
  isCast = !page.querySelector("form[data-ballot]");
  if (at() !== "review") {
    history.replaceState({ ballot: "form" }, "");
    history.pushState({ ballot: "review" }, "");
  }
  const before = show(nodesOf(page), page.title);
  form = isCast ? null : (form ?? before);
  review = null;
  document.dispatchEvent(new CustomEvent("sending:placed"));
}

document.addEventListener("sending:answered", (event) => {
  if (!event.detail.form.hasAttribute("data-ballot")) return;
  event.preventDefault();
  answered(event);
});

// «Change it» needs no answer of the server: the form is still here.
document.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "change" || !form) return;
  event.preventDefault();
  history.back();
});

addEventListener("popstate", () => {
  if (!at()) return; // a link within the page
  if (isCast || (at() === "review" && !review)) {
    history.replaceState(null, "");
    location.reload();
  } else if (at() === "form" && form) {
    review = show(form, titleOfForm);
    form = null;
  } else if (at() === "review" && review) {
    form = show(review, titleOfForm);
    review = null;
  }
});

addEventListener("pagehide", () => {
  if (!isCast) return;
  main.replaceChildren();
  form = review = null;
});
addEventListener("pageshow", ({ persisted }) => persisted && isCast && location.reload());
