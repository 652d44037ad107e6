/*
 * What is told of the selected incident: a card of the page's own, not a popup of Leaflet's. It stands
 * at the side of the map, at the foot of a narrow one, and the controls make way: nothing lies over it at
 * 360 px, and its buttons stay under the finger from one incident of a place to the next.
 */
import { foreign, make } from "./dom.js";
import { Incident } from "./facts.js";
import { Formats } from "./formats.js";
import { readLink } from "./hosts.js";
import { listAtPoint } from "./ordering.js";
import { turnLon } from "./project.js";

/** @typedef {import("./app.js").App} App */
/** @typedef {import("./formats.js").Piece} Piece */

const MARGIN = 44; // pixels between a selected mark and what may cover it
const LONGEST = 300; // letters of an address that is no link

/** @param {App} app */
export function mountPopup(app) {
  const popup = new Popup(app);
  app.on("select", (row, focus) => popup.open(row, focus));
  app.store.onChange(() => popup.follow());
}

class Popup {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.formats = new Formats(app.options.language);
    /** Where the focus goes when the card is closed. @type {Element|null} */
    this.from = null;
    /** The incidents at the point of the selected one. */
    this.rows = new Uint32Array(0);
    this.type = make("p", { class: "gs-card-type" });
    this.place = make("span", { class: "gs-card-place" });
    this.previous = this.makeButton("previous", "‹", () => this.turn(-1));
    this.next = this.makeButton("next", "›", () => this.turn(1));
    this.close = this.makeButton("close", "×", () => app.select(-1));
    this.pages = make("div", { class: "gs-card-pages" }, this.previous, this.place, this.next);
    this.heading = make("h2", { id: "gs-card-heading", tabindex: "-1" });
    this.body = make("div", { class: "gs-card-body" });
    const top = make("div", { class: "gs-card-top" }, this.type, this.close);
    this.card = make("div", { class: "gs-card", role: "dialog", "aria-labelledby": "gs-card-heading", hidden: "" }, top, this.pages, this.body);
    this.card.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && app.selected >= 0 && !event.defaultPrevented) app.select(-1); });
    app.places.frame.append(this.card);
    new ResizeObserver(() => this.makeWay()).observe(this.card);
  }

  /**
   * @param {string} name of its words
   * @param {string} sign
   * @param {() => void} act
   */
  makeButton(name, sign, act) {
    const words = this.app.say(name);
    const button = /** @type {HTMLButtonElement} */ (make("button", { type: "button", class: `gs-card-${name}`, "aria-label": words, title: words }, sign));
    button.addEventListener("click", act);
    return button;
  }

  /**
   * Show a row, or close the card.
   * @param {number} row -1 for none
   * @param {boolean} focus whether the focus goes into the card
   */
  async open(row, focus = true) {
    const { app, card } = this;
    if (row < 0) return this.shut();
    const paged = this.rows.includes(row) && !card.hidden;
    if (!paged) this.rows = listAtPoint(app.payload, app.store.failed, row);
    const texts = await app.payload.readTexts(row);
    if (app.selected !== row) return; // another was selected meanwhile
    const within = card.contains(document.activeElement);
    if (card.hidden || (!within && focus)) this.from = document.activeElement;
    card.hidden = false;
    this.fillIn(new Incident(app, this.formats, row, texts));
    if (focus && !within) this.heading.focus({ preventScroll: true });
    else app.tell("announce", `${app.say("selected_told", { name: this.heading.textContent ?? "" })}${this.rows.length > 1 ? `, ${this.place.textContent}` : ""}`);
    this.makeWay();
    this.bringIntoView(row);
  }

  shut() {
    const { card, from } = this, within = card.contains(document.activeElement);
    card.hidden = true;
    this.makeWay();
    if (within && from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true });
    this.from = null;
  }

  /** Close the card when the filters take its incident away; count those at its point again. */
  follow() {
    const { app } = this;
    if (app.selected < 0) return;
    if (app.store.failed[app.selected]) return app.select(-1);
    this.rows = listAtPoint(app.payload, app.store.failed, app.selected);
    this.tellPage(app.selected);
  }

  /** @param {number} step */
  turn(step) {
    const at = this.rows.indexOf(this.app.selected) + step;
    if (at >= 0 && at < this.rows.length) this.app.select(this.rows[at]);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.key === "PageDown" || event.key === "PageUp") {
      this.turn(event.key === "PageDown" ? 1 : -1);
      event.preventDefault();
    }
  }

  /** @param {number} row */
  tellPage(row) {
    const count = this.rows.length, at = this.rows.indexOf(row);
    this.pages.hidden = count < 2;
    this.place.textContent = this.app.say("of_place", { number: this.formats.number(at + 1), count: this.formats.number(count) });
    this.previous.setAttribute("aria-disabled", String(at <= 0)); // not disabled: it would lose the focus
    this.next.setAttribute("aria-disabled", String(at >= count - 1));
  }

  /** @param {Incident} incident */
  fillIn(incident) {
    const { app } = this, type = incident.text("event_type"), summary = incident.text("summary");
    this.tellPage(incident.row);
    const swatch = make("span", { class: "gs-card-swatch", "aria-hidden": "true" });
    swatch.style.background = app.palette.entryOf(incident.row).colour;
    this.type.replaceChildren(swatch, type ? foreign(type) : app.say("type_not_reported"));
    this.heading.replaceChildren(...toNodes(incident.say("heading", { name: { foreign: incident.name() }, when: incident.when() })));
    const facts = make("dl", {}, ...incident.listFacts().flatMap(({ title, told }) => [make("dt", {}, ...toNodes(title)), make("dd", {}, ...toNodes(told))]));
    const source = incident.text("source_url");
    if (source) facts.append(make("dt", {}, app.say("fact_source")), this.makeSource(source));
    const sure = make("div", { class: "gs-card-sure" }, make("h3", {}, app.say("how_sure")));
    for (const sentence of incident.tellCertainty()) sure.append(make("p", {}, ...toNodes(sentence)));
    const told = [this.heading, ...(summary ? [make("p", { class: "gs-card-summary", dir: "auto" }, summary)] : []), sure, facts];
    this.body.replaceChildren(...told);
    this.body.scrollTop = 0;
  }

  /**
   * The host of a source as it really is, and what is odd about it.
   * @param {string} text
   */
  makeSource(text) {
    const { app } = this, link = readLink(text), cell = make("dd");
    if (!link) {
      const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
      cell.append(...toNodes(new Incident(app, this.formats, app.selected, {}).say("source_odd", { text: { foreign: shown } })));
      return cell;
    }
    const anchor = make("a", { href: link.href, target: "_blank", rel: "noopener noreferrer", title: app.say("source_opens") }, foreign(link.host));
    cell.append(anchor);
    for (const note of link.notes) {
      const told = new Incident(app, this.formats, app.selected, {}).say(`host_${note}`, { reads: { foreign: link.reads } });
      cell.append(make("span", { class: note === "alike" ? "gs-card-note gs-card-beware" : "gs-card-note" }, ...toNodes(told)));
    }
    return cell;
  }

  /** Let the controls of the map stand beside the card. */
  makeWay() {
    const { frame } = this.app.places, { card } = this, wide = this.isWide();
    frame.classList.toggle("gs-with-card", !card.hidden);
    frame.style.setProperty("--gs-card-wide", card.hidden || !wide ? "0px" : `${card.offsetWidth + 12}px`);
    frame.style.setProperty("--gs-card-high", card.hidden || wide ? "0px" : `${card.offsetHeight}px`);
    this.app.tell("room");
  }

  /** Whether the card stands beside the map's middle and not at its foot: as the style sheet says. */
  isWide() {
    return this.card.offsetWidth < this.app.places.frame.offsetWidth - 40;
  }

  /** Move the map where the mark is outside, or under the card. @param {number} row */
  bringIntoView(row) {
    const { map, payload } = this.app, place = payload.placeOf[row], { card } = this;
    const wide = this.isWide(), left = getComputedStyle(card).direction === "rtl" && wide;
    const beside = wide ? card.offsetWidth + MARGIN : MARGIN;
    map.panInside([payload.lat[place], turnLon(payload.lon[place])], {
      paddingTopLeft: [left ? beside : MARGIN, MARGIN],
      paddingBottomRight: [left ? MARGIN : beside, wide ? MARGIN : card.offsetHeight + MARGIN],
      animate: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
  }
}

/** @param {Piece[]} pieces */
function toNodes(pieces) {
  return pieces.map((each) => (typeof each === "string" ? each : foreign(each.foreign)));
}
