/*
 * A table of any length, of which only the rows in sight are in the page. An element has a greatest
 * height, so that a tall table scrolls by scale: far jumps go to the share of the whole, near ones by rows.
 */
import { make } from "./dom.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {{name: string, title: string, width: string, number?: boolean}} GridColumn */
/** @typedef {{columns: GridColumn[], label: string, help: string, sorted: {name: string, falling: boolean},
 *   read: (at: number) => string[]|null, sort: (name: string) => void, choose: (at: number, focus: boolean) => void,
 *   wait: (first: number, last: number) => void}} GridSource `read` gives the cells of a row, `null` until
 *   `wait`, told which rows are in sight, has seen to it that they are there */

const TALLEST = 6_000_000; // pixels that any browser gives to an element
const SPARE = 4; // rows drawn beyond what is in sight
const REST_MS = 90; // without scrolling, after which texts are asked for

let numbered = 0;

export class Grid {
  /** @param {GridSource} source */
  constructor(source) {
    this.source = source;
    this.id = `gs-grid-${numbered++}`;
    this.count = 0;
    this.active = 0; // row of the keyboard
    this.cell = -1; // cell of the active row, -1 for the whole row
    this.selected = -1;
    this.top = 0; // pixels above what is in sight, in the whole table
    this.scrolled = 0;
    this.waiting = 0;
    this.head = make("div", { role: "rowgroup", class: "gs-grid-head" });
    this.rows = make("div", { role: "rowgroup", class: "gs-grid-rows" });
    const help = make("p", { class: "gs-unseen", id: `${this.id}-help` }, source.help);
    this.element = make("div", { role: "grid", class: "gs-grid", tabindex: "0", "aria-label": source.label, "aria-describedby": `${this.id}-help` }, this.head, this.rows);
    this.element.style.setProperty("--gs-columns", source.columns.map((each) => each.width).join(" "));
    this.element.setAttribute("aria-colcount", String(source.columns.length));
    this.whole = make("div", { class: "gs-grid-whole" }, this.element, help);
    this.element.addEventListener("scroll", () => this.scroll(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.press(event));
    this.rows.addEventListener("click", (event) => this.click(event));
    new ResizeObserver(() => this.draw()).observe(this.element);
    this.drawHead();
  }

  /** Height of a row in pixels, as the style sheet says. */
  rowHeight() {
    return Number.parseFloat(getComputedStyle(this.element).getPropertyValue("--gs-row")) || 30;
  }

  /** Heights of what is in sight, of the whole table, and of the element that stands for it. */
  measure() {
    const row = this.rowHeight(), sight = Math.max(row, this.element.clientHeight - this.head.offsetHeight);
    const whole = this.count * row, body = Math.min(whole, TALLEST);
    return { row, sight, body, most: Math.max(0, whole - sight), reach: Math.max(0, body - sight), scaled: body < whole };
  }

  /**
   * Show so many rows.
   * @param {number} count
   * @param {number} active row of the keyboard
   * @param {number} selected -1 for none
   */
  show(count, active, selected) {
    this.count = count;
    this.active = Math.max(0, Math.min(count - 1, active));
    this.selected = selected;
    this.element.setAttribute("aria-rowcount", String(count + 1));
    this.rows.style.height = `${this.measure().body}px`;
    this.scroll();
  }

  /** Follow the scroll bar. */
  scroll() {
    const { most, reach, scaled, sight } = this.measure(), now = this.element.scrollTop, moved = now - this.scrolled;
    this.scrolled = now;
    if (!scaled) this.top = now;
    else if (now <= 0 || now >= reach || Math.abs(moved) > 2 * sight) this.top = reach ? (now / reach) * most : 0;
    else this.top += moved;
    this.top = Math.max(0, Math.min(most, this.top));
    this.draw();
  }

  /** Bring a row into sight. @param {number} at */
  reveal(at) {
    const { row, sight, most, reach, scaled } = this.measure(), above = at * row;
    let top = this.top;
    if (above < top) top = above;
    else if (above + row > top + sight) top = above + row - sight;
    else return this.draw();
    this.top = Math.max(0, Math.min(most, top));
    this.element.scrollTop = scaled ? (this.top / most) * reach : this.top;
    this.scrolled = this.element.scrollTop;
    if (!scaled) this.top = this.scrolled;
    this.draw();
  }

  draw() {
    const { row, sight } = this.measure();
    const first = Math.max(0, Math.floor(this.top / row) - SPARE), last = Math.min(this.count, Math.ceil((this.top + sight) / row) + SPARE);
    const made = [];
    let missing = false;
    for (let at = first; at < last; at++) {
      const cells = this.source.read(at);
      missing ||= cells === null;
      made.push(this.makeRow(at, cells, at * row - this.top + this.scrolled));
    }
    this.rows.replaceChildren(...made);
    this.element.classList.toggle("gs-grid-empty", this.count === 0);
    this.tellActive();
    clearTimeout(this.waiting);
    if (missing) this.waiting = window.setTimeout(() => this.source.wait(first, last), REST_MS);
  }

  /**
   * @param {number} at
   * @param {string[]|null} cells
   * @param {number} y pixels
   */
  makeRow(at, cells, y) {
    const { columns } = this.source;
    const row = make("div", { role: "row", class: "gs-grid-row", id: `${this.id}-${at}`, "aria-rowindex": String(at + 2), "aria-selected": String(at === this.selected) });
    if (at === this.active) row.classList.add("gs-active");
    if (at % 2) row.classList.add("gs-odd");
    row.dataset.at = String(at);
    row.style.transform = `translateY(${y}px)`;
    columns.forEach(({ name, number }, column) => {
      const cell = make("div", { role: "gridcell", class: `gs-cell gs-cell-${name}`, id: `${this.id}-${at}-${column}`, dir: "auto" }, cells?.[column] ?? "");
      if (number) cell.classList.add("gs-number");
      if (at === this.active && column === this.cell) cell.classList.add("gs-active");
      row.append(cell);
    });
    return row;
  }

  tellActive() {
    const id = this.cell < 0 ? `${this.id}-${this.active}` : `${this.id}-${this.active}-${this.cell}`;
    if (this.rows.querySelector(`#${id}`)) this.element.setAttribute("aria-activedescendant", id);
    else this.element.removeAttribute("aria-activedescendant");
  }

  /** Draw the headings, each a button that sorts by its column. */
  drawHead() {
    const { columns, sorted } = this.source, focused = document.activeElement?.id;
    const row = make("div", { role: "row", "aria-rowindex": "1", class: "gs-grid-row" });
    for (const { name, title, number } of columns) {
      const order = name !== sorted.name ? "none" : sorted.falling ? "descending" : "ascending";
      const sign = make("span", { "aria-hidden": "true", class: "gs-sorted" }, { none: "", ascending: "▲", descending: "▼" }[order]);
      const button = make("button", { type: "button", id: `${this.id}-sort-${name}` }, make("span", {}, title), sign);
      button.addEventListener("click", () => this.source.sort(name));
      const heading = make("div", { role: "columnheader", class: `gs-cell gs-cell-${name}${number ? " gs-number" : ""}`, "aria-sort": order }, button);
      row.append(heading);
    }
    this.head.replaceChildren(row);
    if (focused?.startsWith(`${this.id}-sort-`)) document.getElementById(focused)?.focus();
  }

  /** @param {number} at */
  moveTo(at) {
    this.active = Math.max(0, Math.min(this.count - 1, at));
    this.reveal(this.active);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.target !== this.element || event.altKey || event.metaKey || this.count === 0) return;
    const { row, sight } = this.measure(), page = Math.max(1, Math.floor(sight / row) - 1);
    const turned = getComputedStyle(this.element).direction === "rtl" ? -1 : 1;
    const beside = (/** @type {number} */ step) => {
      this.cell = Math.max(-1, Math.min(this.source.columns.length - 1, this.cell + step * turned));
      this.reveal(this.active);
    };
    /** @type {Record<string, () => void>} */
    const acts = {
      ArrowDown: () => this.moveTo(this.active + 1),
      ArrowUp: () => this.moveTo(this.active - 1),
      PageDown: () => this.moveTo(this.active + page),
      PageUp: () => this.moveTo(this.active - page),
      Home: () => this.moveTo(0),
      End: () => this.moveTo(this.count - 1),
      ArrowRight: () => beside(1),
      ArrowLeft: () => beside(-1),
      Enter: () => this.source.choose(this.active, true),
      " ": () => this.source.choose(this.active, false),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** @param {MouseEvent} event */
  click(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest(".gs-grid-row");
    if (!(row instanceof HTMLElement) || document.getSelection()?.toString()) return;
    this.active = Number(row.dataset.at);
    this.cell = -1;
    this.draw();
    this.source.choose(this.active, false);
  }
}
