import assert from "node:assert/strict";
import test from "node:test";

import { Formats, fill, joinPieces } from "../src/formats.js";
import { NONE } from "../src/payload.js";
import { makeApp } from "./words.js";

const english = new Formats("en");
const day = (text) => Date.parse(text) / 86_400_000;

for (const [from, to, told] of [
  ["2024-10-01", "2024-10-01", "1 October 2024"],
  ["2024-10-01", "2024-10-31", "October 2024"],
  ["2024-02-01", "2024-02-29", "February 2024"],
  ["2024-01-01", "2024-12-31", "2024"],
  ["2024-10-07", "2024-10-13", "7–13 October 2024"],
  ["2024-12-30", "2025-01-05", "30 December 2024 – 5 January 2025"],
  ["1969-12-31", "1969-12-31", "31 December 1969"],
]) {
  test(`a date is told as precisely as it is known: ${told}`, () => {
    const plain = (text) => text.replace(/\s*–\s*/g, "–"); // browsers differ in the spaces round it
    assert.equal(plain(english.span(day(from), day(to))), plain(told));
  });
}

test("no date is no text", () => assert.equal(english.span(NONE, NONE), ""));

test("dates are told in the words of the language", () => {
  assert.match(new Formats("ur").span(day("2024-10-01"), day("2024-10-01")), /اکتوبر/);
});

test("a distance has two figures at the most", () => {
  const told = [94, 994, 995, 3871, 96_412, 462_000].map((metres) => english.distance(metres));
  assert.deepEqual(told, ["94 m", "990 m", "1 km", "3.9 km", "96 km", "460 km"]);
});

test("what is not certain is never told as certain", () => {
  assert.deepEqual([0, 0.002, 0.5, 0.998, 1].map((each) => english.share(each)), ["0\u00a0%", "1\u00a0%", "50\u00a0%", "99\u00a0%", "100\u00a0%"]);
});

test("texts of others stay apart from the words round them, and none of them is a slot", () => {
  const pieces = fill("in {name} ({rule})", { name: { foreign: "{rule}" }, rule: "a town" });
  assert.deepEqual(pieces, ["in ", { foreign: "{rule}" }, " (", "a town", ")"]);
  assert.equal(joinPieces(pieces), "in {rule} (a town)");
});

test("one is told in the singular", () => {
  const app = makeApp(null);
  assert.equal(english.count(app, "in_view", 1), "1 incident in view");
  assert.equal(english.count(app, "in_view", 12_345), "12,345 incidents in view");
});
