import assert from "node:assert/strict";
import test from "node:test";

import { Incident } from "../src/facts.js";
import { Formats, joinPieces } from "../src/formats.js";
import { NONE } from "../src/payload.js";
import { makeApp } from "./words.js";

const formats = new Formats("en");

/** An incident with these values of its columns: a disc of 3,871 m, or an outline of a kind. */
function makeIncident(values, { radius = 3871, shape = null, days = [NONE, NONE] } = {}) {
  const kinds = Object.entries(values).map(([name, value]) => [name, { name, kind: typeof value === "number" ? "number" : "category" }]);
  const payload = {
    head: { shapes: [{ type: shape }], rules: { town: "a town or village" } },
    columns: new Map(kinds),
    placeOf: [0],
    radius: [radius],
    shape: { at: () => (shape ? 0 : NaN) },
    day: [days[0]],
    lastDay: [days[1]],
    value: (name) => values[name] ?? "",
  };
  return new Incident(makeApp(payload), formats, 0, {});
}

const factsOf = (values, more) => Object.fromEntries(makeIncident(values, more).listFacts().map(({ title, told }) => [joinPieces(title), joinPieces(told)]));
const sureOf = (values, more) => makeIncident(values, more).tellCertainty().map(joinPieces).join(" ");
const rail = { rail_line: "ML-3", rail_km: 318.2, rail_km_low: 312, rail_km_high: 325, rail_offset_m: 1240, rail_prev_station: "Mach", rail_next_station: "Hirok" };

for (const [more, told] of [
  [{}, "Within 3.9 km of this point with 95 % probability."],
  [{ radius: 0 }, "At this point, which is given as exact."],
  [{ radius: NaN }, "How far from this point is not known."],
  [{ shape: "LineString" }, "Somewhere along the line: Mach. 95 % within 3.9 km of this point."],
  [{ shape: "MultiLineString" }, "Somewhere along the line: Mach. 95 % within 3.9 km of this point."],
  [{ shape: "Polygon" }, "Somewhere in the area of Mach; the point is only its middle."],
]) {
  test(`each footprint has its words: ${told}`, () => assert.equal(sureOf({ match_name: "Mach" }, more), told));
}

test("several readings are told before any shape, and the probability of the reading after it", () => {
  const told = sureOf({ match_status: "ambiguous", match_score: 0.46 }, { shape: "Polygon", radius: 9000 });
  assert.equal(told, "One of several places; within 9 km of this point with 95 % probability. Probability that the place was read right: 46\u00a0%.");
});

test("a missing count is not a zero, and a column that is not there takes no line", () => {
  assert.deepEqual(factsOf({ fatalities: NaN, injuries: 0 }), { When: "date not reported", Killed: "not reported", Injured: "0" });
  assert.deepEqual(factsOf({}), { When: "date not reported" });
  assert.equal(factsOf({ fatalities: 12, fatalities_text: "at least 12" }).Killed, "12 (at least 12)");
});

for (const [actor, target, who] of [["A", "B", "A → B"], ["A", "", "A"], ["", "B", "→ B"], ["", " ", undefined]]) {
  test(`who did it to whom: ${who}`, () => assert.equal(factsOf({ actor, target }).Who, who));
}

test("what a phrase was read as, and why", () => {
  const told = factsOf({ location: "near Mach", match_name: "Mach", match_rule: "town", match_reason: "may also be Kolpur" });
  assert.deepEqual([told["Reported as"], told["Read as"], told.Why], ["near Mach", "Mach (a town or village)", "may also be Kolpur"]);
  for (const match_rule of ["unheard of", "constructor", "__proto__", "toString"]) assert.equal(factsOf({ match_name: "Mach", match_rule })["Read as"], "Mach");
});

for (const [sure, told] of [[1, "Kachhi, Balochistan"], [0.996, "Kachhi, Balochistan"], [0.99, "Kachhi, Balochistan, 99\u00a0% sure"], [0.5, "Kachhi, Balochistan, 50\u00a0% sure"], [NaN, "Kachhi, Balochistan"]]) {
  test(`a district says how sure unless it is: ${sure}`, () => assert.equal(factsOf({ adm2_name: "Kachhi", adm1_name: "Balochistan", adm2_prob: sure }).District, told));
}

for (const [more, told] of [
  [{}, "ML-3 km 312 to 325, Mach – Hirok; 1.2 km away"],
  [{ rail_offset_m: 49 }, "ML-3 km 312 to 325, Mach – Hirok"],
  [{ rail_km_low: 318, rail_km_high: 318.9 }, "ML-3 km 318, Mach – Hirok; 1.2 km away"],
  [{ rail_km_low: NaN, rail_prev_station: "" }, "ML-3 km 318, Hirok; 1.2 km away"],
  [{ rail_km: NaN }, undefined],
]) {
  test(`the railway is told as an interval: ${told}`, () => assert.equal(factsOf({ ...rail, ...more }).Railway, told));
}

test("columns of the reader's own are told by their name", () => {
  assert.deepEqual(factsOf({ calibre: "<b>9 mm</b>", magnitude: 2.75 }), { When: "date not reported", calibre: "<b>9 mm</b>", magnitude: "2.75" });
});

test("texts of others stay apart, so that they get an element of their own direction", () => {
  const who = makeIncident({ actor: "الف", target: "ب" }).tellWho();
  assert.deepEqual(who, [{ foreign: "الف" }, " → ", { foreign: "ب" }]);
});
