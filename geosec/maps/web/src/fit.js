/* Where the map stands: what the data need, beside the legend. */

/** @typedef {import("./app.js").App} App */

const ROUND = 28; // pixels round the data
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
  const before = document.dir === "rtl" ? "paddingBottomRight" : "paddingTopLeft";
  /** @type {Record<string, [number, number]>[]} */
  const ways = [{ paddingTopLeft: [ROUND, ROUND], paddingBottomRight: [ROUND, ROUND] }];
  if (open && size.x > 2.5 * wide) ways.push({ ...ways[0], [before]: [wide + ROUND, ROUND] });
  if (open && size.y > 2.5 * high) ways.push({ ...ways[0], paddingBottomRight: [ROUND, high + ROUND] });
  const clear = ways.length > 1 ? ways.slice(1) : ways;
  const zoomOf = (/** @type {typeof ways[0]} */ way) => {
    const across = way.paddingTopLeft[0] + way.paddingBottomRight[0], down = way.paddingTopLeft[1] + way.paddingBottomRight[1];
    return map.getBoundsZoom(options.bounds, false, [across, down]);
  };
  const best = clear.sort((one, other) => zoomOf(other) - zoomOf(one))[0];
  map.fitBounds(options.bounds, { ...best, maxZoom: NEAREST, animate: false });
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
