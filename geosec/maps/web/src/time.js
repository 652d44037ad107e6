/* The time line: how many incidents each period has, a span of days to brush, and a way to play. */
import { make, openBrush } from "./dom.js";
import { Formats } from "./formats.js";
import { readInks } from "./inks.js";
import { NONE } from "./payload.js";
import { UNITS, chooseUnit, listStarts, startOf, toDate } from "./periods.js";

/** @typedef {import("./app.js").App} App */

const HEIGHT = 54;
const TICK_MS = 700; // of a step while it plays

/** @param {App} app */
export function mountTime(app) {
  const { day, lastDay } = app.payload;
  let first = Infinity, last = -Infinity, isSpread = false;
  for (let row = 0; row < day.length; row++) {
    if (day[row] === NONE) continue;
    if (day[row] < first) first = day[row];
    if (lastDay[row] > last) last = lastDay[row];
    isSpread ||= lastDay[row] > day[row];
  }
  if (first > last) app.places.time.append(make("p", { class: "gs-undated" }, app.say("no_dates")));
  else new TimeLine(app, first, last, isSpread);
}

class TimeLine {
  /**
   * @param {App} app
   * @param {number} first day of any incident
   * @param {number} last
   * @param {boolean} isSpread whether some incidents are spread over several days
   */
  constructor(app, first, last, isSpread) {
    this.app = app;
    this.unit = chooseUnit(first, last);
    this.starts = listStarts(first, last, this.unit);
    this.first = this.starts[0];
    this.end = this.starts[this.starts.length - 1];
    /** The days that are chosen, both included. @type {[number, number]} */
    this.span = app.store.asked.get("day") ?? [this.first, this.end - 1];
    this.form = new Formats(app.options.language).short;
    this.canvas = /** @type {HTMLCanvasElement} */ (make("canvas", { "aria-hidden": "true" }));
    this.chart = make("div", { class: "gs-chart" }, this.canvas);
    this.handles = ["from", "to"].map((name, end) => this.makeHandle(name, end));
    this.chart.append(...this.handles);
    this.told = make("output", { class: "gs-span" });
    this.play = make("button", { type: "button", class: "gs-button" }, "▶");
    this.play.addEventListener("click", () => (this.timer ? this.stop() : this.start()));
    this.step = /** @type {HTMLSelectElement} */ (make("select", { "aria-label": app.say("step") }));
    for (const unit of UNITS) this.step.append(make("option", { value: unit }, app.say(`unit_${unit}`)));
    this.step.value = this.unit;
    this.clear = make("button", { type: "button", class: "gs-link" }, app.say("all_dates"));
    this.clear.addEventListener("click", () => this.choose(this.first, this.end - 1));
    this.note = make("span", { class: "gs-spread" }, isSpread ? app.say("days_spread") : "");
    app.places.time.append(make("div", { class: "gs-play" }, this.play, this.step), this.chart, make("div", { class: "gs-told" }, this.told, this.clear, this.note));
    // room for the longest span that is told, or the chart would move while it plays
    this.told.dataset.longest = this.form.formatRange(toDate(this.first), toDate(this.end - 1));
    this.name(false);
    this.listenToBrush();
    app.store.onChange(() => this.draw());
    app.on("inks", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.chart);
    this.draw();
  }

  /**
   * A handle that the keyboard moves by days, and with Page Up and Down by periods.
   * @param {string} name
   * @param {number} end 0 for the first day, 1 for the last
   */
  makeHandle(name, end) {
    const handle = make("div", { class: "gs-handle", role: "slider", tabindex: "0", "aria-label": this.app.say(`day_${name}`) });
    handle.addEventListener("keydown", (event) => {
      const day = this.span[end], by = this.step?.value ?? this.unit;
      const moved = {
        ArrowLeft: day - 1, ArrowDown: day - 1, ArrowRight: day + 1, ArrowUp: day + 1, Home: this.first, End: this.end - 1,
        PageUp: startOf(day, /** @type {any} */ (by), 1), PageDown: startOf(day - 1, /** @type {any} */ (by)),
      }[event.key];
      if (moved === undefined) return;
      event.preventDefault();
      if (end) this.choose(Math.min(this.span[0], moved), moved);
      else this.choose(moved, Math.max(this.span[1], moved));
    });
    return handle;
  }

  /** Show the days between two, both included; all of them is no filter. @param {number} from
   * @param {number} to */
  choose(from, to) {
    const start = Math.max(this.first, Math.min(from, to)), stop = Math.min(this.end - 1, Math.max(from, to));
    this.span = [start, stop];
    this.app.store.filterDays(start === this.first && stop === this.end - 1 ? null : [start, stop]);
  }

