// What shared fragments do without leaving the page: a link data-remark-open brings the form into the
// .speak-place of its clause, one of data-remark-open="<name>" into #speak-<name>; and buttons act
// through the page's one form, #act.
//
// The fragment holds <button form="act" formaction="…/react/" name="value" value="1" data-react="88">;
// a signed-in page holds <form id="act" method="post" data-mine="…">. What the reader has said and
// supported comes from data-mine, so that the fragment stays the same for everybody. Without a script
// the form posts and the page comes back.
const form = document.querySelector("#act[data-mine]"); // a stranger's leads to signing in
let mine = { own: {}, reactions: {} };

function show() {
  for (const button of document.querySelectorAll("[data-react]")) {
    const id = button.dataset.react;
    button.hidden = id in mine.own;
    button.setAttribute("aria-pressed", String(mine.reactions[id] === Number(button.value)));
  }
}

async function ask() {
  const answer = await fetch(form.dataset.mine, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  mine = await answer.json();
  show();
}

/** `count` grouped by thousands, as the server writes it (the filter `thousands`). */
function say(id, name, count) {
  const between = document.documentElement.lang === "en" ? "," : "\u00a0";
  const written = String(count).replace(/\B(?=(\d{3})+$)/g, between);
  for (const place of document.querySelectorAll(`[data-${name}="${CSS.escape(id)}"]`)) place.textContent = written;
}

async function act(event) {
  const button = event.submitter;
  const id = button?.dataset.react;
  if (!id) return;
  event.preventDefault();
  const wanted = Number(button.value);
  const value = mine.reactions[id] === wanted ? 0 : wanted;
  const body = new FormData(form);
  body.set("value", value);
  button.disabled = true;
  try {
    const answer = await fetch(button.formAction, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) {
      button.insertAdjacentHTML("afterend", "<span role='alert' class='act-refusal'></span>");
      button.nextElementSibling.textContent = told.detail;
      return;
    }
    if (value) mine.reactions[id] = value;
    else delete mine.reactions[id];
    for (const name of ["agrees", "disagrees", "supporters"]) if (name in told) say(id, name, told[name]);
    show();
  } catch {
    form.action = button.formAction;
    button.disabled = false;
    form.submit();
  } finally {
    button.disabled = false;
    button.focus();
  }
}

const placeOf = (link) => link.dataset.remarkOpen
  ? document.getElementById(`speak-${link.dataset.remarkOpen}`)
  : link.closest(".clause").querySelector(".speak-place");
const linkOf = (place) => place.id
  ? document.querySelector(`[data-remark-open="${CSS.escape(place.id.slice("speak-".length))}"]`)
  : place.closest(".clause").querySelector("[data-remark-open]");

let loading;
/** The scripts of <template data-later-scripts>, htmx among them: whoever only reads needs none. */
function loadLater() {
  const templates = document.querySelectorAll("template[data-later-scripts]");
  loading ??= Promise.all([...templates].flatMap(({ content }) => [...content.cloneNode(true).children]).map(run));
  return loading;
}

const run = (script) => new Promise((done, failed) => {
  script.addEventListener("load", done);
  script.addEventListener("error", failed);
  document.head.append(script);
});

let brought;
/** Whether the form of a link has come into its place. */
async function bring(link) {
  brought = link;
  try {
    await loadLater();
    await window.htmx.ajax("GET", link.href, { target: placeOf(link), swap: "innerHTML" });
    return true;
  } catch {
    return false;
  } finally {
    brought = null;
  }
}

// Which form is open, and where on the screen, is kept with the page's entry in the history, so that a reload
// opens it there again; what was typed is offered by js/draft-keeper.js.
let opened;

function remember(link = opened) {
  opened = link;
  const open = link && { href: link.getAttribute("href"), top: Math.round(placeOf(link).getBoundingClientRect().top) };
  history.replaceState({ ...history.state, open }, "");
}

async function openAgain() {
  const { href, top } = history.state?.open ?? {};
  const link = href && [...document.querySelectorAll("[data-remark-open]")].find((one) => one.getAttribute("href") === href);
  if (!link) return;
  if (!(await bring(link))) return;
  scrollBy({ top: placeOf(link).getBoundingClientRect().top - top, behavior: "instant" });
  remember(link);
}

let scrolled;
addEventListener("scroll", () => {
  clearTimeout(scrolled);
  if (opened) scrolled = setTimeout(() => remember(), 200);
}, { passive: true });

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-remark-open]");
  if (!link || !form || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link === brought) return;
  const stands = link === opened && placeOf(link).querySelector("form textarea");
  if (stands) stands.focus();
  else bring(link).then((isThere) => (isThere ? remember(link) : location.assign(link.href))); // it has a page of its own
});

document.addEventListener("click", (event) => {
  const cancel = event.target.closest?.(".speak-place [data-cancel]");
  if (!cancel) return;
  event.preventDefault();
  const place = cancel.closest(".speak-place");
  place.replaceChildren();
  remember(null);
  linkOf(place)?.focus();
});

if (form) {
  form.addEventListener("submit", act);
  new MutationObserver(show).observe(document.querySelector(".live") ?? document.body, { childList: true, subtree: true });
  document.addEventListener("remark:said", ask);
  document.addEventListener("remark:said", () => remember(null));
  const near = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && loadLater().catch(() => {}), { rootMargin: "400px" });
  for (const place of document.querySelectorAll("[hx-get], [hx-post]")) near.observe(place);
  if (document.querySelector("[data-kept-done]")) loadLater().catch(() => {}); // js/draft-keeper.js forgets it
  ask();
  openAgain();
}
