/* The canvas of the incidents: density and clusters, or marks by place where the pixels have room. */
import { BIN, Places, clusterPlaces, countBins } from "./clusters.js";
import { countHidden } from "./crowding.js";
import { readInks } from "./inks.js";
import { Density } from "./density.js";
import { makeBounds } from "./leaflet.js";
import { MapCanvas, measureWindow, putOff } from "./map_canvas.js";
import { drawMark, drawRing, writeCount } from "./marks.js";
import { worldX, worldY } from "./project.js";
import { ShareLayer } from "./share_layer.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./clusters.js").Cluster} Cluster */

const MOST_MARKS = 3000; // places drawn one by one
const CROWDED = 0.02; // share of bins that hold something from which places are clustered
const MOST_FOOTPRINTS = 2000;
const HIDDEN = 0.2, FEW_HIDDEN = 4; // share and number of counts under other marks from which places are clustered
const HALO = 2; // pixels round a mark that is selected
const NEAR_ZOOM = 11; // from which places are never clustered unless there are too many

/** @param {number} count */
const radiusOf = (count) => Math.min(24, 10 + 3 * Math.log10(count + 1) * 1.5);

/** @param {App} app */
export function mountIncidents(app) {
  const incidents = new Incidents(app);
  app.map.on("move zoomend resize", () => incidents.ask());
  app.map.on("zoomanim", incidents.canvas.animate, incidents.canvas);
  app.map.on("click", (/** @type {any} */ event) => incidents.pick(event.containerPoint));
  app.map.on("mousemove", (/** @type {any} */ event) => incidents.hover(event.containerPoint));
  app.map.on("mouseout", () => incidents.hover(null));
  app.store.onChange(() => incidents.recount());
  app.on("select", () => incidents.ask());
  app.on("redraw", () => incidents.recount());
  app.on("now", () => incidents.draw());
}

