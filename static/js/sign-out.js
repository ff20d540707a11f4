// The page that signs out (account/logout.html): with its form goes what this device keeps for whoever reads
// here: where they stopped (reading-place.js), their district (my-district.js), and what they could not send
// (outbox.js). The texts of drafts and the push go by the service worker, which sees the form on its way.
const GOING = ["viche.kept:outbox:", "viche.kept:reading:", "viche.kept:district"];

addEventListener("submit", () => {
  try {
    const isGoing = (name) => GOING.some((prefix) => name.startsWith(prefix));
    for (const name of Object.keys(localStorage).filter(isGoing)) localStorage.removeItem(name);
  } catch {
    // Storage is forbidden: nothing was kept.
  }
});
