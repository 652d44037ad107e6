import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const SOURCES = new URL("../src/", import.meta.url);

test("one module alone touches the global of Leaflet, which Leaflet 2 will not have", () => {
  const touching = readdirSync(SOURCES).filter((name) => /\bL\.\w|\.L\b|\{ L \}/.test(readFileSync(new URL(name, SOURCES), "utf8")));
  assert.deepEqual(touching, ["leaflet.js"]);
});
