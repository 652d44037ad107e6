/* The page of a geosec map. The Python side calls `geosec.open(map)` at the end of the page. */
import { mountAccess } from "./access.js";
import { App } from "./app.js";
import { mountFacets } from "./facets.js";
import { mountGround } from "./ground.js";
import { mountIncidents } from "./incidents.js";
import { mountLayout } from "./layout.js";
import { openPayload } from "./payload.js";
import { mountPopup } from "./popup.js";
import { mountSearch } from "./search.js";
import { mountState, restoreState } from "./state.js";
import { Store } from "./store.js";
import { mountTable } from "./table.js";
import { mountTime } from "./time.js";

/**
 * @param {any} map the Leaflet map, made by folium
 * @returns {Promise<App>}
 */
async function open(map) {
  const options = JSON.parse(document.getElementById("gs-options")?.textContent ?? "{}");
  if (!Number.isFinite(map.getMaxZoom())) map.setMinZoom(2).setMaxZoom(15); // without tiles, which have theirs
  map.attributionControl?.setPrefix(false);
  const payload = await openPayload(document);
  const app = new App(map, payload, new Store(payload, options.filters), options);
  mountLayout(app);
  const placed = restoreState(app);
  mountFacets(app);
  mountSearch(app);
  mountTime(app);
  mountTable(app);
  map.invalidateSize({ animate: false }); // the parts take their room from it
  if (options.bounds && !placed) map.fitBounds(options.bounds, { padding: [30, 30], maxZoom: 10, animate: false });
  const { L } = /** @type {any} */ (window);
  mountGround(app, L);
  mountIncidents(app, L);
  mountPopup(app);
  mountAccess(app);
  mountState(app);
  if (app.selected >= 0) app.tell("select", app.selected, false);
  document.documentElement.dataset.geosec = "ready";
  return app;
}

Object.assign(window, { geosec: { open } });
