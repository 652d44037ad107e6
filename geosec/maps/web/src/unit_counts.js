/* Incidents counted in units, as districts: by the draws of where each may have been. */
import { isWithin, listParts } from "./shares.js";

/** @typedef {(number|null)[]} Numbers */

const NORMAL = 1.959964; // standard deviations that 95 % of a normal distribution lie between
const ROUNDING = 1e-6; // of sums of shares
const LEAST_DRAWS = 10; // of a place, for an interval

/**
 * Find the unit of each point, -1 where it is in none. Neighbours come one after the other, and are
 * mostly in the same one.
 * @param {ArrayLike<number>} x world pixels of zoom 0
 * @param {ArrayLike<number>} y
 * @param {any[]} shapes GeoJSON areas, which do not lie on each other
 */
export function findUnits(x, y, shapes) {
  const units = shapes.map((shape) => {
    const rings = listParts(shape, 2), flat = rings.flat();
    const [across, down] = [0, 1].map((axis) => flat.map((point) => point[axis]));
    const least = (/** @type {number[]} */ numbers) => numbers.reduce((one, other) => Math.min(one, other), Infinity);
    const most = (/** @type {number[]} */ numbers) => numbers.reduce((one, other) => Math.max(one, other), -Infinity);
    return { rings, west: least(across), east: most(across), north: least(down), south: most(down) };
  });
  const holds = (/** @type {number} */ unit, /** @type {number} */ atX, /** @type {number} */ atY) => {
    const { rings, west, east, north, south } = units[unit];
    return atX >= west && atX <= east && atY >= north && atY <= south && isWithin(rings, atX, atY);
  };
  const found = new Int32Array(x.length);
  let last = -1;
  for (let at = 0; at < found.length; at++) {
    if (last < 0 || !holds(last, x[at], y[at])) last = units.findIndex((_, unit) => holds(unit, x[at], y[at]));
    found[at] = last;
  }
  return found;
}

/** Counts what is shown in units. */
export class UnitCounts {
  /**
   * @param {import("./shown_shares.js").ShownShares} shares
   * @param {any[]} shapes
   */
  constructor(shares, shapes) {
    this.shares = shares;
    this.shapes = shapes;
    /** The unit of each draw, once it is wanted. @type {Int32Array|null} */
    this.unitOf = null;
  }

  /**
   * The number of incidents that is expected in each unit, and what it is between with 95 %: a sum of
   * independent chances is nearly normal, and never less than what surely lies there nor more than what may.
   * Those of unknown radius count where their point lies; `unknown` is how many there are.
   */
  count() {
    const shares = this.shares.count(), { placeOf, shown } = shares;
    const { footprints } = this.shares.sampler, unitOf = (this.unitOf ??= findUnits(shares.x, shares.y, this.shapes));
    const units = this.shapes.length, held = new Float64Array(units + 1); // the last is outside of all
    const expected = new Float64Array(units + 1), spread = new Float64Array(units), sure = new Float64Array(units), most = new Float64Array(units);
    /** @type {Set<number>} */
    const touched = new Set();
    let isRough = false, unknown = 0;
    for (let draw = 0; draw < placeOf.length;) {
      const place = placeOf[draw], first = draw;
      for (; draw < placeOf.length && placeOf[draw] === place; draw++) {
        const unit = unitOf[draw] < 0 ? units : unitOf[draw];
        held[unit]++;
        touched.add(unit);
      }
      const draws = draw - first, rows = Math.round(shown[first] * draws);
      isRough ||= rows > 0 && draws < LEAST_DRAWS && footprints.hasRoom(place);
      if (footprints.isUnknown(place)) unknown += rows;
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
    return { value: Array.from(expected.subarray(0, units)), low: /** @type {Numbers} */ (ends(-1)), high: /** @type {Numbers} */ (ends(1)), outside: expected[units], unknown };
  }
}
