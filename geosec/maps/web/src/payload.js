import { NONE } from "./days.js";
import { Identifiers } from "./identifiers.js";
import { cutTexts, inflate, joinBytes } from "./texts.js";

export { NONE, inflate, joinBytes };

/**
 * The payload of the page: what `geosec/maps/payload.py` wrote, where its layout is described.
 *
 * @typedef {{name: string, bytes: number, count: number, offset?: number, scale?: number, gaps?: boolean, delta?: boolean}} PlaneHead
 * @typedef {{name: string, kind: "category"|"number"|"text", values?: string[], ordered?: boolean}} ColumnHead
 * @typedef {{rows: number, places: number, planes: PlaneHead[], columns: ColumnHead[],
 *   numbered: (PlaneHead & import("./identifiers.js").NumberedHead)|null, groups: Record<string, string[]>, block: number, unplaced: {rows: number, columns: string[]}, shapes: any[], readings: number[][][], rules: Record<string, string>}} Head
 * @typedef {Uint8Array|Uint16Array|Uint32Array} Codes
 */

export const NUMBERED = "numbered"; // the group of identifiers that are stored as numbers

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} count
 * @returns {Float64Array}
 */
function joinDoubles(bytes, start, count) {
  const joined = new Uint8Array(count * 8);
  for (let byte = 0; byte < 8; byte++) {
    for (let at = 0; at < count; at++) joined[at * 8 + byte] = bytes[start + byte * count + at];
  }
  return new Float64Array(joined.buffer);
}

/**
 * Add up what a plane stores as differences.
 * @param {Codes} folded
 */
function sum(folded) {
  const whole = new Uint32Array(folded.length);
  for (let at = 0, now = 0; at < folded.length; at++) whole[at] = now += folded[at] & 1 ? -(folded[at] + 1) / 2 : folded[at] / 2;
  return whole;
}

/** Numbers of one meaning. `codes` are the integers as stored, `null` for doubles. */
export class Plane {
  /**
   * @param {PlaneHead} head
   * @param {Uint8Array} bytes
   * @param {number} start
   */
  constructor(head, bytes, start) {
    this.head = head;
    /** @type {Codes|null} */
    this.codes = null;
    /** @type {Float64Array|null} */
    this.doubles = null;
    if (head.bytes === 8) this.doubles = joinDoubles(bytes, start, head.count);
    else {
      const stored = joinBytes(bytes, start, head.count, head.bytes);
      this.codes = head.delta ? sum(stored) : stored;
    }
  }

  /**
   * The number of a row; NaN where it is missing.
   * @param {number} row
   */
  at(row) {
    if (this.doubles) return this.doubles[row];
    const code = /** @type {Codes} */ (this.codes)[row];
    const { gaps, offset = 0, scale = 1 } = this.head;
    if (gaps && code === 0) return NaN;
    return (code - (gaps ? 1 : 0) + offset) * scale;
  }

  /** All numbers, NaN where one is missing. */
  numbers() {
    const found = new Float64Array(this.head.count);
    for (let row = 0; row < found.length; row++) found[row] = this.at(row);
    return found;
  }
}

/**
 * Cut the numbers of a payload into planes.
 * @param {Head} head
 * @param {Uint8Array} bytes
 * @returns {Map<string, Plane>}
 */
export function cutPlanes(head, bytes) {
  const planes = new Map();
  let start = 0;
  for (const each of head.planes) {
    planes.set(each.name, new Plane(each, bytes, start));
    start += each.bytes * each.count;
  }
  if (start !== bytes.length) throw new Error(`the planes hold ${start} bytes, and ${bytes.length} came`);
  return planes;
}

/** The incidents of a page: numbers in planes, texts inflated when they are asked for. */
export class Payload {
  /**
   * @param {Head} head
   * @param {Uint8Array} bytes the numbers, inflated
   * @param {(group: string, block: number) => string|Promise<string>} findBlock gives a block of
   *   texts, base64; at once, or when the page has been read so far
   */
  constructor(head, bytes, findBlock) {
    this.head = head;
    this.rows = head.rows;
    this.places = head.places;
    /** How many rows have no place. */
    this.unplaced = head.unplaced?.rows ?? 0;
    this.planes = cutPlanes(head, bytes);
    this.lon = this.plane("place_lon").numbers();
    this.lat = this.plane("place_lat").numbers();
    this.radius = this.plane("place_radius_m").numbers();
    this.shape = this.plane("place_shape");
    /** Which of `head.readings` each place has, NaN where its phrase was read in one way. */
    this.readings = this.plane("place_readings");
    /** The first row of each place, and the end of the last. */
    this.placeStart = new Uint32Array(head.places + 1);
    /** The place of each row. */
    this.placeOf = new Uint32Array(head.rows);
    const runs = this.plane("place_rows");
    for (let place = 0, row = 0; place < head.places; place++) {
      const end = row + runs.at(place);
      this.placeOf.fill(place, row, end);
      this.placeStart[place + 1] = row = end;
    }
    this.day = toDays(this.plane("day"));
    const more = this.plane("days_more");
    /** The last day of each row: that of the first, but where its date is not exact. */
    this.lastDay = new Int32Array(head.rows);
    for (let row = 0; row < head.rows; row++) {
      this.lastDay[row] = this.day[row] === NONE ? NONE : this.day[row] + (more.at(row) || 0);
    }
    /** @type {Map<string, ColumnHead>} */
    this.columns = new Map(head.columns.map((each) => [each.name, each]));
    this.findBlock = findBlock;
    /** @type {Map<string, Promise<string[][]>>} */
    this.blocks = new Map();
    /** Identifiers that are stored as numbers, once they are asked for. @type {Promise<Identifiers>|null} */
    this.identifiers = null;
  }

