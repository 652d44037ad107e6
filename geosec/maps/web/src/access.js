/* What lets a reader without a mouse, or without eyes for the map, use the page. */
import { make } from "./dom.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {{x: number, y: number, radius: number}} Disc */

const REACH = 48; // pixels round the middle of the map within which Enter finds a mark

/** @param {App} app */
export function mountAccess(app) {
  mountSkips(app);
  mountStatus(app);
  mountMap(app);
}

/** Links to the parts of the page, seen when the keyboard reaches them. @param {App} app */
function mountSkips(app) {
  const { page, facets, frame, table } = app.places, map = app.map.getContainer();
  /** @type {[string, () => HTMLElement|null][]} */
  const targets = [
    ["skip_to_map", () => map],
    ["skip_to_filters", () => { app.tell("filters"); return facets.querySelector("input, button, select"); }],
    ["skip_to_table", () => table.querySelector("button")],
  ];
  const links = targets.map(([words, find]) => {
    const link = make("button", { type: "button" }, app.say(words));
    link.addEventListener("click", () => find()?.focus());
    return link;
  });
  page.prepend(make("nav", { class: "gs-skips", "aria-label": app.say("skips") }, ...links));
  frame.setAttribute("role", "main");
}

/** Say what changed to screen readers. @param {App} app */
function mountStatus(app) {
  const status = make("p", { role: "status", class: "gs-unseen" });
  app.places.page.append(status);
  app.on("announce", (words) => { status.textContent = words; });
}

/** Tell what the map is, and let Enter open what is in its middle. @param {App} app */
function mountMap(app) {
  const map = app.map.getContainer(), help = make("p", { class: "gs-unseen", id: "gs-map-help" }, app.say("map_help"));
  const cross = make("div", { class: "gs-cross", "aria-hidden": "true" });
  for (const [name, value] of Object.entries({ role: "application", "aria-label": app.say("map_label"), "aria-describedby": "gs-map-help" })) map.setAttribute(name, value);
  app.places.frame.append(cross, help);
  /** @type {Disc[]} */
  let drawn = [];
  /** @type {import("./share_layer.js").Dot[]} */
  let shares = [];
  app.on("drawn", (_view, _places, /** @type {Disc[]} */ discs, /** @type {import("./share_layer.js").Dot[]} */ dots) => {
    drawn = discs;
    shares = dots;
  });
  map.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.target !== map) return;
    const size = app.map.getSize(), found = findNearest([...drawn, ...shares.map(({ x, y }) => ({ x, y, radius: 0 }))], size.x / 2, size.y / 2);
    if (!found) return;
    const containerPoint = { x: found.x, y: found.y };
    app.map.fire("click", { containerPoint, latlng: app.map.containerPointToLatLng([found.x, found.y]) });
    event.preventDefault();
  });
}

/**
 * The mark that is nearest to a point, `undefined` where none is near.
 * @param {Disc[]} drawn
 * @param {number} x
 * @param {number} y
 */
export function findNearest(drawn, x, y) {
  const away = (/** @type {Disc} */ each) => Math.max(0, Math.hypot(each.x - x, each.y - y) - each.radius);
  return [...drawn].filter((each) => away(each) <= REACH).sort((one, other) => away(one) - away(other))[0];
}
