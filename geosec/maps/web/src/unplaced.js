/* The incidents without a place, and why they have none. */
import { writePlainCsv } from "./csv.js";
import { make } from "./dom.js";
import { Grid } from "./grid.js";

/** @typedef {import("./app.js").App} App */

const COLUMNS = [
  { name: "incident_id", key: "id", width: "minmax(110px, 1fr)" },
  { name: "location", key: "phrase", width: "minmax(140px, 2fr)" },
  { name: "match_reason", key: "reason", width: "minmax(160px, 3fr)" },
];

export class Unplaced {
  /**
   * @param {App} app
   * @param {import("./formats.js").Formats} formats
   */
  constructor(app, formats) {
    /** @type {Record<string, string>[]} */
    this.rows = [...app.options.missing];
    this.formats = formats;
    this.sorted = { name: "", falling: false };
    const told = formats.count(app, "unplaced_told", this.rows.length);
    this.grid = new Grid({
      columns: COLUMNS.map((each) => ({ ...each, title: app.options.words[`column_${each.name}`] ?? each.name })),
      label: told,
      help: app.say("table_help_unplaced"),
      sorted: this.sorted,
      read: (at) => COLUMNS.map(({ key }) => this.rows[at][key] ?? ""),
      wait: () => {},
      sort: (name) => this.sort(name),
      choose: () => {},
    });
    this.element = make("div", {}, this.grid.whole);
  }

  draw() {
    this.grid.show(this.rows.length, this.grid.active, -1);
  }

  /** @param {string} name */
  sort(name) {
    const { sorted, formats } = this, key = COLUMNS.find((each) => each.name === name)?.key ?? "id";
    sorted.falling = sorted.name === name && !sorted.falling;
    sorted.name = name;
    const sign = sorted.falling ? -1 : 1;
    this.rows.sort((one, other) => sign * formats.collator.compare(one[key] ?? "", other[key] ?? ""));
    this.grid.drawHead();
    this.draw();
    this.grid.moveTo(0);
  }

  /** The rows as CSV. */
  write() {
    const names = COLUMNS.map((each) => each.name);
    return writePlainCsv(names, this.rows.map((row) => Object.fromEntries(COLUMNS.map(({ name, key }) => [name, row[key] ?? ""]))));
  }
}
