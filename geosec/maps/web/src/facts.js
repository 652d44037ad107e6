/* What the page tells of an incident, in plain words and with no more precision than is known. */
import { fill, tellRule } from "./formats.js";
import { NONE } from "./payload.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./formats.js").Formats} Formats */
/** @typedef {import("./formats.js").Piece} Piece */
/** @typedef {{title: Piece[], told: Piece[]}} Fact */

const ON_LINE_M = 50;
const SURE = 0.995; // from which a district is told without its probability
/** Columns that are told in words of their own. */
const WORDED = new Set([
  "event_type", "actor", "target", "adm1_name", "adm2_name", "adm1_prob", "adm2_prob", "fatalities", "injuries", "fatalities_text",
  "match_status", "match_rule", "match_name", "match_reason", "match_score", "location", "summary", "source_url", "incident_id",
  "rail_line", "rail_prev_station", "rail_next_station", "rail_km", "rail_km_low", "rail_km_high", "rail_offset_m",
]);

/** One incident as the page tells of it. */
export class Incident {
  /**
   * @param {App} app
   * @param {Formats} formats
   * @param {number} row
   * @param {Record<string, string>} texts of the row, by column
   */
  constructor(app, formats, row, texts) {
    this.app = app;
    this.formats = formats;
    this.row = row;
    this.texts = texts;
    this.place = app.payload.placeOf[row];
  }

  /** The text of a column, "" where it is missing. @param {string} name */
  text(name) {
    return (this.texts[name] ?? String(this.app.payload.value(name, this.row))).trim();
  }

  /** The number of a column, NaN where it is missing. @param {string} name */
  number(name) {
    const value = this.app.payload.value(name, this.row);
    return typeof value === "number" ? value : NaN;
  }

  /**
   * Words of the page with texts of others in them.
   * @param {string} name
   * @param {Record<string, string|number|{foreign: string}>} given
   */
  say(name, given = {}) {
    return fill(this.app.options.words[name] ?? name, given);
  }

  when() {
    const { day, lastDay } = this.app.payload, { row } = this;
    return day[row] === NONE ? this.app.say("no_date") : this.formats.span(day[row], lastDay[row]);
  }

  /** What was read, else what was reported, else the identifier. */
  name() {
    return this.text("match_name") || this.text("location") || this.text("incident_id");
  }

  /** What is told of the incident; what is not known takes no line, but for the killed and injured. */
  listFacts() {
    const { row } = this, { columns } = this.app.payload;
    /** @type {[string, Piece[]][]} */
    const told = [
      ["fact_when", [this.when()]],
      ["fact_who", this.tellWho()],
      ["fact_killed", this.tellCount("fatalities")],
      ["fact_injured", this.tellCount("injuries")],
      ["fact_reported", this.quote("location")],
      ["fact_read", this.tellReading()],
      ["fact_why", this.quote("match_reason")],
      ["fact_district", this.tellDistrict()],
      ["fact_railway", this.tellRailway()],
    ];
    const others = [...columns.values()].filter(({ name }) => !WORDED.has(name)).map(({ name, kind }) => {
      const number = kind === "number" ? this.number(name) : NaN;
      const value = kind === "number" ? (Number.isNaN(number) ? "" : this.formats.number(number)) : this.text(name);
      const known = this.app.options.words[`column_${name}`];
      return { title: known ? [known] : [{ foreign: name }], told: value ? [{ foreign: value }] : [] };
    });
    const own = { title: this.say("fact_identifier"), told: this.quote("incident_id") };
    return [...told.map(([name, pieces]) => ({ title: this.say(name), told: pieces })), ...others, own].filter((each) => each.told.length && row >= 0);
  }

  /** @param {string} name @returns {Piece[]} */
  quote(name) {
    const text = this.text(name);
    return text ? [{ foreign: text }] : [];
  }

