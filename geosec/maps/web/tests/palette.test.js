import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";

import { Palette } from "../src/palette.js";

/* Columns and their palettes as Python has them: `python -m tests.maps.make_palette`. */
const cases = JSON.parse(execFileSync(process.env.PYTHON ?? "python", ["-m", "tests.maps.make_palette"], { cwd: new URL("../../../..", import.meta.url) }).toString());

for (const { name, given, ordered, values, codes, entries, of_row } of cases) {
  test(`the page and a static map colour a column alike: ${name}`, () => {
    const payload = {
      rows: codes.length,
      columns: new Map([["column", { kind: "category", values, ordered }]]),
      plane: () => ({ at: (row) => codes[row] ?? NaN }),
    };
    const palette = new Palette(payload, "column", given);
    assert.deepEqual(palette.entries, entries.map(({ rows, ...entry }) => ({ ...entry, count: rows })));
    assert.deepEqual([...palette.ofRow], of_row);
  });
}
