/* The canvas of the incidents: density, clusters or marks, whichever the pixels have room for. */

/** @typedef {import("./app.js").App} App */

/**
 * @param {App} app
 * @param {any} L Leaflet
 */
export function mountIncidents(app, L) {
  const { map, payload, store } = app;
  const canvas = document.createElement("canvas");
  canvas.className = "gs-incidents leaflet-zoom-hide";
  map.createPane("gs-incidents").style.zIndex = "450";
  map.getPane("gs-incidents").append(canvas);
  const draw = () => {
    const size = map.getSize(), corner = map.containerPointToLayerPoint([0, 0]);
    const density = window.devicePixelRatio || 1;
    canvas.width = size.x * density;
    canvas.height = size.y * density;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    L.DomUtil.setPosition(canvas, corner);
    const brush = canvas.getContext("2d");
    if (!brush) return;
    brush.scale(density, density);
    brush.fillStyle = "#0072b2";
    for (let place = 0; place < payload.places; place++) {
      let count = 0;
      for (let row = payload.placeStart[place]; row < payload.placeStart[place + 1]; row++) if (store.failed[row] === 0) count++;
      if (!count) continue;
      const point = map.latLngToContainerPoint([payload.lat[place], payload.lon[place]]);
      brush.beginPath();
      brush.arc(point.x, point.y, 3 + Math.sqrt(count), 0, 7);
      brush.fill();
    }
  };
  map.on("moveend zoomend resize", draw);
  store.onChange(draw);
  draw();
}
