/* Outlines filled with places: areas evenly over the Earth, lines over their length. */
import { unprojectY, unrollLine, worldX, worldY } from "./project.js";

/**
 * @typedef {{x: Float64Array, y: Float64Array, area: number, length: number}} Pool draws of an outline, in
 *   world pixels of zoom 0, and how large it is
 */

const LINES = 400; // across an area, that its draws lie on
export const POOLED = 1500; // draws of an outline, that its places choose from
// Steps of numbers that fill a square evenly, and of one that fills a line so, however many are taken:
// the sequences R2 and R1 of M. Roberts 2018, "The unreasonable effectiveness of quasirandom sequences".
export const STEPS = [0.7548776662466927, 0.5698402909980532, 0.6180339887498949];

/** @param {number} number */
export const fractionOf = (number) => number - Math.floor(number);

/**
 * Draw places over the area of polygons or the length of lines; a point where there is neither.
 * @param {any} geometry GeoJSON
 * @returns {Pool}
 */
export function fillShape(geometry) {
  const areas = listParts(geometry, 2), lines = listParts(geometry, 1);
  const drawn = (areas.length ? fillAreas(areas) : null) ?? fillLines([...lines, ...areas]); // one may be flat
  if (drawn) return drawn;
  const [lon = 0, lat = 0] = listNumbers(geometry);
  return { x: Float64Array.of(worldX(lon)), y: Float64Array.of(worldY(lat)), area: 0, length: 0 };
}

/**
 * The longitudes and latitudes of a geometry, in turn.
 * @param {any} geometry
 * @returns {number[]}
 */
function listNumbers({ coordinates = [], geometries = [] }) {
  return [...coordinates.flat(Infinity), ...geometries.flatMap(listNumbers)];
}

/**
 * The rings of areas, or the lines, in world pixels.
 * @param {any} geometry
 * @param {1|2} dimension
 * @returns {number[][][]}
 */
export function listParts({ type, coordinates, geometries }, dimension) {
  if (type === "GeometryCollection") return geometries.flatMap((/** @type {any} */ each) => listParts(each, dimension));
  const levels = { LineString: [1, 0], MultiLineString: [1, 1], Polygon: [2, 1], MultiPolygon: [2, 2] }[/** @type {string} */ (type)];
  if (levels?.[0] !== dimension) return [];
  const parts = levels[1] === 0 ? [coordinates] : levels[1] === 1 ? coordinates : coordinates.flat();
  return parts.map(unrollLine);
}

/**
 * Draw evenly over areas of the Earth: along lines of latitude that part them evenly, so that one that
 * is narrow takes no longer than another.
 * @param {number[][][]} rings
 * @returns {Pool|null} null where they have no area
 */
function fillAreas(rings) {
  const corners = rings.flatMap((ring) => ring.map(([, y]) => y));
  const north = corners.reduce((one, other) => Math.min(one, other), Infinity), south = corners.reduce((one, other) => Math.max(one, other), -Infinity);
  const [top, bottom] = [north, south].map(sineOf); // even in area
  const heightOf = (/** @type {number} */ line) => worldY((Math.asin(top + ((bottom - top) * line) / LINES) * 180) / Math.PI);
  const heights = Float64Array.from({ length: LINES }, (_, line) => heightOf(line + 0.5));
  const lines = crossLines(rings, (y) => ((sineOf(y) - top) / (bottom - top)) * LINES - 0.5, heights);
  const widths = lines.map((crossed) => crossed.reduce((sum, x, at) => sum + (at % 2 ? x : -x), 0));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  if (!(whole > 0)) return null;
  const x = new Float64Array(POOLED), y = new Float64Array(POOLED);
  let passed = 0;
  const upto = Float64Array.from(widths, (width) => (passed += width));
  for (let at = 0; at < POOLED; at++) {
    const line = findLine(upto, whole * fractionOf(0.5 + at * STEPS[0]));
    x[at] = findAcross(lines[line], widths[line] * fractionOf(0.5 + at * STEPS[1]));
    y[at] = heights[line];
  }
  return { x, y, area: widths.reduce((sum, width, at) => sum + width * (heightOf(at + 1) - heightOf(at)), 0), length: 0 };
}

