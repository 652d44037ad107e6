/**
 * What is drawn where: places counted, binned and clustered in the window. Nothing here draws.
 *
 * @typedef {{left: number, top: number, width: number, height: number, scale: number}} Window in
 *   pixels of the screen: `scale` pixels are one world pixel of zoom 0
 * @typedef {{x: number, y: number, count: number, ring: Float64Array, place: number, single: boolean,
 *   box: [number, number, number, number]}} Cluster in pixels of the window: `ring` has its rows by
 *   entry of the palette, `place` its first place, `box` its west, north, east and south in world pixels
 */

export const BIN = 2; // pixels of a density bin
export const CELL = 72; // pixels of a cell that becomes one cluster
const BLOCK = 1024; // places

/** Places in world pixels of zoom 0, and the rows of each that are shown. */
export class Places {
  /** @param {import("./payload.js").Payload} payload
   * @param {(degrees: number) => number} worldX
   * @param {(degrees: number) => number} worldY */
  constructor(payload, worldX, worldY) {
    this.payload = payload;
    this.x = payload.lon.map(worldX);
    this.y = payload.lat.map(worldY);
    this.shown = new Uint32Array(payload.places);
    /** Rows shown by place and by entry of the palette. */
    this.rings = new Uint32Array(0);
    this.entries = 1;
    this.found = new Uint32Array(payload.places);
    const blocks = Math.ceil(payload.places / BLOCK);
    /** West, north, east and south of each block of places: they are sorted along a Hilbert curve. */
    this.boxes = new Float64Array(blocks * 4);
    for (let block = 0; block < blocks; block++) {
      let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
      for (let place = block * BLOCK; place < Math.min(payload.places, (block + 1) * BLOCK); place++) {
        west = Math.min(west, this.x[place]);
        east = Math.max(east, this.x[place]);
        north = Math.min(north, this.y[place]);
        south = Math.max(south, this.y[place]);
      }
      this.boxes.set([west, north, east, south], block * 4);
    }
  }

  /**
   * Count the rows of each place that are shown.
   * @param {Uint16Array} failed
   * @param {Uint8Array} entryOf the entry of the palette of each row
   * @param {number} entries
   */
  count(failed, entryOf, entries) {
    const { placeStart } = this.payload, { shown } = this;
    if (this.rings.length !== shown.length * entries) this.rings = new Uint32Array(shown.length * entries);
    else this.rings.fill(0);
    this.entries = entries;
    for (let place = 0; place < shown.length; place++) {
      let count = 0;
      const ring = place * entries;
      for (let row = placeStart[place]; row < placeStart[place + 1]; row++) {
        if (failed[row] !== 0) continue;
        count++;
        this.rings[ring + entryOf[row]]++;
      }
      shown[place] = count;
    }
  }

  /**
   * List the places in a window that have rows shown; `margin` pixels round it count too.
   * @param {Window} view
   * @param {number} margin
   * @returns {Uint32Array} good until it is asked again
   */
  listIn(view, margin = 0) {
    const { x, y, shown, boxes, found } = this;
    const west = (view.left - margin) / view.scale, east = (view.left + view.width + margin) / view.scale;
    const north = (view.top - margin) / view.scale, south = (view.top + view.height + margin) / view.scale;
    let count = 0;
    for (let block = 0; block * 4 < boxes.length; block++) {
      const at = block * 4;
      if (boxes[at] > east || boxes[at + 2] < west || boxes[at + 1] > south || boxes[at + 3] < north) continue;
      const end = Math.min(shown.length, (block + 1) * BLOCK);
      for (let place = block * BLOCK; place < end; place++) {
        if (shown[place] && x[place] >= west && x[place] <= east && y[place] >= north && y[place] <= south) found[count++] = place;
      }
    }
    return found.subarray(0, count);
  }
}

/**
 * Count rows by bins of the window; also how many bins hold any.
 * @param {Places} places
 * @param {Uint32Array} inView
 * @param {Window} view
 */
export function countBins(places, inView, view) {
  const across = Math.ceil(view.width / BIN), down = Math.ceil(view.height / BIN);
  const counts = new Uint32Array(across * down);
  let occupied = 0, most = 0;
  for (const place of inView) {
    const column = Math.floor((places.x[place] * view.scale - view.left) / BIN);
    const line = Math.floor((places.y[place] * view.scale - view.top) / BIN);
    if (column < 0 || line < 0 || column >= across || line >= down) continue;
    const at = line * across + column;
    if (counts[at] === 0) occupied++;
    counts[at] += places.shown[place];
    if (counts[at] > most) most = counts[at];
  }
  return { across, down, counts, occupied, most };
}

