/* The incidents without a place, and why they have none. */
import { writePlainCsv } from "./csv.js";
import { make } from "./dom.js";
import { Grid } from "./grid.js";

/** @typedef {import("./app.js").App} App */

const COLUMNS = [
  { name: "incident_id", width: "minmax(110px, 1fr)" },
  { name: "location", width: "minmax(140px, 2fr)" },
  { name: "match_reason", width: "minmax(160px, 3fr)" },
  { name: "date", width: "100px" },
  { name: "event_type", width: "minmax(90px, 1fr)" },
  { name: "summary", width: "minmax(120px, 2fr)" },
];

export class Unplaced {
  /**
   * @param {App} app
   * @param {import("./formats.js").Formats} formats
   */
  constructor(app, formats) {
    this.payload = app.payload;
    /** @type {Record<string, string>[]} */
    this.rows = [];
    /** @type {Promise<void>|null} */
    this.reading = null;
    this.formats = formats;
    this.sorted = { name: "", falling: false };
    const told = formats.count(app, "unplaced_told", app.payload.unplaced);
    const columns = COLUMNS.filter(({ name }) => app.payload.head.unplaced.columns.includes(name));
    this.grid = new Grid({
      columns: columns.map((each) => ({ ...each, title: app.options.words[`column_${each.name}`] ?? each.name })),
      label: told,
      help: app.say("table_help_unplaced"),
      sorted: this.sorted,
      read: (at) => columns.map(({ name }) => this.rows[at][name] ?? ""),
      wait: () => {},
      sort: (name) => this.sort(name),
      choose: () => {},
    });
    this.element = make("div", {}, this.grid.whole);
  }

  /** Read all rows, once. */
  read() {
    this.reading ??= (async () => {
      for (let block = 0; block * this.payload.head.block < this.payload.unplaced; block++) this.rows.push(...await this.payload.readUnplaced(block));
    })();
    return this.reading;
  }

  async draw() {
    await this.read();
    this.grid.show(this.rows.length, this.grid.active, -1);
  }

  /** @param {string} name */
  async sort(name) {
    const { sorted, formats } = this;
    await this.read();
    sorted.falling = sorted.name === name && !sorted.falling;
    sorted.name = name;
    const sign = sorted.falling ? -1 : 1;
    this.rows.sort((one, other) => sign * formats.collator.compare(one[name] ?? "", other[name] ?? ""));
    this.grid.drawHead();
    await this.draw();
    this.grid.moveTo(0);
  }

  /** The rows as CSV. */
  async write() {
    await this.read();
    return writePlainCsv(this.payload.head.unplaced.columns, this.rows);
  }
}
