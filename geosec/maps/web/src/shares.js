/*
 * Shares of incidents: each is drawn a number of times where it may have been, and each draw is an
 * equal share of it. `geosec.sample` draws the same way: discs and areas are evenly filled, a line over
 * its length, and each reading of a phrase as often as it is probable.
 */
import { Spots } from "./clusters.js";
import { POOLED, STEPS, fillShape, fractionOf } from "./fills.js";
import { WIDE_M, moveOnGlobe, worldLength, worldX, worldY } from "./project.js";

/**
 * @typedef {import("./footprints.js").Footprint} Footprint
 * @typedef {import("./fills.js").Pool} Pool
 */

const FULL = Math.sqrt(0.95); // of the radius of a disc that is evenly filled holds 95 % of it
const MOST_DRAWS = 400_000; // of all places together
export const EACH = 40; // draws of a place at the most

/** Draws places in footprints, the same ones each time. */
export class Sampler {
  /** @param {import("./footprints.js").Footprints} footprints */
  constructor(footprints) {
    this.footprints = footprints;
    /** Draws of the outlines that were asked for. @type {Map<number, Pool>} */
    this.pools = new Map();
  }

  /**
   * Draw a place, in world pixels of zoom 0.
   * @param {number} place
   * @param {number} count
   * @param {(x: number, y: number, draw: number) => void} put
   */
  draw(place, count, put) {
    const readings = this.footprints.list(place);
    const starts = STEPS.map((step, at) => fractionOf(Math.sin(place * 12.9898 + at * 78.233) * 43758.5453)); // so that places differ
    const offset = Math.floor(starts[0] * POOLED);
    for (let draw = 0; draw < count; draw++) {
      const [first, second, third] = STEPS.map((step, at) => fractionOf(starts[at] + draw * step));
      const [reading, along] = pick(readings, third);
      this.drawOne(reading, { first, second, along, turn: offset + draw }, (x, y) => put(x, y, draw));
    }
  }

  /**
   * @param {Footprint} footprint
   * @param {{first: number, second: number, along: number, turn: number}} numbers three of 0 to 1: two fill
   *   a square, one a line; and the number of the draw
   * @param {(x: number, y: number) => void} put
   */
  drawOne({ lon, lat, radius, shape }, { first, second, along, turn }, put) {
    if (shape >= 0) {
      // draws of an area fill it evenly as they follow each other, those of a line lie along it
      const { x, y, length } = this.pool(shape), at = length > 0 ? Math.floor(along * x.length) : turn % x.length;
      return put(x[at], y[at]);
    }
    const [right, down] = bendSquare(2 * first - 1, 2 * second - 1);
    if (radius > WIDE_M) {
      const [x, y] = moveOnGlobe(lon, lat, (radius / FULL) * right, (-radius / FULL) * down);
      return put(x, y);
    }
    const full = radius > 0 ? worldLength(radius, lat) / FULL : 0;
    put(worldX(lon) + full * right, worldY(lat) + full * down);
  }

  /** How far from its middle a place reaches, in world pixels of zoom 0. @param {number} place */
  measure(place) {
    let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
    const widen = (/** @type {number} */ x, /** @type {number} */ y, reach = 0) => {
      west = Math.min(west, x - reach);
      north = Math.min(north, y - reach);
      east = Math.max(east, x + reach);
      south = Math.max(south, y + reach);
    };
    for (const { lon, lat, radius, shape } of this.footprints.list(place)) {
      if (shape < 0) widen(worldX(lon), worldY(lat), radius > 0 ? worldLength(radius, lat) : 0);
      else for (let at = 0, { x, y } = this.pool(shape); at < x.length; at += 25) widen(x[at], y[at]);
    }
    return Math.max(east - west, south - north) / 2;
  }

  /** The area and the length that the footprints of a place have, in world pixels of zoom 0. @param {number} place */
  sumSizes(place) {
    let area = 0, length = 0;
    for (const { lat, radius, shape } of this.footprints.list(place)) {
      if (shape < 0) area += radius > 0 ? Math.PI * worldLength(radius, lat) ** 2 : 0;
      else {
        area += this.pool(shape).area;
        length += this.pool(shape).length;
      }
    }
    return { area, length };
  }

