// A screen that shows a code until it is paired: it asks every few seconds and goes to its display by itself.
// Without a script the page does the same by loading itself anew.
const KEPT = "viche.display";
const PATIENCE = 15000; // ms without an answer after which the code may be one that is taken no more
const code = document.querySelector("[data-code]");
const lost = document.querySelector("[data-code-lost]");
let answered = Date.now();

/** The display that this screen was before the power was cut; once, so that a lost one leads back here. */
function formerPage() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT));
    if (!kept || kept.back) localStorage.removeItem(KEPT);
    else {
      localStorage.setItem(KEPT, JSON.stringify({ ...kept, back: true }));
      return kept.page;
    }
  } catch {
    // A browser that keeps nothing.
  }
  return null;
}

async function ask() {
  try {
    const answer = await fetch(location.href, { credentials: "omit", cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-code]");
    if (answer.ok && !fresh) return location.replace(answer.url); // it was paired
    if (fresh) {
      answered = Date.now();
      if (code.textContent !== fresh.textContent) code.replaceChildren(...fresh.childNodes);
    }
  } catch {
    // The server is away: it is asked again.
  }
  const isLost = Date.now() - answered > PATIENCE;
  code.hidden = isLost;
  lost.hidden = !isLost;
}

const former = formerPage();
if (former) location.replace(former);
else setInterval(ask, Number(code.dataset.askAgain) * 1000);
