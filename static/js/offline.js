// The page without a connection (portal/offline.html): lists the texts of drafts that the device keeps.
const part = document.querySelector("[data-texts]");

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
