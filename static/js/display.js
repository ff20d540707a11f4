// A hall's screen that nobody touches: its clock, the turns of what does not fit at once, and its
// recovery when fetching regions is not enough (a new release, a server that was away for long).
// js/live.js does the rest.
const status = document.querySelector("[data-live-status]");
const PATIENCE = 60000; // ms of a lost link before the whole page is fetched again
// The server's time less this machine's, in ms: a hall's computer may be wrong.
let ahead = new Date(document.querySelector("[data-now]")?.dataset.now ?? Date.now()) - Date.now();
let lostAt = 0;

function tick() {
  const now = new Date(Date.now() + ahead);
  const words = now.toLocaleTimeString("uk", { timeZone: "Europe/Kyiv", hour: "2-digit", minute: "2-digit" });
  for (const clock of document.querySelectorAll("[data-clock]")) {
    clock.dateTime = now.toISOString();
    if (clock.textContent !== words) clock.textContent = words;
  }
}

/** Shows one [data-turn] after the other, each for so many seconds as [data-turns] says, the first
 * from the second [data-turns-from] on: by the server's time, so that all screens of a hall show the
 * same. Without a script the page comes anew. */
function turn() {
  for (const place of document.querySelectorAll("[data-turns]")) {
    const screens = place.querySelectorAll("[data-turn]");
    const seconds = Math.max(0, (Date.now() + ahead) / 1000 - Number(place.dataset.turnsFrom ?? 0));
    const at = Math.floor(seconds / Number(place.dataset.turns)) % screens.length;
    screens.forEach((screen, number) => {
      if (screen.hidden !== (number !== at)) screen.hidden = number !== at;
    });
  }
}

async function recover() {
  if (status?.dataset.state !== "lost") {
    lostAt = 0;
    return;
  }
  lostAt ||= Date.now();
  if (Date.now() - lostAt < PATIENCE) return;
  lostAt = Date.now();
  try {
    const answer = await fetch(location.href, { credentials: "omit", cache: "no-store" });
    if (answer.ok) location.reload();
  } catch {
    // Still away: what is shown stays, marked as stale, and the next minute tries again.
  }
}

document.addEventListener("live:now", ({ detail }) => {
  ahead = new Date(detail) - Date.now();
});
tick();
setInterval(tick, 1000);
document.addEventListener("live:changed", tick);
turn();
setInterval(turn, 250);
document.addEventListener("live:changed", turn);
setInterval(recover, 5000);
