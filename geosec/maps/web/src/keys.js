/* What the legend explains of the incidents and of the ground. */
import { readInks } from "./inks.js";
import { addMark, drawMark, drawRing } from "./marks.js";

/**
 * @typedef {import("./app.js").App} App
 * @typedef {import("./legend.js").Chapter} Chapter
 * @typedef {import("./legend.js").Key} Key
 */

const STEPS = [1, 2, 5];

/**
 * Colours, sizes, how sure and density.
 * @param {App} app
 * @returns {Chapter[]}
 */
export function chaptersOfIncidents(app) {
  const kinds = findKinds(app);
  return [
    () => (app.layers.incidents ? explainColours(app) : null),
    () => (app.layers.incidents && !app.clustered ? explainSizes(app) : null),
    () => (app.layers.incidents && app.clustered ? explainDensity(app) : null),
    () => (app.layers.incidents ? explainSure(app, kinds) : null),
  ];
}

/**
 * Railway and boundaries.
 * @param {App} app
 * @returns {Chapter[]}
 */
export function chaptersOfGround(app) {
  return [() => explainGround(app)];
}

/** @param {App} app */
function explainColours(app) {
  const { palette, store, options } = app, counts = new Float64Array(palette.entries.length);
  let counted = -1;
  const recount = () => { // once for all entries
    const stamp = store.changes;
    if (counted === stamp) return;
    counted = stamp;
    counts.fill(0);
    for (let row = 0; row < palette.ofRow.length; row++) if (store.failed[row] === 0) counts[palette.ofRow[row]]++;
  };
  const named = palette.entries.length > 1 || palette.entries[0]?.value;
  const keys = palette.entries.map((entry, at) => ({
    draw: (/** @type {CanvasRenderingContext2D} */ brush) => drawMark(brush, 0, 0, 6.5, entry),
    text: entry.value === null ? app.say("other_values") : app.tellValue(palette.column, entry.value) || app.say(named ? "not_reported" : "an_incident"),
    count: () => { recount(); return counts[at]; },
  }));
  const title = named ? options.words[`column_${palette.column}`] ?? palette.column : app.say("incidents");
  return { title, keys };
}

/** @param {App} app */
function explainSizes(app) {
  const { sizes, options } = app;
  if (!sizes) return null;
  const told = roundBelow(sizes.top), values = [...new Set([0, roundBelow(told / 4), told])].filter((value) => !sizes.whole || Number.isInteger(value));
  const inks = readInks();
  const keys = values.map((value) => ({
    draw: (/** @type {CanvasRenderingContext2D} */ brush) => drawMark(brush, 0, 0, Math.min(9.5, sizes.radius(value) * 0.68), { value: "", colour: inks.quiet, shape: "circle", count: 0 }),
    text: value === told ? app.say("or_more", { number: value.toLocaleString(options.language) }) : value.toLocaleString(options.language),
  }));
  return { title: options.words[`column_${options.size}`] ?? options.size, keys };
}

/** The largest of 1, 2, 5, 10, 20, ... that is not above a number. @param {number} number */
export function roundBelow(number) {
  if (!(number > 0)) return 0;
  const size = 10 ** Math.floor(Math.log10(number));
  const step = STEPS.filter((each) => each * size <= number * 1.0000001).at(-1) ?? 1;
  return Number((step * size).toPrecision(3));
}

/** Which kinds of footprint the incidents have. @param {App} app */
function findKinds({ payload }) {
  const kinds = { disc: false, area: false, line: false, several: false, unknown: false };
  for (let place = 0; place < payload.places; place++) {
    const shape = payload.shape.at(place);
    if (!Number.isNaN(payload.readings.at(place))) kinds.several = true;
    else if (!Number.isNaN(shape)) {
      if (/Line/.test(payload.head.shapes[shape].type)) kinds.line = true;
      else kinds.area = true;
    } else if (Number.isNaN(payload.radius[place])) kinds.unknown = true;
    else if (payload.radius[place] > 0) kinds.disc = true;
  }
  return kinds;
}

/**
 * @param {App} app
 * @param {ReturnType<typeof findKinds>} kinds
 */
