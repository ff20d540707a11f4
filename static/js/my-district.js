// The reader's own district, kept on this device until a sign-out (sign-out.js): it stands in no account, and
// the server, asked for a district's lines without cookies, keeps nothing of it. On the first page a press on
// a district keeps it, and what is near stands in its place; on a district's page a button keeps it. Without
// a script the districts are links.
const KEY = "viche.kept:district";
const home = document.querySelector("[data-my-district]");
const keeper = document.querySelector("[data-district-keep]");

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // no storage: the links lead to the pages of the districts
  }
}

function keep(slug) {
  try {
    if (slug) localStorage.setItem(KEY, slug);
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

/** Whether this device keeps anything. */
function isKeeping() {
  try {
    localStorage.setItem(`${KEY}:trial`, "");
    localStorage.removeItem(`${KEY}:trial`);
    return true;
  } catch {
    return false;
  }
}

function show(chosen) {
  const own = home.querySelector("[data-district-own]");
  home.querySelector("[data-district-choice]").classList.toggle("my-district__place--away", Boolean(chosen));
  own.classList.toggle("my-district__place--away", !chosen);
  if (!chosen) return;
  const link = own.querySelector("[data-district-link]");
  link.replaceChildren(...[...chosen.childNodes].map((node) => node.cloneNode(true)));
  link.href = chosen.href;
  tell(chosen, own.querySelector("[data-district-matters]"));
}

async function tell(chosen, place) {
  const address = new URL(chosen.href);
  address.searchParams.set("short", "1");
  place.replaceChildren();
  try {
    const answer = await fetch(address, { credentials: "omit" });
    if (!answer.ok || kept() !== chosen.dataset.district) return;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    place.replaceChildren(template.content);
  } catch {
    // Without a link to the server the name still leads to the district's page.
  }
}

if (home) {
  const links = [...home.querySelectorAll("[data-district]")];
  home.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-district]");
    if (chosen && !event.ctrlKey && !event.metaKey && !event.shiftKey && keep(chosen.dataset.district)) {
      event.preventDefault();
      show(chosen);
      home.querySelector("[data-district-link]").focus();
    } else if (event.target.closest("[data-district-change]")) {
      keep("");
      show(null);
      links[0].focus();
    }
  });
  show(links.find((link) => link.dataset.district === kept()));
}

if (keeper && isKeeping()) {
  const said = keeper.querySelector("[data-district-said]");
  const button = keeper.querySelector("[data-district-press]");
  const mark = () => button.setAttribute("aria-pressed", String(kept() === keeper.dataset.districtKeep));
  keeper.classList.add("my-district__keep--works");
  mark();
  button.addEventListener("click", () => {
    const isOwn = kept() === keeper.dataset.districtKeep;
    if (!keep(isOwn ? "" : keeper.dataset.districtKeep)) return;
    said.textContent = isOwn ? "" : said.dataset.districtSaid;
    mark();
  });
}
