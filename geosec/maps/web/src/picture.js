/* A picture of the map as it stands: heading, map, legend, scale and sources on one canvas. */
import { KEY_HEIGHT, KEY_WIDTH } from "./legend.js";
import { readInks } from "./inks.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {CanvasRenderingContext2D} Brush */

const FAMILY = '"DejaVu Sans", Verdana, sans-serif';
const ROUND = 20, LEGEND = 230; // pixels
const FAR_UP = -1e6; // pixels, where nothing is seen
const GAP = 12; // pixels between the sections of the legend
const MOST_LINES = 40; // of a text, however long it is

/**
 * Save the picture as a file.
 * @param {App} app
 */
export async function savePicture(app) {
  const canvas = await drawPicture(app);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(/** @type {Blob} */ (blob));
  link.download = `${nameFile(app.options.title)}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A name that every file system takes. @param {string} title */
export function nameFile(title) {
  const words = title.normalize("NFC").toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join("-").slice(0, 60).replace(/-$/, "") || "map";
}

/**
 * @param {App} app
 * @returns {Promise<HTMLCanvasElement>}
 */
export async function drawPicture(app) {
  const { map, options } = app, inks = readInks(), size = map.getSize();
  const density = Math.max(2, app.density);
  const canvas = document.createElement("canvas"), brush = /** @type {Brush} */ (canvas.getContext("2d"));
  const rtl = document.dir === "rtl", sections = listSections(app);
  const highs = sections.map((section) => drawSection(app, brush, section, 0, FAR_UP) - FAR_UP);
  const isBelow = sum(highs) > size.y && size.x >= 2 * LEGEND + ROUND; // a legend longer than the map stands below it
  const columns = isBelow ? fillColumns(highs, Math.floor((size.x + ROUND) / (LEGEND + ROUND))) : [highs.map((_, at) => at)];
  const keys = Math.max(0, ...columns.map((column) => sum(column.map((at) => highs[at]))));
  const wide = size.x + 2 * ROUND + (isBelow ? 0 : LEGEND + ROUND);
  const title = wrap(brush, options.title, `700 20px ${FAMILY}`, wide - 2 * ROUND, 6);
  const subtitle = wrap(brush, options.subtitle, `13px ${FAMILY}`, wide - 2 * ROUND, 4);
  const credit = wrap(brush, options.credit, `11px ${FAMILY}`, wide - 2 * ROUND);
  const top = ROUND + title.length * 26 + subtitle.length * 18 + 10;
  const middle = isBelow ? size.y + ROUND + keys : Math.max(size.y, keys);
  const high = top + middle + 14 + credit.length * 15 + ROUND - 6;
  canvas.width = Math.round(wide * density);
  canvas.height = Math.round(high * density);
  brush.scale(density, density);
  brush.fillStyle = inks.paper;
  brush.fillRect(0, 0, wide, high);
  brush.direction = rtl ? "rtl" : "ltr";
  const edge = rtl ? wide - ROUND : ROUND;
  write(brush, title, edge, ROUND, 26, `700 20px ${FAMILY}`, inks.ink);
  write(brush, subtitle, edge, ROUND + title.length * 26, 18, `13px ${FAMILY}`, inks.quiet);
  write(brush, credit, edge, top + middle + 14, 15, `11px ${FAMILY}`, inks.quiet);
  const left = rtl && !isBelow ? LEGEND + 2 * ROUND : ROUND;
  brush.save();
  brush.beginPath();
  brush.rect(left, top, size.x, size.y);
  brush.clip();
  brush.fillStyle = inks.sea;
  brush.fill();
  brush.translate(left, top);
  const usual = app.density;
  app.density = density; // as sharp as the rest of the picture
  app.tell("now");
  await drawMap(app, brush);
  app.density = usual;
  app.tell("now");
  drawScale(app, brush);
  brush.restore();
  brush.strokeStyle = inks.line;
  brush.strokeRect(left, top, size.x, size.y);
  columns.forEach((column, number) => {
    const along = isBelow ? ROUND + number * (LEGEND + ROUND) : size.x + 2 * ROUND;
    let at = isBelow ? top + size.y + ROUND : top;
    for (const each of column) at = drawSection(app, brush, sections[each], rtl ? wide - along - LEGEND : along, at);
  });
  return canvas;
}

/**
 * What Leaflet shows, pane by pane: our canvases, lines and icons of the caller's layers.
 * @param {App} app
 * @param {Brush} brush
 */
async function drawMap(app, brush) {
  const container = app.map.getContainer(), origin = container.getBoundingClientRect();
  const heightOf = (/** @type {Element} */ element) => Number(getComputedStyle(/** @type {Element} */ (element.closest(".leaflet-pane"))).zIndex) || 0;
  const parts = [...container.querySelectorAll(".leaflet-pane canvas, .leaflet-pane svg, .leaflet-pane img")].filter((each) => !each.parentElement?.closest("svg"));
  parts.sort((one, other) => heightOf(one) - heightOf(other));
  for (const part of parts) {
    const box = part.getBoundingClientRect();
    if (!box.width || getComputedStyle(part).visibility === "hidden") continue;
    try {
      const image = part instanceof SVGElement ? await openDrawing(part, box) : /** @type {CanvasImageSource} */ (part);
      if (image instanceof HTMLImageElement && !isOpen(image)) continue; // of another host: it would spoil the canvas
      brush.drawImage(image, box.left - origin.left, box.top - origin.top, box.width, box.height);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // a broken icon
    }
  }
}

/** @param {HTMLImageElement} image */
function isOpen(image) {
  return image.complete && image.naturalWidth > 0 && (image.src.startsWith("data:") || image.crossOrigin !== null);
}

/**
 * @param {Element} drawing
 * @param {DOMRect} box
 * @returns {Promise<HTMLImageElement>}
 */
async function openDrawing(drawing, box) {
  const copy = /** @type {Element} */ (drawing.cloneNode(true));
  copy.removeAttribute("style");
  copy.setAttribute("width", String(box.width));
  copy.setAttribute("height", String(box.height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

/**
 * @param {App} app
 * @param {Brush} brush
 */
function drawScale(app, brush) {
  const bar = app.map.getContainer().querySelector(".leaflet-control-scale-line");
  if (!bar) return;
  const size = app.map.getSize(), inks = readInks(), long = bar.clientWidth, right = size.x - 14, low = size.y - 12;
  brush.strokeStyle = inks.quiet;
  brush.lineWidth = 2;
  brush.beginPath();
  brush.moveTo(right - long, low - 6);
  brush.lineTo(right - long, low);
  brush.lineTo(right, low);
  brush.lineTo(right, low - 6);
  brush.stroke();
  brush.direction = "ltr"; // 300 km, as on the page
  brush.font = `11px ${FAMILY}`;
  brush.textAlign = "center";
  brush.textBaseline = "bottom";
  brush.fillStyle = inks.ink;
  brush.fillText(bar.textContent ?? "", right - long / 2, low - 3);
}

/** @param {App} app */
function listSections(app) {
  return app.chapters.map((chapter) => chapter()).filter((section) => section !== null).filter((section) => section.keys.length);
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((one, other) => one + other, 0);
}

/**
 * Put sections into columns, in their order, so that the longest column is as short as it can be.
 * @param {number[]} highs how high each section is
 * @param {number} most columns
 * @returns {number[][]} the sections of each column
 */
export function fillColumns(highs, most) {
  for (let high = Math.max(...highs, sum(highs) / most); ; high++) {
    /** @type {number[][]} */
    const columns = [[]];
    let filled = 0;
    highs.forEach((each, at) => {
      if (filled + each > high) {
        columns.push([]);
        filled = 0;
      }
      columns[columns.length - 1].push(at);
      filled += each;
    });
    if (columns.length <= most) return columns;
  }
}

/**
 * Draw a section of the legend; far above the picture it only tells how long it is.
 * @param {App} app
 * @param {Brush} brush
 * @param {import("./legend.js").Section} section
 * @param {number} left
 * @param {number} top
 * @returns {number} where the next one begins
 */
function drawSection(app, brush, { title, keys, note }, left, top) {
  const inks = readInks(), rtl = document.dir === "rtl", { language } = app.options;
  const edge = (/** @type {number} */ inward) => (rtl ? left + LEGEND - inward : left + inward);
  let at = top;
  const heading = wrap(brush, title, `600 12px ${FAMILY}`, LEGEND);
  write(brush, heading, edge(0), at, 16, `600 12px ${FAMILY}`, inks.quiet);
  at += heading.length * 16 + 4;
  for (const key of keys) {
    const lines = wrap(brush, key.text, `12px ${FAMILY}`, LEGEND - KEY_WIDTH - 56, 6);
    brush.save();
    brush.translate(edge(KEY_WIDTH / 2), at + KEY_HEIGHT / 2);
    brush.textAlign = "center";
    key.draw(brush);
    brush.restore();
    write(brush, lines, edge(KEY_WIDTH + 8), at + 3, 15, `12px ${FAMILY}`, inks.ink);
    if (key.count) {
      brush.textAlign = rtl ? "left" : "right";
      brush.fillStyle = inks.quiet;
      brush.fillText(key.count().toLocaleString(language), edge(LEGEND), at + 3);
    }
    at += Math.max(KEY_HEIGHT + 2, lines.length * 15 + 5);
  }
  if (note) {
    const lines = wrap(brush, note, `11px ${FAMILY}`, LEGEND);
    write(brush, lines, edge(0), at + 2, 14, `11px ${FAMILY}`, inks.quiet);
    at += lines.length * 14 + 2;
  }
  return at + GAP;
}

/**
 * Break a text into lines; a word that is longer than a line is cut, and what is more than `most` lines left out.
 * @param {Brush} brush
 * @param {string} text
 * @param {string} font
 * @param {number} width
 * @param {number} most
 * @returns {string[]}
 */
export function wrap(brush, text, font, width, most = MOST_LINES) {
  brush.font = font;
  const fits = (/** @type {string} */ line) => line.length <= width && brush.measureText(line).width <= width; // no letter is narrower than a pixel
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    for (line = word; lines.length <= most && line.length > 1 && !fits(line); ) {
      const end = findCut(line, width, fits);
      lines.push(line.slice(0, end));
      line = line.slice(end);
    }
    if (lines.length > most) break;
  }
  if (line) lines.push(line);
  if (lines.length > most) lines.splice(most - 1, Infinity, lines[most - 1].replace(/.$/u, "…"));
  return lines;
}

/**
 * Find where a word has to be cut; a character is not.
 * @param {string} word
 * @param {number} width
 * @param {(line: string) => boolean} fits
 */
function findCut(word, width, fits) {
  let low = 1, high = Math.min(word.length, Math.ceil(width) + 1);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(word.slice(0, middle))) low = middle;
    else high = middle;
  }
  const split = /[\ud800-\udbff]/.test(word[low - 1]); // half of a character
  return split ? (low > 1 ? low - 1 : 2) : low;
}

/**
 * @param {Brush} brush
 * @param {string[]} lines
 * @param {number} x the edge where they begin
 * @param {number} y their top
 * @param {number} step
 * @param {string} font
 * @param {string} colour
 */
function write(brush, lines, x, y, step, font, colour) {
  brush.font = font;
  brush.fillStyle = colour;
  brush.textAlign = "start";
  brush.textBaseline = "top";
  lines.forEach((line, at) => brush.fillText(line, x, y + at * step));
}
