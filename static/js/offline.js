// The page without a connection (portal/offline.html): says what the device keeps of what was being written, and
// lists the texts of drafts that it keeps.
const part = document.querySelector("[data-texts]");

const TYPED = /^viche\.kept:(?!reading:|district$)/; // draft-keeper.js, outbox.js; neither where one read nor where one lives
const TAB_MINUTES = 30; // tab-keeper.js

function keptPlaces() {
  try {
    const places = Object.keys(localStorage).some((name) => TYPED.test(name)) ? ["device"] : [];
    const names = Object.keys(sessionStorage).filter((name) => name.startsWith("viche.tab:"));
    const isFresh = (name) => Date.now() - JSON.parse(sessionStorage.getItem(name)).at < TAB_MINUTES * 60_000;
    return names.some(isFresh) ? [...places, "tab"] : places;
  } catch {
    return [];
  }
}

const places = keptPlaces();
for (const line of document.querySelectorAll("[data-kept-here]")) {
  line.hidden = !(places.length ? places : ["nothing"]).includes(line.dataset.keptHere);
}

async function titles() {
  const found = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith("viche-texts-")) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const text = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
      const title = text.querySelector("h1");
      if (!title) continue;
      const lang = title.closest("[lang]")?.lang ?? "uk";
      found.push({ path: new URL(request.url).pathname, title: title.textContent.trim(), lang });
    }
  }
  return found.reverse();
}

if (part && "caches" in window) {
  titles().then((found) => {
    for (const { path, title, lang } of found) {
      const row = document.createElement("li");
      const link = document.createElement("a");
      link.className = "govuk-link";
      link.href = path;
      link.lang = lang;
      link.textContent = title;
      row.append(link);
      part.querySelector("ul").append(row);
    }
    part.hidden = !found.length;
  });
}
