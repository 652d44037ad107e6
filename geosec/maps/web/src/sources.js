/* The line of sources: whose the data are, of when, under which terms, and how the map was made. */
import { make } from "./dom.js";

/** @typedef {import("./app.js").App} App */

/** @param {App} app */
export function mountSources(app) {
  const { credit, until: date, steps } = app.options;
  const line = [credit, date && app.say("data_of", { date })].filter(Boolean).join(" · ");
  const list = make("dl");
  const add = (/** @type {string} */ words, /** @type {string} */ text) => list.append(make("dt", {}, app.say(words)), make("dd", { dir: "auto" }, text));
  if (credit) add("sources", credit);
  if (date) add("data_date", date);
  if (steps?.length) add("how_made", steps.join("\n"));
  add("software", app.say("software_terms"));
  const summary = make("summary", {}, make("span", { class: "gs-sources-line", dir: "auto" }, line), make("span", { class: "gs-sources-more" }, app.say("sources_more")));
  app.places.sources.append(make("details", {}, summary, list));
}
