/* Search of the texts of the incidents: block by block, so that the page stays alive. */
import { make } from "./dom.js";
import { NUMBERED } from "./payload.js";
import { lowerColumn, markHits } from "./texts.js";

/** @typedef {import("./app.js").App} App */

const WAIT_MS = 250; // after the last letter
const TURN_MS = 20; // of work before the page may draw
const UNREAD = "source_url";
const AHEAD = 8; // blocks that are inflated while another is read

/** @param {App} app */
export function mountSearch(app) {
  if (Object.keys(app.payload.head.groups).length === 0) return;
  const box = /** @type {HTMLInputElement} */ (make("input", { type: "search", class: "gs-search", placeholder: app.say("search"), "aria-label": app.say("search") }));
  const told = make("p", { class: "gs-found", role: "status" });
  app.places.facets.prepend(box, told);
  box.value = app.store.asked.get("text") ?? "";
  const known = new Map();
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
    }, known);
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
 * @param {Map<string, import("./texts.js").LowTexts[]>} known blocks read before, kept for the next
 * @returns {Promise<Uint8Array|null>} 1 for each row that has them, null where it was stopped
 */
export async function findText(app, wanted, go, known = new Map()) {
  const { payload } = app, { block } = payload.head, low = wanted.toLowerCase();
  const hits = new Uint8Array(payload.rows), wait = listBlocks(payload);
  /** @type {Map<string, Promise<Uint8Array>>} */
  const ahead = new Map();
  const inflate = (/** @type {number} */ at) => {
    const next = wait[at];
    if (next && !known.has(next.key)) ahead.set(next.key, payload.inflateBlock(next.group, next.number));
  };
  for (let at = 0; at < AHEAD; at++) inflate(at);
  let since = performance.now();
  for (let at = 0; at < wait.length; at++) {
    const { key, group, number } = wait[at], names = payload.head.groups[group];
    let columns = known.get(key);
    if (!columns) {
      const bytes = await /** @type {Promise<Uint8Array>} */ (ahead.get(key)), rows = Math.min(block, payload.rows - number * block);
      columns = names.flatMap((name, column) => (name === UNREAD ? [] : [lowerColumn(bytes, names.length, rows, column)]));
      known.set(key, columns);
      ahead.delete(key);
    }
    inflate(at + AHEAD);
    for (const each of columns) markHits(each, low, hits, number * block);
    if (performance.now() - since < TURN_MS) continue;
    if (!go(at / wait.length)) return null;
    await new Promise((resolve) => { window.setTimeout(resolve, 0); });
    since = performance.now();
  }
  searchValues(app, low, hits);
  if (payload.head.numbered) (await payload.readIdentifiers()).mark(low, hits);
  return go(1) ? hits : null;
}

/** The blocks that a search reads: addresses it leaves out. @param {import("./payload.js").Payload} payload */
function listBlocks({ head, rows }) {
  const groups = Object.keys(head.groups).filter((group) => group !== NUMBERED && head.groups[group].some((name) => name !== UNREAD));
  const count = Math.ceil(rows / head.block);
  return groups.flatMap((group) => Array.from({ length: count }, (_, number) => ({ key: `${group}-${number}`, group, number })));
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
    const found = (column.values ?? []).map((value) => value.toLowerCase().includes(low));
    if (!found.includes(true)) continue;
    const plane = app.payload.plane(column.name);
    for (let row = 0; row < hits.length; row++) {
      const code = plane.at(row);
      if (found[code]) hits[row] = 1;
    }
  }
}
