import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";

import { Footprints } from "../src/footprints.js";
import { Palette } from "../src/palette.js";
import { Payload, inflate } from "../src/payload.js";
import { cutWorld, worldX, worldY } from "../src/project.js";
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
  assert.deepEqual(found.map((each) => [...each]), [[0, -1, 1, -1, 1, -1, 0]]);
});

const square = (west, south, east, north) => ({ type: "Polygon", coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] });

test("a point is in each of the units that lie on each other", () => {
  const points = [1, 3, 5, 9], units = [square(0, 0, 4, 4), square(2, 0, 6, 4), square(2.5, 1, 3.5, 3)];
  const found = findUnits(points.map(worldX), points.map(() => worldY(2)), units, true);
  assert.deepEqual(found.map((each) => [...each]), [[0, 0, 1, -1], [-1, 1, -1, -1], [-1, 2, -1, -1]]);
});

test("units and draws on both sides of the cut of the world find each other", () => {
  const fiji = { type: "MultiPolygon", coordinates: [square(178, -20, 180, -15).coordinates, square(-180, -20, -178, -15).coordinates] };
  const east = worldX(179), beyond = worldX(180) + 0.5, west = worldX(-179), before = worldX(-180) - 0.5;
  for (const [cut, x] of [[-180, [east, beyond, west, before]], [10, [east, beyond, west]]]) {
    cutWorld(cut);
    assert.deepEqual([...findUnits(x, x.map(() => worldY(-17)), [fiji])[0]], x.map(() => 0), `cut at ${cut}`);
    const found = findUnits([worldX(9), worldX(12), worldX(100), worldX(0)], Array(4).fill(worldY(2)), [square(8, 0, 14, 4)]);
    assert.deepEqual([...found[0]], [0, 0, -1, -1], `cut at ${cut}`);
    cutWorld(-180);
  }
});

test("a score that is no share is the nearest one", () => {
  const scores = [1.5, -0.4, NaN, 0.3], payload = { columns: new Map([["match_score", {}]]), plane: () => ({ at: (row) => scores[row] }) };
  const shares = new ShownShares(payload, {}, {}, {});
  assert.deepEqual(scores.map((_, row) => shares.scoreOf(row)), [1, 0, 1, 0.3]);
});

test("what is expected is divided by all, by people and by railway, though it is no whole number", () => {
  const columns = { value: [0.5, 1.25], total: [2, 2], population: [null, 1000], rail_km: [0, 0] };
  assert.deepEqual(listRates(columns, true).map((each) => each.name), ["rate_none", "rate_share", "rate_population"]);
});
