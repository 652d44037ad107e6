/* The ground of the map: boundaries, railway, stations and names, on a canvas below the incidents. */
import { readInks } from "./inks.js";
import { drawLabels, makeRuler, placeLabels } from "./labels.js";
import { MapCanvas, measureWindow, putOff } from "./map_canvas.js";
import { tracePath, worldX, worldY } from "./project.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export function mountGround(app) {
  const ground = new Ground(app);
  app.map.on("move zoomend resize", () => ground.ask());
  for (const canvas of [ground.below, ground.above]) app.map.on("zoomanim", canvas.animate, canvas);
  app.on("drawn", (view, count, discs) => ground.drawNames(view, discs));
  for (const event of ["redraw", "ground"]) app.on(event, () => ground.ask());
  app.on("now", () => ground.draw());
  app.on("room", () => ground.drawNames(...ground.last));
  app.places.frame.addEventListener("toggle", () => ground.drawNames(...ground.last), true); // the legend makes room, or takes it
}

/** @param {any[]} geometries */
function traceAll(geometries) {
  const path = new Path2D();
  for (const each of geometries ?? []) tracePath(each, path);
  return path;
}

/** @param {any} geometry */
const isArea = (geometry) => geometry.type.endsWith("Polygon");

const MOST_DISCS = 400; // of incidents that names make room for
const BELOW_INCIDENTS = "440", ABOVE_INCIDENTS = "460";

class Ground {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    const { ground } = app.options;
    /** @type {any[]} */
    const rivers = ground.rivers ?? [];
    this.paths = {
      country: traceAll(ground.country),
      districts: traceAll(ground.districts),
      provinces: traceAll(ground.provinces),
      rivers: traceAll(rivers.filter((each) => !isArea(each))),
      waters: traceAll(rivers.filter(isArea)),
      rail: traceAll(ground.rail),
    };
    this.filled = !ground.tiles;
    this.stations = ground.stations ?? [];
    this.towns = ground.towns ?? [];
    this.below = new MapCanvas(app, "gs-ground", "210");
    this.above = new MapCanvas(app, "gs-names", ABOVE_INCIDENTS);
    this.widthOf = makeRuler(this.above.brush);
    /** What names were last written round. @type {[import("./clusters.js").Window, import("./labels.js").Disc[]]} */
    this.last = [measureWindow(app.map), []];
    this.ask = putOff(() => this.draw());
    this.ask();
  }

  draw() {
    const view = measureWindow(this.app.map), { brush } = this.below;
    const ink = readInks();
    this.below.clear(view);
    brush.save();
    brush.translate(-view.left, -view.top);
    brush.scale(view.scale, view.scale);
    brush.lineJoin = "round";
    if (this.filled) {
      brush.fillStyle = ink.land;
      brush.fill(this.paths.country, "evenodd");
    }
    const { layers } = this.app;
    this.app.tell("areas", brush, view);
    if (layers.rivers) {
      brush.fillStyle = ink.river;
      brush.fill(this.paths.waters, "evenodd");
      this.stroke(brush, view, this.paths.rivers, ink.river, 1.1);
    }
    if (layers.districts) this.stroke(brush, view, this.paths.districts, ink.district, 0.7);
    if (layers.provinces) this.stroke(brush, view, this.paths.provinces, ink.province, 1.3);
    this.stroke(brush, view, this.paths.country, ink.border, 1.7);
    if (layers.railway) {
      this.stroke(brush, view, this.paths.rail, ink.rail, 2);
      brush.setLineDash([5 / view.scale, 5 / view.scale]);
      this.stroke(brush, view, this.paths.rail, ink.land, 1);
      brush.setLineDash([]);
    }
    this.app.tell("sections", brush, view);
    brush.restore();
    if (layers.stations && this.app.map.getZoom() >= 8) this.drawStations(brush, view, ink);
  }

  /**
   * @param {CanvasRenderingContext2D} brush
   * @param {import("./clusters.js").Window} view
   * @param {Path2D} path
   * @param {string} colour
   * @param {number} width pixels
   */
  stroke(brush, view, path, colour, width) {
    brush.strokeStyle = colour;
    brush.lineWidth = width / view.scale;
    brush.stroke(path);
  }

  /**
   * @param {CanvasRenderingContext2D} brush
   * @param {import("./clusters.js").Window} view
   * @param {ReturnType<typeof readInks>} ink
   */
  drawStations(brush, view, ink) {
    brush.fillStyle = ink.land;
    brush.strokeStyle = ink.rail;
    brush.lineWidth = 1;
    for (const { lat, lon } of this.stations) {
      const x = worldX(lon) * view.scale - view.left, y = worldY(lat) * view.scale - view.top;
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      brush.beginPath();
      brush.arc(x, y, 2.2, 0, 2 * Math.PI);
      brush.fill();
      brush.stroke();
    }
  }

  /**
   * @param {import("./clusters.js").Window} view
   * @param {import("./labels.js").Disc[]} discs
   */
  drawNames(view, discs) {
    const ink = readInks();
    this.last = [view, discs];
    this.above.clear(view);
    const isCrowd = discs.length > MOST_DISCS, crowd = isCrowd ? discs.slice(0, MOST_DISCS) : discs;
    this.above.pane.style.zIndex = isCrowd ? BELOW_INCIDENTS : ABOVE_INCIDENTS; // shares and outlines lie on names
    const { layers } = this.app;
    const names = [...(layers.towns ? this.towns : []), ...(layers.stations ? this.stations : [])];
    const placed = placeLabels(names, view, this.app.map.getZoom(), crowd, this.widthOf, this.findBoxes());
    drawLabels(this.above.brush, placed, { ink: ink.name, faint: ink["name-faint"], halo: ink.halo });
  }

  /** What lies over the map: no name is written under a button, or half under the legend. */
  findBoxes() {
    const { frame } = this.app.places, origin = this.app.map.getContainer().getBoundingClientRect();
    return [...frame.querySelectorAll(".leaflet-control, .gs-legend, .gs-card")].map((each) => each.getBoundingClientRect())
      .filter((box) => box.width > 0)
      .map((box) => ({ left: box.left - origin.left, top: box.top - origin.top, right: box.right - origin.left, bottom: box.bottom - origin.top }));
  }
}
