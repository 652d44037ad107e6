/* A link is a view: where the map stands, what is filtered, drawn and selected, in the hash. */

/** @typedef {import("./app.js").App} App */

const ID = "incident_id";
const DAYS = 1e8; // round 1970, that a date can be
const SWITCHES = /** @type {const} */ (["footprints", "sure", "centreless"]);

/**
 * Write the state of a page as the text of a hash.
 * @param {{zoom: number, lat: number, lon: number}} where
 * @param {Map<string, any>} asked of the store
 * @param {Record<string, boolean>} view
 * @param {string} incident the identifier of the one that is selected, "" for none
 */
export function writeState(where, asked, view, incident) {
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
  if (incident) told.set("incident", incident);
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
  if (days?.every((day) => Math.abs(day) < DAYS)) asked.set("day", days.map(Math.round));
  if (told.get("text")) asked.set("text", told.get("text"));
  const at = readNumbers(told.get("at"), 3), draw = told.getAll("draw");
  return {
    where: at && { zoom: at[0], lat: at[1], lon: at[2] }, asked, incident: told.get("incident") ?? "",
    view: Object.fromEntries(SWITCHES.map((name) => [name, draw.includes(name)])),
  };
}

/** Whether a hash is a view, and no anchor of a reader's own layers. @param {string} hash */
export function isState(hash) {
  const { where, asked, incident, view } = readState(hash);
  return Boolean(where || asked.size || incident || Object.values(view).some(Boolean));
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
 * @returns {{where: {zoom: number, lat: number, lon: number}|null, incident: string}} where the map
 *   is to stand, and the identifier of what is to be selected
 */
export function restoreState(app) {
  const state = readState(window.location.hash), { store, payload } = app;
  for (const [name, value] of state.asked) {
    const column = payload.columns.get(name);
    if (name === "day") store.filterDays(/** @type {[number, number]} */ (value));
    else if (name === "text") store.asked.set("text", value);
    else if (store.bits.has(name) && value instanceof Set && column?.kind === "category") {
      const known = new Set([...store.countValues(name).keys()].filter((each) => value.has(each)));
      if (known.size) store.filterValues(name, known); // a link puts no words of its own into the page
    }
    else if (store.bits.has(name) && Array.isArray(value) && (column?.kind === "number" || name === "uncertainty_m")) store.filterRange(name, /** @type {[number, number]} */ (value));
  }
  Object.assign(app.view, state.view);
  return { where: state.where, incident: state.incident };
}

/**
 * Keep the hash as the page is, and select what it named.
 * @param {App} app
 * @param {string} incident its identifier, "" for none
 */
export function mountState(app, incident) {
  let timer = 0, wanted = incident;
  const write = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(async () => {
      const { lat, lng } = app.map.getCenter(), { selected } = app;
      const where = { zoom: app.map.getZoom(), lat, lon: lng };
      const own = selected < 0 ? wanted : (await app.payload.readTexts(selected, [ID]))[ID];
      if (selected !== app.selected) return; // which writes its own
      const text = writeState(where, app.store.asked, app.view, own);
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
  window.addEventListener("hashchange", () => { if (isState(window.location.hash)) window.location.reload(); }); // ours are replaced, which tells nobody
  if (!wanted) return;
  app.payload.findRow(wanted).then((row) => {
    wanted = "";
    if (row >= 0 && app.selected < 0) app.select(row, false);
  });
}
