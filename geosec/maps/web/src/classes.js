/* Classes of numbers: as many values in each, none parted from its equals. */

/** @typedef {{from: number, to: number, count: number}} Class both ends are values that are there */

/**
 * Put numbers into classes that hold as many each as those before have left them: a value that many
 * have, as 0 in a table of counts, takes one class and not several. Few different numbers have a class
 * each.
 * @param {ArrayLike<number|null>} numbers what is missing is in none
 * @param {number} most classes
 * @returns {Class[]}
 */
export function classify(numbers, most = 5) {
  const known = Array.from(numbers).filter((each) => each !== null && Number.isFinite(each)).map(Number).sort((one, other) => one - other);
  let distinct = new Set(known).size;
  /** @type {Class[]} */
  const classes = [];
  for (let first = 0; first < known.length;) {
    const left = most - classes.length, wanted = distinct <= left ? 1 : Math.ceil((known.length - first) / left);
    const from = known[first], to = known[first + wanted - 1];
    let end = first;
    for (; end < known.length && known[end] <= to; end++) if (end === first || known[end] > known[end - 1]) distinct--;
    classes.push({ from, to, count: end - first });
    first = end;
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
