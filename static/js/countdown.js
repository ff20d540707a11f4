// How long there still is until the live region becomes another one, [data-live-due]: it opens, it closes.
// [data-countdown] says it, in the <b> within, in the last day before.
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

function written(ms) {
  const all = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

function tick() {
  const due = document.querySelector("[data-live-due]")?.dataset.liveDue;
  const left = due ? new Date(due) - performance.now() - ahead : Infinity;
  for (const place of document.querySelectorAll("[data-countdown]")) {
    place.hidden = left > DAY;
    const words = place.hidden ? "" : written(left);
    const [says] = place.getElementsByTagName("b");
    if (says.textContent !== words) says.textContent = words;
    place.toggleAttribute("data-last", left < 10500); // the last seconds
  }
}

learn(document.querySelector("[data-now]")?.dataset.now ?? Date.now());
document.addEventListener("live:now", ({ detail }) => learn(detail));
tick();
setInterval(tick, 200);
