/* Rows as CSV, as `geosec.storage` writes it: no text is run as a formula. Nothing here knows of the page. */
import { orderRows } from "./ordering.js";
import { NONE } from "./payload.js";

/** @typedef {import("./payload.js").Payload} Payload */

const FORMULA = /^[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/;
const CHUNK = 4096; // rows of a part of the file

/**
 * A cell of text: an apostrophe before what a spreadsheet would run, lines ended with LF.
 * @param {string} text
 */
export function writeText(text) {
  const plain = (FORMULA.test(text) ? "'" : "") + text.replace(/\r\n?/g, "\n");
  return /[",\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** @param {number} value */
const writeNumber = (value) => (Number.isNaN(value) ? "" : String(Number(value.toPrecision(12))));

/** @param {number} day since 1970-01-01 */
const writeDay = (day) => (day === NONE ? "" : new Date(day * 86_400_000).toISOString().slice(0, 10));

/**
 * @typedef {{name: string, write: (row: number, at: number, texts: Record<string, string[]>) => string}} Writer
 *   writes the cell of a row, which has the place `at` in its block of texts
 */

/**
 * The columns of the file: identifier, days and place, then all that the page knows of an incident.
 * @param {Payload} payload
 * @returns {Writer[]}
 */
export function listColumns(payload) {
  const { day, lastDay, lon, lat, radius, placeOf } = payload;
  /** @type {(name: string) => Writer} */
  const text = (name) => ({ name, write: (_, at, texts) => writeText(texts[name]?.[at] ?? "") });
  /** @type {Writer[]} */
  const columns = [
    text("incident_id"),
    { name: "date", write: (row) => writeDay(day[row]) },
    { name: "date_to", write: (row) => writeDay(lastDay[row]) },
    { name: "latitude", write: (row) => writeNumber(lat[placeOf[row]]) },
    { name: "longitude", write: (row) => writeNumber(lon[placeOf[row]]) },
    { name: "uncertainty_m", write: (row) => writeNumber(radius[placeOf[row]]) },
  ];
  const taken = new Set(columns.map((each) => each.name));
  for (const { name, kind, values = [] } of payload.columns.values()) {
    if (taken.has(name)) continue;
    if (kind === "text") {
      columns.push(text(name));
      continue;
    }
    const plane = payload.plane(name), written = values.map(writeText);
    if (kind === "number") columns.push({ name, write: (row) => writeNumber(plane.at(row)) });
    else columns.push({ name, write: (row) => written[plane.at(row)] ?? "" });
  }
  return columns;
}

/**
 * Write rows as CSV, in parts. Texts are read block by block, each once, in whatever order rows stand.
 * @param {Payload} payload
 * @param {Uint32Array} rows
 * @param {(done: number) => Promise<void>} progress told the share that is done, and waited for
 * @returns {Promise<Blob[]>}
 */
export async function writeCsv(payload, rows, progress) {
  const columns = listColumns(payload), lines = new Array(rows.length), size = payload.head.block;
  const order = orderRows(Float64Array.from(rows), false); // of their numbers, as texts stand in blocks
  for (let done = 0; done < order.length; ) {
    const block = Math.floor(rows[order[done]] / size), end = (block + 1) * size;
    await progress(done / order.length);
    const texts = await readBlocks(payload, block);
    for (; done < order.length && rows[order[done]] < end; done++) {
      const row = rows[order[done]];
      lines[order[done]] = columns.map((each) => each.write(row, row - block * size, texts)).join(",");
    }
  }
  const parts = [new Blob([`\ufeff${columns.map((each) => writeText(each.name)).join(",")}\n`])];
  for (let from = 0; from < lines.length; from += CHUNK) {
    parts.push(new Blob([`${lines.slice(from, from + CHUNK).join("\n")}\n`]));
    lines.fill(undefined, from, from + CHUNK); // they may be much
  }
  return parts;
}

/**
 * Read all texts of a block, by column.
 * @param {Payload} payload
 * @param {number} block
 * @returns {Promise<Record<string, string[]>>}
 */
async function readBlocks(payload, block) {
  const { groups } = payload.head;
  const read = await Promise.all(Object.keys(groups).map((group) => payload.readBlock(group, block)));
  const texts = read.flat();
  return Object.fromEntries(Object.values(groups).flat().map((name, column) => [name, texts[column]]));
}

/**
 * Write a list of plain rows as CSV.
 * @param {string[]} names of the columns
 * @param {Record<string, string>[]} rows
 */
export function writePlainCsv(names, rows) {
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? ""))].map((cells) => cells.map(writeText).join(","));
  return [new Blob([`\ufeff${lines.join("\n")}\n`])];
}
