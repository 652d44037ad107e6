/* Draws the layers of a geosec map. Data comes as JSON from script elements of type application/json and
   reaches the page as text nodes and attributes only: nothing from a report is ever parsed as HTML or code. */
window.geosec = (function () {
  "use strict";

  var state = { incidents: 0, markers: [] };

  function readData(id) {
    return JSON.parse(document.getElementById(id).textContent);
  }

  function makeElement(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text !== undefined && text !== null) { made.textContent = String(text); }
    return made;
  }

  function makePane(map, name, z, silent) {
    if (!map.getPane(name)) {
      map.createPane(name).style.zIndex = z;
      if (silent) { map.getPane(name).style.pointerEvents = "none"; }
    }
    return name;
  }

  /* ------------------------------------------------------------------ labels */

  function labelPlaces(map, places) {
    var group = L.layerGroup();
    function isFree(shown, point, width) {
      return shown.every(function (other) {
        return Math.abs(other.x - point.x) > (other.w + width) / 2 + 6 || Math.abs(other.y - point.y) > 15;
      });
    }
    function redraw() {
      group.clearLayers();
      var zoom = map.getZoom(), bounds = map.getBounds().pad(0.1), shown = [];
      places.forEach(function (place) {
        if (!place.name || zoom < place.zoom || zoom > (place.until || 99) || !bounds.contains([place.lat, place.lon])) { return; }
        var point = map.latLngToLayerPoint([place.lat, place.lon]);
        var width = place.name.length * (place.kind === "province" ? 10 : 6.2);
        if (!isFree(shown, point, width)) { return; }
        shown.push({ x: point.x, y: point.y, w: width });
        var text = makeElement("span", "gs-label gs-" + place.kind, place.name);
        var offset = place.kind === "province" ? [width / 2, 8] : [-7, 8];
        L.marker([place.lat, place.lon], {
          pane: "gs-labels", interactive: false, keyboard: false,
          icon: L.divIcon({ className: "gs-label-anchor", html: text, iconSize: [0, 0], iconAnchor: offset })
        }).addTo(group);
      });
    }
    group.on("add", function () { map.on("zoomend moveend", redraw); redraw(); });
    group.on("remove", function () { map.off("zoomend moveend", redraw); });
    return group;
  }

  /* ------------------------------------------------------------------ base map */

  function drawShapes(features, paneName, style) {
    return L.geoJSON(features, { pane: paneName, interactive: false, style: function () { return style; } });
  }

  function drawBasemap(map, id) {
    var base = readData(id);
    if (!base.tiles) { map.setMinZoom(4); map.setMaxZoom(14); }
    makePane(map, "gs-base", 210, true);
    makePane(map, "gs-rail", 310, true);
    makePane(map, "gs-labels", 320, true);
    if (base.country) {
      drawShapes(base.country, "gs-base", { stroke: true, color: "#8d8873", weight: 1.6, fillColor: "#fbfaf6", fillOpacity: base.tiles ? 0 : 1 }).addTo(map);
    }
    var overlays = {};
    overlays.Districts = drawShapes(base.districts, "gs-base", { color: "#d5d0c0", weight: 0.7, fill: false }).addTo(map);
    overlays.Provinces = drawShapes(base.provinces, "gs-base", { color: "#a8a28d", weight: 1.4, fill: false }).addTo(map);
    overlays.Railway = L.layerGroup([
      drawShapes(base.rail, "gs-rail", { color: "#4b4842", weight: 2, opacity: 0.85, fill: false }),
      drawShapes(base.rail, "gs-rail", { color: "#ffffff", weight: 1, opacity: 0.9, dashArray: "5 5", fill: false })
    ]).addTo(map);
    overlays.Stations = drawStations(map, base.stations);
    overlays.Towns = labelPlaces(map, base.towns).addTo(map);
    state.overlays = overlays;
    state.showStationsByZoom = followZoom(map, overlays.Stations);
  }

  function drawStations(map, stations) {
    var dots = L.layerGroup();
    stations.forEach(function (station) {
      L.circleMarker([station.lat, station.lon], {
        pane: "gs-rail", interactive: false, radius: 1.8, color: "#4b4842", weight: 1, fillColor: "#fff", fillOpacity: 1
      }).addTo(dots);
    });
    return L.layerGroup([dots, labelPlaces(map, stations)]);
  }

  /* Shows the stations from zoom 8 on, until a reader switches them by hand. */
  function followZoom(map, stations) {
    var byHand = false, switching = false;
    function show() {
      if (byHand) { return; }
      switching = true;
      if (map.getZoom() >= 8) { map.addLayer(stations); } else { map.removeLayer(stations); }
      switching = false;
    }
    map.on("overlayadd overlayremove", function (event) {
      if (event.layer === stations && !switching) { byHand = true; }
    });
    map.on("zoomend", show);
    return show;
  }

  /* ------------------------------------------------------------------ incidents */

  function buildPopup(incident, colour) {
    var box = makeElement("div", "gs-popup");
    if (incident.type) {
      var type = makeElement("span", "gs-type", incident.type);
      type.style.background = colour;
      box.appendChild(type);
    }
    box.appendChild(makeElement("h3", "", incident.heading));
    if (incident.summary) { box.appendChild(makeElement("div", "", incident.summary)); }
    var list = makeElement("dl");
    incident.facts.forEach(function (fact) {
      list.appendChild(makeElement("dt", "", fact[0]));
      list.appendChild(makeElement("dd", "", fact[1]));
    });
    if (incident.url) {
      list.appendChild(makeElement("dt", "", "Source"));
      var link = makeElement("a", "", incident.host);
      link.href = incident.url;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      var cell = makeElement("dd");
      cell.appendChild(link);
      list.appendChild(cell);
    }
    box.appendChild(list);
    box.appendChild(makeElement("div", "gs-sure", incident.sure));
    return box;
  }

  function drawFootprint(incident, colour, shape) {
    var style = { pane: "gs-unsure", interactive: false, color: colour, weight: 1, opacity: 0.45, fillColor: colour, fillOpacity: 0.05, dashArray: "4 4" };
    if (shape && shape.line) { Object.assign(style, { weight: 7, opacity: 0.3, dashArray: null, fill: false, lineCap: "round" }); }
    var area = shape ? L.geoJSON(shape.geometry, { pane: "gs-unsure", interactive: false, style: style })
      : L.circle([incident.lat, incident.lon], Object.assign({ radius: incident.radius }, style));
    area.geosecOpacity = style.opacity;
    return area;
  }

  function emphasise(layer, on) {
    var path = layer.setStyle ? layer : null;
    if (path) { path.setStyle(on ? { opacity: 0.95, fillOpacity: 0.18 } : { opacity: layer.geosecOpacity, fillOpacity: 0.05 }); }
  }

  function makeMarker(incident, colour, radius) {
    var mark = L.divIcon({ className: "gs-dot", iconSize: [radius * 2, radius * 2] });
    var made = L.marker([incident.lat, incident.lon], { icon: mark, alt: incident.heading, title: "", keyboard: true, riseOnHover: true });
    made.on("add", function () {
      var node = made.getElement();
      if (node) { node.style.background = colour; node.setAttribute("aria-label", incident.heading); }
    });
    return made;
  }

  function makeClusterIcon(cluster) {
    var count = cluster.getChildCount(), size = count < 10 ? 28 : count < 30 ? 34 : 40;
    var face = makeElement("div", "gs-cluster", count);
    face.style.width = face.style.height = size + "px";
    return L.divIcon({ className: "gs-cluster-anchor", html: face, iconSize: [size, size] });
  }

  /* One area for each outline and colour, however many incidents share it. */
  function findArea(incident, colour, shapes, drawn) {
    if (incident.shape === null) { return drawFootprint(incident, colour, null); }
    var key = incident.shape + "|" + colour;
    drawn[key] = drawn[key] || drawFootprint(incident, colour, shapes[incident.shape]);
    return drawn[key];
  }

  function addMarker(clusters, incident, colour, area) {
    var marker = makeMarker(incident, colour, incident.size);
    marker.bindPopup(function () { return buildPopup(incident, colour); }, { maxWidth: 340, minWidth: 220 });
    marker.bindTooltip(function () { return makeElement("span", "", incident.heading); }, { direction: "top", offset: [0, -6] });
    marker.on("mouseover popupopen", function () { emphasise(area, true); });
    marker.on("mouseout popupclose", function () { emphasise(area, false); });
    clusters.addLayer(marker);
    state.markers.push(marker);
  }

  function drawIncidents(map, id) {
    var all = readData(id), unsure = L.layerGroup(), drawn = {};
    if (!isFinite(map.getMaxZoom())) { map.setMinZoom(2); map.setMaxZoom(14); } // neither ground nor tiles
    makePane(map, "gs-unsure", 350, true);
    var clusters = L.markerClusterGroup({
      maxClusterRadius: 34, showCoverageOnHover: false, spiderfyDistanceMultiplier: 1.4, iconCreateFunction: makeClusterIcon
    });
    all.incidents.forEach(function (incident) {
      var colour = all.colours[incident.type] || all.colours[""];
      var area = findArea(incident, colour, all.shapes, drawn);
      unsure.addLayer(area);
      addMarker(clusters, incident, colour, area);
    });
    state.incidents = all.incidents.length;
    state.clusters = clusters;
    unsure.addTo(map);
    clusters.addTo(map);
    addTitle(map, all);
    addLegend(map, all);
    addControls(map, all, { Incidents: clusters, Uncertainty: unsure });
    if (all.bounds) { map.fitBounds(all.bounds, { padding: [30, 30], maxZoom: 10, animate: false }); }
    if (state.showStationsByZoom) { state.showStationsByZoom(); }
    state.ready = true;
  }

  /* ------------------------------------------------------------------ boxes */

  function makeBox(position, build) {
    var made = L.control({ position: position });
    made.onAdd = function () {
      var box = makeElement("div", "gs-box");
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      build(box);
      return box;
    };
    return made;
  }

  function addControls(map, all, layers) {
    L.control.layers(null, Object.assign(layers, state.overlays || {}), { collapsed: true, position: "topright" }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution(makeElement("span", "", all.credit).outerHTML);
  }

  function addTitle(map, all) {
    makeBox("topleft", function (box) {
      box.appendChild(makeElement("h1", "", all.title));
      box.appendChild(makeElement("p", "", all.subtitle));
      if (!all.missing.length) { return; }
      var more = makeElement("details");
      more.appendChild(makeElement("summary", "", "Not on the map: " + all.missing.length));
      var list = makeElement("ul");
      all.missing.forEach(function (row) {
        var item = makeElement("li");
        item.appendChild(makeElement("b", "", row.id));
        item.appendChild(document.createTextNode(" " + row.phrase + " — " + row.reason));
        list.appendChild(item);
      });
      more.appendChild(list);
      box.appendChild(more);
    }).addTo(map);
  }

  function makePicture(parts) {
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", 22);
    svg.setAttribute("height", 16);
    svg.setAttribute("aria-hidden", "true");
    parts.forEach(function (part) {
      var made = document.createElementNS("http://www.w3.org/2000/svg", part[0]);
      Object.keys(part[1]).forEach(function (name) { made.setAttribute(name, part[1][name]); });
      svg.appendChild(made);
    });
    return svg;
  }

  function addKey(box, picture, text, count) {
    var row = makeElement("div", "gs-key");
    row.appendChild(picture);
    row.appendChild(makeElement("span", "", text));
    if (count !== undefined) { row.appendChild(makeElement("span", "gs-count", count)); }
    box.appendChild(row);
  }

  function addLegend(map, all) {
    makeBox("bottomright", function (box) {
      var more = makeElement("details");
      more.open = window.innerWidth > 600;
      more.appendChild(makeElement("summary", "", "Legend"));
      more.appendChild(makeElement("h2", "", "Events"));
      all.types.forEach(function (row) {
        addKey(more, makePicture([["circle", { cx: 11, cy: 8, r: 6, fill: all.colours[row[0]] || all.colours[""], stroke: "#fff" }]]), row[1], row[2]);
      });
      more.appendChild(makeElement("h2", "", "How sure we are"));
      var faint = { fill: "#6b7280", "fill-opacity": 0.12, stroke: "#6b7280", "stroke-dasharray": "3 2" };
      addKey(more, makePicture([["circle", Object.assign({ cx: 11, cy: 8, r: 7 }, faint)]]), "the place lies in the disc with 95 %");
      addKey(more, makePicture([["path", Object.assign({ d: "M3 4 L12 1 L20 6 L17 14 L6 15 Z" }, faint)]]), "somewhere in the area, none more likely");
      addKey(more, makePicture([["path", { d: "M2 12 L10 6 L20 4", fill: "none", stroke: "#6b7280", "stroke-opacity": 0.4, "stroke-width": 6, "stroke-linecap": "round" }]]), "somewhere on the stretch of line");
      if (state.overlays) {
        more.appendChild(makeElement("h2", "", "Ground"));
        addKey(more, makePicture([["path", { d: "M1 8 L21 8", stroke: "#4b4842", "stroke-width": 2 }], ["path", { d: "M1 8 L21 8", stroke: "#fff", "stroke-width": 1, "stroke-dasharray": "4 4" }]]), "railway");
      }
      box.appendChild(more);
    }).addTo(map);
  }

  return { drawBasemap: drawBasemap, drawIncidents: drawIncidents, state: state };
})();
