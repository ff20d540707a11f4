// A long draft's small conveniences; without them everything is reached all the same. What is folded
// opens when a link, the address or a printer asks for something within it, and the table of contents
// in the bar closes when a line of it was chosen, when Escape is pressed or one presses beside it.
const contents = document.querySelector("[data-contents]");

function targetOf(hash) {
  try {
    return hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  } catch {
    return null; // no encoded words: "#100%"
  }
}

function reveal(hash) {
  const target = targetOf(hash);
  if (!target) return;
  let isOpened = false;
  for (let fold = target.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) {
    fold.open = true;
    isOpened = true;
  }
  if (isOpened) target.scrollIntoView({ behavior: "instant" });
}

function close({ back = false } = {}) {
  if (!contents?.open) return;
  contents.open = false;
  if (back) contents.querySelector("summary").focus();
}

document.addEventListener("click", ({ target }) => {
  const link = target.closest?.('a[href^="#"]');
  if (link || !target.closest?.("[data-contents]")) close();
  if (link) reveal(link.hash);
});
document.addEventListener("keydown", ({ key, target }) => {
  if (key === "Escape" && contents?.contains(target)) close({ back: true });
});
addEventListener("hashchange", () => reveal(location.hash));
// Addresses named a clause by its whole key before.
const short = location.hash.match(/^#c-[0-9a-f]{8}(?=-)/)?.[0];
if (short && !targetOf(location.hash)) location.replace(short);
reveal(location.hash);

let printed = [];
addEventListener("beforeprint", () => {
  printed = [...document.querySelectorAll("main details:not([open], [data-contents])")];
  for (const fold of printed) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of printed) fold.open = false;
});
