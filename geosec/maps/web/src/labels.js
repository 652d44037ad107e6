/* Names of places on a canvas, each where it has room: the more important first. */
import { worldX, worldY } from "./project.js";

/**
 * @typedef {{name: string, lat: number, lon: number, zoom: number, until?: number,
 *   kind: "province"|"city"|"town"|"station", km?: string}} Label `km`: its posts, in words
 * @typedef {{x: number, y: number, radius: number}} Disc
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

const FONTS = {
  province: '600 12px "DejaVu Sans", Verdana, sans-serif',
  city: '600 12.5px "DejaVu Sans", Verdana, sans-serif',
  town: '11.5px "DejaVu Sans", Verdana, sans-serif',
  station: '10.5px "DejaVu Sans", Verdana, sans-serif',
};
const HEIGHT = 14;
const EDGE = 3; // pixels between a name and the edge of the map
const BESIDE = 6; // pixels between a place and its name

/**
 * What is written of a place: stations have their km post.
 * @param {Label} label
 */
function tell({ name, kind, km }) {
  if (km) return name ? `${name} · ${km}` : km;
  return kind === "province" ? name.toUpperCase() : name;
}

/**
 * Where the name of a place may begin: right of it, left of it, above, below; where incidents stand on
 * the place, beside their discs. The name of an area stands in its middle.
 * @param {Label} label
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {Disc[]} discs
 * @returns {[number, number][]}
 */
function listCorners({ kind }, x, y, width, discs) {
  if (kind === "province") return [[x - width / 2, y]];
  const on = discs.filter((disc) => Math.hypot(disc.x - x, disc.y - y) < disc.radius + BESIDE);
  const reach = (/** @type {(disc: Disc) => number} */ side) => Math.max(0, ...on.map(side));
  const corners = /** @type {[number, number][]} */ ([
    [x + BESIDE + reach((disc) => disc.x + disc.radius - x), y],
    [x - width - BESIDE - reach((disc) => x - disc.x + disc.radius), y],
  ]);
  if (on.length === 0) return corners;
  const above = reach((disc) => y - disc.y + disc.radius), below = reach((disc) => disc.y + disc.radius - y);
  return [...corners, [x - width / 2, y - HEIGHT / 2 - 3 - above], [x - width / 2, y + HEIGHT / 2 + 3 + below]];
}

/**
 * Choose the labels that have room: none lies on another, on a disc, under a control, or beyond the edge of the map.
 * @param {Label[]} labels in order of importance
 * @param {import("./clusters.js").Window} view
 * @param {number} zoom
 * @param {Disc[]} discs
 * @param {(label: Label) => number} widthOf
 * @param {Box[]} boxes of what lies over the map
 * @returns {{label: Label, x: number, y: number, width: number}[]} `x`, `y`: where its text begins
 */
export function placeLabels(labels, view, zoom, discs, widthOf, boxes = []) {
  /** @type {{label: Label, x: number, y: number, width: number}[]} */
  const placed = [];
  for (const label of labels) {
    if (!(label.name || label.km) || zoom < label.zoom || zoom > (label.until ?? 99)) continue;
    const x = worldX(label.lon) * view.scale - view.left, y = worldY(label.lat) * view.scale - view.top;
    if (x < -80 || y < -20 || x > view.width + 20 || y > view.height + 20) continue;
    const width = widthOf(label);
    for (const [left, middle] of listCorners(label, x, y, width, discs)) {
      if (left < EDGE || left + width > view.width - EDGE || middle < HEIGHT / 2 || middle > view.height - HEIGHT / 2) continue;
      if (boxes.some((box) => left < box.right && left + width > box.left && middle - HEIGHT / 2 < box.bottom && middle + HEIGHT / 2 > box.top)) continue;
      const free = placed.every((each) => Math.abs(each.y - middle) > HEIGHT || left > each.x + each.width + 5 || left + width + 5 < each.x);
      const clear = free && discs.every((disc) => {
        const nearX = Math.max(left, Math.min(disc.x, left + width)), nearY = Math.max(middle - 7, Math.min(disc.y, middle + 7));
        return Math.hypot(disc.x - nearX, disc.y - nearY) > disc.radius + 2;
      });
      if (!clear) continue;
      placed.push({ label, x: left, y: middle, width });
      break;
    }
  }
  return placed;
}

/**
 * @param {CanvasRenderingContext2D} brush
 * @param {ReturnType<typeof placeLabels>} placed
 * @param {{ink: string, faint: string, halo: string}} colours
 */
export function drawLabels(brush, placed, { ink, faint, halo }) {
  brush.textBaseline = "middle";
  brush.textAlign = "left";
  brush.direction = "ltr"; // on a page from right to left, too, their places are counted from the left
  brush.lineJoin = "round";
  brush.lineWidth = 3;
  for (const { label, x, y } of placed) {
    brush.font = FONTS[label.kind];
    const text = tell(label);
    brush.strokeStyle = halo;
    brush.strokeText(text, x, y);
    brush.fillStyle = label.kind === "province" ? faint : ink;
    brush.fillText(text, x, y);
  }
}

/**
 * Measure labels once, as text is slow to measure.
 * @param {CanvasRenderingContext2D} brush
 * @returns {(label: Label) => number}
 */
export function makeRuler(brush) {
  /** @type {Map<Label, number>} */
  const known = new Map();
  return (label) => {
    let width = known.get(label);
    if (width === undefined) {
      brush.font = FONTS[label.kind];
      width = brush.measureText(tell(label)).width;
      known.set(label, width);
    }
    return width;
  };
}
