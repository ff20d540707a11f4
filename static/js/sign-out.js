// The page that signs out (account/logout.html): with its form goes what this device keeps for whoever reads
// here: what they typed and did not send (draft-keeper.js, outbox.js), where they stopped (reading-place.js),
// their district (my-district.js). The pages kept for reading offline and the push go by the service worker,
// which sees the form on its way. A session that ends by itself leaves all of it.
const GOING = "viche.kept:";

addEventListener("submit", () => {
  try {
    const going = Object.keys(localStorage).filter((name) => name.startsWith(GOING));
    for (const name of going) localStorage.removeItem(name);
  } catch {
    // Storage is forbidden: nothing was kept.
  }
});
