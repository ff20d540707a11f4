// A map that can be moved, in a dialog: the council's tiles by MapLibre, with what the page is about marked
// on them. Everything comes from our own origin: the library and its worker by their addresses in the dialog
// (components/tiled_map.html), tiles in parts of one file, letters from the page's typeface.
const DISTANCE = 15; // the zoom beyond which a small street is not brought nearer
const NEAREST = 18;
const isStill = matchMedia("(prefers-reduced-motion: reduce)");
const asksForDark = matchMedia("(prefers-color-scheme: dark)");
const maps = new WeakMap(); // by their dialogs: null while it is loaded, then the map
const styles = new WeakMap(); // by their maps: what makes its style in the page's colours of now

/** Show the dialog; what it needs is loaded the first time. */
export async function openMap(dialog) {
  const part = (name) => dialog.querySelector(`[data-map-${name}]`);
  const state = part("state");
  const isDressed = Promise.all(dialog.dataset.sheets.split(" ").map(loadSheet));
  await isDressed.catch(() => {}); // what is wrong is said in the dialog
  keepApart(dialog);
  if (dialog.open) return;
  dialog.showModal();
  if (maps.has(dialog)) return restyle(dialog);
  maps.set(dialog, null);
  part("close").onclick = () => dialog.close();
  state.textContent = state.dataset.loading;
  try {
    await isDressed;
    await makeMap(dialog, part("canvas"), part("places"));
    state.textContent = "";
  } catch (error) {
    console.warn(error);
    state.textContent = state.dataset.failed;
    maps.get(dialog)?.remove();
    maps.delete(dialog);
  }
}

/** Draws a map that is there in the page's colours: another theme may have been chosen meanwhile. */
function restyle(dialog) {
  const map = maps.get(dialog);
  map?.setStyle(styles.get(map)());
}

/** The dialog stands at the end of the page, so that a live update of where it stood does not close it; one
    that stands there since before such an update goes. */
function keepApart(dialog) {
  for (const former of document.querySelectorAll("body > [data-map]")) {
    if (former === dialog) return;
    maps.get(former)?.remove();
    former.remove();
  }
  document.body.append(dialog);
}

async function makeMap(dialog, canvas, places) {
  const data = dialog.dataset;
  const absolute = (address) => new URL(address, location).href;
  const [library, { makeStyle }, found] = await Promise.all([
    import(absolute(data.library)),
    import(absolute(data.style)),
    fetchJson(data.features),
    loadScript(data.pmtiles),
  ]);
  const tiles = absolute(data.tiles);
  library.setWorkerUrl(absolute(data.worker));
  const { Protocol, PMTiles, FetchSource } = globalThis.pmtiles;
  const protocol = new Protocol({ errorOnMissingTile: false });
  // Without cookies an answer is the same for everybody, and kept by the browser.
  protocol.add(new PMTiles(new FetchSource(tiles, new Headers(), "omit")));
  library.addProtocol("pmtiles", protocol.tile);

  const features = found.features.map((feature) => describe(feature, data));
  const style = () => makeStyle(tiles, { type: "FeatureCollection", features });
  const marked = features.filter((feature) => feature.properties.is_marked);
  const map = new library.Map({
    container: canvas,
    style: style(),
    bounds: boundsOf(marked.length && !data.numbers ? marked : features),
    fitBoundsOptions: { padding: 48, maxZoom: DISTANCE },
    maxZoom: NEAREST,
    attributionControl: false, // it stands in the dialog, always in sight
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: isStill.matches ? 0 : 150,
    locale: {
      "Map.Title": data.about,
      "NavigationControl.ZoomIn": data.zoomIn,
      "NavigationControl.ZoomOut": data.zoomOut,
    },
  });
  maps.set(dialog, map);
  styles.set(map, style);
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  asksForDark.addEventListener("change", () => maps.get(dialog) === map && restyle(dialog));
  places.replaceChildren(...marked.map((feature) => buttonFor(map, feature)));
  await new Promise((done, failed) => {
    map.once("load", done);
    // Of one tile that does not come the map says nothing; without its style there is none.
    map.on("error", ({ error, sourceId }) => (sourceId ? console.warn(error) : failed(error)));
  });
}

/** The feature with what the page says of it: whether it is marked, how many things it has. */
function describe(feature, data) {
  const { kind, pk, name, name_en } = feature.properties;
  const shown = (document.documentElement.lang !== "uk" && name_en) || name;
  const numbers = Object.fromEntries(data.numbers.trim().split(" ").map((each) => each.split(/:(.*)/)));
  const [number, shade] = (kind === "district" && numbers[pk]?.split(":")) || ["", "0"];
  const is_marked = kind === "street" || (kind === "district" && data.districts.split(" ").includes(String(pk))) || Number(shade) > 0;
  const label = number ? `${shown}\n${number}` : shown;
  return { ...feature, properties: { ...feature.properties, is_marked, label, shade: Number(shade) } };
}

function buttonFor(map, feature) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  if (document.documentElement.lang !== "uk" && !feature.properties.name_en) button.lang = "uk";
  button.textContent = feature.properties.label.replace("\n", ": ");
  button.addEventListener("click", () => {
    map.fitBounds(boundsOf([feature]), { padding: 48, maxZoom: DISTANCE, animate: !isStill.matches });
  });
  item.append(button);
  return item;
}

/** West, south, east, north of features. */
function boundsOf(features) {
  const flat = features.flatMap((feature) => feature.geometry.coordinates.flat(Infinity));
  const ends = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < flat.length; at += 2) {
    ends[0] = Math.min(ends[0], flat[at]);
    ends[1] = Math.min(ends[1], flat[at + 1]);
    ends[2] = Math.max(ends[2], flat[at]);
    ends[3] = Math.max(ends[3], flat[at + 1]);
  }
  return ends;
}

async function fetchJson(address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** pmtiles as a module imports a package by its bare name, which a browser does not know. */
const loadScript = (src) => load("script", { src });
const loadSheet = (href) => load("link", { rel: "stylesheet", href });
const loads = new Map();

function load(tag, properties) {
  const address = properties.src ?? properties.href;
  if (!loads.has(address)) {
    const element = Object.assign(document.createElement(tag), properties);
    const loaded = new Promise((done, failed) => {
      element.onload = done;
      element.onerror = () => {
        loads.delete(address);
        element.remove();
        failed(new Error(address));
      };
    });
    loads.set(address, loaded);
    document.head.append(element);
  }
  return loads.get(address);
}
