// How tiles look: the schema of Protomaps (version 4) in the colours of css/tokens.css, as they are at this
// moment, light or dark, with those of the council. Without "glyphs" MapLibre draws letters by the typeface
// that the page has.
const REGULAR = ["Arsenal"];
const BOLD = ["Arsenal Bold", "Arsenal"];
const GREEN = ["park", "forest", "wood", "grass", "meadow", "garden", "cemetery", "recreation_ground"];
const FRAMES = ["nature_reserve", "village_green", "allotments", "orchard", "pitch", "playground", "golf_course"];
const STILL = ["lake", "river", "reservoir", "basin", "water", "ocean", "canal", "other"];

const is = (key, ...values) => ["match", ["get", key], values, true, false];
const both = (...conditions) => ["all", ...conditions];
const isArea = ["==", ["geometry-type"], "Polygon"];
const isLine = ["==", ["geometry-type"], "LineString"];
/** Widths by zoom: pairs of a zoom and pixels. */
const byZoom = (...stops) => ["interpolate", ["exponential", 1.6], ["zoom"], ...stops];

/** The style of the tiles at this address, with GeoJSON marked on them. */
export function makeStyle(tiles, marks) {
  const of = colours();
  return {
    version: 8,
    sources: {
      tiles: { type: "vector", url: `pmtiles://${tiles}` },
      marks: { type: "geojson", data: marks },
    },
    layers: [...ground(of), ...roads(of), ...outlines(of), ...names(of), ...marked(of)],
  };
}

function colours() {
  const tokens = getComputedStyle(document.documentElement);
  const named = "ore ink ink-soft ground paper sand line line-strong good-tint calm";
  const of = Object.fromEntries(named.split(" ").map((name) => [name, tokens.getPropertyValue(`--${name}`).trim()]));
  // In the dark, too, what is driven on is lighter than the ground.
  const isDark = tokens.colorScheme.includes("dark");
  return { ...of, road: isDark ? of.line : of.paper, main: isDark ? of["line-strong"] : of.paper };
}

const layer = (id, type, source, more) => ({ id, type, source: "tiles", "source-layer": source, ...more });
const fill = (id, source, filter, colour, more) =>
  layer(id, "fill", source, { ...(filter && { filter }), paint: { "fill-color": colour, ...more } });
const line = (id, source, filter, colour, width, more) =>
  layer(id, "line", source, {
    filter,
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": colour, "line-width": width, ...more },
  });

function ground(of) {
  return [
    { id: "ground", type: "background", paint: { "background-color": of.ground } },
    fill("built", "landuse", is("kind", "industrial", "railway", "commercial", "school", "hospital"), of.sand),
    fill("green", "landuse", is("kind", ...GREEN, ...FRAMES), of["good-tint"]),
    fill("water", "water", both(isArea, is("kind", ...STILL)), of.calm, {
      "fill-opacity": 0.35,
    }),
    line("stream", "water", isLine, of.calm, byZoom(9, 1.5, 14, 4, 18, 12), {
      "line-opacity": 0.35,
    }),
    { ...fill("houses", "buildings", isArea, of.sand, { "fill-outline-color": of.line }), minzoom: 14 },
  ];
}

function roads(of) {
  const kinds = [
    ["minor", is("kind", "minor_road", "other"), of.road, byZoom(11, 0.6, 14, 3, 18, 16)],
    ["major", is("kind", "major_road"), of.main, byZoom(8, 0.6, 12, 2.5, 14, 5, 18, 24)],
    ["highway", is("kind", "highway"), of.main, byZoom(6, 0.8, 12, 3, 14, 6, 18, 28)],
  ];
  return [
    line("path", "roads", is("kind", "path"), of["line-strong"], byZoom(14, 0.6, 18, 2), { "line-dasharray": [2, 2] }),
    ...kinds.map(([name, filter, , width]) =>
      line(`${name}-edge`, "roads", filter, of["line-strong"], wider(width), { "line-opacity": 0.55 }),
    ),
    ...kinds.map(([name, filter, colour, width]) => line(name, "roads", filter, colour, width)),
    line("rail", "roads", is("kind", "rail"), of["line-strong"], byZoom(9, 0.8, 18, 3), { "line-dasharray": [4, 2] }),
    line("border", "boundaries", ["has", "kind"], of["line-strong"], 1, { "line-dasharray": [6, 3] }),
  ];
}

