/* Shapes with a value each: districts, or sections of the railway. What their layers share. */
import { classify, findClass, nameInk } from "./classes.js";
import { make } from "./dom.js";
import { readInks } from "./inks.js";
import { putOff } from "./map_canvas.js";
import { tracePath, worldX, worldY } from "./project.js";
import { UnitCounts } from "./unit_counts.js";

/**
 * @typedef {import("./app.js").App} App
 * @typedef {import("./clusters.js").Window} Window
 * @typedef {(number|null)[]} Numbers
 * @typedef {{name: string[], value: Numbers, low?: Numbers, high?: Numbers, count?: Numbers,
 *   population?: Numbers, rail_km?: Numbers, total?: Numbers, label?: string[]}} Columns
 * @typedef {{title: string, columns: Columns, shapes: any[], counted?: number, overlap?: number}} Told `counted` has no
 *   values: they are what is shown on the map
 * @typedef {{name: string, of: Numbers|null, times: number}} Rate
 */

const ALMOST = 10_000; // times a number goes into the largest value if it is written as almost 0
const FEW = 5; // incidents; a rate of fewer is hatched
const LISTED = 60; // units in the table of the legend

export class ValuedLayer {
  /**
   * @param {App} app
   * @param {Told} told
   * @param {"choropleth"|"corridor"} name of the layer
   * @param {"area"|"section"} ramp
   */
  constructor(app, told, name, ramp) {
    this.app = app;
    this.told = told;
    this.name = name;
    this.ramp = ramp;
    this.paths = told.shapes.map((shape) => {
      const path = new Path2D();
      tracePath(shape, path);
      return path;
    });
    this.counts = told.counted ? new UnitCounts(app.shares, told.shapes, Boolean(told.overlap)) : null;
    /** How many of those counted lie in no unit, and how many count at a point of unknown radius. */
    this.outside = 0;
    this.unknown = 0;
    /** How often what is shown had changed when they were counted. */
    this.counted = -1;
    if (this.counts) this.countShown();
    this.rates = listRates(told.columns, Boolean(told.counted));
    this.rate = this.rates[0];
    this.tip = make("div", { class: "gs-tip", hidden: "" });
    this.scratch = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    this.hovered = -1;
    /** Whether the pointer is on an incident, which is told of first. */
    this.busy = false;
    app.places.frame.append(this.tip);
    this.choice = this.makeChoice();
    this.list = make("details", {}, make("summary", {}, app.say("values_listed")));
    app.chapters.push(() => (app.layers[name] ? this.explain() : null));
    app.map.on("mousemove click", (/** @type {any} */ event) => this.point(event));
    app.map.on("mouseout movestart", () => this.leave());
    app.on("hover", (row) => { this.busy = row >= 0; if (this.busy) this.leave(); });
    this.count();
    if (!this.counts) return;
    const recount = putOff(() => this.recount());
    app.store.onChange(recount);
    app.on("redraw", recount); // it may have been switched on
  }

  /** Take what is shown for the values. */
  countShown() {
    const { outside, unknown, all, ...columns } = /** @type {UnitCounts} */ (this.counts).count(), { told } = this;
    this.counted = this.app.store.changes;
    Object.assign(told.columns, columns);
    told.columns.total ??= Array(told.shapes.length); // one, as a rate divides by it
    told.columns.total.fill(all);
    this.outside = outside;
    this.unknown = unknown;
  }

  /** Count again where other rows are shown, and it is, too. */
  recount() {
    const { layers, store } = this.app;
    if (!layers[this.name] || this.counted === store.changes) return;
    this.countShown();
    this.count();
    this.leave();
    this.app.tell("ground");
    this.app.tell("legend");
  }

  /** Put the values into classes. */
  count() {
    const { value } = this.told.columns, { of, times } = this.rate;
    /** @type {Numbers} */
    this.values = value.map((each, at) => (of === null || each === null ? each : of[at] ? (each * times) / Number(of[at]) : null));
    this.largest = 0;
    for (const each of this.values) this.largest = Math.max(this.largest, Math.abs(each ?? 0));
    this.classes = classify(this.values);
    this.classOf = this.values.map((each) => findClass(/** @type {import("./classes.js").Class[]} */ (this.classes), each));
    this.list.replaceChildren(/** @type {Element} */ (this.list.firstElementChild), this.makeTable());
  }

