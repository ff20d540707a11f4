// The code on a hall's display: fetched again when it is another one (data-hall-until, by the server's
// clock), without loading the display anew. One that has expired is shown no longer than a step, also
// when the server cannot be reached.
const byId = () => document.getElementById("hall-code");
const EARLIEST = 1000; // ms between two tries
// The server's time less this machine's, in ms: a hall's computer may be wrong.
let ahead = new Date(document.querySelector("[data-now]")?.dataset.now ?? Date.now()) - Date.now();
let tried = 0;

async function renew() {
  const old = byId();
  if (!old) return;
  const late = Date.now() + ahead - new Date(old.dataset.hallUntil);
  if (late < 0 || Date.now() - tried < EARLIEST) return;
  tried = Date.now();
  try {
    const answer = await fetch(old.dataset.hallCode, { credentials: "omit", cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    const fresh = template.content.querySelector("#hall-code");
    if (new Date(fresh.dataset.hallUntil) > new Date(old.dataset.hallUntil)) old.replaceWith(fresh);
  } catch {
    if (late > 30000) old.replaceChildren();
  }
}

document.addEventListener("live:now", ({ detail }) => {
  ahead = new Date(detail) - Date.now();
});
setInterval(renew, 500);
