/* Classes of numbers: as many values in each, none parted from its equals. */

/** @typedef {{from: number, to: number, count: number}} Class both ends are values that are there */

/**
 * Put numbers into classes by quantiles; where there are few different ones each has its own.
 * @param {ArrayLike<number|null>} numbers what is missing is in none
 * @param {number} most classes
 * @returns {Class[]}
 */
export function classify(numbers, most = 5) {
  const known = Array.from(numbers).filter((each) => each !== null && Number.isFinite(each)).map(Number).sort((one, other) => one - other);
  const distinct = [...new Set(known)];
  const wanted = Math.min(most, distinct.length);
  const ends = distinct.length <= most ? distinct : Array.from({ length: wanted }, (_, at) => known[Math.ceil(((at + 1) * known.length) / wanted) - 1]);
  /** @type {Class[]} */
  const classes = [];
  for (const to of new Set(ends)) {
    const before = classes.at(-1)?.to ?? -Infinity, members = known.filter((each) => each > before && each <= to);
    classes.push({ from: members[0], to, count: members.length });
  }
  return classes;
}

/**
 * The number of the class of a number, -1 where it is missing.
 * @param {Class[]} classes
 * @param {number|null} number
 */
export function findClass(classes, number) {
  return number === null || !Number.isFinite(number) ? -1 : classes.findIndex((each) => number <= each.to);
}

/**
 * The step of a ramp of five for a class: few classes take its ends and what lies evenly between.
 * @param {number} at
 * @param {number} count of classes
 */
export function pickStep(at, count) {
  return count <= 1 ? 4 : 1 + Math.round((at * 4) / (count - 1));
}