  /** @param {number} at */
  colourOf(at) {
    const inks = /** @type {Record<string, string>} */ (readInks()), classes = this.classes ?? [];
    return at < 0 ? inks.unknown : inks[nameInk(classes, at, this.ramp)];
  }

  /** Whether a rate stands on few incidents. @param {number} at */
  isFew(at) {
    const { count, value } = this.told.columns;
    const known = count ? count[at] : this.rate.of ? value[at] : null;
    return known !== null && known !== undefined && known < FEW;
  }

  hasFew() {
    return this.told.columns.value.some((_, at) => this.isFew(at));
  }

  title() {
    const { app, told } = this, title = told.title || app.say(`layer_${this.name}`);
    return this.rate.of ? `${title}, ${app.say(this.rate.name)}` : title;
  }

  explain() {
    const { app } = this, classes = this.classes ?? [];
    const keys = classes.map((each, at) => ({
      text: each.from === each.to ? this.write(each.to) : `${this.write(each.from)} – ${this.write(each.to)}`,
      draw: (/** @type {CanvasRenderingContext2D} */ brush) => this.drawKey(brush, at, false),
    })).reverse();
    if (this.hasFew()) keys.push({ text: app.say("few", { number: FEW }), draw: (brush) => this.drawKey(brush, classes.length - 1, true) });
    if (this.values?.includes(null)) keys.push({ text: app.say("no_value"), draw: (brush) => this.drawKey(brush, -1, true) });
    const extra = this.rates.length > 1 ? [this.choice, this.list] : [this.list];
    const note = [app.say("reports_not_risk")];
    if (this.counts) note.push(app.say("counted_by_share"));
    if (this.outside >= 0.05) note.push(app.say("outside_units", { number: this.write(this.outside) }));
    if (this.unknown) note.push(app.say("unknown_counted", { number: this.write(this.unknown) }));
    return { title: this.title(), keys, extra, note: note.join(" ") };
  }

  /**
   * @param {CanvasRenderingContext2D} brush
   * @param {number} at
   * @param {boolean} hatched
   */
  drawKey(brush, at, hatched) {
    const high = this.ramp === "area" ? 13 : 6;
    brush.fillStyle = this.colourOf(at);
    if (hatched && this.ramp === "section") {
      for (const from of [-13, -6, 1, 8]) brush.fillRect(from, -high / 2, 4, high); // dashed, as the map draws it
      return;
    }
    brush.fillRect(-13, -high / 2, 26, high);
    if (!hatched) return;
    brush.fillStyle = makeHatch(brush, 1);
    brush.fillRect(-13, -high / 2, 26, high);
  }

  /** A choice of what the counts are divided by. */
  makeChoice() {
    const { app } = this, choice = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": app.say("divided_by") }));
    for (const rate of this.rates) choice.append(make("option", { value: rate.name }, app.say(rate.name)));
    choice.addEventListener("change", () => {
      this.rate = this.rates.find((each) => each.name === choice.value) ?? this.rates[0];
      this.count();
      app.tell("redraw");
    });
    return choice;
  }

  /** The values in words, for those who do not see the colours. */
  makeTable() {
    const { columns } = this.told, values = this.values ?? [];
    const order = [...values.keys()].sort((one, other) => (values[other] ?? -Infinity) - (values[one] ?? -Infinity)).slice(0, LISTED);
    const rows = order.map((at) => make("tr", {}, make("th", { scope: "row", dir: "auto" }, columns.name[at]), make("td", {}, this.tell(at))));
    return make("table", {}, make("caption", { class: "gs-unseen" }, this.title()), make("tbody", {}, ...rows));
  }

  /** @param {number|null|undefined} number */
  write(number) {
    if (number === null || number === undefined) return this.app.say("no_value");
    if (this.counts && !this.rate.of) number = Math.round(number * 100) / 100; // its draws tell no more
    if (isAlmostNothing(number, this.largest ?? 0)) return "≈\u00a00";
    return number.toLocaleString(this.app.options.language, { maximumSignificantDigits: 3 }).replace("-", "\u2212"); // not the dash of a range
  }

