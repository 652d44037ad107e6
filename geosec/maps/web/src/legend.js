/* The legend: what colours, sizes, outlines, density and lines of the map mean; also of its pictures. */
import { foreign, make } from "./dom.js";
import { chaptersOfGround, chaptersOfIncidents } from "./keys.js";

/**
 * @typedef {import("./app.js").App} App
 * @typedef {{draw: (brush: CanvasRenderingContext2D) => void, text: string, count?: () => number}} Key
 *   `draw` draws round 0, 0 into a box of KEY_WIDTH x KEY_HEIGHT
 * @typedef {{title: string, keys: Key[], note?: string, extra?: HTMLElement[]}} Section
 * @typedef {() => Section|null} Chapter `null` where there is nothing to explain
 */

export const KEY_WIDTH = 30, KEY_HEIGHT = 20; // pixels; a larger mark takes what it needs

/** @param {App} app */
export function mountLegend(app) {
  app.chapters.push(...chaptersOfIncidents(app), ...chaptersOfGround(app));
  new Legend(app);
}

class Legend {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.body = make("div", { class: "gs-legend-body" });
    this.box = /** @type {HTMLDetailsElement} */ (make("details", { class: "gs-legend" }, make("summary", {}, app.say("legend")), this.body));
    this.box.open = hasRoom(app.places.frame);
    this.byHand = false;
    this.box.firstElementChild?.addEventListener("click", () => { this.byHand = true; });
    this.box.addEventListener("toggle", () => this.recount());
    app.places.frame.append(this.box);
    app.places.legend = this.box;
    /** @type {{cell: HTMLElement, count: () => number}[]} */
    this.counts = [];
    app.on("drawn", (_view, _places, /** @type {{cluster: any}[]} */ discs, _dots, /** @type {boolean} */ tooMany) => {
      const clustered = discs.some((each) => each.cluster), isNew = clustered !== app.clustered || tooMany !== app.tooMany;
      Object.assign(app, { clustered, tooMany });
      if (isNew) this.build();
    });
    app.store.onChange(() => this.recount());
    for (const event of ["redraw", "inks", "legend"]) app.on(event, () => this.build());
    new ResizeObserver(() => this.fit()).observe(app.places.frame);
    this.build();
  }

  /** Fold it where it would cover the map, unless the reader has opened it. */
  fit() {
    const { frame } = this.app.places;
    this.box.style.setProperty("--gs-legend-high", `${Math.max(80, frame.clientHeight - 60)}px`);
    if (!this.byHand && !document.documentElement.classList.contains("gs-printing")) this.box.open = hasRoom(frame);
  }

  build() {
    const focused = document.activeElement, within = this.body.contains(focused), top = this.body.scrollTop;
    this.counts = [];
    this.body.replaceChildren();
    for (const chapter of this.app.chapters) {
      const section = chapter();
      if (!section || !(section.keys.length || section.extra)) continue;
      this.body.append(make("h2", { dir: "auto" }, section.title), ...section.keys.map((key) => this.makeKey(key)), ...(section.extra ?? []));
      if (section.note) this.body.append(make("p", { class: "gs-legend-note" }, section.note));
    }
    this.body.scrollTop = top;
    if (this.body.scrollHeight > this.body.clientHeight + 2) this.body.tabIndex = 0;
    else this.body.removeAttribute("tabindex");
    if (within && focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }

  /** @param {Key} key */
  makeKey(key) {
    const density = Math.max(2, window.devicePixelRatio || 1);
    const canvas = /** @type {HTMLCanvasElement} */ (make("canvas", { width: String(KEY_WIDTH * density), height: String(KEY_HEIGHT * density), "aria-hidden": "true", style: `width:${KEY_WIDTH}px;height:${KEY_HEIGHT}px` }));
    const brush = canvas.getContext("2d");
    if (brush) {
      brush.setTransform(density, 0, 0, density, (KEY_WIDTH * density) / 2, (KEY_HEIGHT * density) / 2);
      key.draw(brush);
    }
    const row = make("div", { class: "gs-key" }, canvas, make("span", {}, foreign(key.text)));
    if (key.count) {
      const cell = make("b", { class: "gs-count" });
      this.counts.push({ cell, count: key.count });
      cell.textContent = this.write(key.count());
      row.append(cell);
    }
    return row;
  }

  recount() {
    if (!this.box.open) return; // it is counted when it is opened
    for (const { cell, count } of this.counts) cell.textContent = this.write(count());
  }

  /** @param {number} count */
  write(count) {
    return count.toLocaleString(this.app.options.language);
  }
}

/**
 * Whether a legend leaves most of a map free.
 * @param {HTMLElement} frame
 */
function hasRoom(frame) {
  return frame.clientWidth >= 700 && frame.clientHeight >= 420;
}
