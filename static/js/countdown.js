// How long there still is until a moment: [data-countdown] says it, in the <b> within, in the last day
// before. The moment is its own, data-countdown="2026-…", or that at which the live region becomes another
// one, [data-live-due]: it opens, it closes. [data-countdown-past] goes on counting when it is over, and
// [data-countdown-warning] says how many seconds before it is marked as near (10).
// [data-countdown-left] is so many seconds that stand still: the clock was stopped.
// The server's clock counts, not this machine's: [data-now] holds its time when the page was made, each
// frame of js/live.js tells it again. A message is late, never early, so the latest time that any of
// them gives is the nearest to the truth: the seconds go by evenly, also when the link is lost.
const DAY = 86400000;
let ahead; // the server's time at this page's zero

function learn(moment) {
  const seen = new Date(moment) - performance.now();
  if (!(ahead >= seen)) ahead = seen;
}

const two = (number) => String(number).padStart(2, "0");

function written(ms, past) {
  if (past && ms <= -1000) return `−${written(Math.floor(-ms / 1000) * 1000)}`;
  const all = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

function tick() {
  const due = document.querySelector("[data-live-due]")?.dataset.liveDue;
  for (const place of document.querySelectorAll("[data-countdown]")) {
    const until = place.dataset.countdown || due;
    const stands = place.dataset.countdownLeft;
    const left = stands ? Number(stands) * 1000 : until ? new Date(until) - performance.now() - ahead : Infinity;
    place.hidden = left > DAY;
    const words = place.hidden ? "" : written(left, "countdownPast" in place.dataset);
    const [says] = place.getElementsByTagName("b");
    if (says.textContent !== words) says.textContent = words;
    const warning = Number(place.dataset.countdownWarning ?? 10);
    place.toggleAttribute("data-last", left < warning * 1000 + 500); // the last seconds
    place.toggleAttribute("data-over", left <= 0);
  }
}

learn(document.querySelector("[data-now]")?.dataset.now ?? Date.now());
document.addEventListener("live:now", ({ detail }) => learn(detail));
// What a frame puts in holds no time yet.
document.addEventListener("live:changed", tick);
document.addEventListener("live:fetched", tick);
tick();
// The displays of a hall stand side by side: their seconds change within a twentieth of one.
setInterval(tick, document.querySelector('[data-live-as^="display"]') ? 50 : 200);