  /** @returns {Piece[]} */
  tellWho() {
    const [actor, target] = [this.text("actor"), this.text("target")];
    if (actor && target) return this.say("who_to_whom", { actor: { foreign: actor }, target: { foreign: target } });
    return target ? this.say("to_whom", { target: { foreign: target } }) : this.quote("actor");
  }

  /** How many were harmed; nothing of what the table has no column for. @param {string} name @returns {Piece[]} */
  tellCount(name) {
    if (!this.app.payload.columns.has(name)) return [];
    const count = this.number(name), words = this.text(`${name}_text`);
    if (!Number.isNaN(count)) return words && words !== String(count) ? [`${this.formats.number(count)} (`, { foreign: words }, ")"] : [this.formats.number(count)];
    return words ? [{ foreign: words }] : this.say("not_reported");
  }

  /** @returns {Piece[]} */
  tellReading() {
    const name = this.text("match_name"), rule = this.text("match_rule");
    if (!name) return [];
    const { options, payload } = this.app, wording = tellRule(rule, payload.head.rules, options.words);
    return wording ? this.say("read_by_rule", { name: { foreign: name }, rule: wording }) : [{ foreign: name }];
  }

  /** @returns {Piece[]} */
  tellDistrict() {
    const names = [this.text("adm2_name"), this.text("adm1_name")].filter(Boolean);
    if (!names.length) return [];
    const sure = this.number(this.text("adm2_name") ? "adm2_prob" : "adm1_prob");
    /** @type {Piece[]} */
    const told = names.flatMap((name, at) => (at ? [this.app.say("comma"), { foreign: name }] : [{ foreign: name }]));
    return Number.isNaN(sure) || sure >= SURE ? told : [...told, ...this.say("district_sure", { share: this.formats.share(sure) })];
  }

  /** @returns {Piece[]} */
  tellRailway() {
    const km = this.number("rail_km");
    if (Number.isNaN(km)) return [];
    let [low, high] = [this.number("rail_km_low"), this.number("rail_km_high")];
    if (Number.isNaN(low) || Number.isNaN(high)) low = high = km; // of best points alone
    const [from, to] = [low, high].map((each) => this.formats.number(Math.round(each)));
    const line = { foreign: this.text("rail_line") };
    const told = high - low < 1 ? this.say("rail_at", { line, from }) : this.say("rail_between", { line, from, to });
    const stations = [this.text("rail_prev_station"), this.text("rail_next_station")].filter(Boolean);
    stations.forEach((name, at) => told.push(at ? " – " : this.app.say("comma"), { foreign: name }));
    const offset = this.number("rail_offset_m");
    if (offset >= ON_LINE_M) told.push(...this.say("rail_away", { distance: this.formats.distance(offset) }));
    return told;
  }

  /** Where the incident lies, and how sure that is. @returns {Piece[][]} sentences */
  tellCertainty() {
    const { payload } = this.app, metres = payload.radius[this.place], shape = payload.shape.at(this.place);
    const radius = Number.isNaN(metres) ? "" : this.formats.distance(metres);
    const name = this.text("match_name") ? { foreign: this.text("match_name") } : this.app.say("the_outline");
    const line = !Number.isNaN(shape) && /Line/.test(payload.head.shapes[shape].type);
    const sentences = [];
    if (this.text("match_status") === "ambiguous") sentences.push(this.say(radius ? "sure_one_of" : "sure_one_of_unknown", { radius }));
    else if (line) sentences.push(this.say("sure_line", { name }), ...(radius ? [this.say("sure_within_all", { radius })] : []));
    else if (!Number.isNaN(shape)) sentences.push(this.say("sure_area", { name }));
    else if (!radius) sentences.push(this.say("sure_unknown"));
    else sentences.push(metres === 0 ? this.say("sure_exact") : this.say("sure_within", { radius }));
    const score = this.number("match_score");
    if (!Number.isNaN(score)) sentences.push(this.say("sure_score", { share: this.formats.share(score) }));
    return sentences;
  }
}
