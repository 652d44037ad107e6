import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";

import { clusterPlaces } from "../src/clusters.js";
import { fillShape } from "../src/fills.js";
import { Footprints } from "../src/footprints.js";
import { formatExpected } from "../src/marks.js";
import { Payload, inflate } from "../src/payload.js";
import { unprojectY, worldX, worldY } from "../src/project.js";
import { Sampler, Shares, bendSquare } from "../src/shares.js";

/* Footprints of every kind, and where Python draws them: `python -m tests.maps.make_shares`. */
const made = JSON.parse(execFileSync(process.env.PYTHON ?? "python", ["-m", "tests.maps.make_shares"], { cwd: new URL("../../../..", import.meta.url) }).toString());
const payload = new Payload(made.head, await inflate(made.numbers), () => "");
const sampler = new Sampler(new Footprints(payload));

/** Draw a place: longitudes and latitudes, sorted each. */
function drawPlace(place, count) {
  const lon = [], lat = [];
  sampler.draw(place, count, (x, y) => {
    lon.push((x / 256) * 360 - 180);
    lat.push(unprojectY(y));
  });
  return [lon, lat].map((each) => each.sort((one, other) => one - other));
}

test("places are drawn where Python draws them", () => {
  for (let place = 0; place < payload.places; place++) {
    const drawn = drawPlace(place, 3000);
    drawn.forEach((numbers, axis) => {
      const span = Math.max(0.002, numbers.at(-1) - numbers[0]);
      made.quarters[place][axis].forEach((wanted, at) => {
        const share = numbers.filter((each) => each <= wanted + 1e-5).length / numbers.length; // of discs, areas and lines
        const near = Math.abs(numbers[Math.floor(((at + 1) * numbers.length) / 4)] - wanted) < 0.02 * span;
        assert.ok(near || Math.abs(share - (at + 1) / 4) < 0.03, `place ${place}, axis ${axis}, quarter ${at}: ${share}`);
      });
    });
  }
});

test("the same place is drawn the same way, and another one otherwise", () => {
  assert.deepEqual(drawPlace(0, 40), drawPlace(0, 40));
  assert.notDeepEqual(drawPlace(0, 40), drawPlace(1, 40));
});

test("a square is bent into a disc evenly", () => {
  let within = 0, all = 0;
  for (let x = -0.995; x < 1; x += 0.01) {
    for (let y = -0.995; y < 1; y += 0.01) {
      const away = Math.hypot(...bendSquare(x, y));
      assert.ok(away <= 1);
      all++;
      if (away <= 0.5) within++;
    }
  }
  assert.ok(Math.abs(within / all - 0.25) < 0.005);
  assert.deepEqual(bendSquare(0, 0), [0, 0]);
});

test("shares add up to the rows that are shown, and their scores to the scores", () => {
  const shares = new Shares(payload, sampler), scores = payload.plane("match_score");
  const entryOf = Uint8Array.from({ length: payload.rows }, (_, row) => row % 2);
  for (const hidden of [-1, 3]) {
    const failed = Uint16Array.from({ length: payload.rows }, (_, row) => (row === hidden ? 4 : 0));
    shares.count(failed, entryOf, 2, (row) => scores.at(row));
    let score = 0;
    for (let row = 0; row < payload.rows; row++) if (row !== hidden) score += scores.at(row);
    const wanted = payload.rows - (hidden < 0 ? 0 : 1);
    const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);
    assert.ok(Math.abs(sum(shares.shown) - wanted) < 1e-3);
    assert.ok(Math.abs(sum(shares.rings) - wanted - score) < 1e-3);
    assert.ok(Math.abs(sum(shares.rings.filter((_, at) => at % 3 === 2)) - score) < 1e-3);
    const scale = 2 ** 6, world = { left: worldX(0) * scale, top: worldY(84) * scale, width: 9000, height: 9000, scale };
    assert.ok(Math.abs(sum(clusterPlaces(shares, world, () => 12).map((each) => each.count)) - wanted) < 1e-3);
    const listed = shares.listPlaces(world);
    assert.equal(listed.size, payload.places - (hidden < 0 ? 0 : 1));
    assert.equal(hidden < 0 || listed.has(payload.placeOf[hidden]), hidden < 0);
  }
});

