// A display that was paired with a meeting. When it is unpaired, its screen goes and shows a code again. What
// it shows comes by js/live.js. The screen keeps which display it is, so that it finds its way back after the
// power was cut (js/pair.js).
const KEPT = "viche.display";
const board = () => document.getElementById("board");
const { display, pairUrl, keep } = board().dataset; // keep: the meeting is not over

function remember(value) {
  try {
    if (value) localStorage.setItem(KEPT, JSON.stringify(value));
    else localStorage.removeItem(KEPT);
  } catch {
    // A browser that keeps nothing: after a cut it is paired anew.
  }
}

function follow() {
  const now = board().dataset;
  if (now.display === display) return;
  remember(null);
  location.replace(pairUrl);
}

/** Whether a screen that came back is still this display: its number may be another's by now, and the
 * meeting may be over. */
function isMine() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT));
    return !kept?.back || (kept.display === display && keep !== undefined);
  } catch {
    return true;
  }
}

if (isMine()) {
  remember(keep === undefined ? null : { page: location.pathname + location.search, display });
  document.addEventListener("live:changed", follow);
  document.addEventListener("live:fetched", follow);
} else {
  remember(null);
  location.replace(pairUrl);
}
