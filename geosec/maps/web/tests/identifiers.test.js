import assert from "node:assert/strict";
import test from "node:test";

import { openMade } from "./words.js";

const { payload, rows } = await openMade();

test("each row has its identifier, and is found by it", async () => {
  assert.deepEqual(payload.head.groups.numbered, ["incident_id"]);
  for (let at = 0; at < rows.length; at += 61) {
    const own = rows[at].incident_id;
    assert.equal((await payload.readTexts(at, ["incident_id"])).incident_id, own);
    assert.equal(await payload.findRow(own), at);
  }
});

test("what is no identifier is not found", async () => {
  for (const wrong of ["", "i", "i03", "i3 ", "3", "j3", "i3000", "i-1", "iNaN", "i0x3"]) assert.equal(await payload.findRow(wrong), -1, wrong);
});

test("a search marks the rows whose identifier holds the words", async () => {
  const identifiers = await payload.readIdentifiers();
  for (const low of ["i7", "77", "i", "x7", "299", "i3001"]) {
    const hits = new Uint8Array(payload.rows);
    identifiers.mark(low, hits);
    assert.deepEqual([...hits], rows.map((row) => Number(row.incident_id.includes(low))), low);
  }
});
