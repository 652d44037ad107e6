import assert from "node:assert/strict";
import test from "node:test";

import { chooseUnit, listStarts, startOf } from "../src/periods.js";
import { isState, readState, writeState } from "../src/state.js";

test("a link is a view: what is written is read again", () => {
  const asked = new Map([["event_type", new Set(["Battles", "", "a&b=c#d"])], ["day", [15000, 15010]], ["text", "کوئٹہ <b>"], ["fatalities", [2, 30]], ["actor", null]]);
  const text = writeState({ zoom: 7.5, lat: 29.86321, lon: 67.32518 }, asked, { footprints: true, sure: false, centreless: true }, "PAK 1&2");
  const state = readState(`#${text}`);
  assert.deepEqual(state.where, { zoom: 7.5, lat: 29.86321, lon: 67.32518 });
  for (const [name, value] of asked) if (value !== null) assert.deepEqual(state.asked.get(name), value);
  assert.deepEqual(state.view, { footprints: true, sure: false, centreless: true });
  assert.equal(state.incident, "PAK 1&2");
});

test("what a hash says wrongly is left out", () => {
  assert.equal(readState("#days=-1e308/1e308").asked.has("day"), false);
  const state = readState("#at=7/x/3&days=1&in.fatalities=&row=7&draw=fly");
  assert.deepEqual([state.where, state.asked.size, state.incident], [null, 0, ""]);
  assert.deepEqual(state.view, { footprints: false, sure: false, centreless: false });
});

test("periods begin where calendars say, and follow each other without a gap", () => {
  const day = (text) => Date.parse(`${text}T00:00Z`) / 86_400_000;
  assert.equal(startOf(day("2024-02-29"), "month"), day("2024-02-01"));
  assert.equal(startOf(day("2024-02-29"), "month", 1), day("2024-03-01"));
  assert.equal(startOf(day("2024-03-03"), "week"), day("2024-02-26")); // a Sunday
  assert.equal(startOf(day("1969-07-20"), "year"), day("1969-01-01"));
  assert.equal(chooseUnit(0, 30), "day");
  const starts = listStarts(day("2023-11-15"), day("2024-02-02"), "month");
  assert.deepEqual(starts, ["2023-11-01", "2023-12-01", "2024-01-01", "2024-02-01", "2024-03-01"].map(day));
});

test("a view is told from an anchor of a reader's own layers", () => {
  assert.deepEqual(["#at=7/30/67", "#is.actor=x", "#incident=7", "#draw=sure", "#days=1/2"].map(isState), Array(5).fill(true));
  assert.deepEqual(["", "#", "#chapter-2", "#at=x", "#draw=fly"].map(isState), Array(5).fill(false));
});