  /** A value with its interval. @param {number} at */
  tell(at) {
    const { low, high } = this.told.columns, told = this.write(this.values?.[at]), { of, times } = this.rate;
    if (low?.[at] == null || high?.[at] == null || (of && (!this.counts || !of[at]))) return told;
    const [from, to] = [low[at], high[at]].map((end) => this.write(of ? (Number(end) * times) / Number(of[at]) : end));
    return `${told} (${from} – ${to})`;
  }

  /** What lies under a point. @param {number} x world pixels
   * @param {number} y @param {number} scale @returns {number} -1 for nothing */
  find(x, y, scale) {
    const { scratch } = this;
    scratch.lineWidth = 14 / scale;
    for (let at = this.paths.length - 1; at >= 0; at--) {
      if (this.ramp === "area" ? scratch.isPointInPath(this.paths[at], x, y, "evenodd") : scratch.isPointInStroke(this.paths[at], x, y)) return at;
    }
    return -1;
  }

  /** @param {{latlng: {lat: number, lng: number}, containerPoint: {x: number, y: number}}} event */
  point({ latlng, containerPoint }) {
    const { app } = this;
    if (this.busy || !app.layers[this.name]) return this.leave();
    const found = this.find(worldX(latlng.lng), worldY(latlng.lat), 2 ** app.map.getZoom());
    if (found < 0) return this.leave();
    if (found !== this.hovered) {
      const { name, label } = this.told.columns;
      this.tip.replaceChildren(make("b", { dir: "auto" }, name[found]), `${this.title()}: ${this.tell(found)}`, ...(label?.[found] ? [make("div", { dir: "auto" }, label[found])] : []), ...(this.isFew(found) ? [make("div", {}, app.say("few", { number: FEW }))] : []));
    }
    this.hovered = found;
    this.tip.hidden = false;
    const { clientWidth, clientHeight } = app.places.frame, { x, y } = containerPoint;
    this.tip.style.left = `${Math.max(4, Math.min(x + 14, clientWidth - this.tip.offsetWidth - 6))}px`;
    this.tip.style.top = `${y + 18 + this.tip.offsetHeight > clientHeight ? y - this.tip.offsetHeight - 12 : y + 18}px`;
  }

  leave() {
    this.hovered = -1;
    this.tip.hidden = true;
  }
}

/**
 * Whether a number is almost nothing beside the largest value, but not 0: intervals begin at 2e-19.
 * @param {number} number
 * @param {number} largest
 */
export function isAlmostNothing(number, largest) {
  return number !== 0 && Math.abs(number) < largest / ALMOST;
}

/**
 * What counts may be divided by: only whole numbers are counts, and what is expected.
 * @param {Columns} columns
 * @param {boolean} isCounted whether the values are what is shown
 * @returns {Rate[]}
 */
export function listRates({ value, population, rail_km: railKm, total }, isCounted = false) {
  /** @type {Rate[]} */
  const rates = [{ name: "rate_none", of: null, times: 1 }];
  if (isCounted) rates.push({ name: "rate_share", of: total ?? null, times: 100 });
  if (!isCounted && !value.every((each) => each === null || (Number.isInteger(each) && each >= 0))) return rates;
  if (population?.some((each) => each)) rates.push({ name: "rate_population", of: population, times: 100_000 });
  if (railKm?.some((each) => each)) rates.push({ name: "rate_rail_km", of: railKm, times: 100 });
  return rates;
}

/**
 * Thin slanted lines, as wide on the screen at every zoom.
 * @param {CanvasRenderingContext2D} brush
 * @param {number} scale of the brush
 */
export function makeHatch(brush, scale) {
  const tile = document.createElement("canvas"), side = 6, density = 2;
  tile.width = tile.height = side * density;
  const line = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  line.strokeStyle = readInks().paper;
  line.lineWidth = 1.7 * density;
  line.beginPath();
  for (const from of [-1, 0, 1]) {
    line.moveTo(from * side * density - 2, side * density + 2);
    line.lineTo((from + 1) * side * density + 2, -2);
  }
  line.stroke();
  const pattern = /** @type {CanvasPattern} */ (brush.createPattern(tile, "repeat"));
  pattern.setTransform(new DOMMatrix().scale(1 / (density * scale)));
  return pattern;
}
