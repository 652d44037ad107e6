/* Filters by a number: how many incidents have how much, and a range from the least to the most. */
import { make, openBrush } from "./dom.js";

/** @typedef {import("./app.js").App} App */

const BARS = 24;
const HEIGHT = 34;

/**
 * The edges of classes of numbers that lie close together below and far apart above.
 * @param {number} least
 * @param {number} most
 * @param {number} count
 */
export function listEdges(least, most, count) {
  const full = Math.log1p(most - least);
  return Array.from({ length: count + 1 }, (_, at) => (at === count ? most : least + Math.expm1((full * at) / count)));
}

/** A range of numbers; the rows without one are left out while a range is asked for. */
export class RangeFacet {
  /**
   * @param {App} app
   * @param {string} name of the column
   */
  constructor(app, name) {
    this.app = app;
    this.name = name;
    const numbers = app.store.readNumbers(name);
    let least = Infinity, most = -Infinity;
    for (const number of numbers) {
      if (number < least) least = number;
      if (number > most) most = number;
    }
    this.least = Math.floor(least);
    this.most = Math.ceil(most);
    this.edges = listEdges(this.least, this.most, BARS);
    const title = app.options.words[`column_${name}`] ?? name;
    this.canvas = /** @type {HTMLCanvasElement} */ (make("canvas", { class: "gs-bars", "aria-hidden": "true" }));
    const bound = (/** @type {string} */ end, /** @type {number} */ usual) => {
      const box = /** @type {HTMLInputElement} */ (make("input", { type: "number", step: "any", min: String(this.least), max: String(this.most), placeholder: String(usual), "aria-label": app.say(`range_${end}`, { column: title }) }));
      box.addEventListener("change", () => this.read());
      return box;
    };
    this.from = bound("from", this.least);
    this.to = bound("to", this.most);
    this.clear = make("button", { type: "button", class: "gs-link gs-clear" }, app.say("show_all"));
    this.clear.addEventListener("click", () => app.store.filterRange(name, null));
    this.element = make("fieldset", { class: "gs-facet gs-range" }, make("legend", {}, title), this.clear, this.canvas, make("div", { class: "gs-bounds" }, this.from, make("span", { "aria-hidden": "true" }, "–"), this.to));
    this.element.hidden = !(this.most > this.least);
    app.store.onChange(() => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    this.draw();
  }

  /** Take up what stands in the boxes; an empty one is no bound. */
  read() {
    const from = this.from.value === "" ? this.least : Number(this.from.value);
    const to = this.to.value === "" ? this.most : Number(this.to.value);
    const all = from <= this.least && to >= this.most;
    this.app.store.filterRange(this.name, all ? null : [Math.min(from, to), Math.max(from, to)]);
  }

  draw() {
    const asked = this.app.store.asked.get(this.name);
    this.clear.hidden = !asked;
    if (document.activeElement !== this.from) this.from.value = asked ? String(asked[0]) : "";
    if (document.activeElement !== this.to) this.to.value = asked ? String(asked[1]) : "";
    const width = this.canvas.clientWidth;
    if (!width) return;
    const brush = openBrush(this.canvas, width, HEIGHT);
    const counts = this.app.store.countClasses(this.name, this.edges), most = Math.max(1, ...counts);
    const style = getComputedStyle(this.canvas), chosen = style.getPropertyValue("--gs-accent").trim() || "#0b5cad";
    const quiet = style.getPropertyValue("--gs-line").trim() || "#c3c8d0";
    for (let at = 0; at < BARS; at++) {
      if (!counts[at]) continue;
      const high = Math.max(2, (Math.log1p(counts[at]) / Math.log1p(most)) * (HEIGHT - 2));
      const inside = !asked || (this.edges[at + 1] >= asked[0] && this.edges[at] <= asked[1]);
      brush.fillStyle = inside ? chosen : quiet;
      brush.fillRect((at * width) / BARS, HEIGHT - high, width / BARS - 1, high);
    }
  }
}
