import { make } from "./dom.js";

/** @typedef {import("./app.js").App} App */

/**
 * Put the map into a page: heading and filters beside it, or above it and in a drawer where it is
 * narrow; the time line, the table and the sources below.
 * @param {App} app
 */
export function mountLayout(app) {
  const map = app.map.getContainer(), { language, title, subtitle } = app.options;
  const panel = make("aside", { class: "gs-panel", "aria-label": app.say("panel"), id: "gs-panel" });
  const heading = make("header", { class: "gs-heading" });
  const facets = make("div", { class: "gs-facets" });
  const time = make("section", { class: "gs-time", "aria-label": app.say("time") });
  const table = make("section", { class: "gs-table", "aria-label": app.say("table") });
  const sources = make("footer", { class: "gs-sources" });
  const frame = make("div", { class: "gs-frame" });
  const page = make("div", { class: "gs-page", lang: language, dir: document.documentElement.dir || app.options.words.direction || "ltr" });
  panel.append(facets);
  map.replaceWith(page);
  frame.append(map);
  page.append(heading, panel, frame, time, table, sources);
  app.places = { page, panel, heading, facets, time, table, frame, sources };
  const words = make("div", { class: "gs-headline" }, make("h1", { dir: "auto" }, title), make("p", { dir: "auto" }, subtitle));
  heading.append(words);
  mountDrawer(app);
  new ResizeObserver(() => {
    app.map.invalidateSize({ animate: false });
    // a long title scrolls: the keyboard reaches it then
    if (words.scrollHeight > words.clientHeight + 2) words.tabIndex = 0;
    else words.removeAttribute("tabindex");
  }).observe(frame);
}

/** The filters of a narrow page lie in a drawer. @param {App} app */
function mountDrawer(app) {
  const { page, panel, heading } = app.places;
  const open = /** @type {HTMLButtonElement} */ (make("button", { type: "button", class: "gs-button gs-open", "aria-controls": "gs-panel", "aria-expanded": "false" }, app.say("panel")));
  const close = make("button", { type: "button", class: "gs-button gs-shut" }, app.say("back_to_map"));
  const turn = (/** @type {boolean} */ shown) => {
    page.classList.toggle("gs-drawn", shown);
    open.setAttribute("aria-expanded", String(shown));
    if (!shown && panel.contains(document.activeElement)) open.focus();
  };
  open.addEventListener("click", () => {
    turn(!page.classList.contains("gs-drawn"));
    if (page.classList.contains("gs-drawn")) /** @type {HTMLElement|null} */ (panel.querySelector("input, button"))?.focus();
  });
  close.addEventListener("click", () => turn(false));
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !page.classList.contains("gs-drawn")) return;
    event.preventDefault();
    turn(false);
  });
  app.on("filters", () => turn(true));
  heading.append(open);
  panel.append(close);
}
