/* Incidents counted in units, as districts: by the draws of where each may have been. */
import { isWithin, listParts } from "./fills.js";
import { foldX } from "./project.js";

/**
 * @typedef {(number|null)[]} Numbers
 * @typedef {{number: number, west: number, east: number, north: number, south: number, rings: number[][][]}} Unit
 */

const ROWS = 2048; // of the world, by which units are found
const NORMAL = 1.959964; // standard deviations that 95 % of a normal distribution lie between
const ROUNDING = 1e-6; // of sums of shares
const LEAST_DRAWS = 10; // of a place, for an interval

/**
 * Find the units that each point lies in: as many lists as a point has units, each with the unit of
 * every point, -1 for none. Neighbours come one after the other, and are mostly in the same unit.
 * @param {ArrayLike<number>} x world pixels of zoom 0
 * @param {ArrayLike<number>} y
 * @param {any[]} shapes GeoJSON areas
 * @param {boolean} overlap whether they lie on each other; else a point has one at the most
 */
export function findUnits(x, y, shapes, overlap = false) {
  const units = shapes.flatMap(readUnit), rows = sortByHeight(units);
  const holds = (/** @type {Unit} */ { rings, west, east, north, south }, /** @type {number} */ atX, /** @type {number} */ atY) => (
    atX >= west && atX <= east && atY >= north && atY <= south && isWithin(rings, atX, atY));
  const found = [new Int32Array(x.length).fill(-1)];
  /** @type {Unit|undefined} */
  let last;
  for (let at = 0; at < x.length; at++) {
    const atX = foldX(x[at]), near = rows[Math.max(0, Math.min(ROWS - 1, Math.floor((y[at] * ROWS) / 256)))];
    if (overlap) {
      [...new Set(near.filter((unit) => holds(unit, atX, y[at])).map(({ number }) => number))].forEach((number, deep) => {
        (found[deep] ??= new Int32Array(x.length).fill(-1))[at] = number;
      });
      continue;
    }
    if (!last || !holds(last, atX, y[at])) last = near.find((unit) => holds(unit, atX, y[at]));
    if (last) found[0][at] = last.number;
  }
  return found;
}

/**
 * Read a unit; what of it lies beyond the cut of the world lies also at its other end.
 * @param {any} shape
 * @param {number} number
 * @returns {Unit[]}
 */
function readUnit(shape, number) {
  const whole = listParts(shape, 2), flat = whole.flat();
  const ends = (/** @type {number} */ axis) => flat.reduce(([least, most], point) => [Math.min(least, point[axis]), Math.max(most, point[axis])], [Infinity, -Infinity]);
  const [west, east] = ends(0), [north, south] = ends(1), first = foldX(west);
  if (!flat.length) return [];
  const turns = foldX(east) < first ? [first - west, first - west - 256] : [first - west];
  return turns.map((turn) => ({
    number, west: west + turn, east: east + turn, north, south, rings: whole.map((ring) => ring.map(([x, y]) => [x + turn, y])),
  }));
}

/** Units by the rows of the world that they reach. @param {Unit[]} units */
function sortByHeight(units) {
  const rows = Array.from({ length: ROWS }, () => /** @type {Unit[]} */ ([]));
  for (const unit of units) {
    const last = Math.min(ROWS - 1, Math.floor((unit.south * ROWS) / 256));
    for (let row = Math.max(0, Math.floor((unit.north * ROWS) / 256)); row <= last; row++) rows[row].push(unit);
  }
  return rows;
}

/** Counts what is shown in units. */
export class UnitCounts {
  /**
   * @param {import("./shown_shares.js").ShownShares} shares
   * @param {any[]} shapes
   * @param {boolean} overlap whether they lie on each other
   */
  constructor(shares, shapes, overlap = false) {
    this.shares = shares;
    this.shapes = shapes;
    this.overlap = overlap;
    /** The units of each draw, once they are wanted. @type {Int32Array[]|null} */
    this.unitsOf = null;
  }

  /**
   * The number of incidents that is expected in each unit, and what it is between with 95 %: a sum of
   * independent chances is nearly normal, and never less than what surely lies there nor more than what may.
   * Those of unknown radius count where their point lies; `unknown` is how many there are of them, and `all` of any.
   */
  count() {
    const shares = this.shares.count(), { placeOf, shown } = shares;
    const { footprints } = this.shares.sampler, unitsOf = (this.unitsOf ??= findUnits(shares.x, shares.y, this.shapes, this.overlap));
    const units = this.shapes.length, held = new Float64Array(units + 1); // the last is outside of all
    const expected = new Float64Array(units + 1), spread = new Float64Array(units), sure = new Float64Array(units), most = new Float64Array(units);
    /** @type {Set<number>} */
    const touched = new Set();
    let isRough = false, unknown = 0, all = 0;
    for (let draw = 0; draw < placeOf.length;) {
      const place = placeOf[draw], first = draw;
      for (; draw < placeOf.length && placeOf[draw] === place; draw++) {
        unitsOf.forEach((unitOf, deep) => {
          if (deep && unitOf[draw] < 0) return;
          const unit = unitOf[draw] < 0 ? units : unitOf[draw];
          held[unit]++;
          touched.add(unit);
        });
      }
      const draws = draw - first, rows = Math.round(shown[first] * draws);
      isRough ||= rows > 0 && draws < LEAST_DRAWS && footprints.hasRoom(place);
      if (footprints.isUnknown(place)) unknown += rows;
      all += rows;
      for (const unit of touched) {
        const share = held[unit] / draws;
        held[unit] = 0;
        expected[unit] += rows * share;
        if (unit === units) continue;
        spread[unit] += rows * share * (1 - share);
        most[unit] += rows;
        if (share === 1) sure[unit] += rows;
      }
      touched.clear();
    }
    const ends = (/** @type {number} */ side) => (isRough ? Array(units).fill(null) : Array.from(spread, (each, unit) => {
      const end = expected[unit] + side * NORMAL * Math.sqrt(each), kept = Math.max(sure[unit], Math.min(most[unit], end));
      return side * Math.ceil(side * kept - ROUNDING) + 0; // incidents are whole
    }));
    return { value: Array.from(expected.subarray(0, units)), low: /** @type {Numbers} */ (ends(-1)), high: /** @type {Numbers} */ (ends(1)), outside: expected[units], unknown, all };
  }
}
