import { WIDE_M, moveOnGlobe, tracePath, worldLength, worldX, worldY } from "./project.js";

/**
 * @typedef {{share: number, lon: number, lat: number, radius: number, shape: number}} Footprint where a
 *   phrase read so may be: its point in degrees, metres of its radius, NaN where it is not known, and
 *   the number of its outline, -1 for a disc; `share` is how probable it is among the readings
 * @typedef {{colour: string, strong: boolean, cased: boolean, opacity: number}} Style `cased` outlines have
 *   a white edge, to be seen on coloured districts and sections
 */

const CORNERS = 120; // of a wide disc
const DEGREE_M = 111_195;

/**
 * Draw where incidents may have been: a disc, an outline or a stretch of line each, and equal ones
 * once, with how many they are.
 */
export class Footprints {
  /** @param {import("./payload.js").Payload} payload */
  constructor(payload) {
    this.payload = payload;
    /** @type {Map<number, Path2D>} */
    this.paths = new Map();
  }

  /** The outline of a place, -1 where it is a disc or has several readings. @param {number} place */
  shapeOf(place) {
    const shape = this.payload.shape.at(place);
    return Number.isNaN(shape) || !Number.isNaN(this.payload.readings.at(place)) ? -1 : shape;
  }

  /**
   * What a place may be: one footprint, or one for each reading of its phrase.
   * @param {number} place
   * @returns {Footprint[]}
   */
  list(place) {
    const { payload } = this, readings = payload.readings.at(place);
    if (Number.isNaN(readings)) return [{ share: 1, lon: payload.lon[place], lat: payload.lat[place], radius: payload.radius[place], shape: this.shapeOf(place) }];
    return payload.head.readings[readings].map(([share, lon, lat, radius, shape]) => ({ share, lon, lat, radius, shape }));
  }

  /** Whether a place is more than its point. @param {number} place */
  hasRoom(place) {
    return this.payload.radius[place] > 0 || this.shapeOf(place) >= 0 || !Number.isNaN(this.payload.readings.at(place));
  }

  /** Whether nobody knows how near to its point a place is. @param {number} place */
  isUnknown(place) {
    return Number.isNaN(this.payload.radius[place]) && !this.hasRoom(place);
  }

  /** @param {number} shape */
  path(shape) {
    let path = this.paths.get(shape);
    if (!path) {
      path = new Path2D();
      tracePath(this.payload.head.shapes[shape], path);
      this.paths.set(shape, path);
    }
    return path;
  }

  /**
   * Draw what a place may be.
   * @param {CanvasRenderingContext2D} brush
   * @param {import("./clusters.js").Window} view
   * @param {number} place
   * @param {Style} style
   */
  draw(brush, view, place, style) {
    for (const each of this.list(place)) this.drawOne(brush, view, each, style);
  }

  /**
   * @param {CanvasRenderingContext2D} brush
   * @param {import("./clusters.js").Window} view
   * @param {Footprint} footprint
   * @param {Style} style
   */
  drawOne(brush, view, { lon, lat, radius, shape }, { colour, opacity, strong: chosen, cased }) {
    const { payload } = this, strong = chosen || cased;
    const stroke = (/** @type {number} */ width, /** @type {number} */ strength, /** @type {() => void} */ trace) => {
      if (cased) {
        brush.strokeStyle = "#fff";
        brush.globalAlpha = 0.8 * opacity;
        brush.lineWidth = width + 2.5 / (shape >= 0 ? view.scale : 1);
        trace();
      }
      brush.strokeStyle = colour;
      brush.globalAlpha = opacity * strength;
      brush.lineWidth = width;
      trace();
    };
    brush.save();
    brush.fillStyle = colour;
    if (shape >= 0) {
      const line = /Line/.test(payload.head.shapes[shape].type);
      brush.translate(-view.left, -view.top);
      brush.scale(view.scale, view.scale);
      brush.lineJoin = brush.lineCap = "round";
      const trace = () => brush.stroke(this.path(shape));
      if (line) stroke((chosen ? 9 : 6) / view.scale, strong ? 0.75 : 0.3, trace);
      else {
        brush.globalAlpha = opacity * (chosen ? 0.16 : 0.05);
        brush.fill(this.path(shape), "evenodd");
        stroke((strong ? 2 : 1.2) / view.scale, strong ? 0.95 : 0.5, trace);
      }
    } else {
      const x = worldX(lon) * view.scale - view.left, y = worldY(lat) * view.scale - view.top;
      const unknown = Number.isNaN(radius);
      const reach = unknown ? 18 : worldLength(radius, lat) * view.scale;
      if (reach >= 2) {
        brush.beginPath();
        if (isWide(radius, lat)) traceWide(brush, view, { lon, lat, radius });
        else brush.arc(x, y, reach, 0, 2 * Math.PI);
        brush.globalAlpha = opacity * (chosen ? 0.16 : 0.05);
        if (!unknown) brush.fill();
        if (unknown) brush.setLineDash([4, 4]);
        stroke(strong ? 2 : unknown ? 1.5 : 1, strong ? 0.95 : unknown ? 0.8 : 0.45, () => brush.stroke());
      }
    }
    brush.restore();
  }

  /**
   * Group places by outline: the number of incidents of each shape, and the places that are discs.
   * @param {ArrayLike<number>} places
   * @param {Uint32Array} shown
   */
  group(places, shown) {
    /** @type {Map<number, {place: number, count: number}>} */
    const shapes = new Map();
    const discs = [];
    for (let at = 0; at < places.length; at++) {
      const place = places[at], shape = this.shapeOf(place);
      if (shape < 0) discs.push(place);
      else {
        const known = shapes.get(shape);
        if (known) known.count += shown[place];
        else shapes.set(shape, { place, count: shown[place] });
      }
    }
    return { shapes, discs };
  }
}

/**
 * Whether a disc is no circle on the map; one that holds a pole cannot be drawn there, and stays one.
 * @param {number} radius metres
 * @param {number} lat degrees
 */
function isWide(radius, lat) {
  return radius > WIDE_M && Math.abs(lat) + radius / DEGREE_M < 89;
}

/**
 * @param {CanvasRenderingContext2D} brush
 * @param {import("./clusters.js").Window} view
 * @param {{lon: number, lat: number, radius: number}} disc
 */
function traceWide(brush, view, { lon, lat, radius }) {
  for (let at = 0; at < CORNERS; at++) {
    const turn = (2 * Math.PI * at) / CORNERS, [x, y] = moveOnGlobe(lon, lat, radius * Math.sin(turn), radius * Math.cos(turn));
    brush.lineTo(x * view.scale - view.left, y * view.scale - view.top);
  }
  brush.closePath();
}
