/* The railway coloured by a value of each section; dashed where it is missing. */
import { readInks } from "./inks.js";
import { ValuedLayer } from "./valued.js";

const WIDTH = 6; // pixels

/** @param {import("./app.js").App} app */
export function mountCorridor(app) {
  const told = app.options.corridor;
  if (!told) return;
  const layer = new ValuedLayer(app, told, "corridor", "section");
  app.on("sections", (/** @type {CanvasRenderingContext2D} */ brush, /** @type {import("./clusters.js").Window} */ view) => {
    if (!app.layers.corridor) return;
    brush.save();
    brush.lineCap = "round";
    brush.strokeStyle = readInks().paper;
    brush.lineWidth = (WIDTH + 2.5) / view.scale;
    for (const path of layer.paths) brush.stroke(path);
    brush.lineCap = "butt";
    brush.lineWidth = WIDTH / view.scale;
    layer.paths.forEach((path, at) => {
      const known = layer.classOf?.[at] ?? -1;
      brush.strokeStyle = layer.colourOf(known);
      brush.setLineDash(known < 0 || layer.isFew(at) ? [4 / view.scale, 3 / view.scale] : []);
      brush.stroke(path);
    });
    brush.restore();
  });
}
