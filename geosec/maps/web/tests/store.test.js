import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";

import { Payload, inflate } from "../src/payload.js";
import { Store } from "../src/store.js";

/* A payload that Python makes, with the rows as Python has them: `python -m tests.maps.make_payload`. */
const made = JSON.parse(execFileSync(process.env.PYTHON ?? "python", ["-m", "tests.maps.make_payload"], { cwd: new URL("../../../..", import.meta.url), maxBuffer: 1 << 28 }).toString());
const blocks = new Map(made.text.map(([group, block, text]) => [`${group}-${block}`, text]));
const payload = new Payload(made.head, await inflate(made.numbers), (group, block) => blocks.get(`${group}-${block}`));
const rows = made.rows;

test("numbers, categories and texts of every row are those of the table", async () => {
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at];
    assert.equal(payload.value("event_type", at), row.event_type ?? "");
    assert.equal(payload.value("fatalities", at), row.fatalities ?? NaN);
    assert.ok(Math.abs(payload.lon[payload.placeOf[at]] - row.lon) < 1e-9);
    assert.equal(payload.day[at], row.day ?? -2147483648);
    if (at % 97 === 0) assert.equal((await payload.readTexts(at)).summary, row.summary ?? "");
  }
});

test("filters and counts agree with a count by hand", () => {
  const store = new Store(payload, ["event_type", "actor"]);
  store.filterValues("event_type", new Set(["Battles", ""]));
  const kept = rows.filter((row) => (row.event_type ?? "") === "Battles" || !row.event_type);
  assert.equal(store.shown, kept.length);
  assert.equal(store.countValues("event_type").get("Riots"), rows.filter((row) => row.event_type === "Riots").length);
  assert.equal(store.countValues("actor").get("A"), kept.filter((row) => row.actor === "A").length);
  store.filterDays([15000, 15200]);
  const days = kept.filter((row) => row.day != null && row.day <= 15200 && row.last >= 15000);
  assert.equal(store.shown, days.length);
});

test("what is counted is the same as in a store that was asked for nothing before", () => {
  const filters = ["event_type", "actor", "fatalities"], starts = [14000, 15000, 15100, 15300, 20000], edges = [0, 1, 5, 20];
  const asked = [
    (store) => store.filterDays([15000, 15200]),
    (store) => store.filterDays([15050, 15200]),
    (store) => store.filterValues("event_type", new Set(["Battles"])),
    (store) => store.filterRange("fatalities", [1, 5]),
    (store) => store.filterDays(null),
    (store) => store.filter("text", (row) => row % 3 === 0),
    (store) => store.filterValues("event_type", null),
  ];
  const count = (store) => [store.shown, store.countDays(starts), store.countClasses("fatalities", edges), ...filters.slice(0, 2).map((name) => store.countValues(name))];
  const used = new Store(payload, filters);
  for (let step = 0; step < asked.length; step++) {
    asked[step](used);
    const fresh = new Store(payload, filters);
    for (const ask of asked.slice(0, step + 1)) ask(fresh);
    assert.deepEqual(count(used), count(fresh), `after step ${step}`);
  }
});
