import assert from "node:assert/strict";
import test from "node:test";

import { Places, clusterPlaces, countBins } from "../src/clusters.js";
import { placeLabels } from "../src/labels.js";
import { formatCount } from "../src/marks.js";
import { worldX, worldY } from "../src/project.js";

/** Places at some points, a row each; those of `failed` are not shown. */
function makePlaces(points, failed = []) {
  const payload = {
    lon: Float64Array.from(points, (point) => point[0]), lat: Float64Array.from(points, (point) => point[1]),
    places: points.length, placeStart: Uint32Array.from([...points.keys(), points.length]),
  };
  const places = new Places(payload, worldX, worldY);
  places.count(Uint16Array.from(points, (_, at) => (failed.includes(at) ? 1 : 0)), Uint8Array.from(points, (_, at) => at % 2), 2);
  return places;
}

const view = (lon, lat, zoom) => {
  const scale = 2 ** zoom;
  return { left: worldX(lon) * scale - 400, top: worldY(lat) * scale - 300, width: 800, height: 600, scale };
};
const points = Array.from({ length: 2000 }, (_, at) => [60 + (at % 50) / 3, 24 + Math.floor(at / 50) / 4]);

test("every row that is shown is in one cluster, whatever the zoom", () => {
  const places = makePlaces(points, [0, 7, 1999]);
  for (const zoom of [2, 3, 4]) {
    const clusters = clusterPlaces(places, view(68, 29, zoom), () => 15); // all are in view
    const counted = clusters.reduce((sum, each) => sum + each.count, 0);
    assert.equal(counted, points.length - 3);
    assert.equal(counted, clusters.reduce((sum, each) => sum + each.ring[0] + each.ring[1], 0));
    for (const one of clusters) for (const other of clusters) {
      assert.ok(one === other || Math.hypot(one.x - other.x, one.y - other.y) >= 20);
    }
  }
});

test("clusters stay what they are when the map is moved", () => {
  const moved = makePlaces(points), look = (places, lon) => clusterPlaces(places, view(lon, 29, 6), () => 0);
  for (let lon = 66; lon < 72; lon += 0.1) {
    const found = look(moved, lon), fresh = look(makePlaces(points), lon);
    const tell = (all) => all.map(({ x, y, count, place, single, box }) => [x.toFixed(6), y.toFixed(6), count, place, single, ...box]);
    assert.ok(found.length > 50);
    assert.deepEqual(tell(found), tell(fresh));
  }
});

test("places in a window are those that a plain look finds", () => {
  const places = makePlaces(points, [3]), window = view(70, 30, 7);
  const found = [...places.listIn(window, 10)];
  const plain = points.map((_, at) => at).filter((at) => {
    const x = places.x[at] * window.scale - window.left, y = places.y[at] * window.scale - window.top;
    return at !== 3 && x >= -10 && y >= -10 && x <= 810 && y <= 610;
  });
  assert.deepEqual(found, plain);
  assert.equal(countBins(places, places.listIn(window), window).counts.reduce((sum, each) => sum + each, 0), places.listIn(window).length);
});

test("no label lies on another or on a disc", () => {
  const labels = Array.from({ length: 60 }, (_, at) => ({ name: `Town ${at}`, lon: 67 + at / 40, lat: 29 + (at % 7) / 30, zoom: 0, kind: "town" }));
  const discs = [{ x: 400, y: 300, radius: 60 }];
  const placed = placeLabels(labels, view(67, 29, 8), 8, discs, () => 60);
  assert.ok(placed.length > 5);
  for (const one of placed) {
    const x = Math.max(one.x, Math.min(400, one.x + 60)), y = Math.max(one.y - 7, Math.min(300, one.y + 7));
    assert.ok(Math.hypot(x - 400, y - 300) > 60);
    for (const other of placed) {
      assert.ok(one === other || Math.abs(one.y - other.y) > 14 || Math.abs(one.x - other.x) >= 60);
    }
  }
});

test("counts have three figures at the most", () => {
  assert.deepEqual([7, 999, 1000, 1234, 9949, 12_345, 999_999, 1_500_000].map(formatCount), ["7", "999", "1k", "1.2k", "9.9k", "12k", "1M", "1.5M"]);
});

test("no name is cut at the edge of the map", () => {
  const here = view(67, 29, 8), near = [...Array(60).keys()].map((at) => ({ name: "A", lat: 29 + (at % 6) * 0.3, lon: 66 + at * 0.1, zoom: 5, kind: "town" }));
  const placed = placeLabels(near, here, 8, [], () => 60);
  assert.ok(placed.length > 5);
  for (const { x, y, width } of placed) assert.ok(x >= 0 && x + width <= here.width && y >= 7 && y <= here.height - 7);
});

test("a town that incidents stand on is named beside them", () => {
  const here = view(67, 29, 8), town = { name: "Quetta", lat: 29, lon: 67, zoom: 5, kind: "town" };
  const [bare] = placeLabels([town], here, 8, [], () => 60);
  const disc = { x: bare.x - 6 + 3, y: bare.y - 2, radius: 15 };
  const [placed] = placeLabels([town], here, 8, [disc], () => 60);
  assert.ok(placed.x > disc.x + disc.radius && placed.x < bare.x + 40);
  const wall = [{ ...disc, x: disc.x + 60, radius: 30 }, { ...disc, x: disc.x - 60, radius: 30 }];
  const [over] = placeLabels([town], here, 8, [disc, ...wall], () => 60);
  assert.ok(Math.abs(over.y - disc.y) > disc.radius && Math.abs(over.y - disc.y) < 40);
});

test("no name is written under a control", () => {
  const here = view(67, 29, 8), town = { name: "Quetta", lat: 29, lon: 67, zoom: 5, kind: "town" };
  const [bare] = placeLabels([town], here, 8, [], () => 60);
  const box = { left: bare.x + 50, top: bare.y - 30, right: bare.x + 90, bottom: bare.y + 30 };
  const [placed] = placeLabels([town], here, 8, [], () => 60, [box]);
  assert.ok(placed.x + 60 <= box.left);
});
