/*
 * The table of the incidents in view: the map for those who do not see it, and the way to every incident
 * by keyboard. Incidents without a place have a tab of their own.
 */
import { writeCsv, writePlainCsv } from "./csv.js";
import { make } from "./dom.js";
import { Formats } from "./formats.js";
import { Grid } from "./grid.js";
import { findInView, findKeys, listRows, orderRows, orderTexts } from "./ordering.js";
import { NONE } from "./payload.js";
import { Unplaced } from "./unplaced.js";

/** @typedef {import("./app.js").App} App */

const COLUMNS = [
  { name: "day", width: "118px" },
  { name: "event_type", width: "minmax(110px, 1.2fr)" },
  { name: "match_name", width: "minmax(100px, 1fr)" },
  { name: "adm2_name", width: "minmax(90px, 1fr)" },
  { name: "fatalities", width: "78px", number: true },
  { name: "injuries", width: "84px", number: true },
  { name: "summary", width: "minmax(160px, 4fr)" },
];
const REST_MS = 120; // without a change, after which the rows are listed again
const KEPT = 4000; // rows whose texts are kept

/** @param {App} app */
export function mountTable(app) {
  const table = new Table(app);
  app.map.on("moveend", () => table.ask(true));
  app.store.onChange(() => table.ask(false));
  app.on("select", (row) => table.select(row));
}

/** A column's name in words. @param {App} app @param {string} name */
const title = (app, name) => app.options.words[`column_${name}`] ?? name;

/**
 * The columns of the table: those that are always told, those that incidents are drawn by, and where
 * these are few, those that are filtered by.
 * @param {App} app
 */
function chooseColumns({ payload: { columns, day }, options }) {
  const isDated = day.some((each) => each !== NONE), usual = COLUMNS.filter(({ name }) => (name === "day" ? isDated : columns.has(name)));
  const drawn = [options.colour, options.size, ...(usual.length < 4 ? options.filters : [])];
  const names = [...new Set(drawn)].filter((name) => columns.has(name) && !COLUMNS.some((each) => each.name === name));
  const own = names.map((name) => ({ name, width: "minmax(80px, 1fr)", number: columns.get(name)?.kind === "number" }));
  if (!usual.length && !own.length) return COLUMNS.slice(0, 1);
  return [...usual, ...own].sort((one, other) => Number(one.name === "summary") - Number(other.name === "summary"));
}