test("an exact place has one draw, all others many", () => {
  const shares = new Shares(payload, sampler), counts = new Map();
  for (const place of shares.placeOf) counts.set(place, (counts.get(place) ?? 0) + 1);
  assert.deepEqual([...new Set(counts.values())].sort((one, other) => one - other), [1, 40]);
});

test("outlines that are points, empty or slivers are drawn, too", () => {
  const points = fillShape({ type: "GeometryCollection", geometries: [{ type: "LineString", coordinates: [] }, { type: "Point", coordinates: [67, 30] }] });
  assert.deepEqual([points.x[0], points.y[0]], [worldX(67), worldY(30)]);
  const sliver = fillShape({ type: "Polygon", coordinates: [[[66, 28], [68, 30], [68.0001, 30], [66.0001, 28], [66, 28]]] });
  for (const { x, y } of [points, sliver, fillShape({ type: "Polygon", coordinates: [] })]) {
    assert.ok(x.length && x.length === y.length && [...x, ...y].every(Number.isFinite));
  }
});

test("slivers are filled from end to end, flat areas along their line", () => {
  for (const corners of [[[66, 28], [68, 30], [68.00001, 30], [66.00001, 28], [66, 28]], [[66, 28], [68, 28.00001], [68, 28], [66, 28]], [[66, 28], [68, 30], [67, 29], [66, 28]]]) {
    const { x } = fillShape({ type: "Polygon", coordinates: [corners] });
    assert.equal(x.length, 1500);
    assert.ok(Math.max(...x) - Math.min(...x) > 0.95 * (worldX(68) - worldX(66)));
  }
});

test("areas and lengths are those of the outlines", () => {
  const [west, east, south, north] = [worldX(66), worldX(67), worldY(29), worldY(30)];
  const area = { type: "Polygon", coordinates: [[[66, 29], [67, 29], [67, 30], [66, 30], [66, 29]]] };
  assert.ok(Math.abs(fillShape(area).area - (east - west) * (south - north)) < 1e-9);
  assert.ok(Math.abs(fillShape({ type: "LineString", coordinates: [[66, 29], [67, 29], [67, 30]] }).length - (east - west) - (south - north)) < 1e-9);
});

test("an expected number is told from a count", () => {
  assert.deepEqual([0.01, 0.3, 2, 9.94, 9.96, 99.6, 1234].map(formatExpected), ["<0.1", "0.3", "2.0", "9.9", "10", "100", "1.2k"]);
});

test("draws fill areas and lines evenly, however few they are", () => {
  const square = { type: "Polygon", coordinates: [[[66, 0], [68, 0], [68, 2], [66, 2], [66, 0]]] }, line = { type: "LineString", coordinates: [[66, 0], [68, 0]] };
  const places = { list: (place) => [{ share: 1, lon: 67, lat: 1, radius: 1e5, shape: place % 2 }], payload: { head: { shapes: [square, line] } } };
  for (const count of [16, 36, 100, 400]) {
    for (let place = 0; place < 8; place++) {
      const side = place % 2 ? count : Math.floor(Math.sqrt(count)), filled = new Map();
      new Sampler(places).draw(place, count, (x, y) => {
        const cell = place % 2 ? Math.floor(((x - worldX(66)) / (worldX(68) - worldX(66))) * (side / 2)) : [Math.floor((((x / 256) * 360 - 180 - 66) / 2) * side), Math.floor((unprojectY(y) / 2) * side)].join();
        filled.set(cell, (filled.get(cell) ?? 0) + 1);
      });
      assert.ok(Math.max(...filled.values()) <= 4, `place ${place}, ${count}: ${Math.max(...filled.values())}`);
      assert.ok(filled.size >= (place % 2 ? Math.floor(side / 2) : 0.65 * side * side), `place ${place}, ${count}: ${filled.size}`);
    }
  }
});