/**
 * Cluster places by cells that are fixed to the ground, so that they stay where they are when the map
 * is moved; one that touches a larger one joins it.
 * @param {Places} places
 * @param {Uint32Array} inView
 * @param {Window} view
 * @param {(count: number) => number} radiusOf
 * @returns {Cluster[]} the largest first
 */
export function clusterPlaces(places, inView, view, radiusOf) {
  const whole = sumCells(places, inView, view).sort((one, other) => other.count - one.count);
  /** @type {Cluster[]} */
  const kept = [];
  for (const cell of whole) {
    const radius = radiusOf(cell.count);
    const near = kept.find((each) => Math.hypot(each.x - cell.x, each.y - cell.y) < radiusOf(each.count) + radius);
    if (near) {
      join(near, cell);
    } else kept.push(cell);
  }
  return kept;
}

/**
 * Sum up the places of each cell. A million rows have hundreds of thousands of places, in each frame:
 * the sums are held in arrays of numbers, and become objects when they are whole.
 * @param {Places} places
 * @param {Uint32Array} inView
 * @param {Window} view
 * @returns {Cluster[]}
 */
function sumCells(places, inView, view) {
  const { x, y, shown, rings, entries } = places, { left, top, scale } = view;
  const firstColumn = Math.floor(left / CELL) - 2, firstLine = Math.floor(top / CELL) - 2;
  const across = Math.ceil(view.width / CELL) + 5, down = Math.ceil(view.height / CELL) + 5, size = across * down;
  const counts = new Float64Array(size), sumX = new Float64Array(size), sumY = new Float64Array(size);
  const held = new Uint32Array(size), first = new Uint32Array(size), ring = new Float64Array(size * entries);
  const west = new Float64Array(size).fill(Infinity), north = new Float64Array(size).fill(Infinity);
  const east = new Float64Array(size).fill(-Infinity), south = new Float64Array(size).fill(-Infinity);
  for (let at = 0; at < inView.length; at++) {
    const place = inView[at], count = shown[place], atX = x[place], atY = y[place];
    const column = Math.floor((atX * scale) / CELL) - firstColumn, line = Math.floor((atY * scale) / CELL) - firstLine;
    if (column < 0 || line < 0 || column >= across || line >= down) continue;
    const cell = line * across + column;
    if (held[cell]++ === 0) first[cell] = place;
    counts[cell] += count;
    sumX[cell] += atX * count;
    sumY[cell] += atY * count;
    if (atX < west[cell]) west[cell] = atX;
    if (atY < north[cell]) north[cell] = atY;
    if (atX > east[cell]) east[cell] = atX;
    if (atY > south[cell]) south[cell] = atY;
    const from = place * entries, to = cell * entries;
    for (let entry = 0; entry < entries; entry++) ring[to + entry] += rings[from + entry];
  }
  /** @type {Cluster[]} */
  const whole = [];
  for (let cell = 0; cell < size; cell++) {
    if (held[cell] === 0) continue;
    whole.push({
      x: (sumX[cell] / counts[cell]) * scale - left, y: (sumY[cell] / counts[cell]) * scale - top, count: counts[cell],
      ring: ring.slice(cell * entries, (cell + 1) * entries), place: first[cell], single: held[cell] === 1,
      box: [west[cell], north[cell], east[cell], south[cell]],
    });
  }
  return whole;
}

/**
 * @param {Cluster} larger
 * @param {Cluster} other
 */
function join(larger, other) {
  larger.count += other.count;
  larger.single = false;
  other.ring.forEach((count, entry) => { larger.ring[entry] += count; });
  widen(larger.box, ...other.box);
}

/**
 * @param {[number, number, number, number]} box
 * @param {number} west
 * @param {number} north
 * @param {number} east
 * @param {number} south
 */
function widen(box, west, north, east, south) {
  if (west < box[0]) box[0] = west;
  if (north < box[1]) box[1] = north;
  if (east > box[2]) box[2] = east;
  if (south > box[3]) box[3] = south;
}
