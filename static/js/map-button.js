// The button below a map: what shows the map on tiles is loaded when it is pressed, and not before
// (tiled-map.js, components/tiled_map.html). The button may be drawn anew by a live update, so the page listens.
document.documentElement.classList.add("opens-maps");
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-map-open]");
  if (!button) return;
  // Once it was open, it stands at the end of the page.
  const dialog = button.closest(".map").querySelector("[data-map]") ?? document.querySelector("body > [data-map]");
  const { openMap } = await import(button.dataset.mapOpen);
  openMap(dialog);
});
