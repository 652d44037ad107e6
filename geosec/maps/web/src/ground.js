/* The ground of the map: boundaries, railway, stations and names, on a canvas below the incidents. */
import { readInks } from "./inks.js";
import { drawLabels, makeRuler, placeLabels } from "./labels.js";
import { tracePath, worldX, worldY } from "./project.js";

/** @typedef {import("./app.js").App} App */

/**
 * @param {App} app
 * @param {any} L Leaflet
 */
export function mountGround(app, L) {
  const ground = new Ground(app, L);
  app.map.on("move zoomend resize", () => ground.ask());
  app.map.on("zoomanim", (/** @type {any} */ event) => ground.animate(event));
  app.on("drawn", (view, count, discs) => ground.drawNames(view, discs));
  app.on("redraw", () => ground.ask());
  app.on("now", () => ground.draw());
}

/** @param {any[]} geometries */
function traceAll(geometries) {
  const path = new Path2D();
  for (const each of geometries ?? []) tracePath(each, path);
  return path;
}

class Ground {
  /** @param {App} app
   * @param {any} L */
  constructor(app, L) {
    this.app = app;
    this.L = L;
    const { ground } = app.options;
    this.paths = {
      country: traceAll(ground.country),
      districts: traceAll(ground.districts),
      provinces: traceAll(ground.provinces),
      rail: traceAll(ground.rail),
    };
    this.filled = !ground.tiles;
    this.stations = ground.stations ?? [];
    this.towns = ground.towns ?? [];
    this.below = this.makeCanvas("gs-ground", "210");
    this.above = this.makeCanvas("gs-names", "440");
    this.widthOf = makeRuler(this.above.brush);
    this.asked = false;
    this.ask();
  }

  /**
   * @param {string} name of the pane
   * @param {string} height its z-index
   */
  makeCanvas(name, height) {
    const canvas = document.createElement("canvas");
    canvas.className = `${name} leaflet-zoom-animated`;
    canvas.setAttribute("aria-hidden", "true");
    const pane = this.app.map.createPane(name);
    pane.style.zIndex = height;
    pane.style.pointerEvents = "none";
    pane.append(canvas);
    return { canvas, brush: /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")) };
  }

  ask() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.draw();
    });
  }

  /** @param {any} event */
  animate(event) {
    const { map } = this.app, scale = map.getZoomScale(event.zoom);
    const offset = map._latLngToNewLayerPoint(map.containerPointToLatLng([0, 0]), event.zoom, event.center);
    for (const { canvas } of [this.below, this.above]) this.L.DomUtil.setTransform(canvas, offset, scale);
  }

  /**
   * Clear a canvas and put it over the window.
   * @param {{canvas: HTMLCanvasElement, brush: CanvasRenderingContext2D}} layer
   * @param {import("./clusters.js").Window} view
   */
  clear({ canvas, brush }, view) {
    const { density } = this.app;
    const width = Math.round(view.width * density), height = Math.round(view.height * density);
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
      Object.assign(canvas.style, { width: `${view.width}px`, height: `${view.height}px` });
    }
    this.L.DomUtil.setPosition(canvas, this.app.map.containerPointToLayerPoint([0, 0]));
    brush.setTransform(density, 0, 0, density, 0, 0);
    brush.clearRect(0, 0, view.width, view.height);
  }

  draw() {
    const view = measure(this.app.map), { brush } = this.below;
    const ink = readInks();
    this.clear(this.below, view);
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
    this.clear(this.above, view);
    const crowd = discs.length > 400 ? discs.slice(0, 400) : discs;
    const { layers } = this.app;
    const names = [...(layers.towns ? this.towns : []), ...(layers.stations ? this.stations : [])];
    const placed = placeLabels(names, view, this.app.map.getZoom(), crowd, this.widthOf);
    drawLabels(this.above.brush, placed, { ink: ink.name, faint: ink["name-faint"], halo: ink.halo });
  }
}

/** @param {any} map */
function measure(map) {
  const size = map.getSize(), corner = map.getPixelBounds().min;
  return { left: corner.x, top: corner.y, width: size.x, height: size.y, scale: 2 ** map.getZoom() };
}
