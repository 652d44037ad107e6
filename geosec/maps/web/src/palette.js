/**
 * Colours and shapes of the values of a column: seven colours of Okabe and Ito 2008, "Color Universal
 * Design", and grey. Up to twelve values are told apart, by colour and, after the seventh, by shape;
 * the rest are "other".
 *
 * @typedef {"circle"|"square"|"triangle"} Shape
 * @typedef {{value: string|null, colour: string, shape: Shape, count: number}} Entry `null` is "other"
 */

export const COLOURS = ["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#b8a800"];
export const GREY = "#6b7280";
const MOST = 12;

export class Palette {
  /**
   * @param {import("./payload.js").Payload} payload
   * @param {string} column a category, or "" for none
   * @param {Record<string, string>} given colours of values that have theirs
   */
  constructor(payload, column, given = {}) {
    const told = payload.columns.get(column);
    const plane = told?.kind === "category" ? payload.plane(column) : null;
    /** @type {Entry[]} */
    this.entries = [];
    this.column = column;
    const values = told?.values ?? [], counts = new Uint32Array(values.length);
    let missing = 0;
    for (let row = 0; row < payload.rows; row++) {
      const code = plane ? plane.at(row) : NaN;
      if (Number.isNaN(code)) missing++;
      else counts[code]++;
    }
    const order = [...counts.keys()].filter((code) => counts[code]).sort((one, other) => (told?.ordered ? 0 : counts[other] - counts[one]) || one - other);
    const kept = order.slice(0, MOST);
    const ownOf = (/** @type {number} */ code) => (Object.hasOwn(given, values[code]) ? given[values[code]] : undefined);
    const taken = new Set(kept.map(ownOf).filter(Boolean));
    const free = COLOURS.filter((colour) => !taken.has(colour));
    /** The entry of each code; the last one is of rows without a value. */
    this.ofCode = new Uint8Array(values.length + 1);
    let others = 0, next = 0;
    for (const code of kept) {
      const own = ownOf(code);
      const at = own ? 0 : next++;
      const shape = /** @type {Shape[]} */ (["circle", "square", "triangle"])[Math.floor(at / Math.max(1, free.length))] ?? "triangle";
      this.ofCode[code] = this.entries.length;
      this.entries.push({ value: values[code], colour: own ?? free[at % free.length] ?? GREY, shape, count: counts[code] });
    }
    for (const code of order.slice(MOST)) {
      others += counts[code];
      this.ofCode[code] = this.entries.length;
    }
    if (others) this.entries.push({ value: null, colour: GREY, shape: "square", count: others });
    this.ofCode[values.length] = this.entries.length;
    if (missing || !this.entries.length) this.entries.push({ value: "", colour: GREY, shape: "circle", count: missing });
    /** The entry of each row. */
    this.ofRow = new Uint8Array(payload.rows);
    for (let row = 0; row < payload.rows; row++) {
      const code = plane ? plane.at(row) : NaN;
      this.ofRow[row] = this.ofCode[Number.isNaN(code) ? values.length : code];
    }
  }

  /** @param {number} row */
  entryOf(row) {
    return this.entries[this.ofRow[row]];
  }
}
