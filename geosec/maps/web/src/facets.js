/* The filters of the panel: each value of a column with how many incidents it has, and how to draw. */
import { foreign, make } from "./dom.js";
import { drawMark } from "./marks.js";
import { RangeFacet } from "./ranges.js";

/** @typedef {import("./app.js").App} App */

const SHOWN = 8; // values of a column before "more"
const LISTED = 200; // values that a list holds at once; a search narrows it

let numbered = 0;

/** @param {App} app */
export function mountFacets(app) {
  const count = make("p", { class: "gs-shown", role: "status" });
  app.places.facets.append(count);
  app.store.onChange(() => tellShown(app, count));
  tellShown(app, count);
  app.places.facets.append(makeDrawing(app));
  const { colour, filters } = app.options;
  for (const name of [...filters].sort((one, other) => Number(other === colour) - Number(one === colour))) {
    const kind = name === "uncertainty_m" ? "number" : app.payload.columns.get(name)?.kind;
    if (kind === "category") app.places.facets.append(new Facet(app, name).element);
    if (kind === "number") app.places.facets.append(new RangeFacet(app, name).element);
  }
}

/**
 * @param {App} app
 * @param {HTMLElement} count
 */
function tellShown(app, count) {
  const shown = app.store.shown.toLocaleString(app.options.language), all = app.payload.rows.toLocaleString(app.options.language);
  count.textContent = app.say("shown", { shown, all });
}

/**
 * Switches of how incidents are drawn.
 * @param {App} app
 */
function makeDrawing(app) {
  const group = make("fieldset", { class: "gs-drawing" }, make("legend", {}, app.say("drawing")));
  for (const name of /** @type {const} */ (["footprints", "sure", "centreless"])) {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id: `gs-${name}` }));
    box.checked = app.view[name];
    box.addEventListener("change", () => {
      app.view[name] = box.checked;
      app.tell("redraw");
    });
    group.append(make("div", { class: "gs-choice" }, box, make("label", { for: `gs-${name}` }, app.say(`draw_${name}`))));
  }
  const note = make("p", { class: "gs-drawing-note", role: "status" });
  app.on("drawn", (_view, _places, _discs, _dots, /** @type {boolean} */ tooMany) => {
    const told = tooMany ? app.say("sure_too_many") : "";
    if (note.textContent !== told) note.textContent = told;
  });
  group.children[1].after(note);
  return group;
}

/** The values of a column: those that are ticked are shown, all where none is. */
class Facet {
  /**
   * @param {App} app
   * @param {string} name of the column
   */
  constructor(app, name) {
    this.app = app;
    this.name = name;
    this.id = `gs-value-${numbered++}`; // whatever the column is called
    /** @type {Set<string>} */
    this.chosen = new Set(app.store.asked.get(name) ?? []);
    this.all = false;
    this.wanted = "";
    /** The values that are listed. @type {string[]} */
    this.listed = [];
    const counts = app.store.countValues(name);
    const ordered = app.payload.columns.get(name)?.ordered; // then they are counted in their order
    this.order = ordered ? [...counts.keys()] : [...counts.keys()].sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0) || one.localeCompare(other));
    this.list = make("div", { class: "gs-values" });
    this.more = /** @type {HTMLButtonElement} */ (make("button", { type: "button", class: "gs-link" }));
    this.more.addEventListener("click", () => { this.all = !this.all; this.draw(); });
    this.clear = make("button", { type: "button", class: "gs-link gs-clear" }, app.say("show_all"));
    this.clear.addEventListener("click", () => this.choose(new Set()));
    this.search = /** @type {HTMLInputElement} */ (make("input", { type: "search", "aria-label": app.say("find_value", { column: this.title() }), placeholder: app.say("find") }));
    this.search.addEventListener("input", () => { this.wanted = this.search.value.toLocaleLowerCase(); this.draw(); });
    this.element = make("fieldset", { class: "gs-facet" }, make("legend", {}, this.title()), this.clear, this.search, this.list, this.more);
    app.store.onChange(() => this.draw());
    this.draw();
  }

  title() {
    return this.app.options.words[`column_${this.name}`] ?? this.name;
  }

  /** @param {Set<string>} chosen */
  choose(chosen) {
    this.chosen = chosen;
    this.app.store.filterValues(this.name, chosen.size ? chosen : null);
  }

  draw() {
    const { app, name } = this, counts = app.store.countValues(name), focused = document.activeElement?.id;
    const asked = app.store.asked.get(name);
    this.chosen = new Set(asked ?? []);
    const known = this.order.filter((value) => !this.wanted || app.tellValue(name, value).toLocaleLowerCase().includes(this.wanted));
    const listed = known.slice(0, this.all || this.wanted ? LISTED : SHOWN);
    for (const value of this.chosen) if (!listed.includes(value)) listed.push(value);
    if (listed.length !== this.listed.length || listed.some((value, at) => value !== this.listed[at])) {
      this.listed = listed;
      this.list.replaceChildren(...listed.map((value) => this.makeChoice(value)));
    }
    listed.forEach((value, at) => this.tellChoice(/** @type {HTMLElement} */ (this.list.children[at]), value, counts.get(value) ?? 0));
    this.search.hidden = this.order.length <= SHOWN;
    this.clear.hidden = this.chosen.size === 0;
    this.more.hidden = Boolean(this.wanted) || this.order.length <= SHOWN;
    this.more.textContent = this.all ? app.say("fewer") : app.say("more", { count: this.order.length - SHOWN });
    if (focused?.startsWith(`${this.id}-`)) document.getElementById(focused)?.focus();
  }

  /** @param {string} value */
  makeChoice(value) {
    const { app, name } = this, id = `${this.id}-${this.order.indexOf(value)}`;
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id }));
    box.addEventListener("change", () => {
      const chosen = new Set(this.chosen);
      if (box.checked) chosen.add(value);
      else chosen.delete(value);
      this.choose(chosen);
    });
    const told = value === "" ? app.say("not_reported") : app.tellValue(name, value);
    const label = make("label", { for: id }, name === app.palette.column ? makeSwatch(app, value) : "", foreign(told));
    return make("div", {}, box, label, make("span", { class: "gs-count" }));
  }

  /**
   * Tell how many have a value, and whether it is chosen.
   * @param {HTMLElement} choice
   * @param {string} value
   * @param {number} count
   */
  tellChoice(choice, value, count) {
    const [box, , amount] = choice.children;
    /** @type {HTMLInputElement} */ (box).checked = this.chosen.has(value);
    amount.textContent = count.toLocaleString(this.app.options.language);
    choice.className = count ? "gs-choice" : "gs-choice gs-none";
  }
}

/**
 * The mark of a value, as the map has it.
 * @param {App} app
 * @param {string} value
 */
function makeSwatch(app, value) {
  const entry = app.palette.entries.find((each) => each.value === value) ?? app.palette.entries.find((each) => each.value === null);
  const canvas = /** @type {HTMLCanvasElement} */ (make("canvas", { width: "28", height: "28", class: "gs-swatch", "aria-hidden": "true" }));
  const brush = canvas.getContext("2d");
  if (brush && entry) drawMark(brush, 14, 14, 10, entry);
  return canvas;
}
