/*
 * All that is asked of the global `L` of Leaflet 1.9, which Leaflet 2 will not have; other modules know
 * the map that folium made, and what is here.
 */

const leaflet = () => /** @type {any} */ (window).L;

/**
 * Collect the controls of layers that the caller's part of the page makes after this.
 * @returns {any[]} filled as they are made
 */
export function watchLayerControls() {
  /** @type {any[]} */
  const made = [];
  leaflet().Control.Layers.addInitHook(/** @this {any} */ function () { made.push(this); });
  return made;
}

/**
 * @param {any} map
 * @param {string} position
 * @param {HTMLElement} box its element
 */
export function addControl(map, position, box) {
  leaflet().DomEvent.disableClickPropagation(box);
  const control = new (leaflet().Control)({ position });
  control.onAdd = () => box;
  control.addTo(map);
}

/**
 * @param {any} map
 * @param {string} position
 * @returns {any} a control of layers, which are its overlays
 */
export function addLayerControl(map, position) {
  return leaflet().control.layers(null, null, { position, collapsed: true }).addTo(map);
}

/**
 * Add a layer with nothing in it: a control of layers turns it on and off.
 * @param {any} map
 * @param {(shown: boolean) => void} turn
 */
export function addSwitch(map, turn) {
  return leaflet().layerGroup().addTo(map).on("add", () => turn(true)).on("remove", () => turn(false));
}

/**
 * @param {any} map
 * @param {string} position
 */
export function addScale(map, position) {
  leaflet().control.scale({ position, imperial: false, maxWidth: 110 }).addTo(map);
}

/**
 * Let a map jump and not glide, for readers who have asked for less motion.
 * @param {any} map
 */
export function stillMap(map) {
  const panBy = map.panBy.bind(map);
  map._zoomAnimated = map.options.inertia = false;
  map.panBy = (/** @type {any} */ offset, /** @type {any} */ options) => panBy(offset, { ...options, animate: false });
}

/**
 * @param {any} southWest
 * @param {any} northEast
 */
export function makeBounds(southWest, northEast) { return leaflet().latLngBounds(southWest, northEast); }

/**
 * Put a canvas over the window of the map.
 * @param {any} map
 * @param {HTMLCanvasElement} canvas
 */
export function placeCanvas(map, canvas) {
  leaflet().DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
}

/**
 * Zoom a canvas with the map, until it is drawn anew.
 * @param {any} map
 * @param {HTMLCanvasElement} canvas
 * @param {any} event `zoomanim`
 */
export function zoomCanvas(map, canvas, { zoom, center }) {
  const offset = map._latLngToNewLayerPoint(map.containerPointToLatLng([0, 0]), zoom, center);
  leaflet().DomUtil.setTransform(canvas, offset, map.getZoomScale(zoom));
}
