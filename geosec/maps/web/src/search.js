/* Search of the texts of the incidents: block by block, so that the page stays alive. */
import { make } from "./dom.js";

/** @typedef {import("./app.js").App} App */

const WAIT_MS = 250; // after the last letter
const TURN_MS = 12; // of work before the page may draw

/** @param {App} app */
export function mountSearch(app) {
  if (!app.payload.head.groups.first && !app.payload.head.groups.rest) return;
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "search", class: "gs-search", placeholder: app.say("search"), "aria-label": app.say("search") }));
  const told = make("p", { class: "gs-found", role: "status" });
  app.places.facets.prepend(box, told);
  box.value = app.store.asked.get("text") ?? "";
  let timer = 0, turn = 0;
  const search = async () => {
    const mine = ++turn, wanted = box.value.trim();
    app.store.asked.set("text", wanted || null);
    if (!wanted) {
      told.textContent = "";
      return app.store.filter("text", null);
    }
    const hits = await findText(app, wanted, (share) => {
      if (mine === turn) told.textContent = app.say("searching", { percent: Math.round(100 * share) });
      return mine === turn;
    });
    if (hits === null) return;
    app.store.filter("text", (row) => hits[row] === 1);
    told.textContent = app.say("found", { count: hits.reduce((sum, each) => sum + each, 0).toLocaleString(app.options.language) });
  };
  box.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(search, WAIT_MS);
  });
  if (box.value) search();
}

/**
 * Find the rows whose texts hold some words, whatever their case.
 * @param {App} app
 * @param {string} wanted
 * @param {(share: number) => boolean} go called with the share that is done; false stops the search
 * @returns {Promise<Uint8Array|null>} 1 for each row that has them, null where it was stopped
 */
export async function findText(app, wanted, go) {
  const { payload } = app, { block, groups } = payload.head, low = wanted.toLocaleLowerCase();
  const hits = new Uint8Array(payload.rows), names = Object.keys(groups);
  const total = names.length * Math.ceil(payload.rows / block);
  let done = 0, since = performance.now();
  for (const group of names) {
    for (let number = 0; number * block < payload.rows; number++) {
      const columns = await payload.readBlock(group, number);
      for (let column = 0; column < columns.length; column++) {
        if (groups[group][column] === "source_url") continue;
        const texts = columns[column];
        for (let at = 0; at < texts.length; at++) {
          if (texts[at].toLocaleLowerCase().includes(low)) hits[number * block + at] = 1;
        }
      }
      done++;
      if (performance.now() - since < TURN_MS) continue;
      if (!go(done / total)) return null;
      await new Promise((resolve) => { window.setTimeout(resolve, 0); });
      since = performance.now();
    }
  }
  searchValues(app, low, hits);
  return go(1) ? hits : null;
}

/**
 * Find the rows that have a value of a category with the words in it: an actor, a place.
 * @param {App} app
 * @param {string} low
 * @param {Uint8Array} hits
 */
function searchValues(app, low, hits) {
  for (const column of app.payload.head.columns) {
    if (column.kind !== "category" || column.name === "match_rule" || column.name === "match_status") continue;
    const found = (column.values ?? []).map((value) => value.toLocaleLowerCase().includes(low));
    if (!found.includes(true)) continue;
    const plane = app.payload.plane(column.name);
    for (let row = 0; row < hits.length; row++) {
      const code = plane.at(row);
      if (found[code]) hits[row] = 1;
    }
  }
}
