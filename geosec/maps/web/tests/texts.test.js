import assert from "node:assert/strict";
import test from "node:test";
import { cutTexts, lowerColumn, markHits } from "../src/texts.js";

/** @param {string[][]} columns as Python writes them */
function write(columns) {
  const told = columns.map((texts) => texts.map((text) => new TextEncoder().encode(text)));
  const lengths = told.flatMap((texts) => [0, 8, 16, 24].flatMap((shift) => texts.map((text) => (text.length >> shift) & 255)));
  return Uint8Array.from([...lengths, ...told.flat().flatMap((text) => [...text])]);
}

const columns = [["", "Mach", "کوئٹہ", "👩‍👩 x", "\ufeffmark"], ["AB", "CD", "", "İSTANBUL", "a"]];

test("texts are cut where they end, whatever their letters", () => {
  assert.deepEqual(cutTexts(write(columns), 2, 5), columns);
});

/** @param {number} column
 * @param {string} words */
function find(column, words) {
  const hits = new Uint8Array(7);
  markHits(lowerColumn(write(columns), 2, 5, column), words.toLowerCase(), hits, 2);
  return [...hits.keys()].filter((row) => hits[row]).map((row) => row - 2);
}

test("words are found in any case, and not from one text into the next", () => {
  assert.deepEqual(find(0, "MA"), [1, 4]);
  assert.deepEqual(find(0, "ئٹ"), [2]);
  assert.deepEqual(find(0, "hک"), []);
  assert.deepEqual(find(1, "bc"), []);
  assert.deepEqual(find(1, "a"), [0, 3, 4]);
  assert.deepEqual(find(1, "İstanbul"), [3]);
});
