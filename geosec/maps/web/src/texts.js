/* Blocks of texts: inflated, cut, and looked through. Nothing here knows of the page. */

/**
 * Read base64 of raw deflate.
 * @param {string} text
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function inflate(text) {
  const stream = new DecompressionStream("deflate-raw"), writer = stream.writable.getWriter();
  const read = new Response(stream.readable).arrayBuffer(); // what is wrong with the text is told here
  writer.write(readBase64(text.trim())).catch(() => {});
  writer.close().catch(() => {});
  return new Uint8Array(await read);
}

/**
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
function readBase64(text) {
  const whole = /** @type {any} */ (Uint8Array);
  if (whole.fromBase64) return whole.fromBase64(text); // newer than the browsers that may come
  const letters = atob(text), bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

/**
 * Join the byte planes of unsigned integers.
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} count
 * @param {number} size
 * @returns {import("./payload.js").Codes}
 */
export function joinBytes(bytes, start, count, size) {
  if (size === 1) return bytes.slice(start, start + count);
  const whole = size === 2 ? new Uint16Array(count) : new Uint32Array(count);
  for (let byte = 0; byte < size; byte++) {
    const shift = 8 * byte, from = start + byte * count;
    for (let at = 0; at < count; at++) whole[at] |= bytes[from + at] << shift;
  }
  return whole;
}

/**
 * Read the texts of a column of a block as one, and where each of them ends.
 * @param {Uint8Array} bytes of the block
 * @param {number} columns of the block
 * @param {number} rows
 * @param {number} column
 */
function readColumn(bytes, columns, rows, column) {
  let from = 4 * columns * rows;
  for (let before = 0; before < column; before++) {
    for (const length of joinBytes(bytes, 4 * before * rows, rows, 4)) from += length;
  }
  const ends = new Uint32Array(rows);
  let size = 0;
  joinBytes(bytes, 4 * column * rows, rows, 4).forEach((length, row) => { ends[row] = size += length; });
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(from, from + size));
  if (text.length !== size) { // not one byte a letter: counted in those of UTF-16, as texts are
    let at = from, units = 0;
    for (let row = 0; row < rows; row++) {
      for (const end = from + ends[row]; at < end; at++) {
        if ((bytes[at] & 0xc0) !== 0x80) units += bytes[at] >= 0xf0 ? 2 : 1;
      }
      ends[row] = units;
    }
  }
  return { text, ends };
}

/**
 * Cut a block into its texts.
 * @param {Uint8Array} bytes
 * @param {number} columns
 * @param {number} rows
 * @returns {string[][]} by column
 */
export function cutTexts(bytes, columns, rows) {
  return Array.from({ length: columns }, (_, column) => {
    const { text, ends } = readColumn(bytes, columns, rows, column);
    return Array.from(ends, (end, row) => text.slice(row ? ends[row - 1] : 0, end));
  });
}

/**
 * Texts of a column in lower case, one after another, so that a search looks through all at once.
 * @typedef {{text: string, ends: Uint32Array}} LowTexts
 */

/**
 * @param {Uint8Array} bytes
 * @param {number} columns
 * @param {number} rows
 * @param {number} column
 * @returns {LowTexts}
 */
export function lowerColumn(bytes, columns, rows, column) {
  const { text, ends } = readColumn(bytes, columns, rows, column), low = text.toLowerCase();
  if (low.length === text.length) return { text: low, ends };
  const each = Array.from(ends, (end, row) => text.slice(row ? ends[row - 1] : 0, end).toLowerCase());
  let size = 0;
  return { text: each.join(""), ends: Uint32Array.from(each, (one) => (size += one.length)) };
}

/**
 * Mark the texts that hold some words.
 * @param {LowTexts} texts
 * @param {string} low the words, in lower case
 * @param {Uint8Array} hits by row of the page
 * @param {number} first row of the block
 */
export function markHits({ text, ends }, low, hits, first) {
  let row = 0;
  for (let at = text.indexOf(low); at >= 0;) {
    while (ends[row] <= at) row++;
    const within = at + low.length <= ends[row]; // and not from one text into the next
    if (within) hits[first + row] = 1;
    at = text.indexOf(low, within ? ends[row] : at + 1);
  }
}
