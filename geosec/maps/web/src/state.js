/* A link is a view: where the map stands, what is filtered, drawn and selected, in the hash. */

/** @typedef {import("./app.js").App} App */

const SWITCHES = /** @type {const} */ (["footprints", "sure", "centreless"]);

/**
 * Write the state of a page as the text of a hash.
 * @param {{zoom: number, lat: number, lon: number}} where
 * @param {Map<string, any>} asked of the store
 * @param {Record<string, boolean>} view
 * @param {number} selected the number of the row in the table, -1 for none
 */
export function writeState(where, asked, view, selected) {
  const told = new URLSearchParams();
  told.set("at", `${where.zoom}/${where.lat.toFixed(5)}/${where.lon.toFixed(5)}`);
  for (const [name, value] of asked) {
    if (value === null || value === undefined) continue;
    if (name === "day") told.set("days", value.join("/"));
    else if (name === "text") told.set("text", value);
    else if (value instanceof Set) for (const each of value) told.append(`is.${name}`, each);
    else told.set(`in.${name}`, value.join("/"));
  }
  for (const name of SWITCHES) if (view[name]) told.append("draw", name);
  if (selected >= 0) told.set("row", String(selected));
  return told.toString();
}

/**
 * Read a hash; what it does not say, or says wrongly, is left out.
 * @param {string} hash
 */
export function readState(hash) {
  const told = new URLSearchParams(hash.replace(/^#/, ""));
  /** @type {Map<string, any>} */
  const asked = new Map();
  for (const name of new Set(told.keys())) {
    if (name.startsWith("is.")) asked.set(name.slice(3), new Set(told.getAll(name)));
    else if (name.startsWith("in.")) {
      const range = readNumbers(told.get(name), 2);
      if (range) asked.set(name.slice(3), range);
    }
  }
  const days = readNumbers(told.get("days"), 2);
  if (days) asked.set("day", days.map(Math.round));
  if (told.get("text")) asked.set("text", told.get("text"));
  const at = readNumbers(told.get("at"), 3), row = readNumbers(told.get("row"), 1);
  const draw = told.getAll("draw");
  return {
    where: at && { zoom: at[0], lat: at[1], lon: at[2] }, asked, selected: row ? row[0] : -1,
    view: Object.fromEntries(SWITCHES.map((name) => [name, draw.includes(name)])),
  };
}

/**
 * @param {string|null} text
 * @param {number} count
 */
function readNumbers(text, count) {
  const numbers = (text ?? "").split("/").map((each) => (each === "" ? NaN : Number(each)));
  return numbers.length === count && numbers.every(Number.isFinite) ? numbers : null;
}

/**
 * Take up what the hash says, before the parts of the page are mounted.
 * @param {App} app
 * @returns {{zoom: number, lat: number, lon: number}|null} where the map is to stand
 */
export function restoreState(app) {
  const state = readState(window.location.hash), { store, payload } = app;
  for (const [name, value] of state.asked) {
    const column = payload.columns.get(name);
    if (name === "day") store.filterDays(/** @type {[number, number]} */ (value));
    else if (name === "text") store.asked.set("text", value);
    else if (store.bits.has(name) && value instanceof Set && column?.kind === "category") store.filterValues(name, value);
    else if (store.bits.has(name) && Array.isArray(value) && (column?.kind === "number" || name === "uncertainty_m")) store.filterRange(name, /** @type {[number, number]} */ (value));
  }
  Object.assign(app.view, state.view);
  const number = payload.plane("number");
  for (let row = 0; state.selected >= 0 && row < payload.rows; row++) {
    if (number.at(row) === state.selected) { app.selected = row; break; }
  }
  return state.where;
}

/**
 * Keep the hash as the page is.
 * @param {App} app
 */
export function mountState(app) {
  const number = app.payload.plane("number");
  let timer = 0;
  const write = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      const { lat, lng } = app.map.getCenter();
      const where = { zoom: app.map.getZoom(), lat, lon: lng };
      const text = writeState(where, app.store.asked, app.view, app.selected < 0 ? -1 : number.at(app.selected));
      try {
        window.history.replaceState(null, "", `#${text}`);
      } catch {
        app.map.off("moveend", write); // a frame without an address of its own keeps no state
      }
    }, 200);
  };
  app.map.on("moveend", write);
  app.store.onChange(write);
  app.on("select", write);
  app.on("redraw", write);
}
