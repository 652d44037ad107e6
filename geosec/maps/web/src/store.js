import { NONE } from "./payload.js";

/** @typedef {import("./payload.js").Payload} Payload */

/**
 * Which incidents are shown. Each filter has one bit in the byte of each row that fails it, so that
 * the counts of a filter can leave itself out. Nothing here knows of the page.
 */
export class Store {
  /**
   * @param {Payload} payload
   * @param {string[]} filters columns that can be filtered by; `day` and `text` always can
   */
  constructor(payload, filters) {
    this.payload = payload;
    /** @type {Map<string, number>} */
    this.bits = new Map(["day", "text", ...filters.slice(0, 14)].map((name, bit) => [name, 1 << bit]));
    /** Bits of the filters that a row fails: it is shown where all are 0. */
    this.failed = new Uint16Array(payload.rows);
    this.shown = payload.rows;
    /** The rows that are shown, the first `shown` of them. */
    this.passed = new Uint32Array(payload.rows).map((_, row) => row);
    /** How often what is shown has changed, and how often by each filter. */
    this.changes = 0;
    /** @type {Map<string, number>} */
    this.own = new Map();
    /** What was counted for a filter, and how often others had changed then. @type {Map<string, {others: number, of: any, counts: any}>} */
    this.counted = new Map();
    /** What is asked of each filter, so that a link can hold it. @type {Map<string, any>} */
    this.asked = new Map();
    /** Numbers by row, of the columns that were asked for. @type {Map<string, Float64Array>} */
    this.numbers = new Map();
    /** Classes by row, of the columns that were counted by classes. @type {Map<string, {edges: number[], of: Uint8Array}>} */
    this.classes = new Map();
    /** @type {Set<() => void>} */
    this.listeners = new Set();
  }

  /** @param {() => void} listener */
  onChange(listener) { this.listeners.add(listener); }

  /**
   * Tell all who listen that other rows are shown.
   * @param {string} name of the filter that has changed
   */
  tell(name) {
    const { failed, passed } = this;
    let shown = 0;
    for (let row = 0; row < failed.length; row++) if (failed[row] === 0) passed[shown++] = row;
    this.shown = shown;
    this.changes++;
    this.own.set(name, (this.own.get(name) ?? 0) + 1);
    for (const listener of this.listeners) listener();
  }

  /**
   * Count for a filter, whatever it says itself: again only where another one has changed.
   * @template T
   * @param {string} name
   * @param {any} of what is counted, such as the edges of classes
   * @param {() => T} count
   * @returns {T}
   */
  recall(name, of, count) {
    const others = this.changes - (this.own.get(name) ?? 0), known = this.counted.get(name);
    if (known && known.others === others && known.of === of) return known.counts;
    const counts = count();
    this.counted.set(name, { others, of, counts });
    return counts;
  }

  /**
   * Keep the rows that pass; `null` keeps all.
   * @param {string} name
   * @param {((row: number) => boolean)|null} passes
   */
  filter(name, passes) {
    const bit = this.bits.get(name);
    if (bit === undefined) throw new Error(`there is no filter ${name}`);
    const failed = this.failed, others = 0xffff ^ bit;
    for (let row = 0; row < failed.length; row++) {
      failed[row] = passes === null || passes(row) ? failed[row] & others : failed[row] | bit;
    }
    this.tell(name);
  }

  /**
   * Keep the rows with one of these values of a category; "" is that of rows without one.
   * @param {string} name
   * @param {Set<string>|null} values
   */
  filterValues(name, values) {
    this.asked.set(name, values);
    if (values === null) return this.filter(name, null);
    const plane = this.payload.plane(name), told = this.payload.columns.get(name)?.values ?? [];
    const gaps = plane.head.gaps ? 1 : 0;
    const kept = new Uint8Array(told.length + gaps);
    if (gaps) kept[0] = values.has("") ? 1 : 0;
    told.forEach((value, code) => { kept[code - (plane.head.offset ?? 0) + gaps] = values.has(value) ? 1 : 0; });
    const codes = /** @type {import("./payload.js").Codes} */ (plane.codes);
    this.filter(name, (row) => kept[codes[row]] === 1);
  }

  /**
   * Keep the rows whose number lies in a range, both ends included.
   * @param {string} name
   * @param {[number, number]|null} range
   */
  filterRange(name, range) {
    this.asked.set(name, range);
    const numbers = this.readNumbers(name);
    this.filter(name, range && ((row) => numbers[row] >= range[0] && numbers[row] <= range[1]));
  }

  /**
   * The number of each row, NaN where it has none; `uncertainty_m` is that of its place.
   * @param {string} name
   * @returns {Float64Array}
   */
  readNumbers(name) {
    let numbers = this.numbers.get(name);
    if (!numbers) {
      const { payload } = this;
      numbers = name === "uncertainty_m" ? Float64Array.from(payload.placeOf, (place) => payload.radius[place]) : payload.plane(name).numbers();
      this.numbers.set(name, numbers);
    }
    return numbers;
  }

