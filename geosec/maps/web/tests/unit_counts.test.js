import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";

import { Footprints } from "../src/footprints.js";
import { Palette } from "../src/palette.js";
import { Payload, inflate } from "../src/payload.js";
import { worldX, worldY } from "../src/project.js";
import { ShownShares } from "../src/shown_shares.js";
import { Store } from "../src/store.js";
import { UnitCounts, findUnits } from "../src/unit_counts.js";
import { listRates } from "../src/valued.js";

/* Incidents of every kind of footprint, and what Python counts in areas: `python -m tests.maps.make_shares`. */
const made = JSON.parse(execFileSync(process.env.PYTHON ?? "python", ["-m", "tests.maps.make_shares"], { cwd: new URL("../../../..", import.meta.url) }).toString());

async function openMade() {
  const payload = new Payload(made.head, await inflate(made.numbers), () => ""), store = new Store(payload, ["match_score"]);
  return { store, counts: new UnitCounts(new ShownShares(payload, store, new Palette(payload, ""), new Footprints(payload)), made.areas) };
}

test("as many are expected in each unit as Python expects, and their intervals are alike", async () => {
  const { counts } = await openMade(), { value, low, high, outside } = counts.count();
  made.counts.forEach(([expected, least, most], unit) => {
    assert.ok(Math.abs(value[unit] - expected) < 0.12, `unit ${unit}: ${value[unit]} for ${expected}`);
    assert.ok(low[unit] <= value[unit] + 1e-9 && value[unit] <= high[unit] + 1e-9);
    assert.ok(Math.abs(low[unit] - least) <= 1 && Math.abs(high[unit] - most) <= 1, `unit ${unit}: ${low[unit]} to ${high[unit]}`);
  });
  assert.ok(Math.abs(value.reduce((sum, each) => sum + each, 0) + outside - made.head.rows) < 1e-3);
});

test("what is filtered out is not counted", async () => {
  const { store, counts } = await openMade(), before = counts.count();
  store.filterRange("match_score", [0.95, 1]);
  const after = counts.count(), sum = ({ value, outside }) => value.reduce((one, other) => one + other, 0) + outside;
  assert.ok(Math.abs(sum(after) - store.shown) < 1e-3 && sum(after) < sum(before));
});

test("those of unknown radius count at their point, and are told", async () => {
  const { counts } = await openMade(), { payload } = counts.shares, exact = payload.radius.findIndex((each) => each === 0);
  payload.radius[exact] = NaN;
  const { value, outside, unknown } = counts.count();
  assert.equal(unknown, 1);
  assert.ok(Math.abs(value.reduce((sum, each) => sum + each, 0) + outside - made.head.rows) < 1e-3);
});

test("a point is in the unit that it lies in, or in none", () => {
  const ring = { type: "Polygon", coordinates: [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]] };
  const twins = { type: "MultiPolygon", coordinates: [[[[5, 0], [6, 0], [6, 1], [5, 1], [5, 0]]], [[[5, 3], [6, 3], [6, 4], [5, 4], [5, 3]]]] };
  const points = [[0.5, 0.5], [2, 2], [5.5, 0.5], [5.5, 2], [5.5, 3.5], [9, 9], [3.5, 2]];
  const found = findUnits(points.map(([lon]) => worldX(lon)), points.map(([, lat]) => worldY(lat)), [ring, twins]);
  assert.deepEqual([...found], [0, -1, 1, -1, 1, -1, 0]);
});

test("what is expected is divided by all, by people and by railway, though it is no whole number", () => {
  const columns = { value: [0.5, 1.25], total: [2, 2], population: [null, 1000], rail_km: [0, 0] };
  assert.deepEqual(listRates(columns, true).map((each) => each.name), ["rate_none", "rate_share", "rate_population"]);
});
