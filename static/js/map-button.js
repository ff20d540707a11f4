// The button below a map: what shows the map on tiles is loaded when it is pressed, and not before
// (tiled-map.js, components/tiled_map.html).
for (const button of document.querySelectorAll("[data-map-open]")) {
  button.parentElement.classList.add("map__open--works");
  button.addEventListener("click", async () => {
    const { openMap } = await import(button.dataset.mapOpen);
    openMap(document.querySelector("[data-map]"));
  });
}