  /**
   * Count the rows by class of a number, whatever its own filter says.
   * @param {string} name
   * @param {number[]} edges of the classes; the last holds the largest number, too
   * @returns {Uint32Array}
   */
  countClasses(name, edges) {
    return this.recall(name, edges, () => this.sumCodes(name, this.classRows(name, edges), edges.length).subarray(0, edges.length - 1));
  }

  /**
   * The class of the number of each row; that of rows without one comes after the last.
   * @param {string} name
   * @param {number[]} edges
   * @returns {Uint8Array}
   */
  classRows(name, edges) {
    const known = this.classes.get(name);
    if (known?.edges === edges) return known.of;
    const numbers = this.readNumbers(name), last = edges.length - 2, full = Math.log1p(edges[last + 1] - edges[0]);
    const of = new Uint8Array(numbers.length).fill(last + 1);
    for (let row = 0; row < numbers.length; row++) {
      if (Number.isNaN(numbers[row])) continue;
      let at = Math.min(last, Math.floor((Math.log1p(numbers[row] - edges[0]) / full) * (last + 1)));
      while (at > 0 && numbers[row] < edges[at]) at--; // logarithms are rounded
      while (at < last && numbers[row] >= edges[at + 1]) at++;
      of[row] = at;
    }
    this.classes.set(name, { edges, of });
    return of;
  }

  /**
   * Keep the rows that may have been on one of these days, both included.
   * @param {[number, number]|null} days since 1970-01-01
   */
  filterDays(days) {
    this.asked.set("day", days);
    if (days === null) return this.filter("day", null);
    const { day, lastDay } = this.payload, { failed } = this, [from, to] = days;
    const bit = /** @type {number} */ (this.bits.get("day")), others = 0xffff ^ bit;
    for (let row = 0; row < failed.length; row++) { // no last day, NONE, is before all
      failed[row] = day[row] <= to && lastDay[row] >= from ? failed[row] & others : failed[row] | bit;
    }
    this.tell("day");
  }

  /**
   * Count the rows by value of a category, whatever its own filter says.
   * @param {string} name
   * @returns {Map<string, number>} the values that any row has
   */
  countValues(name) { return this.recall(name, null, () => this.sumValues(name)); }

  /** @param {string} name */
  sumValues(name) {
    const plane = this.payload.plane(name), told = this.payload.columns.get(name)?.values ?? [];
    const codes = /** @type {import("./payload.js").Codes} */ (plane.codes), gaps = plane.head.gaps ? 1 : 0;
    const counts = this.sumCodes(name, codes, told.length + gaps + 1);
    const found = new Map(told.map((value, code) => [value, counts[code - (plane.head.offset ?? 0) + gaps]]));
    if (gaps) found.set("", counts[0]);
    return found;
  }

  /**
   * Count the rows by code, whatever the filter of that name says.
   * @param {string} name
   * @param {import("./payload.js").Codes} codes of all rows
   * @param {number} size one more than the highest code
   */
  sumCodes(name, codes, size) {
    const { passed, failed, shown } = this, own = this.bits.get(name) ?? 0, counts = new Uint32Array(size);
    for (let at = 0; at < shown; at++) counts[codes[passed[at]]]++;
    if (own && shown < codes.length) for (let row = 0; row < codes.length; row++) if (failed[row] === own) counts[codes[row]]++;
    return counts;
  }

  /**
   * Count the rows by period, whatever the filter of days says; one without an exact day counts in
   * part in each period that it may have been in.
   * @param {number[]} starts the first days of the periods, and the day after the last
   * @returns {{whole: Float64Array, exact: Float64Array}} all of them, and those of an exact day
   */
  countDays(starts) { return this.recall("day", starts, () => this.sumDays(starts)); }

  /** @param {number[]} starts */
  sumDays(starts) {
    const { day, lastDay } = this.payload, whole = new Float64Array(starts.length - 1), exact = new Float64Array(starts.length - 1);
    const first = starts[0], end = starts[starts.length - 1];
    const period = new Int32Array(Math.max(0, end - first));
    for (let each = 0; each + 1 < starts.length; each++) period.fill(each, starts[each] - first, starts[each + 1] - first);
    const others = 0xffff ^ /** @type {number} */ (this.bits.get("day"));
    for (let row = 0; row < day.length; row++) {
      if (day[row] === NONE || this.failed[row] & others) continue;
      const from = day[row] - first, to = lastDay[row] - first;
      if (from === to) {
        exact[period[from]]++;
        continue;
      }
      const share = 1 / (to - from + 1);
      for (let each = Math.max(0, from); each <= Math.min(to, period.length - 1);) {
        const number = period[each], stop = Math.min(to + 1, starts[number + 1] - first);
        whole[number] += share * (stop - each);
        each = stop;
      }
    }
    for (let each = 0; each < whole.length; each++) whole[each] += exact[each];
    return { whole, exact };
  }
}