  /** @param {number} shape */
  pool(shape) {
    let pool = this.pools.get(shape);
    if (!pool) {
      pool = fillShape(this.footprints.payload.head.shapes[shape]);
      this.pools.set(shape, pool);
    }
    return pool;
  }
}

/**
 * Bend a square into a disc, evenly: P. Shirley and K. Chiu 1997, "A low distortion map between disk and
 * square", doi:10.1080/10867651.1997.10487479.
 * @param {number} x of -1 to 1
 * @param {number} y of -1 to 1
 */
export function bendSquare(x, y) {
  const flat = Math.abs(x) > Math.abs(y), away = flat ? x : y;
  if (away === 0) return [0, 0];
  const turn = flat ? (Math.PI / 4) * (y / x) : Math.PI / 2 - (Math.PI / 4) * (x / y);
  return [away * Math.cos(turn), away * Math.sin(turn)];
}

/**
 * Pick a reading as often as it is probable, with how far into its share the number was.
 * @param {Footprint[]} readings
 * @param {number} number of 0 to 1
 * @returns {[Footprint, number]}
 */
function pick(readings, number) {
  let beyond = number;
  for (const each of readings) {
    if (beyond < each.share) return [each, beyond / each.share];
    beyond -= each.share;
  }
  return [readings[readings.length - 1], fractionOf(number)];
}

/**
 * The draws of all places: as many of each as all have room for.
 * @extends {Spots<Float32Array>}
 */
export class Shares extends Spots {
  /**
   * @param {import("./payload.js").Payload} payload
   * @param {Sampler} sampler
   */
  constructor(payload, sampler) {
    const { places } = payload, { footprints } = sampler;
    let spread = 0;
    for (let place = 0; place < places; place++) if (footprints.hasRoom(place)) spread++;
    const each = Math.max(1, Math.min(EACH, Math.floor(MOST_DRAWS / Math.max(1, spread))));
    const draws = places - spread + spread * each;
    const x = new Float64Array(draws), y = new Float64Array(draws), placeOf = new Uint32Array(draws);
    let at = 0;
    for (let place = 0; place < places; place++) {
      sampler.draw(place, footprints.hasRoom(place) ? each : 1, (atX, atY) => {
        x[at] = atX;
        y[at] = atY;
        placeOf[at++] = place;
      });
    }
    super(x, y, new Float32Array(draws));
    this.payload = payload;
    /** The place of each draw: those of one place lie together. */
    this.placeOf = placeOf;
  }

  /**
   * Count the shares of the rows that are shown. A ring has one more number than the palette has
   * entries: the same, each times its score.
   * @param {Uint16Array} failed
   * @param {Uint8Array} entryOf the entry of the palette of each row
   * @param {number} entries
   * @param {(row: number) => number} scoreOf
   */
  count(failed, entryOf, entries, scoreOf) {
    const { placeStart } = this.payload, { shown, placeOf } = this;
    this.begin(entries + 1);
    const ring = new Float32Array(entries + 1);
    for (let draw = 0; draw < placeOf.length;) {
      const place = placeOf[draw];
      let end = draw + 1, whole = 0;
      while (end < placeOf.length && placeOf[end] === place) end++;
      ring.fill(0);
      const share = 1 / (end - draw);
      for (let row = placeStart[place]; row < placeStart[place + 1]; row++) {
        if (failed[row] !== 0) continue;
        whole += share;
        ring[entryOf[row]] += share;
        ring[entries] += share * scoreOf(row);
      }
      for (; draw < end; draw++) {
        shown[draw] = whole;
        this.rings.set(ring, draw * (entries + 1));
      }
    }
  }

  /**
   * List the places that have draws in a window, each once.
   * @param {import("./clusters.js").Window} view
   */
  listPlaces(view) {
    return new Set(Array.from(this.listIn(view, 10), (draw) => this.placeOf[draw]));
  }
}
