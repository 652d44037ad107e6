/* Print: the page is laid out for paper before it is printed, in light colours, and put back after. */
import { forgetInks } from "./inks.js";

/** @typedef {import("./app.js").App} App */

const SHEET = 690; // pixels of a sheet, between its margins

/** @param {App} app */
export function mountPrinting(app) {
  const root = document.documentElement, { map, places, options } = app;
  /** @type {{size: any, centre: any, zoom: number, snap: number, legend: boolean, sources: boolean}|null} */
  let before = null;
  const begin = () => {
    if (before) return;
    const details = /** @type {HTMLDetailsElement|null} */ (places.sources.querySelector("details"));
    const legend = /** @type {HTMLDetailsElement|undefined} */ (places.legend);
    before = { size: map.getSize(), centre: map.getCenter(), zoom: map.getZoom(), snap: map.options.zoomSnap, legend: Boolean(legend?.open), sources: Boolean(details?.open) };
    root.classList.add("gs-printing");
    places.page.classList.add("gs-light");
    if (legend) legend.open = true;
    if (details) details.open = true;
    forgetInks();
    app.tell("legend");
    const whole = options.bounds && map.getBounds().contains(options.bounds);
    places.page.style.setProperty("--gs-print-high", `${Math.max(520, (legend?.offsetHeight ?? 0) + 8)}px`);
    // one sheet, however long the legend is, and all of it: what is drawn smaller has room for more of the map
    const fit = Math.min(1, SHEET / places.page.offsetHeight);
    places.page.style.setProperty("--gs-print-fit", String(fit));
    map.invalidateSize({ animate: false });
    const { size, centre, zoom } = before, now = map.getSize();
    map.options.zoomSnap = 0; // as much of the map as the reader saw
    if (whole) map.fitBounds(options.bounds, { padding: [20, 20], animate: false });
    else map.setView(centre, zoom + Math.log2(Math.min(now.x / size.x, now.y / size.y)), { animate: false });
    app.tell("now");
    places.page.style.setProperty("--gs-print-scale", String(Math.min(fit, SHEET / places.page.offsetHeight)));
  };
  const end = () => {
    if (!before) return;
    const { centre, zoom, snap, legend, sources } = before;
    before = null;
    root.classList.remove("gs-printing");
    places.page.classList.remove("gs-light");
    /** @type {HTMLDetailsElement} */ (places.legend).open = legend;
    /** @type {HTMLDetailsElement} */ (places.sources.querySelector("details")).open = sources;
    forgetInks();
    for (const name of ["fit", "scale"]) places.page.style.removeProperty(`--gs-print-${name}`);
    map.invalidateSize({ animate: false });
    map.options.zoomSnap = snap;
    map.setView(centre, zoom, { animate: false });
    app.tell("legend");
    app.tell("redraw");
  };
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  // the same for browsers that only say that the medium has changed
  window.matchMedia("print").addEventListener("change", (event) => (event.matches ? begin() : end()));
}
