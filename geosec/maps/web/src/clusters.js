/**
 * What is drawn where: places counted, binned and clustered in the window. Nothing here draws.
 *
 * @typedef {{left: number, top: number, width: number, height: number, scale: number}} Window in
 *   pixels of the screen: `scale` pixels are one world pixel of zoom 0
 * @typedef {{x: number, y: number, count: number, ring: Float64Array, place: number, single: boolean,
 *   box: [number, number, number, number]}} Cluster in pixels of the window: `ring` has its rows by
 *   entry of the palette, `place` its first place, `box` its west, north, east and south in world pixels
 * @typedef {Cluster & {line: number, column: number}} Cell in world pixels of zoom 0
 */

export const BIN = 2; // pixels of a density bin
export const CELL = 72; // pixels of a cell that becomes one cluster
const BLOCK = 1024; // places

/**
 * Points in world pixels of zoom 0, and how many incidents shown each stands for. Neighbours stand near
 * each other, or a window is slow to search.
 * @template {Uint32Array|Float32Array} Numbers
 */
export class Spots {
  /**
   * @param {Float64Array} x
   * @param {Float64Array} y
   * @param {Numbers} shown
   */
  constructor(x, y, shown) {
    this.x = x;
    this.y = y;
    this.shown = shown;
    /** The same by spot and by entry of the palette. */
    this.rings = /** @type {Numbers} */ (shown.subarray(0, 0));
    this.entries = 1;
    this.found = new Uint32Array(x.length);
    /** How often they were counted. */
    this.version = 0;
    /** The cells of the last frame. @type {{version: number, window: Window, cells: Cell[]}|null} */
    this.cells = null;
    const blocks = Math.ceil(x.length / BLOCK);
    /** West, north, east and south of each block of spots. */
    this.boxes = new Float64Array(blocks * 4);
    for (let block = 0; block < blocks; block++) {
      let west = Infinity, north = Infinity, east = -Infinity, south = -Infinity;
      for (let place = block * BLOCK; place < Math.min(x.length, (block + 1) * BLOCK); place++) {
        west = Math.min(west, this.x[place]);
        east = Math.max(east, this.x[place]);
        north = Math.min(north, this.y[place]);
        south = Math.max(south, this.y[place]);
      }
      this.boxes.set([west, north, east, south], block * 4);
    }
  }

  /** Begin to count anew. @param {number} entries of the palette */
  begin(entries) {
    const numbers = this.shown.length * entries;
    if (this.rings.length === numbers) this.rings.fill(0);
    else this.rings = new /** @type {any} */ (this.shown.constructor)(numbers);
    this.entries = entries;
    this.version++;
  }

  /**
   * List the spots in a window that stand for something; `margin` pixels round it count too.
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
 * The places of incidents, and the rows of each that are shown: sorted along a Hilbert curve.
 * @extends {Spots<Uint32Array>}
 */
export class Places extends Spots {
  /** @param {import("./payload.js").Payload} payload
   * @param {(degrees: number) => number} worldX
   * @param {(degrees: number) => number} worldY */
  constructor(payload, worldX, worldY) {
    super(payload.lon.map(worldX), payload.lat.map(worldY), new Uint32Array(payload.places));
    this.payload = payload;
  }

  /**
   * Count the rows of each place that are shown.
   * @param {Uint16Array} failed
   * @param {Uint8Array} entryOf the entry of the palette of each row
   * @param {number} entries
   */
  count(failed, entryOf, entries) {
    const { placeStart } = this.payload, { shown } = this;
    this.begin(entries);
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
}

/**
 * Count incidents by bins of the window; also how many bins hold any.
 * @param {Spots<any>} places
 * @param {Uint32Array} inView
 * @param {Window} view
 */
export function countBins(places, inView, view) {
  const across = Math.ceil(view.width / BIN), down = Math.ceil(view.height / BIN);
  const counts = new Float32Array(across * down);
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
 * @param {Spots<any>} places
 * @param {Window} view
 * @param {(count: number) => number} radiusOf
 * @returns {Cluster[]} the largest first
 */
export function clusterPlaces(places, view, radiusOf) {
  const { left, top, scale } = view, reach = CELL / 2;
  const inView = findCells(places, view).filter(({ line, column }) => (
    (column + 1) * CELL > left - reach && column * CELL < left + view.width + reach
    && (line + 1) * CELL > top - reach && line * CELL < top + view.height + reach
  ));
  const whole = inView.map((cell) => {
    const { x, y, count, ring, place, single, box } = cell;
    return { x: x * scale - left, y: y * scale - top, count, ring: ring.slice(), place, single, box: /** @type {Cluster["box"]} */ ([...box]) };
  });
  whole.sort((one, other) => other.count - one.count);
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
 * Find the cells of a window: those of the last frame where nothing but its place has changed. Once
 * the map is moved, those round the window are summed up with it, for the frames to come.
 * @param {Spots<any>} places
 * @param {Window} view
 */
function findCells(places, view) {
  const last = places.cells, same = last?.version === places.version && last.window.scale === view.scale;
  if (last && same && holds(last.window, view)) return last.cells;
  const round = same ? 0.75 : 0;
  const window = {
    left: view.left - round * view.width, top: view.top - round * view.height, scale: view.scale,
    width: view.width * (1 + 2 * round), height: view.height * (1 + 2 * round),
  };
  const cells = sumCells(places, places.listIn(window, 2 * CELL), window);
  places.cells = { version: places.version, window, cells };
  return cells;
}

/**
 * @param {Window} window
 * @param {Window} view
 */
function holds(window, view) {
  return window.left <= view.left && window.top <= view.top && window.left + window.width >= view.left + view.width
    && window.top + window.height >= view.top + view.height;
}

/**
 * Sum up the places of each cell. A million rows have hundreds of thousands of places, in each frame:
 * the sums are held in arrays of numbers, and become objects when they are whole.
 * @param {Spots<any>} places
 * @param {Uint32Array} inView
 * @param {Window} view
 * @returns {Cell[]}
 */
function sumCells(places, inView, view) {
  const { x, y, shown, rings, entries } = places, { scale } = view;
  const firstColumn = Math.floor(view.left / CELL) - 3, firstLine = Math.floor(view.top / CELL) - 3;
  const across = Math.ceil(view.width / CELL) + 7, down = Math.ceil(view.height / CELL) + 7, size = across * down;
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
  /** @type {Cell[]} */
  const whole = [];
  for (let cell = 0; cell < size; cell++) {
    if (held[cell] === 0) continue;
    whole.push({
      line: firstLine + Math.floor(cell / across), column: firstColumn + (cell % across),
      x: sumX[cell] / counts[cell], y: sumY[cell] / counts[cell], count: counts[cell],
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
