/** Parts of pages made from text only: nothing of a report is ever read as HTML. */

/**
 * Make an element with attributes and children; a text becomes a text node.
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node|string)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * A text of others in an element of its own direction, so that it cannot turn what stands beside it.
 * @param {string} text
 */
export function foreign(text) {
  return make("bdi", {}, text);
}

/**
 * Open the brush of an empty canvas that stands in the page, in its own pixels whatever those of the screen.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @returns {CanvasRenderingContext2D}
 */
export function openBrush(canvas, width, height) {
  const density = window.devicePixelRatio || 1;
  canvas.width = width * density;
  canvas.height = height * density;
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  brush.scale(density, density);
  return brush;
}
