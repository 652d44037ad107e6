/*
 * Colours that canvases draw with. They stand in the style sheet as variables, so that dark pages and
 * print have theirs; here they are read once for each scheme.
 */

const NAMES = /** @type {const} */ ([
  "paper", "ink", "quiet", "line", "accent", "land", "sea", "district", "province", "border", "river", "rail",
  "name", "name-faint", "halo", "density", "unknown", "dot-lift",
  "bar", "bar-soft", "bar-chosen", "bar-chosen-soft",
  "area-1", "area-2", "area-3", "area-4", "area-5", "area-below-1", "area-below-2", "area-below-3",
  "section-1", "section-2", "section-3", "section-4", "section-5", "section-below-1", "section-below-2", "section-below-3",
]);

/** @typedef {Record<typeof NAMES[number], string>} Inks */

/** @type {Inks|null} */
let known = null;

/**
 * The colours of the page as it is shown now.
 * @returns {Inks}
 */
export function readInks() {
  if (!known) {
    const style = getComputedStyle(document.querySelector(".gs-page") ?? document.documentElement);
    known = /** @type {Inks} */ (Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--gs-${name}`).trim() || "#888"])));
  }
  return known;
}

/** Forget the colours: the page has others now. */
export function forgetInks() {
  known = null;
}

/**
 * Draw anew when the reader turns to dark or light.
 * @param {import("./app.js").App} app
 */
export function mountInks(app) {
  forgetInks();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    forgetInks();
    app.tell("redraw");
    app.tell("inks");
  });
}
