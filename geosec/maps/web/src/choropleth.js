/* Districts coloured by a value of each; hatched where it stands on few incidents, or is missing. */
import { ValuedLayer, makeHatch } from "./valued.js";

/** @param {import("./app.js").App} app */
export function mountChoropleth(app) {
  const told = app.options.choropleth;
  if (!told) return;
  const layer = new ValuedLayer(app, told, "choropleth", "area");
  app.on("areas", (/** @type {CanvasRenderingContext2D} */ brush, /** @type {import("./clusters.js").Window} */ view) => {
    if (!app.layers.choropleth) return;
    const hatch = makeHatch(brush, view.scale);
    brush.save();
    layer.paths.forEach((path, at) => {
      const known = layer.classOf?.[at] ?? -1;
      brush.fillStyle = layer.colourOf(known);
      brush.fill(path, "evenodd");
      if (known >= 0 && !layer.isFew(at)) return;
      brush.fillStyle = hatch;
      brush.fill(path, "evenodd");
    });
    brush.restore();
  });
}
