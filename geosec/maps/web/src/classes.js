/* Classes of numbers: as many values in each, none parted from its equals. */

/** @typedef {{from: number, to: number, count: number}} Class both ends are values that are there */

const MOST = 5; // classes

/**
 * Put numbers into classes. Numbers on both sides of 0 have up to three to each side, which are as far
 * from it on one side as on the other: they end at 1/9, 4/9 and all of the farthest, a third, two thirds
 * and all of its square root.
 * @param {ArrayLike<number|null>} numbers what is missing is in none
 * @returns {Class[]}
 */
export function classify(numbers) {
  const known = Array.from(numbers).filter((each) => each !== null && Number.isFinite(each)).map(Number).sort((one, other) => one - other);
  if (!(known[0] < 0 && known[known.length - 1] >= 0)) return cutClasses(known, MOST);
  const farthest = Math.max(-known[0], known[known.length - 1]);
  /** @type {Class[]} */
  const classes = [];
  known.forEach((each, at) => {
    if (at && findLevel(each, farthest) === findLevel(known[at - 1], farthest)) Object.assign(classes[classes.length - 1], { to: each, count: classes[classes.length - 1].count + 1 });
    else classes.push({ from: each, to: each, count: 1 });
  });
  return classes;
}

/**
 * How far from 0 a number is, of 1 to 3, and of -3 to -1 below it.
 * @param {number} number
 * @param {number} farthest
 */
function findLevel(number, farthest) {
  const away = 9 * Math.abs(number), level = 1 + Number(away > farthest) + Number(away > 4 * farthest);
  return number < 0 ? -level : level;
}

/**
 * Cut sorted numbers into classes that hold as many each as those before have left them: a number that
 * many have, as 0 in a table of counts, takes one class and not several. Few different numbers have a
 * class each.
 * @param {number[]} known
 * @param {number} most
 * @returns {Class[]}
 */
function cutClasses(known, most) {
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
 * The name of the colour of a class: a step of a ramp of five, of which few classes take the ends and
 * what lies evenly between; on both sides of 0 a step of the ramp of each side.
 * @param {Class[]} classes
 * @param {number} at
 * @param {string} ramp
 */
export function nameInk(classes, at, ramp) {
  const least = classes[0].from, largest = classes[classes.length - 1].to;
  if (!(least < 0 && largest >= 0)) return `${ramp}-${pickStep(at, classes.length)}`;
  const level = findLevel(classes[at].to < 0 ? classes[at].from : classes[at].to, Math.max(-least, largest));
  return level < 0 ? `${ramp}-below-${-level}` : `${ramp}-${2 * level - 1}`;
}

/**
 * @param {number} at
 * @param {number} count of classes
 */
function pickStep(at, count) {
  return count <= 1 ? 4 : 1 + Math.round((at * 4) / (count - 1));
}