  /**
   * @param {string} name
   * @returns {Plane}
   */
  plane(name) {
    const found = this.planes.get(name);
    if (!found) throw new Error(`the payload has no plane ${name}`);
    return found;
  }

  /**
   * The value of a category, "" where it is missing, or a number as it is; texts are asked for.
   * @param {string} name
   * @param {number} row
   * @returns {string|number}
   */
  value(name, row) {
    const column = this.columns.get(name);
    if (!column || column.kind === "text") return "";
    const number = this.plane(name).at(row);
    if (column.kind === "number") return number;
    return Number.isNaN(number) ? "" : /** @type {string[]} */ (column.values)[number];
  }

  /**
   * Inflate a block of texts; the last ones asked for are kept.
   * @param {string} group
   * @param {number} block
   * @returns {Promise<string[][]>} by column, then by row of the block
   */
  readBlock(group, block) {
    const key = `${group}-${block}`;
    let found = this.blocks.get(key);
    if (!found) {
      if (this.blocks.size >= 64) this.blocks.delete(/** @type {string} */ (this.blocks.keys().next().value));
      const unplaced = group === "unplaced", columns = unplaced ? this.head.unplaced.columns : this.head.groups[group];
      const rows = Math.min(this.head.block, (unplaced ? this.unplaced : this.rows) - block * this.head.block);
      if (group === NUMBERED) found = this.writeIdentifiers(block * this.head.block, rows);
      else found = this.inflateBlock(group, block).then((bytes) => cutTexts(bytes, columns.length, rows));
      this.blocks.set(key, found);
    }
    return found;
  }

  /**
   * Inflate a block of texts, for what reads its bytes.
   * @param {string} group
   * @param {number} block
   */
  async inflateBlock(group, block) {
    return inflate(await this.findBlock(group, block));
  }

  /** Read the identifiers, which are stored as numbers. */
  readIdentifiers() {
    const head = /** @type {NonNullable<Head["numbered"]>} */ (this.head.numbered);
    this.identifiers ??= this.inflateBlock(NUMBERED, 0).then((bytes) => new Identifiers(head, new Plane(head, bytes, 0).numbers(), this.day));
    return this.identifiers;
  }

  /**
   * Write the identifiers of a block of rows, as a block of texts.
   * @param {number} first row
   * @param {number} rows
   */
  async writeIdentifiers(first, rows) {
    const identifiers = await this.readIdentifiers();
    return [Array.from({ length: rows }, (_, at) => identifiers.write(first + at))];
  }

  /**
   * The texts of a row, by name of their column.
   * @param {number} row
   * @param {string[]|null} wanted columns; all where none are named
   * @returns {Promise<Record<string, string>>}
   */
  async readTexts(row, wanted = null) {
    const block = Math.floor(row / this.head.block), at = row % this.head.block;
    /** @type {Record<string, string>} */
    const found = Object.create(null); // a column may be called "toString"
    for (const [group, names] of Object.entries(this.head.groups)) {
      if (wanted && !names.some((name) => wanted.includes(name))) continue;
      const columns = await this.readBlock(group, block);
      names.forEach((name, number) => { found[name] = columns[number][at]; });
    }
    return found;
  }

  /**
   * Find the row of an identifier, block by block; -1 where none has it.
   * @param {string} identifier
   */
  async findRow(identifier) {
    if (this.head.numbered) return (await this.readIdentifiers()).find(identifier);
    const { block } = this.head, names = this.head.groups.rest ?? [], column = names.indexOf("incident_id");
    for (let start = 0; column >= 0 && start < this.rows; start += block) {
      const rows = Math.min(block, this.rows - start);
      const texts = cutTexts(await this.inflateBlock("rest", start / block), names.length, rows)[column];
      const at = texts.indexOf(identifier);
      if (at >= 0) return start + at;
    }
    return -1;
  }

  /**
   * Read a block of the rows that have no place: `incident_id`, `location` (the phrase),
   * `match_reason`, and what else the table has; "" where it is missing.
   * @param {number} block
   * @returns {Promise<Record<string, string>[]>} by row
   */
  async readUnplaced(block) {
    const columns = await this.readBlock("unplaced", block), names = this.head.unplaced.columns;
    return columns[0].map((_, row) => Object.fromEntries(names.map((name, at) => [name, columns[at][row]])));
  }
}

/**
 * @param {Plane} plane
 * @returns {Int32Array}
 */
function toDays(plane) {
  const days = new Int32Array(plane.head.count);
  for (let row = 0; row < days.length; row++) {
    const day = plane.at(row);
    days[row] = Number.isNaN(day) ? NONE : day;
  }
  return days;
}

/**
 * Open the payload that stands in a page.
 * @param {Document} page
 * @returns {Promise<Payload>}
 */
export async function openPayload(page) {
  const read = (/** @type {string} */ id) => page.getElementById(id)?.textContent ?? "";
  /** @type {Head} */
  const head = JSON.parse(read("gs-head"));
  const bytes = await inflate(read("gs-numbers"));
  return new Payload(head, bytes, (group, block) => waitFor(page, `gs-${group}-${block}`));
}

const AGAIN_MS = 40; // between looks at a page that is still being read

/**
 * Give the text of an element; it stands after the app, and may not have been read yet.
 * @param {Document} page
 * @param {string} id
 * @returns {Promise<string>}
 */
async function waitFor(page, id) {
  for (;;) {
    const whole = page.readyState !== "loading", found = page.getElementById(id);
    // what follows it has been read: so has all of its own text
    if (found && (whole || found.nextElementSibling)) return found.textContent ?? "";
    if (whole) throw new Error(`${id} is not in the page`);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
