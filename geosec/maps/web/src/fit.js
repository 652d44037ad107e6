/* Where the map stands: what the data need, beside the legend. */

/** @typedef {import("./app.js").App} App */

const ROUND = 28; // pixels round the data
const MARK = 14; // pixels between a point and what lies over the map
const NEAREST = 10; // zoom; nearer than that a single place says little of where it is

/**
 * Show all of the data, beside the legend or above it: where they come out larger.
 * @param {App} app
 */
export function fitData(app) {
  const { map, options } = app, { legend } = app.places;
  if (!options.bounds) return;
  const size = map.getSize(), open = legend?.hasAttribute("open");
  const wide = open ? legend.offsetWidth + 10 : 0, high = open ? legend.offsetHeight + 10 : 0;
  const rtl = document.dir === "rtl";
  const buttons = Math.min(measureButtons(app, rtl), size.x / 4), folded = legend && !open ? legend.offsetHeight + 10 : 0;
  /** Pixels that stay free: before and behind the data in the direction of reading, and below. */
  const least = { before: ROUND, behind: Math.max(ROUND, buttons + MARK), below: Math.max(ROUND, folded + MARK) };
  const ways = [];
  if (open && size.x > 2.5 * wide) ways.push({ ...least, before: wide + ROUND });
  if (open && size.y > 2.5 * high) ways.push({ ...least, below: high + ROUND });
  if (!ways.length) ways.push(least);
  const zoomOf = (/** @type {typeof least} */ way) => map.getBoundsZoom(options.bounds, false, [way.before + way.behind, ROUND + way.below]);
  const best = ways.sort((one, other) => zoomOf(other) - zoomOf(one))[0];
  const [left, right] = rtl ? [best.behind, best.before] : [best.before, best.behind];
  map.fitBounds(options.bounds, { paddingTopLeft: [left, ROUND], paddingBottomRight: [right, best.below], maxZoom: NEAREST, animate: false });
}

/**
 * How far the buttons reach into the map, in pixels.
 * @param {App} app
 * @param {boolean} rtl
 */
function measureButtons(app, rtl) {
  const corner = app.map.getContainer().querySelector(rtl ? ".leaflet-top.leaflet-left" : ".leaflet-top.leaflet-right");
  return corner?.offsetWidth ?? 0;
}

/**
 * Show all of the data, and again whenever the map gets another size, until the reader does anything:
 * a notebook opens the page before it has given it its room.
 * @param {App} app
 */
export function keepFitted(app) {
  const stop = new AbortController(), once = { signal: stop.signal, capture: true, passive: true };
  const again = () => {
    if (!document.documentElement.classList.contains("gs-printing")) fitData(app);
  };
  const end = () => {
    stop.abort();
    app.map.off("resize", again);
  };
  app.map.on("resize", again);
  for (const kind of ["pointerdown", "wheel", "keydown"]) document.addEventListener(kind, end, once);
  app.on("select", end);
  fitData(app);
}