/** Two pixels more at each zoom of a width. */
const wider = (width) => width.map((each, at) => (at > 3 && at % 2 === 0 ? each + (each > 2 ? 2 : 0.8) : each));

function outlines(of) {
  const isDistrict = ["==", ["get", "kind"], "district"];
  const isHere = both(isDistrict, ["get", "is_marked"]);
  const shade = ["match", ["get", "shade"], 1, 0.1, 2, 0.22, 3, 0.36, 4, 0.52, 0.12];
  const counted = ["case", ["get", "is_marked"], shade, 0];
  const nearer = ["interpolate", ["linear"], ["zoom"], 12, counted, 15, ["*", counted, 0.35]];
  const source = "marks";
  return [
    { id: "area", type: "fill", source, filter: isDistrict, paint: { "fill-color": of.ore, "fill-opacity": nearer } },
    { id: "edge", type: "line", source, filter: isDistrict, paint: { "line-color": of["ink-soft"], "line-width": 1.2 } },
    { id: "here", type: "line", source, filter: isHere, paint: { "line-color": of.ore, "line-width": 3 } },
  ];
}

function names(of) {
  const lang = document.documentElement.lang;
  const name = ["coalesce", ["get", `name:${lang}`], ["get", "name"]];
  const text = (size, colour, halo, font = REGULAR) => ({
    layout: { "text-field": name, "text-font": font, "text-size": size },
    paint: { "text-color": colour, "text-halo-color": halo, "text-halo-width": 1.6 },
  });
  const along = (id, source, filter, minzoom, said) => {
    const layout = { ...said.layout, "symbol-placement": "line" };
    return layer(id, "symbol", source, { filter, minzoom, ...said, layout });
  };
  const places = text(byZoom(8, 13, 14, 18), of.ink, of.ground, BOLD);
  const streets = text(byZoom(13, 12, 18, 17), of.ink, of.road);
  const numbers = { ...text(12, of["ink-soft"], of.sand), filter: ["has", "addr_housenumber"], minzoom: 17 };
  numbers.layout = { ...numbers.layout, "text-field": ["get", "addr_housenumber"] };
  return [
    layer("number", "symbol", "buildings", numbers),
    along("river-name", "water", isLine, 11, text(13, of.calm, of.ground)),
    along("minor-name", "roads", is("kind", "minor_road"), 14, streets),
    along("major-name", "roads", is("kind", "major_road", "highway"), 12, streets),
    layer("quarter", "symbol", "places", {
      filter: is("kind", "neighbourhood", "macrohood"),
      minzoom: 12,
      ...text(13, of["ink-soft"], of.ground),
    }),
    layer("place", "symbol", "places", { filter: is("kind", "locality"), maxzoom: 15, ...places }),
  ];
}

function marked(of) {
  const source = "marks";
  const isStreet = ["==", ["get", "kind"], "street"];
  const layout = { "line-cap": "round", "line-join": "round" };
  const lines = both(isStreet, isLine);
  const width = byZoom(9, 4, 14, 7, 18, 16);
  const halo = { "line-color": of.paper, "line-width": wider(width) };
  const text = { "text-color": of.ink, "text-halo-color": of.paper, "text-halo-width": 2 };
  const label = { "text-field": ["get", "label"], "text-font": BOLD, "text-size": 15, "text-max-width": 8 };
  return [
    { id: "halo", type: "line", source, filter: lines, layout, paint: halo },
    { id: "street", type: "line", source, filter: lines, layout, paint: { "line-color": of.ore, "line-width": width } },
    {
      id: "point",
      type: "circle",
      source,
      filter: both(isStreet, ["==", ["geometry-type"], "Point"]),
      paint: { "circle-color": of.ore, "circle-radius": 8, "circle-stroke-color": of.paper, "circle-stroke-width": 2.5 },
    },
    {
      id: "street-name",
      type: "symbol",
      source,
      filter: isStreet,
      layout: { ...label, "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": 0.9 },
      paint: { ...text, "text-color": of.ore },
    },
    {
      id: "district-name",
      type: "symbol",
      source,
      filter: ["==", ["get", "kind"], "district"],
      maxzoom: 14,
      layout: label,
      paint: text,
    },
  ];
}
