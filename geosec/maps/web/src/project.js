/* Web Mercator, in world pixels of zoom 0: the Earth is 256 wide. */

const MOST_LAT = 85.0511287798;
const EQUATOR_M = 40075016.685578488;

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
    part.forEach((/** @type {number[]} */ point, /** @type {number} */ at) => {
      if (at) path.lineTo(worldX(point[0]), worldY(point[1]));
      else path.moveTo(worldX(point[0]), worldY(point[1]));
    });
    if (closed) path.closePath();
  };
  if (depth) trace(coordinates, depth);
}
