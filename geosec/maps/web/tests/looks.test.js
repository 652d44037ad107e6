import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";

import { classify, findClass, nameInk } from "../src/classes.js";
import { roundBelow } from "../src/keys.js";
import { makeScale } from "../src/marks.js";
import { countHidden } from "../src/crowding.js";
import { Footprints } from "../src/footprints.js";
import { fillColumns, nameFile, wrap } from "../src/picture.js";
import { cutWorld, worldX } from "../src/project.js";
import { isAlmostNothing, listRates } from "../src/valued.js";

test("classes hold all values, equal ones together, and about as many each", () => {
  const values = Array.from({ length: 500 }, (_, at) => (at * at) % 97);
  const classes = classify([...values, null, NaN]);
  assert.equal(classes.length, 5);
  assert.equal(classes.reduce((sum, each) => sum + each.count, 0), 500);
  for (const value of values) {
    const held = classes[findClass(classes, value)];
    assert.ok(held.from <= value && value <= held.to);
  }
  assert.ok(Math.max(...classes.map((each) => each.count)) < 160);
  assert.equal(findClass(classes, null), -1);
});

test("the page and paper have the same classes", () => {
  const cases = JSON.parse(execFileSync(process.env.PYTHON ?? "python", ["-m", "tests.maps.make_classes"], { cwd: new URL("../../../..", import.meta.url), maxBuffer: 1 << 28 }).toString());
  assert.ok(cases.length > 500);
  for (const { values, ends, of, inks } of cases) {
    const classes = classify(values);
    assert.deepEqual(classes.map(({ from, to }) => [from, to]), ends);
    assert.deepEqual(values.map((value) => findClass(classes, value)), of);
    assert.deepEqual(classes.map((_, at) => nameInk(classes, at, "area")), inks);
  }
});

test("few values have a class each, and the ends of the ramp", () => {
  assert.deepEqual(classify([3, 0, 0, 3]), [{ from: 0, to: 0, count: 2 }, { from: 3, to: 3, count: 2 }]);
  const inks = (numbers) => { const classes = classify(numbers); return classes.map((_, at) => nameInk(classes, at, "area")); };
  assert.deepEqual([[0, 3], [3], [1, 2, 3, 4, 5]].map(inks), [["area-1", "area-5"], ["area-4"], ["area-1", "area-2", "area-3", "area-4", "area-5"]]);
  assert.deepEqual(inks([-9, -3, -1, 0, 4, 5]), ["area-below-3", "area-below-2", "area-below-1", "area-1", "area-3", "area-5"]);
  assert.deepEqual([inks([-1, 8.5]), inks([-2, -1])], [["area-below-2", "area-5"], ["area-1", "area-5"]]); // -1 is not as strong as 8.5
  assert.deepEqual(classify([null]), []);
});

test("only whole numbers are divided by people and railway", () => {
  const named = (columns) => listRates(columns).map((each) => each.name);
  assert.deepEqual(named({ value: [1, null, 0], population: [5, 6, 7], rail_km: [0, 0, 0] }), ["rate_none", "rate_population"]);
  assert.deepEqual(named({ value: [1.5], population: [5], rail_km: [1] }), ["rate_none"]);
});

test("numbers of the legend are round, and marks grow with their area", () => {
  assert.deepEqual([0.07, 1, 1.9, 42, 99, 500].map(roundBelow), [0.05, 1, 1, 20, 50, 500]);
  const payload = { rows: 3, columns: new Map([["n", { kind: "number" }]]), plane: () => ({ at: (row) => [0, 4, 16][row] }) };
  const scale = makeScale(payload, "n");
  assert.equal(makeScale(payload, "none"), null);
  assert.ok(scale.radius(1e9) === scale.radius(scale.top) && scale.radius(1) > scale.radius(0));
});

test("lines of a picture are never longer than it, and files have plain names", () => {
  const brush = { font: "", measureText: (text) => ({ width: text.length }) };
  const lines = wrap(brush, `short words and ${"x".repeat(45)} end`, "", 20);
  assert.ok(lines.every((line) => line.length <= 20));
  assert.equal(lines.join("").replace(/ /g, ""), `shortwordsand${"x".repeat(45)}end`);
  let asked = 0;
  const slow = { font: "", measureText: (text) => ({ width: (asked += text.length, text.length) }) };
  for (const text of ["x".repeat(1e6), "ab ".repeat(3e5), "\u{20000}".repeat(5e5)]) {
    const cut = wrap(slow, text, "", 21, 6);
    assert.deepEqual([cut.length, cut.at(-1).at(-1), cut.every((line) => line.length <= 21 && line.isWellFormed())], [6, "…", true]);
  }
  assert.ok(asked < 10_000);
  assert.equal(nameFile("../Attacks: <b> 2025/26"), "attacks-b-2025-26");
  assert.equal(nameFile("<>"), "map");
});

test("a world that is cut elsewhere is one piece across the antimeridian", () => {
  cutWorld(0);
  assert.ok(worldX(-179) > worldX(179) && worldX(-179) - worldX(179) < 2);
  cutWorld(-180);
  assert.equal(worldX(0), 128);
});

test("what is almost nothing beside the largest value is told from 0 and from the small", () => {
  assert.deepEqual([2.18e-19, -1e-12, 0, 0.0095, 41.4].map((each) => isAlmostNothing(each, 41.4)), [true, true, false, false, false]);
  assert.equal(isAlmostNothing(2e-19, 3e-19), false);
});

test("sections of a legend keep their order, and no column could be shorter", () => {
  assert.deepEqual(fillColumns([100, 40, 40, 90], 4), [[0], [1, 2], [3]]);
  assert.deepEqual(fillColumns([100, 40, 40, 90], 2), [[0, 1], [2, 3]]);
  assert.deepEqual(fillColumns([], 3), [[]]);
});

test("numbers are counted, and those that later marks lie on", () => {
  const mark = (x, count, radius = 12) => ({ place: 0, x, y: 0, count, radius });
  assert.deepEqual(countHidden([mark(0, 5), mark(200, 5)]), { counts: 2, hidden: 0 });
  assert.deepEqual(countHidden([mark(0, 5), mark(10, 1, 5)]), { counts: 1, hidden: 1 });
  assert.deepEqual(countHidden([mark(10, 1, 5), mark(0, 5)]), { counts: 1, hidden: 0 }); // it lies above
  assert.deepEqual(countHidden([mark(31, 5), mark(-1, 5), mark(33, 5)]), { counts: 3, hidden: 1 });
  assert.deepEqual(countHidden([mark(0, 1), mark(0, 1)]), { counts: 0, hidden: 0 });
});

test("footprints on coloured districts have a white edge", () => {
  const strokes = [], brush = { save() {}, restore() {}, beginPath() {}, arc() {}, fill() {}, setLineDash() {}, stroke() { strokes.push([this.strokeStyle, this.lineWidth]); } };
  const footprints = new Footprints({ head: { shapes: [] } }), disc = { share: 1, lon: 67, lat: 30, radius: 9000, shape: -1 };
  for (const cased of [false, true]) footprints.drawOne(brush, { left: 0, top: 0, scale: 4096 }, disc, { colour: "red", strong: false, cased, opacity: 1 });
  assert.deepEqual(strokes, [["red", 1], ["#fff", 4.5], ["red", 2]]);
});
