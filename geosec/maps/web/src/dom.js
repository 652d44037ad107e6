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
