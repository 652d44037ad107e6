import { Footprints } from "./footprints.js";
import { tellRule } from "./formats.js";
import { makeScale } from "./marks.js";
import { Palette } from "./palette.js";
import { ShownShares } from "./shown_shares.js";

/**
 * What the parts of a page share: the map, the incidents, which of them are shown, and which one
 * is selected. Each part is a module with one function `mount...(app)`, and knows no other part.
 *
 * @typedef {import("./payload.js").Payload} Payload
 * @typedef {import("./store.js").Store} Store
 * @typedef {{title: string, subtitle: string, credit: string, language: string, colour: string,
 *   colours: Record<string, string>, size: string, filters: string[], words: Record<string, string>, ground: any,
 *   bounds: [[number, number], [number, number]]|null, cut?: number, until?: string, steps?: string[],
 *   layers?: [string, string][], choropleth?: import("./valued.js").Told, corridor?: import("./valued.js").Told}} Options
 */
export class App {
  /**
   * @param {any} map the Leaflet map
   * @param {Payload} payload
   * @param {Store} store
   * @param {Options} options
   */
  constructor(map, payload, store, options) {
    this.map = map;
    this.payload = payload;
    this.store = store;
    this.options = options;
    /** Colours and shapes by the column that incidents are coloured by. */
    this.palette = new Palette(payload, options.colour, options.colours);
    this.footprints = new Footprints(payload);
    this.shares = new ShownShares(payload, store, this.palette, this.footprints);
    /** Sizes by the column that marks grow with, `null` where there is none. */
    this.sizes = makeScale(payload, options.size);
    /** What of the map is shown. @type {Record<string, boolean>} */
    this.layers = { incidents: true, districts: true, provinces: true, rivers: true, railway: true, stations: true, towns: true, choropleth: true, corridor: true };
    /** Pixels of the canvases to one of the page. */
    this.density = globalThis.devicePixelRatio || 1;
    /** What stands in the legend, in order; parts add their own. @type {import("./legend.js").Chapter[]} */
    this.chapters = [];
    /** Whether clusters are drawn now. */
    this.clustered = false;
    /** Whether footprints are asked for that are too many to be drawn. */
    this.tooMany = false;
    /** How incidents are drawn: all footprints, faded by how sure they are, without their points. */
    this.view = { footprints: false, sure: false, centreless: false };
    /** The row that is selected, -1 for none. */
    this.selected = -1;
    /** Where the parts of the page stand; see `layout.js`. @type {Record<string, HTMLElement>} */
    this.places = {};
    /** @type {Map<string, Set<(...given: any[]) => void>>} */
    this.listeners = new Map();
  }

  /**
   * Listen to `select` (a row, or -1, and whether the focus goes along), `hover` (a row, or -1), `redraw`
   * (what is drawn has changed), `ground` (what lies below the incidents has), `inks` (its colours have), `legend` (what it explains has), `now` (draw at once), `room` (what lies over the map has moved) or `announce` (words for screen readers).
   * @param {string} event
   * @param {(...given: any[]) => void} listener
   */
  on(event, listener) {
    if (!this.listeners.has(event)) this.listeners.set(event, new Set());
    this.listeners.get(event)?.add(listener);
  }

  /**
   * @param {string} event
   * @param {...any} given
   */
  tell(event, ...given) {
    for (const listener of this.listeners.get(event) ?? []) listener(...given);
  }

  /**
   * Select a row on the map, in the table and in the popup; -1 selects none.
   * @param {number} row
   * @param {boolean} focus whether the focus of the keyboard goes to what is told of it
   */
  select(row, focus = true) {
    if (row === this.selected) return;
    this.selected = row;
    this.tell("select", row, focus);
  }

  /**
   * The words of the page for a name, with what stands in braces put in: `say("shown", {count: 3})`.
   * @param {string} name
   * @param {Record<string, string|number>} given
   */
  say(name, given = {}) {
    const words = this.options.words[name];
    if (words === undefined) throw new Error(`there are no words for ${name}`);
    return words.replace(/\{(\w+)\}/g, (_, slot) => String(given[slot]));
  }

  /** A value in the words of the page where it is a code of ours, else as it is. @param {string} column @param {string} value */
  tellValue(column, value) {
    const { options: { words }, payload: { head } } = this;
    return column === "match_rule" ? tellRule(value, head.rules, words) || value : words[`value_${column}_${value}`] ?? value;
  }

  /** Whether incidents lie on coloured districts or sections. */
  isOnValues() {
    const { layers, options } = this;
    return Boolean((options.choropleth && layers.choropleth) || (options.corridor && layers.corridor));
  }
}
