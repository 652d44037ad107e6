/* The order of rows by a column, and which of them are shown. Nothing here knows of the page. */
import { NONE } from "./payload.js";

/** @typedef {import("./payload.js").Payload} Payload */

const MOST_RANKS = 1 << 22; // of whole numbers, which are their own ranks

/**
 * Numbers by which rows are sorted by a column of numbers or a category, or by `day`; NaN is missing.
 * @param {Payload} payload
 * @param {string} name
 * @param {Intl.Collator} collator order of the values of a category
 * @returns {Float64Array}
 */
export function findKeys(payload, name, collator) {
  if (name === "day") {
    const keys = Float64Array.from(payload.day);
    for (let row = 0; row < keys.length; row++) if (keys[row] === NONE) keys[row] = NaN;
    return keys;
  }
  const values = payload.columns.get(name)?.values, keys = payload.plane(name).numbers();
  if (!values) return keys;
  const ranks = new Float64Array(values.length);
  [...values.keys()].sort((one, other) => collator.compare(values[one], values[other])).forEach((code, rank) => { ranks[code] = rank; });
  for (let row = 0; row < keys.length; row++) if (!Number.isNaN(keys[row])) keys[row] = ranks[keys[row]];
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
 * Sort rows by texts, of which the missing ones are empty and come last.
 * @param {string[]} texts
 * @param {boolean} falling
 * @returns {Uint32Array}
 */
export function orderTexts(texts, falling) {
  const order = Uint32Array.from(texts.keys()), sign = falling ? -1 : 1;
  return order.sort((one, other) => {
    const left = texts[one], right = texts[other];
    if (left === right) return one - other;
    if (!left || !right) return left ? -1 : 1;
    return left < right ? -sign : sign;
  });
}

/**
 * List the rows that pass all filters and lie in a place that is in view.
 * @param {Uint32Array} order all rows
 * @param {Uint16Array} failed
 * @param {Uint8Array} inView by place
 * @param {Uint32Array} placeOf
 */
export function listRows(order, failed, inView, placeOf) {
  const found = new Uint32Array(order.length);
  let count = 0;
  for (let at = 0; at < order.length; at++) {
    const row = order[at];
    if (failed[row] === 0 && inView[placeOf[row]] === 1) found[count++] = row;
  }
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
    if (lon[place] >= west && lon[place] <= east && lat[place] >= south && lat[place] <= north) found[place] = 1;
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
