/* Days, distances, numbers and shares in the words of a language. Nothing here knows of the page. */
import { NONE } from "./payload.js";

const DAY_MS = 86_400_000;
const LOCALES = /** @type {Record<string, string>} */ ({ en: "en-GB" }); // the day before the month

/** @typedef {string|{foreign: string}} Piece words of the page, or a text of others */

/**
 * Put texts of others into a sentence of the page: "in {name}" becomes "in " and the name.
 * @param {string} words
 * @param {Record<string, string|number|{foreign: string}>} given what stands in braces
 * @returns {Piece[]}
 */
export function fill(words, given) {
  return words.split(/(\{\w+\})/).filter(Boolean).map((part) => {
    const value = /^\{\w+\}$/.test(part) ? given[part.slice(1, -1)] : part;
    return typeof value === "object" ? value : String(value);
  });
}

/**
 * Pieces as plain text.
 * @param {Piece[]} pieces
 */
export function joinPieces(pieces) {
  return pieces.map((each) => (typeof each === "string" ? each : each.foreign)).join("");
}

/**
 * How a phrase was read, in words; empty for a rule that is none of ours.
 * @param {string} rule
 * @param {Record<string, string>} rules in English
 * @param {Record<string, string>} words of the page
 */
export function tellRule(rule, rules = {}, words = {}) {
  return words[`rule_${rule}`] ?? (Object.hasOwn(rules, rule) ? rules[rule] : "");
}

export class Formats {
  /** @param {string} language ISO 639-1 */
  constructor(language) {
    const locale = LOCALES[language] ?? language, zone = { timeZone: "UTC" };
    this.day = new Intl.DateTimeFormat(locale, { ...zone, day: "numeric", month: "long", year: "numeric" });
    this.short = new Intl.DateTimeFormat(locale, { ...zone, day: "numeric", month: "short", year: "numeric" });
    this.month = new Intl.DateTimeFormat(locale, { ...zone, month: "long", year: "numeric" });
    this.shortMonth = new Intl.DateTimeFormat(locale, { ...zone, month: "short", year: "numeric" });
    this.plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    this.percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
    this.plural = new Intl.PluralRules(locale);
    this.collator = new Intl.Collator(locale, { numeric: true });
  }

  /** @param {number} value */
  number(value) {
    return this.plain.format(value + 0); // -0 is 0
  }

  /**
   * A probability; what is not certain is never told as 100 %, nor what is possible as 0 %.
   * @param {number} value
   */
  share(value) {
    const told = this.percent.format(value >= 1 || value <= 0 ? value : Math.min(0.99, Math.max(0.01, value)));
    return told.replace(/(\p{Nd})%/u, "$1\u00a0%"); // as the words of the page have it
  }

  /**
   * Two figures at the most, in metres below one kilometre, else in kilometres.
   * @param {number} metres
   */
  distance(metres) {
    const rounded = Number(metres.toPrecision(2));
    return rounded < 1000 ? `${this.number(rounded)} m` : `${this.number(rounded / 1000)} km`;
  }

  /**
   * The days on which something may have been: one day, a month, a year, or from one to another.
   * @param {number} first days since 1970-01-01, `NONE` where no date is known
   * @param {number} last
   * @param {boolean} short with shortened names of months
   */
  span(first, last, short = false) {
    if (first === NONE) return "";
    const from = new Date(first * DAY_MS), to = new Date(last * DAY_MS);
    const day = short ? this.short : this.day;
    if (first === last) return day.format(from);
    const after = new Date((last + 1) * DAY_MS);
    if (from.getUTCDate() === 1 && after.getUTCDate() === 1) {
      const months = (after.getUTCFullYear() - from.getUTCFullYear()) * 12 + after.getUTCMonth() - from.getUTCMonth();
      if (months === 1) return (short ? this.shortMonth : this.month).format(from);
      if (months === 12 && from.getUTCMonth() === 0) return String(from.getUTCFullYear());
    }
    return day.formatRange(from, to);
  }

  /**
   * The words for a count, which may differ for one: `in_view` and `in_view_one`.
   * @param {import("./app.js").App} app
   * @param {string} name
   * @param {number} count
   */
  count(app, name, count) {
    const own = `${name}_${this.plural.select(count)}`;
    return app.say(own in app.options.words ? own : name, { count: this.number(count) });
  }
}
