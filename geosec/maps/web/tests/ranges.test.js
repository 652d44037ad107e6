import assert from "node:assert/strict";
import test from "node:test";

import { listEdges } from "../src/ranges.js";
import { Store } from "../src/store.js";

const numbers = Float64Array.from([0, 0, 1, 3, 9, 30, 400, NaN]);
const plane = { numbers: () => numbers, at: (row) => numbers[row], head: {} };
const payload = { rows: numbers.length, plane: () => plane, radius: Float64Array.from([0, 5e3]), placeOf: Uint32Array.from([0, 0, 1, 1, 1, 1, 1, 0]) };

test("classes of a number hold every row that has one, once, whatever its own filter says", () => {
  const store = new Store(payload, ["fatalities", "uncertainty_m"]), edges = listEdges(0, 400, 10);
  assert.equal(edges[0], 0);
  assert.equal(edges[10], 400);
  const counts = store.countClasses("fatalities", edges);
  assert.equal(counts.reduce((sum, each) => sum + each), 7);
  assert.equal(counts[9], 1);
  store.filterRange("fatalities", [1, 30]);
  assert.equal(store.shown, 4);
  assert.deepEqual(store.countClasses("fatalities", edges), counts);
  store.filterRange("uncertainty_m", [0, 10]);
  assert.equal(store.shown, 0);
  assert.equal(store.countClasses("fatalities", edges).reduce((sum, each) => sum + each), 2);
  store.filterRange("fatalities", null);
  assert.equal(store.shown, 3);
});