  listenToBrush() {
    /** @type {null|{from: number, span: [number, number]|null, end: number}} */
    let held = null;
    const dayAt = (/** @type {PointerEvent} */ event) => {
      const box = this.chart.getBoundingClientRect();
      return this.first + Math.floor(Math.max(0, Math.min(0.99999, (event.clientX - box.left) / box.width)) * (this.end - this.first));
    };
    this.chart.addEventListener("pointerdown", (event) => {
      this.stop();
      const end = this.handles.indexOf(/** @type {HTMLElement} */ (event.target)), from = dayAt(event);
      const whole = this.span[0] === this.first && this.span[1] === this.end - 1;
      const inside = end < 0 && !whole && from >= this.span[0] && from <= this.span[1];
      held = { from, span: inside ? [...this.span] : null, end };
      this.chart.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    this.chart.addEventListener("pointermove", (event) => {
      if (!held) return;
      const at = dayAt(event), moved = at - held.from;
      if (held.span) {
        const by = Math.max(this.first - held.span[0], Math.min(this.end - 1 - held.span[1], moved));
        this.choose(held.span[0] + by, held.span[1] + by);
      } else if (held.end === 0) this.choose(Math.min(at, this.span[1]), this.span[1]);
      else if (held.end === 1) this.choose(this.span[0], Math.max(at, this.span[0]));
      else if (moved) this.choose(held.from, at);
    });
    this.chart.addEventListener("pointerup", () => { held = null; });
  }

  /** Play from the first period, or go on where the span stands. */
  start() {
    const unit = /** @type {import("./periods.js").Unit} */ (this.step.value);
    const whole = this.span[0] === this.first && this.span[1] === this.end - 1;
    if (whole || this.span[1] >= this.end - 1) this.choose(this.first, startOf(this.first, unit, 1) - 1);
    this.timer = window.setInterval(() => {
      const from = startOf(this.span[1] + 1, unit);
      if (from >= this.end) return this.stop();
      this.choose(from, startOf(from, unit, 1) - 1);
    }, TICK_MS);
    this.name(true);
  }

  stop() {
    window.clearInterval(this.timer);
    this.timer = undefined;
    this.name(false);
  }

  /** @param {boolean} playing */
  name(playing) {
    this.play.textContent = playing ? "❚❚" : "▶";
    this.play.setAttribute("aria-label", this.app.say(playing ? "pause" : "play"));
  }

  draw() {
    this.span = this.app.store.asked.get("day") ?? [this.first, this.end - 1];
    this.tell();
    const width = this.chart.clientWidth;
    if (!width) return;
    const brush = openBrush(this.canvas, width, HEIGHT);
    const { whole, exact } = this.app.store.countDays(this.starts);
    const inks = readInks();
    const most = Math.max(1, ...whole), across = (/** @type {number} */ day) => ((day - this.first) / (this.end - this.first)) * width;
    for (let each = 0; each < whole.length; each++) {
      const left = across(this.starts[each]), right = across(this.starts[each + 1]);
      const chosen = this.starts[each] <= this.span[1] && this.starts[each + 1] > this.span[0];
      const high = (/** @type {number} */ count) => (count / most) * (HEIGHT - 4);
      const bar = Math.max(1, right - left - (right - left > 3 ? 1 : 0));
      brush.fillStyle = chosen ? inks["bar-chosen-soft"] : inks["bar-soft"];
      brush.fillRect(left, HEIGHT - high(whole[each]), bar, high(whole[each]));
      brush.fillStyle = chosen ? inks["bar-chosen"] : inks.bar;
      brush.fillRect(left, HEIGHT - high(exact[each]), bar, high(exact[each]));
    }
    this.handles.forEach((handle, end) => { handle.style.left = `${across(this.span[end] + end)}px`; });
  }

  /** Tell which days are chosen. */
  tell() {
    this.handles.forEach((handle, end) => {
      const day = this.span[end];
      handle.setAttribute("aria-valuemin", String(this.first));
      handle.setAttribute("aria-valuemax", String(this.end - 1));
      handle.setAttribute("aria-valuenow", String(day));
      handle.setAttribute("aria-valuetext", this.form.format(toDate(day)));
    });
    this.told.textContent = this.form.formatRange(toDate(this.span[0]), toDate(this.span[1]));
    this.clear.hidden = !this.app.store.asked.get("day");
    this.note.hidden = !this.clear.hidden; // they have one place
  }
}
