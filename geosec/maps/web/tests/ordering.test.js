import assert from "node:assert/strict";
import test from "node:test";

import { findInView, findKeys, listAtPoint, listRows, orderRows, orderTexts } from "../src/ordering.js";
import { openMade } from "./words.js";

const { payload, rows } = await openMade();
const collator = new Intl.Collator("en");

/** @param {(row: any) => any} value */
function sortByHand(value, falling) {
  const sign = falling ? -1 : 1;
  return [...rows.keys()].sort((one, other) => {
    const [left, right] = [value(rows[one]), value(rows[other])];
    if (left == null || right == null) return (left == null) - (right == null) || one - other;
    return sign * (left < right ? -1 : left > right ? 1 : 0) || one - other;
  });
}

for (const falling of [false, true]) {
  for (const [name, value] of [["day", (row) => row.day], ["fatalities", (row) => row.fatalities], ["event_type", (row) => row.event_type]]) {
    test(`rows are sorted by ${name}, those without come last`, () => {
      assert.deepEqual([...orderRows(findKeys(payload, name, collator), falling)], sortByHand(value, falling));
    });
  }
}

test("keys of any kind are sorted", () => {
  const keys = [2.5, NaN, -1e12, 0, 7e9, 2.5, -0.25];
  assert.deepEqual([...orderRows(Float64Array.from(keys), false)], [2, 6, 3, 0, 5, 4, 1]);
  assert.deepEqual([...orderRows(Float64Array.from([NaN, NaN]), true)], [0, 1]);
});

const pause = async () => {};

test("texts are sorted, empty ones last", async () => {
  assert.deepEqual([...await orderTexts(["b", "", "a", "b"], false, pause)], [2, 0, 3, 1]);
  assert.deepEqual([...await orderTexts(["b", "", "a", "b"], true, pause)], [0, 3, 2, 1]);
});

for (const falling of [false, true]) {
  test("many texts that begin alike are sorted as few are", async () => {
    const texts = Array.from({ length: 30_000 }, (_, at) => (at % 50 ? `the same ${"ab".repeat(at % 7)}${(at * 7919) % 4001}` : ""));
    const sign = falling ? -1 : 1;
    const known = [...texts.keys()].sort((one, other) => Number(!texts[one]) - Number(!texts[other]) || (texts[one] === texts[other] ? one - other : texts[one] < texts[other] ? -sign : sign));
    assert.deepEqual([...await orderTexts(texts, falling, pause)], known);
  });
}

test("rows in view that pass the filters are listed in their order", () => {
  const bounds = { west: 64, south: 26, east: 70, north: 33 };
  const failed = Uint16Array.from(rows, (row) => (row.actor === "A" ? 4 : 0));
  const order = orderRows(findKeys(payload, "day", collator), true);
  const within = (row) => row.lon >= 64 && row.lon <= 70 && payload.lat[payload.placeOf[row.at]] >= 26 && payload.lat[payload.placeOf[row.at]] <= 33;
  const known = sortByHand((row) => row.day, true).filter((at) => rows[at].actor !== "A" && within({ ...rows[at], at }));
  assert.deepEqual([...listRows(order, failed, findInView(payload, bounds), payload.placeStart)], known);
});

test("the incidents of a point are listed whatever their radius, the latest first", () => {
  const near = { lon: [1, 2, 1, 1], lat: [5, 5, 5, 6], places: 4, placeOf: [0, 0, 1, 2, 3], placeStart: [0, 2, 3, 4, 5], day: [3, 9, 1, 5, 7] };
  assert.deepEqual([...listAtPoint(near, new Uint16Array(5), 3)], [1, 3, 0]);
  assert.deepEqual([...listAtPoint(near, Uint16Array.of(0, 1, 0, 0, 0), 3)], [3, 0]);
});