class Table {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.formats = new Formats(app.options.language);
    /** @type {Uint32Array} rows listed, in their order */
    this.rows = new Uint32Array(0);
    /** Rows by column and direction. @type {Map<string, Promise<Uint32Array>>} */
    this.orders = new Map();
    /** @type {Map<number, Record<string, string>>} */
    this.texts = new Map();
    this.waiting = 0;
    this.moved = false;
    this.listings = 0;
    this.chosen = -1; // the row last chosen in the table itself
    const columns = chooseColumns(app);
    this.columns = columns.map((each) => each.name);
    const sorted = { name: "day", falling: true };
    this.grid = new Grid({
      columns: columns.map((each) => ({ ...each, title: title(app, each.name) })),
      label: app.say("table"),
      help: app.say("table_help"),
      sorted,
      read: (at) => this.readCells(this.rows[at], columns),
      wait: (first, last) => this.readTexts(first, last),
      sort: (name) => this.sort(name),
      choose: (at, focus) => this.choose(at, focus),
    });
    this.sorted = sorted;
    this.unplaced = new Unplaced(app, this.formats);
    this.mount();
    setTimeout(() => this.list(), 0); // after the first frame
  }

  mount() {
    const { app } = this, { table } = app.places;
    this.toggle = make("button", { type: "button", class: "gs-toggle", "aria-expanded": "false", "aria-controls": "gs-table-body" });
    this.toggle.addEventListener("click", () => this.unfold(this.toggle?.getAttribute("aria-expanded") !== "true"));
    this.csv = /** @type {HTMLButtonElement} */ (make("button", { type: "button", class: "gs-button" }, app.say("csv")));
    this.csv.addEventListener("click", () => this.save());
    this.tabs = ["placed", "unplaced"].map((name, at) => {
      const tab = make("button", { type: "button", role: "tab", id: `gs-tab-${name}`, "aria-controls": `gs-panel-${name}` });
      tab.addEventListener("click", () => this.show(at));
      return tab;
    });
    this.empty = make("p", { class: "gs-nothing", hidden: "" }, app.say("nothing_in_view"));
    this.panels = [make("div", {}, this.grid.whole, this.empty), make("div", {}, this.unplaced.element)];
    this.panels.forEach((panel, at) => {
      const name = ["placed", "unplaced"][at];
      for (const [key, value] of Object.entries({ role: "tabpanel", id: `gs-panel-${name}`, "aria-labelledby": `gs-tab-${name}` })) panel.setAttribute(key, value);
    });
    if (!app.payload.unplaced) this.tabs[1].hidden = true;
    const list = make("div", { role: "tablist", class: "gs-tabs", "aria-label": app.say("table") }, ...this.tabs);
    list.addEventListener("keydown", (event) => this.press(event));
    this.bar = make("div", { class: "gs-table-bar" }, this.toggle, list, this.csv);
    this.body = make("div", { id: "gs-table-body", class: "gs-table-body" }, ...this.panels);
    table.append(this.bar, this.body);
    this.tabs[1].textContent = app.say("tab_unplaced", { count: this.formats.number(app.payload.unplaced) });
    this.tellCount(app.payload.rows);
    this.unfold(innerWidth >= 900 && innerHeight >= 640);
    this.show(app.payload.rows || !app.payload.unplaced ? 0 : 1);
  }

  /** Open or close the table. @param {boolean} open */
  unfold(open) {
    const { toggle, body } = this;
    if (!toggle || !body) return;
    toggle.setAttribute("aria-expanded", String(open));
    toggle.setAttribute("aria-label", this.app.say(open ? "hide_table" : "show_table"));
    toggle.textContent = open ? "▾" : "▸";
    body.hidden = !open;
    if (open) this.ask(false);
  }

  /** Show a tab. @param {number} shown 0 or 1 */
  show(shown) {
    this.shown = shown;
    this.tabs?.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(at === shown));
      tab.tabIndex = at === shown ? 0 : -1;
    });
    this.panels?.forEach((panel, at) => { panel.hidden = at !== shown; });
    if (this.body?.hidden && document.activeElement === this.tabs?.[shown]) this.unfold(true);
    if (shown) this.unplaced.draw();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key) || this.tabs?.[1].hidden) return;
    this.tabs?.[1 - (this.shown ?? 0)].focus();
    this.show(1 - (this.shown ?? 0));
    event.preventDefault();
  }

  /** @param {number} count */
  tellCount(count) {
    if (this.tabs) this.tabs[0].textContent = this.app.say("tab_placed", { count: this.formats.number(count) });
  }

  /** List the rows again when nothing has changed for a while. @param {boolean} moved */
  ask(moved) {
    this.moved ||= moved;
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => this.list(), REST_MS);
  }

  async list() {
    const { app, sorted } = this, bounds = app.map.getBounds(), listing = ++this.listings;
    const order = await this.order(sorted.name, sorted.falling);
    if (listing !== this.listings) return; // a later one is under way
    const inView = findInView(app.payload, { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() });
    const active = this.rows[this.grid.active];
    this.rows = listRows(order, app.store.failed, inView, app.payload.placeStart);
    this.tellCount(this.rows.length);
    if (this.empty) this.empty.hidden = this.rows.length > 0;
    this.grid.show(this.rows.length, this.rows.indexOf(active), this.rows.indexOf(app.selected));
    if (this.moved && listing > 1) app.tell("announce", this.formats.count(app, "in_view", this.rows.length));
    if (app.selected >= 0 && app.selected !== this.chosen && this.grid.selected >= 0) this.grid.moveTo(this.grid.selected);
    this.chosen = app.selected;
    this.moved = false;
  }

  /**
   * All rows in the order of a column.
   * @param {string} name
   * @param {boolean} falling
   * @returns {Promise<Uint32Array>}
   */
  order(name, falling) {
    const key = `${name} ${falling}`, { payload } = this.app;
    let found = this.orders.get(key);
    if (!found) {
      const text = payload.columns.get(name)?.kind === "text";
      found = text ? this.orderTexts(name, falling) : Promise.resolve(orderRows(findKeys(payload, name, this.formats.collator), falling));
      this.orders.set(key, found);
    }
    return found;
  }

  /**
   * All rows in the order of a column of texts, which are read first; tell how far that is.
   * @param {string} name
   * @param {boolean} falling
   */
  async orderTexts(name, falling) {
    const { payload } = this.app, size = payload.head.block;
    const [group, names] = Object.entries(payload.head.groups).find(([, each]) => each.includes(name)) ?? ["", []];
    const column = names.indexOf(name), texts = [];
    for (let block = 0; block * size < payload.rows; block++) {
      if (block % 16 === 0) await this.tellProgress("sorting", (0.7 * block * size) / payload.rows);
      for (const text of (await payload.readBlock(group, block))[column]) texts.push(text.trim());
    }
    const order = await orderTexts(texts, falling, (share) => this.tellProgress("sorting", 0.7 + 0.3 * share));
    await this.tellProgress("sorting", -1);
    return order;
  }

  /**
   * @param {string} words
   * @param {number} share -1 when it is done
   */
  async tellProgress(words, share) {
    if (!this.csv) return;
    this.csv.textContent = share < 0 ? this.app.say("csv") : this.app.say(words, { share: this.formats.percent.format(share) });
    this.csv.setAttribute("aria-busy", String(share >= 0));
    await new Promise((done) => setTimeout(done, 0)); // the page stays alive
  }

  /** Sort by a column, the other way round if it is sorted by it already. @param {string} name */
  async sort(name) {
    const { sorted } = this, number = name === "day" || this.app.payload.columns.get(name)?.kind === "number";
    sorted.falling = sorted.name === name ? !sorted.falling : number;
    sorted.name = name;
    this.grid.drawHead();
    await this.list();
    this.grid.moveTo(0);
  }

  /**
   * The cells of a row, `null` where its texts are not there yet.
   * @param {number} row
   * @param {{name: string}[]} columns
   */
  readCells(row, columns) {
    const { payload } = this.app, texts = this.texts.get(row);
    let whole = true;
    const cells = columns.map(({ name }) => {
      if (name === "day") return this.formats.span(payload.day[row], payload.lastDay[row], true);
      if (payload.columns.get(name)?.kind === "text") {
        whole &&= texts !== undefined;
        return (texts?.[name] ?? "").replace(/\s+/g, " ");
      }
      const value = payload.value(name, row);
      if (typeof value === "number") return Number.isNaN(value) ? "" : this.formats.number(value);
      return this.app.tellValue(name, value);
    });
    return whole ? cells : null;
  }

  /**
   * Read the texts of the rows in sight, and draw them.
   * @param {number} first
   * @param {number} last
   */
  async readTexts(first, last) {
    const rows = [...this.rows.subarray(first, last)].filter((row) => !this.texts.has(row));
    for (const row of rows) this.texts.set(row, await this.app.payload.readTexts(row, this.columns));
    for (const row of this.texts.keys()) {
      if (this.texts.size <= KEPT) break;
      this.texts.delete(row);
    }
    this.grid.draw();
  }

  /**
   * Select a row of the table on the map.
   * @param {number} at
   * @param {boolean} focus
   */
  choose(at, focus) {
    this.chosen = this.rows[at];
    if (this.app.selected === this.chosen && focus) this.app.select(-1, false); // told anew, with the focus
    this.app.select(this.chosen, focus);
  }

  /** Show which row is selected. @param {number} row -1 for none */
  select(row) {
    this.grid.selected = row < 0 ? -1 : this.rows.indexOf(row);
    if (row !== this.chosen && this.grid.selected >= 0) this.grid.moveTo(this.grid.selected);
    else this.grid.draw();
  }

  /** Save what is shown as CSV. */
  async save() {
    const { app, rows } = this;
    if (this.csv?.getAttribute("aria-busy") === "true") return;
    if (this.shown) return download(await this.unplaced.write(), app.say("csv_name_unplaced"));
    const parts = await writeCsv(app.payload, rows, (share) => this.tellProgress("csv_at", share));
    await this.tellProgress("csv", -1);
    download(parts, app.say("csv_name"));
  }
}

/**
 * Hand a file to the reader.
 * @param {Blob[]} parts
 * @param {string} name
 */
function download(parts, name) {
  const address = URL.createObjectURL(new Blob(parts, { type: "text/csv;charset=utf-8" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
