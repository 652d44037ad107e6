/* Controls of the map: the whole of it, what it shows, a scale, a picture. */
import { make } from "./dom.js";
import { fitData } from "./fit.js";
import { addControl, addLayerControl, addScale, addSwitch } from "./leaflet.js";
import { savePicture } from "./picture.js";

/** @typedef {import("./app.js").App} App */

const DRAWINGS = {
  whole: ["M3 8V3h5", "M16 3h5v5", "M21 16v5h-5", "M8 21H3v-5"],
  picture: ["M12 3v12", "M7 11l5 5 5-5", "M4 20h16"],
};
const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {App} app
 * @param {any[]} theirs controls of layers that the caller made
 */
export function mountControls(app, theirs) {
  const { map } = app;
  map.attributionControl?.setPrefix(false);
  map.zoomControl?.getContainer()?.querySelectorAll("a").forEach((/** @type {HTMLElement} */ link, /** @type {number} */ at) => {
    link.title = app.say(at ? "zoom_out" : "zoom_in");
    link.setAttribute("aria-label", link.title);
  });
  const end = document.dir === "rtl" ? "left" : "right", corner = `top${end}`, far = `bottom${end}`;
  map.zoomControl?.setPosition(corner);
  addButton(app, corner, "whole", () => fitData(app));
  addButton(app, corner, "picture", () => savePicture(app));
  addLayers(app, corner, theirs.find((each) => each._map === map));
  addScale(map, far);
}

/**
 * @param {App} app
 * @param {string} position
 * @param {keyof typeof DRAWINGS} name of its drawing and its words
 * @param {() => void} act
 */
function addButton(app, position, name, act) {
  const drawing = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "2", "stroke-linecap": "round", "aria-hidden": "true" })) drawing.setAttribute(key, value);
  for (const line of DRAWINGS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    drawing.append(path);
  }
  const words = app.say(`control_${name}`), button = make("button", { type: "button", title: words, "aria-label": words });
  button.append(drawing);
  button.addEventListener("click", act);
  const box = make("div", { class: "leaflet-bar leaflet-control gs-second" });
  box.append(button);
  addControl(app.map, position, box);
}

/**
 * One control for our layers and those that the caller added: theirs is taken, where they have one.
 * @param {App} app
 * @param {string} position
 * @param {any} own the control of the caller
 */
function addLayers(app, position, own) {
  const { map, options } = app, { ground } = options;
  const there = {
    incidents: app.payload.rows > 0, choropleth: Boolean(options.choropleth), corridor: Boolean(options.corridor),
    districts: ground.districts?.length, provinces: ground.provinces?.length, rivers: ground.rivers?.length, railway: ground.rail?.length,
    stations: ground.stations?.length, towns: ground.towns?.length,
  };
  const page = /** @type {any} */ (window);
  const control = own ?? addLayerControl(map, position);
  for (const name of Object.keys(there)) {
    if (!there[/** @type {keyof typeof there} */ (name)]) continue;
    const layer = addSwitch(map, (shown) => {
      app.layers[name] = shown;
      app.tell("redraw");
    });
    control.addOverlay(layer, escape(app.say(`layer_${name}`)));
  }
  if (!own) for (const [name, variable] of options.layers ?? []) if (page[variable]) control.addOverlay(page[variable], escape(name));
  const link = control.getContainer().querySelector("a");
  link?.setAttribute("aria-label", app.say("control_layers"));
  link?.setAttribute("title", app.say("control_layers"));
}

/** Leaflet reads the names of layers as HTML: here they are texts. @param {string} text */
function escape(text) {
  return make("span", {}, text).innerHTML;
}