function explainSure(app, kinds) {
  const colour = readInks().accent;
  /** @type {Key[]} */
  const keys = [];
  const add = (/** @type {string} */ words, /** @type {Key["draw"]} */ draw) => keys.push({ text: app.say(words), draw });
  if (kinds.disc) add("key_disc", (brush) => outline(brush, colour, () => brush.arc(0, 0, 8, 0, 2 * Math.PI), true));
  if (kinds.area) add("key_area", (brush) => outline(brush, colour, () => { [[-10, -3], [-3, -8], [8, -6], [11, 3], [2, 8], [-8, 6]].forEach(([x, y]) => brush.lineTo(x, y)); brush.closePath(); }, true));
  if (kinds.line) add("key_line", (brush) => {
    brush.globalAlpha = 0.55;
    brush.lineCap = "round";
    brush.strokeStyle = colour;
    brush.lineWidth = 6;
    brush.beginPath();
    brush.moveTo(-10, 4);
    brush.quadraticCurveTo(-2, -6, 10, -3);
    brush.stroke();
  });
  if (kinds.several) add("key_several", (brush) => {
    for (const x of [-6, 6]) outline(brush, colour, () => brush.arc(x, 0, 5, 0, 2 * Math.PI), true);
  });
  if (kinds.unknown) add("key_unknown", (brush) => {
    brush.setLineDash([3, 3]);
    outline(brush, colour, () => brush.arc(0, 0, 8, 0, 2 * Math.PI), false);
  });
  const drawn = app.view.footprints ? (app.tooMany ? "sure_too_many" : "sure_all") : "sure_chosen";
  const note = keys.length ? app.say(drawn) : "";
  if (app.view.sure && keys.length && !app.clustered) add("key_share", (brush) => {
    brush.beginPath();
    for (const [x, y] of [[-8, -3], [-3, 4], [0, -6], [2, 0], [7, 5], [8, -4], [-7, 6]]) addMark(brush, x, y, 2, app.palette.entries[0].shape);
    for (const ink of [app.palette.entries[0].colour, readInks()["dot-lift"]]) {
      brush.fillStyle = ink;
      brush.fill();
    }
  });
  return { title: app.say("sure_title"), keys, note: app.view.sure ? `${note} ${app.say("sure_pale")}` : note };
}

/**
 * @param {CanvasRenderingContext2D} brush
 * @param {string} colour
 * @param {() => void} trace
 * @param {boolean} filled
 */
function outline(brush, colour, trace, filled) {
  brush.beginPath();
  trace();
  brush.fillStyle = brush.strokeStyle = colour;
  brush.globalAlpha = 0.16;
  if (filled) brush.fill();
  brush.globalAlpha = 0.95;
  brush.lineWidth = 1.6;
  brush.stroke();
}

/** @param {App} app */
function explainDensity(app) {
  const { density } = readInks();
  const ring = Float64Array.from(app.palette.entries, (entry) => entry.count), count = ring.reduce((sum, each) => sum + each, 0);
  return {
    title: app.say(app.view.sure ? "density_shares" : "density"),
    keys: [
      { text: app.say("density_few_many"), draw: (/** @type {CanvasRenderingContext2D} */ brush) => [1, 2, 3, 4].forEach((level) => {
        brush.globalAlpha = 0.1 + 0.14 * level;
        brush.fillStyle = density;
        brush.fillRect(-14 + (level - 1) * 7, -5, 7, 10);
      }) },
      { text: app.say(app.view.sure ? "cluster_shares" : "cluster"), draw: (/** @type {CanvasRenderingContext2D} */ brush) => { brush.scale(0.75, 0.75); drawRing(brush, { x: 0, y: 0, count, ring }, 12, app.palette, { text: "n" }); } },
    ],
  };
}

/** @param {App} app */
function explainGround(app) {
  const { ground } = app.options, inks = readInks();
  const line = (/** @type {string} */ colour, /** @type {number} */ width) => (/** @type {CanvasRenderingContext2D} */ brush) => {
    brush.strokeStyle = colour;
    brush.lineWidth = width;
    brush.beginPath();
    brush.moveTo(-13, 0);
    brush.lineTo(13, 0);
    brush.stroke();
  };
  /** @type {Key[]} */
  const keys = [];
  if (ground.rail?.length && app.layers.railway) keys.push({ text: app.say("layer_railway"), draw: (brush) => {
    line(inks.rail, 2.5)(brush);
    brush.setLineDash([5, 5]);
    line(inks.land, 1.3)(brush);
  } });
  if (ground.rivers?.length && app.layers.rivers) keys.push({ text: app.say("layer_rivers"), draw: line(inks.river, 1.6) });
  if (ground.provinces?.length && app.layers.provinces) keys.push({ text: app.say("layer_provinces"), draw: line(inks.province, 1.6) });
  if (ground.districts?.length && app.layers.districts) keys.push({ text: app.say("layer_districts"), draw: line(inks.district, 1.3) });
  return { title: app.say("ground"), keys };
}
