// The thanks that take the place of a form are shorter than it, so what stood below moves up, and the
// focus is lost with the form. They get the focus and the top of the screen; what was said is put below
// them, in its place and marked.
//
//   <div data-thanks="remark-388" tabindex="-1" data-live-keep>…<template><li id="remark-388">…</li></template></div>
//
// A remark with data-clause stands first among those of its clause (js/clause-remarks.js puts it there,
// on "remark:said"), anything else in the page's list: the thanks move above that. Without a template the
// thanks are all there is.
const saidIds = new Set();

/** Lists come anew from the server: what one has said stays marked (live.js leaves the attribute). */
function mark() {
  for (const id of saidIds)
    for (const node of document.querySelectorAll(`#${id}, [data-copy-of="${id}"]`)) node.dataset.said = "";
}

function place(thanks, remark) {
  saidIds.add(remark.id);
  document.dispatchEvent(new CustomEvent("remark:said", { detail: remark }));
  if (thanks.closest(".clause")) return;
  const list = document.querySelector("[data-live-list]");
  list.before(thanks);
  if (document.getElementById(remark.id)) return;
  list.prepend(remark);
  window.htmx?.process(remark);
}

function meet(thanks) {
  const remark = thanks.querySelector("template")?.content.firstElementChild;
  if (remark) place(thanks, document.importNode(remark, true));
  mark();
  thanks.focus({ preventScroll: true });
  thanks.scrollIntoView({ behavior: "instant", block: "start" });
}

// What comes next, a form or other thanks, ends those of before; other parts of the page do not.
document.addEventListener("htmx:after:swap", () => {
  const thanks = document.querySelector("[data-thanks]:not([data-thanks-met])");
  if (!thanks && !document.querySelector("[data-remark-form]")) return;
  for (const old of document.querySelectorAll("[data-thanks-met]")) old.remove();
  if (!thanks) return;
  thanks.dataset.thanksMet = "";
  meet(thanks);
});
new MutationObserver(mark).observe(document.body, { childList: true, subtree: true });