class Incidents {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.places = new Places(app.payload, worldX, worldY);
    this.footprints = app.footprints;
    this.shares = new ShareLayer(app);
    this.density = new Density();
    this.canvas = new MapCanvas(app, "gs-incidents", "450");
    this.ask = putOff(() => this.draw());
    /** What can be picked, as it was drawn. @type {{x: number, y: number, radius: number, place: number, cluster: Cluster|null, row?: number}[]} */
    this.drawn = [];
    this.hovered = -1;
    this.recount();
  }

  /** Count what is shown again, and draw. */
  recount() {
    const { store, palette } = this.app;
    this.places.count(store.failed, palette.ofRow, palette.entries.length);
    this.canvas.pane.style.display = this.app.layers.incidents ? "" : "none";
    this.ask();
  }

  draw() {
    const { app } = this, { brush } = this.canvas, view = measureWindow(app.map);
    this.canvas.clear(view);
    const inView = app.layers.incidents ? this.places.listIn(view, 40) : new Uint32Array(0);
    const bins = countBins(this.places, inView, view);
    const crowded = bins.occupied > CROWDED * bins.counts.length && app.map.getZoom() < NEAR_ZOOM;
    this.drawn = [];
    this.shares.dots = [];
    const tooMany = inView.length > MOST_FOOTPRINTS;
    if (app.view.footprints && !tooMany) this.drawFootprints(brush, view, inView);
    for (const place of this.listChosen()) this.footprints.draw(brush, view, place, this.styleOf(place, true)); // below the marks, whose numbers are read
    const isMuch = inView.length > MOST_MARKS || crowded || this.touchMuch(inView, bins);
    if (app.view.sure && app.layers.incidents) this.drawShares(brush, view, isMuch);
    else {
      const marks = isMuch ? [] : this.listMarks(view, inView);
      if (isMuch || this.hideCounts(marks)) this.drawClusters(brush, view, bins);
      else this.drawMarks(brush, marks);
    }
    this.drawChosen(brush, view);
    app.tell("drawn", view, inView.length, this.drawn, this.shares.dots, app.view.footprints && tooMany);
  }

  /**
   * Draw incidents as shares of where they may have been.
   * @param {CanvasRenderingContext2D} brush
   * @param {import("./clusters.js").Window} view
   * @param {boolean} isMuch
   */
  drawShares(brush, view, isMuch) {
    const drawPoints = (/** @type {number[]} */ places) => {
      if (!this.app.view.footprints) this.drawFootprints(brush, view, Uint32Array.from(places.filter((place) => this.footprints.isUnknown(place)))); // or the least sure would look the surest
      this.drawMarks(brush, this.listMarks(view, places));
    };
    if (!isMuch) return drawPoints(this.shares.drawDots(brush, view));
    const drawDensity = (/** @type {ReturnType<typeof countBins>} */ bins) => this.density.draw(brush, bins, readInks().density);
    this.drawn.push(...this.shares.drawClusters(brush, view, drawDensity, radiusOf, (place) => drawPoints([place])));
  }

  /**
   * Whether many places would lie on each other.
   * @param {Uint32Array} inView
   * @param {ReturnType<typeof countBins>} bins
   */
  touchMuch(inView, bins) {
    return inView.length > 60 && this.app.map.getZoom() < NEAR_ZOOM && inView.length * 150 > bins.counts.length * BIN * BIN * 0.35;
  }

  /**
   * @param {CanvasRenderingContext2D} brush
   * @param {import("./clusters.js").Window} view
   * @param {Uint32Array} inView
   */
  drawFootprints(brush, view, inView) {
    const { shapes, discs } = this.footprints.group(inView, this.places.shown);
    for (const place of discs) this.footprints.draw(brush, view, place, this.styleOf(place, false, this.app.view.sure ? this.shares.strengthOf(place) : 1));
    for (const { place } of shapes.values()) this.footprints.draw(brush, view, place, this.styleOf(place, false));
  }

  /**
   * @param {number} place
   * @param {boolean} strong
   * @param {number} opacity
   */
  styleOf(place, strong, opacity = 1) {
    return { colour: this.colourOf(place), strong, cased: this.app.isOnValues(), opacity };
  }

  /** @param {number} place */
  colourOf(place) {
    const { rings, entries } = this.places;
    let best = 0;
    for (let entry = 1; entry < entries; entry++) if (rings[place * entries + entry] > rings[place * entries + best]) best = entry;
    return this.app.palette.entries[best].colour;
  }

  /**
   * @param {CanvasRenderingContext2D} brush
   * @param {import("./clusters.js").Window} view
   * @param {ReturnType<typeof countBins>} bins
   */
  drawClusters(brush, view, bins) {
    this.density.draw(brush, bins, readInks().density);
    const clusters = clusterPlaces(this.places, view, radiusOf);
    for (const cluster of clusters) {
      const radius = radiusOf(cluster.count);
      if (cluster.count === 1) {
        this.drawPlace(brush, { ...cluster, radius: this.sizeOf(cluster.place) });
        continue;
      }
      drawRing(brush, cluster, radius, this.app.palette);
      this.drawn.push({ x: cluster.x, y: cluster.y, radius, place: cluster.place, cluster });
    }
  }

  /**
   * @param {CanvasRenderingContext2D} brush
   * @param {import("./crowding.js").Mark[]} marks
   */
  drawMarks(brush, marks) {
    for (const mark of marks) this.drawPlace(brush, mark);
  }

  /**
   * The marks of places, the smaller ones later: they lie above.
   * @param {import("./clusters.js").Window} view
   * @param {ArrayLike<number>} places
   * @returns {import("./crowding.js").Mark[]}
   */
  listMarks(view, places) {
    const marks = Array.from(places, (place) => {
      const count = this.places.shown[place];
      return { place, count, radius: count > 1 ? radiusOf(count) : this.sizeOf(place), x: this.places.x[place] * view.scale - view.left, y: this.places.y[place] * view.scale - view.top };
    });
    return marks.sort((one, other) => other.radius - one.radius || one.place - other.place);
  }

  /**
   * Whether marks would hide the numbers of many others.
   * @param {import("./crowding.js").Mark[]} marks
   */
  hideCounts(marks) {
    if (this.app.map.getZoom() >= NEAR_ZOOM) return false;
    const { counts, hidden } = countHidden(marks);
    return hidden >= FEW_HIDDEN && hidden > HIDDEN * counts;
  }

  /** Radius of the mark of a place, in pixels: by the column of `size_by`. @param {number} place */
  sizeOf(place) {
    const { payload, store, options, sizes } = this.app;
    if (!sizes) return 6;
    const plane = payload.plane(options.size);
    let most = 0;
    for (let row = payload.placeStart[place]; row < payload.placeStart[place + 1]; row++) {
      if (store.failed[row] === 0) most = Math.max(most, plane.at(row) || 0);
    }
    return sizes.radius(most);
  }

  /**
   * @param {CanvasRenderingContext2D} brush
   * @param {import("./crowding.js").Mark} mark
   */
  drawPlace(brush, { place, count, radius, x, y }) {
    const { palette, view } = this.app;
    brush.globalAlpha = view.sure ? this.shares.strengthOf(place) : 1;
    if (count === 1) {
      const entry = palette.entries[this.places.rings.subarray(place * this.places.entries).findIndex((each) => each > 0)];
      if (!view.centreless || !this.footprints.hasRoom(place)) drawMark(brush, x, y, radius, entry);
      this.drawn.push({ x, y, radius: radius + 3, place, cluster: null });
    } else {
      const from = place * this.places.entries;
      const ring = Float64Array.from(this.places.rings.subarray(from, from + this.places.entries));
      if (view.centreless && this.footprints.hasRoom(place)) writeCount(brush, { x, y: y + 8, count }); // their number alone is no place
      else drawRing(brush, { x, y, count, ring }, radius, palette);
      this.drawn.push({ x, y, radius, place, cluster: null });
    }
    brush.globalAlpha = 1;
  }

  /**
   * Draw a halo round the point of what is selected.
   * @param {CanvasRenderingContext2D} brush
   * @param {import("./clusters.js").Window} view
   */
  drawChosen(brush, view) {
    for (const place of this.listChosen()) {
      const x = this.places.x[place] * view.scale - view.left, y = this.places.y[place] * view.scale - view.top;
      if (place === this.hovered && this.app.selected < 0) continue;
      brush.beginPath();
      brush.arc(x, y, HALO + (this.drawn.find((each) => each.place === place && !each.cluster)?.radius ?? 8), 0, 2 * Math.PI);
      brush.lineWidth = 3;
      brush.strokeStyle = "#111";
      brush.stroke();
      brush.lineWidth = 1.5;
      brush.strokeStyle = "#fff";
      brush.stroke();
    }
  }

  /** The places that are selected or hovered. */
  listChosen() {
    const { payload, selected } = this.app;
    return [...new Set([this.hovered, selected >= 0 ? payload.placeOf[selected] : -1])].filter((place) => place >= 0);
  }

  /** What was drawn under a point of the window, the topmost. @param {{x: number, y: number}} point */
  find(point) {
    for (let at = this.drawn.length - 1; at >= 0; at--) {
      const each = this.drawn[at];
      if (Math.hypot(each.x - point.x, each.y - point.y) <= each.radius) return each;
    }
    const dot = this.shares.findDot(point);
    return dot && { ...dot, place: this.app.payload.placeOf[dot.row], cluster: null };
  }

  /** Select what is clicked, or zoom into a cluster. @param {{x: number, y: number}} point */
  pick(point) {
    const { app } = this, found = this.find(point);
    if (!found) return app.select(-1);
    if (found.cluster && !found.cluster.single) return this.zoomInto(found.cluster);
    if (found.row !== undefined) return app.select(found.row);
    const { placeStart } = app.payload;
    let row = placeStart[found.place + 1] - 1; // the latest
    while (row > placeStart[found.place] && app.store.failed[row]) row--;
    app.select(row);
  }

  /** @param {Cluster} cluster */
  zoomInto({ box }) {
    const { map } = this.app, scale = 2 ** map.getZoom();
    const southWest = map.unproject([box[0] * scale, box[3] * scale], map.getZoom());
    const northEast = map.unproject([box[2] * scale, box[1] * scale], map.getZoom());
    const bounds = makeBounds(southWest, northEast);
    const zoom = Math.max(map.getZoom() + 1, Math.min(map.getBoundsZoom(bounds, false, [60, 60]), map.getMaxZoom()));
    map.setView(bounds.getCenter(), Math.min(zoom, map.getMaxZoom()));
  }

  /** @param {{x: number, y: number}|null} point */
  hover(point) {
    const found = point ? this.find(point) : null;
    const place = found && !found.cluster ? found.place : -1;
    this.app.map.getContainer().style.cursor = found ? "pointer" : "";
    if (place === this.hovered) return;
    this.hovered = place;
    this.app.tell("hover", place < 0 ? -1 : this.app.payload.placeStart[place]);
    this.ask();
  }
}

