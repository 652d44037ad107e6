/* Marks of incidents and clusters on a canvas. */

/** @typedef {import("./palette.js").Entry} Entry */

const LEAST = 5, MORE = 9; // pixels of the radius of a mark
const SAMPLED = 20_000; // rows looked at for the scale of sizes

/**
 * Write a count with three figures at the most: 1234 is 1.2k.
 * @param {number} count
 */
export function formatCount(count) {
  if (count < 1000) return String(Math.round(count));
  const [size, letter] = count < 999_500 ? [1e3, "k"] : [1e6, "M"];
  const told = count / size;
  return `${told < 9.95 ? told.toFixed(1).replace(/\.0$/, "") : Math.round(told)}${letter}`;
}

/**
 * Make the scale of a column of numbers: pixels of the radius of a mark, whose area grows with the
 * number. `top` has the largest mark; what is beyond it has the same.
 * @param {import("./payload.js").Payload} payload
 * @param {string} column
 * @returns {{top: number, whole: boolean, radius: (number: number) => number}|null} `null` where there is no such column
 */
export function makeScale(payload, column) {
  if (payload.columns.get(column)?.kind !== "number") return null;
  const plane = payload.plane(column), step = Math.ceil(payload.rows / SAMPLED), numbers = [];
  for (let row = 0; row < payload.rows; row += step) if (plane.at(row) > 0) numbers.push(plane.at(row));
  numbers.sort((one, other) => one - other);
  if (!numbers.length) return { top: 0, whole: true, radius: () => LEAST };
  const top = numbers[Math.floor((numbers.length - 1) * 0.98)];
  return { top, whole: numbers.every(Number.isInteger), radius: (number) => LEAST + (number > 0 ? MORE * Math.sqrt(Math.min(1, number / top)) : 0) };
}

/**
 * Write an expected number: one decimal below ten tells it from a count.
 * @param {number} expected
 */
export function formatExpected(expected) {
  if (expected < 0.05) return "<0.1";
  return expected < 9.95 ? expected.toFixed(1) : formatCount(Math.round(expected));
}

/**
 * Add the outline of a mark to what is traced.
 * @param {CanvasRenderingContext2D} brush
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {import("./palette.js").Shape} shape
 */
export function addMark(brush, x, y, radius, shape) {
  if (shape === "circle") {
    brush.moveTo(x + radius, y);
    brush.arc(x, y, radius, 0, 2 * Math.PI);
  } else if (shape === "square") brush.rect(x - radius * 0.88, y - radius * 0.88, radius * 1.76, radius * 1.76);
  else {
    brush.moveTo(x, y - radius * 1.2);
    brush.lineTo(x + radius * 1.1, y + radius * 0.8);
    brush.lineTo(x - radius * 1.1, y + radius * 0.8);
    brush.closePath();
  }
}

/**
 * @param {CanvasRenderingContext2D} brush
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {Entry} entry
 */
export function drawMark(brush, x, y, radius, entry) {
  brush.beginPath();
  addMark(brush, x, y, radius, entry.shape);
  brush.fillStyle = entry.colour;
  brush.fill();
  brush.lineWidth = 1.5;
  brush.strokeStyle = "#fff";
  brush.stroke();
}

/**
 * Draw a cluster: its count, with a ring of its types.
 * @param {CanvasRenderingContext2D} brush
 * @param {{x: number, y: number, count: number, ring: Float64Array}} cluster
 * @param {number} radius
 * @param {import("./palette.js").Palette} palette
 * @param {{text?: string, strength?: number}} style what stands in it, and how strong its colours are
 */
export function drawRing(brush, { x, y, count, ring }, radius, palette, { text = formatCount(count), strength = 1 } = {}) {
  brush.beginPath();
  brush.arc(x, y, radius + 1, 0, 2 * Math.PI);
  brush.fillStyle = "#fff";
  brush.fill();
  const opacity = brush.globalAlpha;
  let from = -Math.PI / 2;
  brush.lineWidth = 4;
  brush.globalAlpha = opacity * strength;
  for (let entry = 0; entry < ring.length; entry++) {
    if (!ring[entry]) continue;
    const to = from + (2 * Math.PI * ring[entry]) / count;
    brush.beginPath();
    brush.arc(x, y, radius - 2, from, to);
    brush.strokeStyle = palette.entries[entry].colour;
    brush.stroke();
    from = to;
  }
  brush.globalAlpha = opacity;
  brush.fillStyle = "#1f2430";
  brush.font = `600 ${radius < 13 ? 10 : 11.5}px "DejaVu Sans", Verdana, sans-serif`;
  brush.textAlign = "center";
  brush.textBaseline = "middle";
  brush.fillText(text, x, y + 0.5);
}

/**
 * Write how many incidents a footprint stands for, above a point.
 * @param {CanvasRenderingContext2D} brush
 * @param {{x: number, y: number, count: number}} told
 */
export function writeCount(brush, { x, y, count }) {
  brush.font = '600 12px "DejaVu Sans", Verdana, sans-serif';
  brush.textAlign = "center";
  brush.textBaseline = "bottom";
  brush.lineWidth = 3;
  brush.lineJoin = "round";
  brush.strokeStyle = "#fff";
  brush.strokeText(formatCount(count), x, y - 3);
  brush.fillStyle = "#1f2430";
  brush.fillText(formatCount(count), x, y - 3);
}
