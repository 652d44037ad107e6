/* How far marks hide the numbers of others. */

/** @typedef {{place: number, count: number, radius: number, x: number, y: number}} Mark in pixels of the window */

const NUMBER = 6; // pixels from the middle of a number to its end
const CELL = 32; // pixels; no mark and number reach farther than one cell

/**
 * Count the marks with a number (those of several incidents), and those of them whose number a later
 * mark lies on.
 * @param {Mark[]} marks as they are drawn, one after another
 */
export function countHidden(marks) {
  /** @type {Map<string, Mark[]>} marks drawn so far, the later first, by cell */
  const cells = new Map();
  let counts = 0, hidden = 0;
  for (const mark of [...marks].reverse()) {
    const column = Math.floor(mark.x / CELL), row = Math.floor(mark.y / CELL);
    if (mark.count > 1) {
      counts++;
      if (listNear(cells, column, row).some((each) => Math.hypot(each.x - mark.x, each.y - mark.y) < each.radius + NUMBER)) hidden++;
    }
    const key = `${column} ${row}`, own = cells.get(key);
    if (own) own.push(mark);
    else cells.set(key, [mark]);
  }
  return { counts, hidden };
}

/**
 * @param {Map<string, Mark[]>} cells
 * @param {number} column
 * @param {number} row
 */
function listNear(cells, column, row) {
  const near = [];
  for (let down = -1; down <= 1; down++) for (let across = -1; across <= 1; across++) near.push(...(cells.get(`${column + across} ${row + down}`) ?? []));
  return near;
}
