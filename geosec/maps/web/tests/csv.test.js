import assert from "node:assert/strict";
import test from "node:test";

import { writeCsv, writeText } from "../src/csv.js";
import { openMade } from "./words.js";

const { payload, rows } = await openMade();

test("no text is run as a formula", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\uff1dx", "\tx"]) assert.ok(writeText(text).startsWith("'"), text);
  assert.equal(writeText("\r=1"), "\"'\n=1\"");
  assert.equal(writeText('say "no", so'), '"say ""no"", so"');
  assert.equal(writeText("two\r\nlines\rmore"), '"two\nlines\nmore"');
});

test("the rows asked for are written in their order, with every column", async () => {
  const asked = Uint32Array.of(2_000, 3, 1_500, 0), shares = [];
  const bytes = await new Blob(await writeCsv(payload, asked, async (share) => { shares.push(share); })).arrayBuffer();
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  assert.equal(text[0], "\ufeff");
  const [head, ...lines] = text.slice(1).replace(/"[^"]*"/g, (cell) => cell.replaceAll("\n", " ")).trimEnd().split("\n");
  assert.equal(head, "incident_id,date,date_to,latitude,longitude,uncertainty_m,event_type,actor,fatalities,summary,at");
  assert.equal(lines.length, 4);
  lines.forEach((line, at) => {
    const row = rows[asked[at]], cells = line.split(",");
    assert.equal(cells[0], row.incident_id);
    assert.equal(cells[1], row.day == null ? "" : new Date(row.day * 86_400_000).toISOString().slice(0, 10));
    assert.equal(Number(cells[4]), Number(row.lon.toFixed(5)));
    assert.equal(cells[6], row.event_type ?? "");
    assert.equal(cells[8], row.fatalities == null ? "" : String(row.fatalities));
  });
  assert.equal(shares[0], 0);
});
