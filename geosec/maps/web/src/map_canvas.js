/* A canvas that lies over the window of the map. */
import { placeCanvas, zoomCanvas } from "./leaflet.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./clusters.js").Window} Window */

/**
 * The window of the map, in pixels of the screen.
 * @param {any} map
 * @returns {Window}
 */
export function measureWindow(map) {
  const size = map.getSize(), corner = map.getPixelBounds().min;
  return { left: corner.x, top: corner.y, width: size.x, height: size.y, scale: 2 ** map.getZoom() };
}

/**
 * Put a task off to the next frame of the screen, once however often it is asked for.
 * @param {() => void} task
 */
export function putOff(task) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      task();
    });
  };
}

export class MapCanvas {
  /**
   * @param {App} app
   * @param {string} name of the pane
   * @param {string} height its z-index
   */
  constructor(app, name, height) {
    this.app = app;
    this.canvas = document.createElement("canvas");
    this.canvas.className = `${name} leaflet-zoom-animated`;
    this.canvas.setAttribute("aria-hidden", "true");
    this.pane = app.map.createPane(name);
    this.pane.style.zIndex = height;
    this.pane.style.pointerEvents = "none";
    this.pane.append(this.canvas);
    this.brush = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
  }

  /**
   * Zoom the canvas with the map until it is drawn anew.
   * @param {any} event
   */
  animate(event) { zoomCanvas(this.app.map, this.canvas, event); }

  /**
   * Clear the canvas and put it over the window.
   * @param {Window} view
   */
  clear(view) {
    const { canvas, brush, app } = this, { density } = app;
    const width = Math.round(view.width * density), height = Math.round(view.height * density);
    const printing = document.documentElement.classList.contains("gs-printing");
    const renewed = printing || canvas.width !== width || canvas.height !== height;
    if (renewed) { // which clears it, too; what is cleared otherwise is white on paper, and hides what lies below
      Object.assign(canvas, { width, height });
      Object.assign(canvas.style, { width: `${view.width}px`, height: `${view.height}px` });
    }
    placeCanvas(app.map, canvas);
    brush.setTransform(density, 0, 0, density, 0, 0);
    if (!renewed) brush.clearRect(0, 0, view.width, view.height);
  }
}
