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
 * The columns of the file: identifier, days and place, then all that the page knows of an incident.
 * @param {Payload} payload
 * @returns {{name: string, write: (row: number, texts: Record<string, string>) => string}[]}
 */
export function listColumns(payload) {
  const { day, lastDay, lon, lat, radius, placeOf } = payload;
  /** @type {{name: string, write: (row: number, texts: Record<string, string>) => string}[]} */
  const columns = [
    { name: "incident_id", write: (_, texts) => writeText(texts.incident_id ?? "") },
    { name: "date", write: (row) => writeDay(day[row]) },
    { name: "date_to", write: (row) => writeDay(lastDay[row]) },
    { name: "latitude", write: (row) => writeNumber(lat[placeOf[row]]) },
    { name: "longitude", write: (row) => writeNumber(lon[placeOf[row]]) },
    { name: "uncertainty_m", write: (row) => writeNumber(radius[placeOf[row]]) },
  ];
  const taken = new Set(columns.map((each) => each.name));
  for (const { name, kind } of payload.columns.values()) {
    if (taken.has(name)) continue;
    if (kind === "text") columns.push({ name, write: (_, texts) => writeText(texts[name] ?? "") });
    else if (kind === "number") columns.push({ name, write: (row) => writeNumber(payload.plane(name).at(row)) });
    else columns.push({ name, write: (row) => writeText(String(payload.value(name, row))) });
  }
  return columns;
}

/**
 * Write rows as CSV, in parts. Texts are read block by block, each once, in whatever order rows stand.
 * @param {Payload} payload
 * @param {Uint32Array} rows
 * @param {(done: number) => Promise<void>} progress told the share that is done, and waited for
 * @returns {Promise<string[]>}
 */
export async function writeCsv(payload, rows, progress) {
  const columns = listColumns(payload), lines = new Array(rows.length), size = payload.head.block;
  const order = orderRows(Float64Array.from(rows), false); // of their numbers, as texts stand in blocks
  for (let at = 0; at < order.length; ) {
    const block = Math.floor(rows[order[at]] / size), end = (block + 1) * size;
    await progress(at / order.length);
    const readRow = await openBlock(payload, block);
    for (; at < order.length && rows[order[at]] < end; at++) {
      const row = rows[order[at]], texts = readRow(row - block * size);
      lines[order[at]] = columns.map((each) => each.write(row, texts)).join(",");
    }
  }
  const parts = [`\ufeff${columns.map((each) => writeText(each.name)).join(",")}\n`];
  for (let from = 0; from < lines.length; from += CHUNK) parts.push(`${lines.slice(from, from + CHUNK).join("\n")}\n`);
  return parts;
}

/**
 * Read all texts of a block.
 * @param {Payload} payload
 * @param {number} block
 * @returns {Promise<(at: number) => Record<string, string>>} the texts of a row of the block
 */
async function openBlock(payload, block) {
  const { groups } = payload.head;
  const read = await Promise.all(Object.keys(groups).map((group) => payload.readBlock(group, block)));
  const names = Object.values(groups).flat(), texts = read.flat();
  return (at) => Object.fromEntries(names.map((name, column) => [name, texts[column][at]]));
}

/**
 * Write a list of plain rows as CSV.
 * @param {string[]} names of the columns
 * @param {Record<string, string>[]} rows
 */
export function writePlainCsv(names, rows) {
  const lines = rows.map((row) => names.map((name) => writeText(row[name] ?? "")).join(","));
  return [`\ufeff${names.map(writeText).join(",")}\n`, ...lines.map((line) => `${line}\n`)];
}
