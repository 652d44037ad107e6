/* Web Mercator, in world pixels of zoom 0: the Earth is 256 wide. */

const MOST_LAT = 85.0511287798;
const EQUATOR_M = 40075016.685578488;
export const WIDE_M = 50_000; // radii from which discs are no circles on the map
const RADIUS_M = 6371008.8; // the mean one

let cut = -180; // degrees: where the world is cut; what lies west of it is drawn one turn farther east

/** Cut the world where no incidents are. @param {number} lon degrees */
export function cutWorld(lon) {
  cut = lon;
}

/** A longitude as the map counts it. @param {number} lon degrees */
export function turnLon(lon) {
  return lon < cut ? lon + 360 : lon;
}

/** @param {number} lon degrees */
export function worldX(lon) {
  return ((turnLon(lon) + 180) / 360) * 256;
}

/** Where in the world a place lies that was reached beyond its cut. @param {number} x world pixels */
export function foldX(x) {
  const west = ((cut + 180) / 360) * 256;
  return x - 256 * Math.floor((x - west) / 256);
}

/**
 * The corners of a line or a ring in world pixels. It stays whole: one that runs over the cut goes on
 * beyond it.
 * @param {number[][]} corners degrees
 * @returns {[number, number][]}
 */
export function unrollLine(corners) {
  const turn = corners.length ? turnLon(corners[0][0]) - corners[0][0] : 0;
  return corners.map(([lon, lat]) => [((lon + turn + 180) / 360) * 256, worldY(lat)]);
}

/** @param {number} lat degrees */
export function worldY(lat) {
  const sine = Math.sin((Math.max(-MOST_LAT, Math.min(MOST_LAT, lat)) * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 256;
}

/** The latitude of a world pixel. @param {number} y */
export function unprojectY(y) {
  return (Math.atan(Math.sinh(Math.PI * (1 - y / 128))) * 180) / Math.PI;
}

/**
 * Pixels of a distance near a latitude, at zoom 0.
 * @param {number} metres
 * @param {number} lat degrees
 */
export function worldLength(metres, lat) {
  return (metres * 256) / (EQUATOR_M * Math.cos((lat * Math.PI) / 180));
}

/**
 * The place that lies so far from another one on the globe, in world pixels.
 * @param {number} lon degrees
 * @param {number} lat
 * @param {number} east metres
 * @param {number} north
 */
export function moveOnGlobe(lon, lat, east, north) {
  const metres = Math.hypot(east, north) || 1, way = metres / RADIUS_M, from = (lat * Math.PI) / 180;
  const sine = Math.sin(from) * Math.cos(way) + (Math.cos(from) * Math.sin(way) * north) / metres;
  const turn = Math.atan2((Math.sin(way) * Math.cos(from) * east) / metres, Math.cos(way) - Math.sin(from) * sine);
  const to = Math.asin(Math.max(-1, Math.min(1, sine)));
  return [worldX(lon) + (turn / (2 * Math.PI)) * 256, worldY((to * 180) / Math.PI)];
}

/**
 * Draw a GeoJSON geometry as a path in world pixels of zoom 0.
 * @param {{type: string, coordinates?: any, geometries?: any[]}} geometry
 * @param {Path2D} path
 */
export function tracePath(geometry, path) {
  const { type, coordinates } = geometry;
  if (type === "GeometryCollection") return (geometry.geometries ?? []).forEach((each) => tracePath(each, path));
  const closed = type.endsWith("Polygon");
  const depth = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }[type] ?? 0;
  const trace = (/** @type {any} */ part, /** @type {number} */ level) => {
    if (level > 1) return part.forEach((/** @type {any} */ each) => trace(each, level - 1));
    unrollLine(part).forEach(([x, y], at) => {
      if (at) path.lineTo(x, y);
      else path.moveTo(x, y);
    });
    if (closed) path.closePath();
  };
  if (depth) trace(coordinates, depth);
}
