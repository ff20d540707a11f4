// A hall's screen that nobody touches: its clock, and its recovery when fetching regions is not
// enough (a new release, a server that was away for long). js/live.js does the rest.
const clock = document.querySelector("[data-clock]");
const status = document.querySelector("[data-live-status]");
const PATIENCE = 60000; // ms of a lost link before the whole page is fetched again
let ahead = 0; // the server's time less this machine's, in ms: a hall's computer may be wrong
let lostAt = 0;

function tick() {
  const now = new Date(Date.now() + ahead);
  clock.dateTime = now.toISOString();
  clock.textContent = now.toLocaleTimeString("uk", { timeZone: "Europe/Kyiv", hour: "2-digit", minute: "2-digit" });
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
if (clock) {
  tick();
  setInterval(tick, 1000);
}
setInterval(recover, 5000);
