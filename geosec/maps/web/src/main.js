/* The page of a geosec map. The Python side calls `geosec.open(map)` at the end of the page. */
import { mountAccess } from "./access.js";
import { App } from "./app.js";
import { mountChoropleth } from "./choropleth.js";
import { mountControls } from "./controls.js";
import { mountCorridor } from "./corridor.js";
import { mountFacets } from "./facets.js";
import { keepFitted } from "./fit.js";
import { mountGround } from "./ground.js";
import { mountIncidents } from "./incidents.js";
import { mountInks } from "./inks.js";
import { mountLayout } from "./layout.js";
import { stillMap, watchLayerControls } from "./leaflet.js";
import { mountLegend } from "./legend.js";
import { openPayload } from "./payload.js";
import { mountPopup } from "./popup.js";
import { mountPrinting } from "./printing.js";
import { cutWorld } from "./project.js";
import { mountSearch } from "./search.js";
import { mountSources } from "./sources.js";
import { mountState, restoreState } from "./state.js";
import { Store } from "./store.js";
import { mountTable } from "./table.js";
import { mountTime } from "./time.js";

/**
 * @param {any} map the Leaflet map, made by folium
 * @returns {Promise<App>}
 */
async function open(map) {
  const theirs = watchLayerControls();
  const options = JSON.parse(document.getElementById("gs-options")?.textContent ?? "{}");
  Object.assign(options, JSON.parse(document.getElementById("gs-layers")?.textContent ?? "{}"));
  if (!Number.isFinite(map.getMaxZoom())) map.setMinZoom(2).setMaxZoom(15); // without tiles, which have theirs
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) stillMap(map);
  cutWorld(options.cut ?? -180);
  const payload = await openPayload(document);
  const app = new App(map, payload, new Store(payload, options.filters), options);
  mountLayout(app);
  mountInks(app);
  const { where, incident } = restoreState(app);
  mountFacets(app);
  mountSearch(app);
  mountTime(app);
  mountTable(app);
  mountSources(app);
  map.invalidateSize({ animate: false }); // the parts take their room from it
  mountChoropleth(app);
  mountCorridor(app);
  mountLegend(app);
  mountControls(app, theirs); // the data are shown beside them
  if (where) map.setView([where.lat, where.lon], where.zoom, { animate: false });
  else keepFitted(app);
  mountGround(app);
  mountIncidents(app);
  mountPrinting(app);
  mountPopup(app);
  mountAccess(app);
  mountState(app, incident);
  document.documentElement.dataset.geosec = "ready";
  requestAnimationFrame(() => performance.mark("geosec drawn")); // after the first frame of the canvas
  return app;
}

Object.assign(window, { geosec: { open } });