/**
 * Find the line up to which lines are so wide together.
 * @param {Float64Array} upto
 * @param {number} wanted
 */
function findLine(upto, wanted) {
  let first = 0, last = upto.length - 1;
  while (first < last) {
    const middle = (first + last) >> 1;
    if (upto[middle] > wanted) last = middle;
    else first = middle + 1;
  }
  return first;
}

/** The sine of the latitude of a world pixel. @param {number} y */
function sineOf(y) {
  return Math.tanh(Math.PI * (1 - y / 128));
}

/**
 * Find where lines of latitude go into areas and out of them again, from the west.
 * @param {number[][][]} rings
 * @param {(y: number) => number} lineOf the number of the line at a world pixel
 * @param {Float64Array} heights
 */
function crossLines(rings, lineOf, heights) {
  /** @type {number[][]} */
  const lines = Array.from(heights, () => []);
  for (const ring of rings) {
    const at = ring.map(([, y]) => lineOf(y));
    ring.forEach(([toX, toY], end) => {
      const start = (end || ring.length) - 1, [fromX, fromY] = ring[start];
      const last = Math.min(LINES, Math.ceil(Math.max(at[start], at[end])));
      for (let line = Math.max(0, Math.ceil(Math.min(at[start], at[end]))); line < last; line++) {
        lines[line].push(fromX + ((toX - fromX) * (heights[line] - fromY)) / (toY - fromY));
      }
    });
  }
  return lines.map((crossed) => crossed.sort((one, other) => one - other));
}

/**
 * Go so far over areas along a line.
 * @param {number[]} crossed
 * @param {number} far
 */
function findAcross(crossed, far) {
  let left = far, at = 0;
  for (; at < crossed.length - 2 && left > crossed[at + 1] - crossed[at]; at += 2) left -= crossed[at + 1] - crossed[at];
  return crossed[at] + left;
}

/**
 * @param {number[][][]} rings
 * @param {number} x
 * @param {number} y
 */
export function isWithin(rings, x, y) {
  let within = false;
  for (const ring of rings) {
    for (let at = 0, last = ring.length - 1; at < ring.length; last = at++) {
      const [toX, toY] = ring[at], [fromX, fromY] = ring[last];
      if (toY > y !== fromY > y && x < ((fromX - toX) * (y - toY)) / (fromY - toY) + toX) within = !within;
    }
  }
  return within;
}

/**
 * Draw evenly over the length of lines on the Earth.
 * @param {number[][][]} lines
 */
function fillLines(lines) {
  /** @type {{from: number[], to: number[], length: number}[]} */
  const pieces = [];
  for (const line of lines) {
    for (let at = 1; at < line.length; at++) {
      const from = line[at - 1], to = line[at];
      const size = Math.cos((unprojectY((from[1] + to[1]) / 2) * Math.PI) / 180); // of a pixel
      pieces.push({ from, to, length: size * Math.hypot(to[0] - from[0], to[1] - from[1]) });
    }
  }
  const whole = pieces.reduce((sum, each) => sum + each.length, 0);
  if (!(whole > 0)) return null;
  const x = new Float64Array(POOLED), y = new Float64Array(POOLED);
  let piece = 0, passed = 0;
  for (let at = 0; at < POOLED; at++) {
    const along = (whole * (at + 0.5)) / POOLED;
    while (piece < pieces.length - 1 && passed + pieces[piece].length < along) passed += pieces[piece++].length;
    const { from, to, length } = pieces[piece], share = Math.min(1, (along - passed) / length);
    x[at] = from[0] + share * (to[0] - from[0]);
    y[at] = from[1] + share * (to[1] - from[1]);
  }
  const length = pieces.reduce((sum, { from, to }) => sum + Math.hypot(to[0] - from[0], to[1] - from[1]), 0);
  return { x, y, area: 0, length };
}
