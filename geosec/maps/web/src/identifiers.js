/* Identifiers that are numbers after the same letters. Nothing here knows of the page. */
import { keyDays, orderRows } from "./ordering.js";

/** @typedef {{prefix: string, digits: number}} NumberedHead */

export class Identifiers {
  /**
   * @param {NumberedHead} head
   * @param {Float64Array} numbers by the first day of their rows, as they are stored
   * @param {Int32Array} days of the rows
   */
  constructor({ prefix, digits }, numbers, days) {
    this.prefix = prefix;
    this.digits = digits;
    /** By row. */
    this.numbers = new Uint32Array(numbers.length);
    orderRows(keyDays(days), false).forEach((row, at) => { this.numbers[row] = numbers[at]; });
  }

  /** @param {number} row */
  write(row) { return this.prefix + this.pad(row); }

  /** The number of a row, with its zeros. @param {number} row */
  pad(row) { return String(this.numbers[row]).padStart(this.digits, "0"); }

  /**
   * The row of an identifier, -1 where none has it.
   * @param {string} identifier
   */
  find(identifier) {
    const row = this.numbers.indexOf(Number(identifier.slice(this.prefix.length)));
    return row >= 0 && this.write(row) === identifier ? row : -1;
  }

  /**
   * Mark the rows whose identifier holds some words.
   * @param {string} low the words, in lower case
   * @param {Uint8Array} hits by row
   */
  mark(low, hits) {
    const prefix = this.prefix.toLowerCase(), letters = new Set(`${prefix}0123456789`);
    if ([...low].some((each) => !letters.has(each))) return;
    for (let row = 0; row < hits.length; row++) {
      if ((prefix + this.pad(row)).includes(low)) hits[row] = 1;
    }
  }
}
