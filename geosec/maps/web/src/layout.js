import { make } from "./dom.js";

/** @typedef {import("./app.js").App} App */

/**
 * Put the map into a page: a panel beside it, the time line and the table below.
 * @param {App} app
 */
export function mountLayout(app) {
  const map = app.map.getContainer();
  const panel = make("aside", { class: "gs-panel", "aria-label": app.say("panel") });
  const heading = make("header", { class: "gs-heading" });
  const facets = make("div", { class: "gs-facets" });
  const time = make("section", { class: "gs-time", "aria-label": app.say("time") });
  const table = make("section", { class: "gs-table", "aria-label": app.say("table") });
  const frame = make("div", { class: "gs-frame" });
  const page = make("div", { class: "gs-page", lang: app.options.language });
  panel.append(heading, facets);
  map.replaceWith(page);
  frame.append(map);
  page.append(panel, frame, time, table);
  app.places = { page, panel, heading, facets, time, table, frame };
  heading.append(make("h1", {}, app.options.title), make("p", {}, app.options.subtitle));
  new ResizeObserver(() => app.map.invalidateSize({ animate: false })).observe(frame);
}
