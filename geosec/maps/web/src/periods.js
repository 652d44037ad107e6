/* Periods of time, in days since 1970-01-01. Nothing here knows of the page. */

/** @typedef {"day"|"week"|"month"|"year"} Unit */

export const UNITS = /** @type {Unit[]} */ (["day", "week", "month", "year"]);
const MOST_BARS = 260;

/** @param {number} day */
export const toDate = (day) => new Date(day * 86_400_000);

/**
 * The first day of the period that holds a day, or of one some periods later; weeks begin on Monday.
 * @param {number} day
 * @param {Unit} unit
 * @param {number} later
 */
export function startOf(day, unit, later = 0) {
  if (unit === "day") return day + later;
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7) + 7 * later;
  const date = toDate(day), month = unit === "month" ? date.getUTCMonth() + later : 0;
  const year = date.getUTCFullYear() + (unit === "year" ? later : 0);
  return Math.round(Date.UTC(year, month, 1) / 86_400_000);
}

/**
 * The first days of the periods from one day to another, and the day after the last.
 * @param {number} first
 * @param {number} last
 * @param {Unit} unit
 */
export function listStarts(first, last, unit) {
  const starts = [startOf(first, unit)];
  while (starts[starts.length - 1] <= last) starts.push(startOf(starts[starts.length - 1], unit, 1));
  return starts;
}

/**
 * The finest unit of which the bars of a chart are few enough.
 * @param {number} first
 * @param {number} last
 * @returns {Unit}
 */
export function chooseUnit(first, last) {
  const days = last - first + 1;
  return UNITS.find((unit) => days / { day: 1, week: 7, month: 30.4, year: 365.25 }[unit] <= MOST_BARS) ?? "year";
}
