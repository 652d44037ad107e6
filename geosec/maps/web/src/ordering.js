/* The order of rows by a column, and which of them are shown. Nothing here knows of the page. */
import { NONE } from "./days.js";
import { turnLon } from "./project.js";

/** @typedef {import("./payload.js").Payload} Payload */

const MOST_RANKS = 1 << 22; // of whole numbers, which are their own ranks
const PACKED = 3; // letters that are compared at once, as one number
const FEW_ROWS = 4000; // that are compared text by text
const BUSY_MS = 40; // after which the page is given a turn

/**
 * Numbers by which rows are sorted by a column of numbers or a category, or by `day`; NaN is missing.
 * @param {Payload} payload
 * @param {string} name
 * @param {Intl.Collator} collator order of the values of a category
 * @returns {Float64Array}
 */
export function findKeys(payload, name, collator) {
  if (name === "day") return keyDays(payload.day);
  const values = payload.columns.get(name)?.values, keys = payload.plane(name).numbers();
  if (!values) return keys;
  const ranks = new Float64Array(values.length);
  [...values.keys()].sort((one, other) => collator.compare(values[one], values[other])).forEach((code, rank) => { ranks[code] = rank; });
  for (let row = 0; row < keys.length; row++) if (!Number.isNaN(keys[row])) keys[row] = ranks[keys[row]];
  return keys;
}

/**
 * Keys of days, NaN where one is not known.
 * @param {Int32Array} days
 */
export function keyDays(days) {
  const keys = Float64Array.from(days);
  for (let row = 0; row < keys.length; row++) if (keys[row] === NONE) keys[row] = NaN;
  return keys;
}

/**
 * Sort rows by their keys; equal ones stay as they were, those without a key come last.
 * @param {Float64Array} keys
 * @param {boolean} falling
 * @returns {Uint32Array} rows
 */
export function orderRows(keys, falling) {
  const { ranks, count } = rankKeys(keys);
  if (falling) for (let row = 0; row < ranks.length; row++) if (ranks[row] < count) ranks[row] = count - 1 - ranks[row];
  return placeByRank(ranks, count + 1);
}

/**
 * Give each key a rank below `count`, and `count` to those that are missing.
 * @param {Float64Array} keys
 */
function rankKeys(keys) {
  let least = Infinity, most = -Infinity, whole = true;
  for (const key of keys) {
    if (Number.isNaN(key)) continue;
    if (key < least) least = key;
    if (key > most) most = key;
    whole &&= Number.isInteger(key);
  }
  const ranks = new Uint32Array(keys.length);
  if (whole && most - least < MOST_RANKS) {
    const count = most < least ? 0 : most - least + 1;
    for (let row = 0; row < keys.length; row++) ranks[row] = Number.isNaN(keys[row]) ? count : keys[row] - least;
    return { ranks, count };
  }
  const distinct = findDistinct(keys);
  for (let row = 0; row < keys.length; row++) ranks[row] = Number.isNaN(keys[row]) ? distinct.length : findRank(distinct, keys[row]);
  return { ranks, count: distinct.length };
}

/** @param {Float64Array} keys */
function findDistinct(keys) {
  const sorted = keys.slice().sort(); // NaN come last
  let count = 0;
  for (let at = 0; at < sorted.length && !Number.isNaN(sorted[at]); at++) {
    if (count === 0 || sorted[at] !== sorted[count - 1]) sorted[count++] = sorted[at];
  }
  return sorted.subarray(0, count);
}

/**
 * @param {Float64Array} distinct rising
 * @param {number} key
 */
