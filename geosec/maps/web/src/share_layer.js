/* Incidents drawn as shares: expected numbers at a distance, dots where each may have been when near. */
import { clusterPlaces, countBins } from "./clusters.js";
import { readInks } from "./inks.js";
import { addMark, drawRing, formatExpected, writeCount } from "./marks.js";
import { EACH } from "./shares.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./clusters.js").Window} Window */
/** @typedef {{x: number, y: number, row: number}} Dot in pixels of the window, and whose share it is */

const MOST_DOTS = 12_000;
const STEPS = [EACH, 20, 10, 5, 2, 1]; // dots of an incident
const DOT = 2.3; // pixels of its radius
const DOT_REACH = 5; // pixels from which it is pointed at
const POINT = 7; // pixels: what reaches less far is drawn as a point
const COVERED = 0.3; // of a footprint by dots at the most, or it is a wash
const FEWEST = 6; // dots of a place
const PALEST = 0.15;
const LEVELS = 8; // of how pale

export class ShareLayer {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.footprints = app.footprints;
    this.shares = app.shares;
    /** @type {Dot[]} */
    this.dots = [];
  }

  /** How strong the marks of a place are drawn: by its surest row that is shown. @param {number} place */
  strengthOf(place) {
    return this.listShown(place).reduce((most, row) => Math.max(most, this.shares.scoreOf(row)), PALEST);
  }

  /**
   * Draw rings with the number of incidents that are expected in each part of the window.
   * @param {CanvasRenderingContext2D} brush
   * @param {Window} view
   * @param {(bins: ReturnType<typeof countBins>) => void} drawDensity
   * @param {(count: number) => number} radiusOf
   * @param {(place: number) => void} drawAlone draws a place that is all of its part, a point
   */
  drawClusters(brush, view, drawDensity, radiusOf, drawAlone) {
    const shares = this.shares.count(), drawn = [];
    drawDensity(countBins(shares, shares.listIn(view, 40), view));
    for (const cluster of clusterPlaces(shares, view, radiusOf)) {
      const place = shares.placeOf[cluster.place];
      if (cluster.single && !this.footprints.hasRoom(place)) {
        drawAlone(place);
        continue;
      }
      const radius = radiusOf(cluster.count), ring = cluster.ring.subarray(0, -1), score = cluster.ring[ring.length] / cluster.count;
      drawRing(brush, { ...cluster, ring }, radius, this.app.palette, { text: formatExpected(cluster.count), strength: Math.max(PALEST, score) });
      drawn.push({ x: cluster.x, y: cluster.y, radius, place, cluster });
    }
    return drawn;
  }

  /**
   * Draw the places in the window that are more than a point on the screen as dots, and list the others.
   * @param {CanvasRenderingContext2D} brush
   * @param {Window} view
   */
  drawDots(brush, view) {
    const { sampler } = this.shares, spread = /** @type {number[]} */ ([]), points = /** @type {number[]} */ ([]);
    for (const place of this.shares.count().listPlaces(view)) {
      const isPoint = !this.footprints.hasRoom(place) || sampler.measure(place) * view.scale < POINT;
      (isPoint ? points : spread).push(place);
    }
    const { byLook, crowds } = this.spreadDots(view, spread);
    for (const [look, dots] of byLook) this.paintDots(brush, look, dots);
    brush.globalAlpha = 1;
    for (const each of crowds) writeCount(brush, each);
    this.dots = [...byLook.values()].flat();
    return points;
  }

  /**
   * Spread the incidents of places over what they stand in: their dots by how these look, and the
   * places whose dots are fewer than others have, each above its topmost one.
   * @param {Window} view
   * @param {number[]} places
   */
  spreadDots(view, places) {
    const { palette } = this.app;
    const rowsOf = new Map(places.map((place) => [place, this.listShown(place)]));
    const rows = [...rowsOf.values()].reduce((sum, each) => sum + each.length, 0);
    const each = STEPS.find((step) => step * rows <= MOST_DOTS) ?? 1;
    const byLook = /** @type {Map<number, Dot[]>} */ (new Map());
    const crowds = /** @type {{x: number, y: number, count: number}[]} */ ([]);
    for (const [place, own] of rowsOf) {
      const wanted = own.length * each, room = this.countRoom(place, view.scale, Math.round((MOST_DOTS * own.length) / rows));
      const count = Math.min(wanted, room), top = { x: 0, y: Infinity, count: own.length };
      this.shares.sampler.draw(place, count, (worldX, worldY, draw) => {
        const x = worldX * view.scale - view.left, y = worldY * view.scale - view.top;
        if (y < top.y) Object.assign(top, { x, y });
        if (x < -DOT || y < -DOT || x > view.width + DOT || y > view.height + DOT) return;
        const row = own[Math.floor(((draw + 0.5) * own.length) / count)];
        const look = palette.ofRow[row] * (LEVELS + 1) + Math.round(this.shares.scoreOf(row) * LEVELS);
        if (!byLook.has(look)) byLook.set(look, []);
        byLook.get(look)?.push({ x, y, row });
      });
      if (own.length > 1 && count < wanted) crowds.push(top);
    }
    return { byLook, crowds };
  }

  /** The rows of a place that are shown. @param {number} place */
  listShown(place) {
    const { placeStart } = this.app.payload, { failed } = this.app.store, shown = [];
    for (let row = placeStart[place]; row < placeStart[place + 1]; row++) if (failed[row] === 0) shown.push(row);
    return shown;
  }

  /**
   * Paint dots of one colour and shape, and as pale as each other.
   * @param {CanvasRenderingContext2D} brush
   * @param {number} look
   * @param {Dot[]} dots
   */
  paintDots(brush, look, dots) {
    const { colour, shape } = this.app.palette.entries[Math.floor(look / (LEVELS + 1))];
    brush.beginPath();
    for (const { x, y } of dots) addMark(brush, x, y, DOT, shape);
    brush.globalAlpha = Math.max(PALEST, (look % (LEVELS + 1)) / LEVELS) * 0.85;
    if (this.app.isOnValues()) { // to be seen on dark colours, too
      brush.strokeStyle = "#fff";
      brush.lineWidth = 1.6;
      brush.stroke();
    }
    for (const ink of [colour, readInks()["dot-lift"]]) { // lighter on dark ground: dots have no white edge
      brush.fillStyle = ink;
      brush.fill();
    }
  }

  /**
   * How many dots a place has room for.
   * @param {number} place
   * @param {number} scale
   * @param {number} most
   */
  countRoom(place, scale, most) {
    const { area, length } = this.shares.sampler.sumSizes(place);
    const room = (COVERED * area * scale ** 2) / (Math.PI * DOT ** 2) + (COVERED * length * scale) / DOT;
    return Math.max(FEWEST, Math.min(most, Math.round(room)));
  }

  /** The topmost dot under a point of the window. @param {{x: number, y: number}} point */
  findDot(point) {
    for (let at = this.dots.length - 1; at >= 0; at--) {
      const dot = this.dots[at];
      if (Math.hypot(dot.x - point.x, dot.y - point.y) <= DOT_REACH) return dot;
    }
    return null;
  }
}
