// Where one stopped reading a long draft: the clause under the bar, kept on this device alone, by the
// page's path. Whoever comes back is offered it by a link; nothing scrolls by itself, and a page that
// was opened at a clause, or a text that has another version's clauses, offers nothing. It is forgotten
// after a month, and when one signs out (sign-out.js); that window keeps none until somebody signs in.
const PREFIX = "viche.kept:reading:";
const SIGNED_OUT = "viche.signed-out"; // app.js
const DAYS = 30;
const PAUSE = 500; // ms after the last scroll
const ID_LENGTH = 10; // of a clause, "c-1a2b3c4d"
const FAR = 2; // screens below the top from which on a place is worth keeping
const template = document.querySelector("template[data-reading-place]");
const key = PREFIX + location.pathname.replace(/^\/en\//, "/");
let timer;
let seen = scrollY; // where it was last looked

const isFresh = (kept) => Date.now() - kept?.at < DAYS * 86_400_000;

const store = {
  read() {
    try {
      for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
        if (!isFresh(JSON.parse(localStorage.getItem(name)))) localStorage.removeItem(name);
      }
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  write(place) {
    try {
      if (place && sessionStorage.getItem(SIGNED_OUT)) return;
      if (place) localStorage.setItem(key, JSON.stringify({ ...place, at: Date.now() }));
      else localStorage.removeItem(key);
    } catch {
      // Storage is full or forbidden: nothing is kept.
    }
  },
};

/** The clause that stands under the bar, or null outside of the text. */
function clauseRead() {
  const text = document.querySelector(".draft-text");
  const top = (document.querySelector(".draft-bar")?.getBoundingClientRect().bottom ?? 0) + 8;
  const box = text?.getBoundingClientRect();
  if (!box || box.top > top || box.bottom < top) return null;
  const clauses = [...text.querySelectorAll(".clause[id]")].filter((one) => one.offsetHeight);
  return clauses.findLast((one) => one.getBoundingClientRect().top <= top) ?? null;
}

/** As the link to speak of it names it («п. 4.2»), else as the text does. */
function labelOf(clause) {
  const named = clause.querySelector("[data-remark-open] .govuk-visually-hidden")?.textContent;
  const printed = clause.querySelector(".clause__marker")?.textContent;
  const label = named?.replace(/^.*?:/, "") ?? printed ?? clause.querySelector(".clause-text").textContent;
  return label.trim().slice(0, 40);
}

function keep() {
  seen = scrollY;
  const clause = clauseRead();
  if (clause && scrollY > FAR * innerHeight) store.write({ id: clause.id, label: labelOf(clause) });
}

function offer() {
  const place = store.read();
  const id = place?.id.slice(0, ID_LENGTH); // before, it was longer
  if (!place || location.hash || scrollY > innerHeight || !document.getElementById(id)) return;
  const made = template.content.firstElementChild.cloneNode(true);
  made.querySelector("a").setAttribute("href", `#${id}`);
  made.querySelector("[data-reading-label]").textContent = `: ${place.label.replace(/\.$/, "")}`;
  made.querySelector("a").addEventListener("click", () => made.remove());
  made.querySelector("[data-reading-drop]").addEventListener("click", () => {
    store.write(null);
    made.remove();
    const ways = [...document.querySelectorAll(".draft-bar summary, .draft-bar > a")];
    ways.find((way) => way.offsetHeight)?.focus({ preventScroll: true });
  });
  template.after(made);
}

if (template) {
  offer();
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  }, { passive: true });
  // Nobody has read on meanwhile: nothing to keep, least of all after a sign-out in another window.
  addEventListener("pagehide", () => scrollY !== seen && keep());
}