function findRank(distinct, key) {
  let low = 0, high = distinct.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (distinct[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * @param {Uint32Array} ranks
 * @param {number} count of ranks
 */
function placeByRank(ranks, count) {
  const starts = new Uint32Array(count + 1);
  for (const rank of ranks) starts[rank + 1]++;
  for (let rank = 0; rank < count; rank++) starts[rank + 1] += starts[rank];
  const order = new Uint32Array(ranks.length);
  for (let row = 0; row < ranks.length; row++) order[starts[ranks[row]]++] = row;
  return order;
}

/**
 * Sort rows by texts, letter by letter; the missing ones are empty and come last.
 * @param {string[]} texts
 * @param {boolean} falling
 * @param {(share: number) => Promise<void>} pause waited for now and then, so that the page stays alive
 * @returns {Promise<Uint32Array>}
 */
export async function orderTexts(texts, falling, pause) {
  const order = Uint32Array.from(texts.keys()), sign = falling ? -1 : 1;
  /** Runs of rows whose texts are the same up to some letter. @type {[number, number, number][]} */
  const runs = [[0, order.length, 0]];
  let paused = performance.now();
  while (runs.length) {
    const [from, to, letter] = /** @type {[number, number, number]} */ (runs.pop()), run = order.subarray(from, to);
    if (performance.now() - paused > BUSY_MS) {
      await pause(1 - to / order.length); // the last run is sorted first
      paused = performance.now();
    }
    if (to - from <= FEW_ROWS) {
      run.sort((one, other) => (texts[one] === texts[other] ? one - other : Number(!texts[one]) - Number(!texts[other]) || (texts[one] < texts[other] ? -sign : sign)));
      continue;
    }
    const keys = new Float64Array(run.length), given = run.slice();
    for (let at = 0; at < run.length; at++) keys[at] = packLetters(texts[given[at]], letter);
    const sorted = orderRows(keys, falling);
    let first = 0;
    for (let at = 0; at < run.length; at++) {
      run[at] = given[sorted[at]];
      if (at + 1 < run.length && keys[sorted[at]] === keys[sorted[at + 1]]) continue;
      if (at > first && texts[run[at]].length >= letter + PACKED) runs.push([from + first, from + at + 1, letter + PACKED]);
      first = at + 1;
    }
  }
  return order;
}

/**
 * Three letters of a text as a number; NaN for a text that is empty.
 * @param {string} text
 * @param {number} letter from which
 */
function packLetters(text, letter) {
  if (!text) return NaN;
  const code = (/** @type {number} */ at) => (at < text.length ? text.charCodeAt(at) + 1 : 0);
  return (code(letter) * 65_537 + code(letter + 1)) * 65_537 + code(letter + 2);
}

/**
 * List the rows that pass all filters and lie in a place that is in view.
 * @param {Uint32Array} order all rows
 * @param {Uint16Array} failed
 * @param {Uint8Array} inView by place
 * @param {Uint32Array} placeStart
 */
export function listRows(order, failed, inView, placeStart) {
  const kept = new Uint8Array(order.length), found = new Uint32Array(order.length);
  for (let place = 0; place < inView.length; place++) {
    if (inView[place] === 0) continue;
    for (let row = placeStart[place]; row < placeStart[place + 1]; row++) if (failed[row] === 0) kept[row] = 1;
  }
  let count = 0;
  for (let at = 0; at < order.length; at++) if (kept[order[at]] === 1) found[count++] = order[at];
  return found.slice(0, count);
}

/**
 * Tell which places lie within bounds, in degrees.
 * @param {Payload} payload
 * @param {{west: number, south: number, east: number, north: number}} bounds
 */
export function findInView({ lon, lat, places }, { west, south, east, north }) {
  const found = new Uint8Array(places);
  for (let place = 0; place < places; place++) {
    const x = turnLon(lon[place]);
    if (x >= west && x <= east && lat[place] >= south && lat[place] <= north) found[place] = 1;
  }
  return found;
}

/**
 * List the rows at the point of a row's place that are shown, the latest first.
 * @param {Payload} payload
 * @param {Uint16Array} failed
 * @param {number} row
 */
export function listAtPoint({ lon, lat, places, placeOf, placeStart, day }, failed, row) {
  const x = lon[placeOf[row]], y = lat[placeOf[row]], found = [];
  for (let place = 0; place < places; place++) {
    if (lon[place] !== x || lat[place] !== y) continue; // several places may differ in their radius alone
    for (let each = placeStart[place]; each < placeStart[place + 1]; each++) if (failed[each] === 0) found.push(each);
  }
  return Uint32Array.from(found).sort((one, other) => day[other] - day[one] || one - other);
}
