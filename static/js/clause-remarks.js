// The remarks on a clause open under it: whoever reads a long draft on a phone keeps the place. A
// count of remarks, <a class="clause__count" href="?clause=<short key>#remarks-region">, then opens and
// closes copies of what the list of the page shows of the clause; without a script it leads there.
//
// The copies carry no ids (the list has them) and data-copy-of instead. What live.js puts into the
// page ("live:put") is put into them too; when it fetches its regions again ("live:fetched"), so are
// they; the counts are what it tells ("live:clauses"). What one has said oneself ("remark:said", js/thanks.js) comes first, in a list that opens for
// it. components/clause_remarks.html brings the template and this script.
const template = document.querySelector("template[data-clause-remarks]");

function parsed(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  return made.content;
}

function copyOf(remark) {
  const copy = remark.cloneNode(true);
  copy.dataset.copyOf = remark.id;
  for (const node of [copy, ...copy.querySelectorAll("[id]")]) node.removeAttribute("id");
  return copy;
}

/** The public list narrowed to the clause: the same for everybody who may see the page. */
async function ask(link) {
  const address = new URL(link.href);
  const path = `${address.pathname}remarks/${address.search}`;
  let answer = await fetch(path, { credentials: "omit" });
  if (answer.status === 404) answer = await fetch(path);
  if (!answer.ok) throw new Error(String(answer.status));
  return [...parsed(await answer.text()).querySelectorAll("[data-live-list] > li")].map(copyOf);
}

const placeOf = (link) => link.parentElement.parentElement.querySelector(":scope > .clause-remarks");
const linkOf = (place) => place.parentElement.querySelector(".clause__count");

/** The count of a clause by the first eight digits of its key; made where nobody had spoken. */
function countOf(key) {
  const margin = document.getElementById(`c-${key}`)?.querySelector(".clause__margin");
  const link = margin?.querySelector(".clause__count");
  if (link || !margin) return link;
  margin.prepend(document.querySelector("template[data-clause-count]").content.cloneNode(true));
  margin.firstElementChild.href = `?clause=${key}#remarks-region`;
  return margin.firstElementChild;
}

function tell(counts) {
  for (const key in counts) {
    const link = countOf(key.slice(0, 8));
    if (!link) continue;
    link.querySelector("span").textContent = counts[key];
    link.hidden = !counts[key];
  }
}

function close(link) {
  placeOf(link)?.remove();
  link.setAttribute("aria-expanded", "false");
}

async function open(link, said) {
  const place = template.content.firstElementChild.cloneNode(true);
  const copies = place.querySelector("ol");
  if (said) copies.append(said);
  place.querySelector("[data-clause-all]").href = link.href;
  place.setAttribute("aria-busy", "true");
  (link.parentElement.parentElement.querySelector(":scope > .speak-place") ?? link.parentElement).after(place);
  link.setAttribute("aria-expanded", "true");
  try {
    const fresh = await ask(link);
    const others = said ? fresh.filter((copy) => copy.dataset.copyOf !== said.dataset.copyOf) : fresh;
    copies.append(...others);
    place.removeAttribute("aria-busy");
  } catch {
    if (!said) location.assign(link.href);
  }
}

/** Shows first, in the list of its clause, what has just been said. */
function showFirst(remark) {
  const link = remark.dataset.clause && countOf(remark.dataset.clause);
  if (!link) return;
  const said = copyOf(remark);
  const copies = placeOf(link)?.querySelector("ol");
  if (!copies) open(link, said);
  else {
    [...copies.children].find((copy) => copy.dataset.copyOf === remark.id)?.remove();
    copies.prepend(said);
  }
}

/** Puts the fresh copy in the old one's place; the focus stays on what it was on. */
function exchange(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  const focused = [...old.querySelectorAll("a, button")].indexOf(document.activeElement);
  old.replaceWith(fresh);
  fresh.querySelectorAll("a, button")[focused]?.focus({ preventScroll: true });
}

function put({ target, swap, list, html }) {
  for (const place of document.querySelectorAll(".clause-remarks")) {
    const copies = place.querySelector("ol");
    const old = [...copies.children].find((copy) => copy.dataset.copyOf === target);
    if (swap === "remove") old?.remove();
    else {
      const fresh = copyOf(parsed(html).firstElementChild);
      const isHere = fresh.dataset.clause === new URL(linkOf(place).href).searchParams.get("clause");
      if (old) exchange(old, fresh);
      else if (list && isHere) copies.prepend(fresh);
    }
  }
}

async function again(place) {
  try {
    const fresh = await ask(linkOf(place));
    const copies = place.querySelector("ol");
    if (copies.children.length !== fresh.length) copies.replaceChildren(...fresh);
    else fresh.forEach((copy, at) => exchange(copies.children[at], copy));
  } catch {
    // The page says itself that it has lost its link, and fetches again.
  }
}

if (template) {
  for (const link of document.querySelectorAll(".clause__count")) link.setAttribute("aria-expanded", "false");
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".clause__count");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (placeOf(link)) close(link);
      else open(link);
    }
    const place = event.target.closest?.("[data-clause-close]")?.closest(".clause-remarks");
    if (!place) return;
    const back = linkOf(place);
    close(back);
    back.focus();
  });
  document.addEventListener("remark:said", ({ detail }) => showFirst(detail));
  document.addEventListener("live:clauses", ({ detail }) => tell(detail));
  document.addEventListener("live:put", ({ detail }) => put(detail));
  document.addEventListener("live:fetched", () => {
    for (const place of document.querySelectorAll(".clause-remarks")) again(place);
  });
}
