/* Draws the layers of a geosec map. Data comes as JSON from script elements of type application/json and
   reaches the page as text nodes and attributes only: nothing from a report is ever parsed as HTML or code. */
window.geosec = (function () {
  "use strict";

  var state = { incidents: 0, markers: [] };

  function data(id) {
    return JSON.parse(document.getElementById(id).textContent);
  }

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text !== undefined && text !== null) { made.textContent = String(text); }
    return made;
  }

  function pane(map, name, z, silent) {
    if (!map.getPane(name)) {
      map.createPane(name).style.zIndex = z;
      if (silent) { map.getPane(name).style.pointerEvents = "none"; }
    }
    return name;
  }

  /* ------------------------------------------------------------------ labels */

  function labels(map, places) {
    var group = L.layerGroup();
    function boxes(shown, point, width) {
      return shown.every(function (other) {
        return Math.abs(other.x - point.x) > (other.w + width) / 2 + 6 || Math.abs(other.y - point.y) > 15;
      });
    }
    function draw() {
      group.clearLayers();
      var zoom = map.getZoom(), bounds = map.getBounds().pad(0.1), shown = [];
      places.forEach(function (place) {
        if (!place.name || zoom < place.zoom || zoom > (place.until || 99) || !bounds.contains([place.lat, place.lon])) { return; }
        var point = map.latLngToLayerPoint([place.lat, place.lon]);
        var width = place.name.length * (place.kind === "province" ? 10 : 6.2);
        if (!boxes(shown, point, width)) { return; }
        shown.push({ x: point.x, y: point.y, w: width });
        var text = element("span", "gs-label gs-" + place.kind, place.name);
        var offset = place.kind === "province" ? [width / 2, 8] : [-7, 8];
        L.marker([place.lat, place.lon], {
          pane: "gs-labels", interactive: false, keyboard: false,
          icon: L.divIcon({ className: "gs-label-anchor", html: text, iconSize: [0, 0], iconAnchor: offset })
        }).addTo(group);
      });
    }
    group.on("add", function () { map.on("zoomend moveend", draw); draw(); });
    group.on("remove", function () { map.off("zoomend moveend", draw); });
    return group;
  }

  /* ------------------------------------------------------------------ base map */

  function shapes(features, paneName, style) {
    return L.geoJSON(features, { pane: paneName, interactive: false, style: function () { return style; } });
  }

  function basemap(map, id) {
    var base = data(id);
    if (!base.tiles) { map.setMinZoom(4); map.setMaxZoom(14); }
    pane(map, "gs-base", 210, true);
    pane(map, "gs-rail", 310, true);
    pane(map, "gs-labels", 320, true);
    if (base.country) {
      shapes(base.country, "gs-base", { stroke: true, color: "#8d8873", weight: 1.6, fillColor: "#fbfaf6", fillOpacity: base.tiles ? 0 : 1 }).addTo(map);
    }
    var overlays = {};
    overlays.Districts = shapes(base.districts, "gs-base", { color: "#d5d0c0", weight: 0.7, fill: false }).addTo(map);
    overlays.Provinces = shapes(base.provinces, "gs-base", { color: "#a8a28d", weight: 1.4, fill: false }).addTo(map);
    overlays.Railway = L.layerGroup([
      shapes(base.rail, "gs-rail", { color: "#4b4842", weight: 2, opacity: 0.85, fill: false }),
      shapes(base.rail, "gs-rail", { color: "#ffffff", weight: 1, opacity: 0.9, dashArray: "5 5", fill: false })
    ]).addTo(map);
    var stations = L.layerGroup();
    base.stations.forEach(function (station) {
      L.circleMarker([station.lat, station.lon], {
        pane: "gs-rail", interactive: false, radius: 1.8, color: "#4b4842", weight: 1, fillColor: "#fff", fillOpacity: 1
      }).addTo(stations);
    });
    overlays.Stations = L.layerGroup([stations, labels(map, base.stations)]);
    overlays.Towns = labels(map, base.towns).addTo(map);
    function stationsByZoom() {
      if (stationsByZoom.hand) { return; }
      stationsByZoom.own = true;
      if (map.getZoom() >= 8) { map.addLayer(overlays.Stations); } else { map.removeLayer(overlays.Stations); }
      stationsByZoom.own = false;
    }
    map.on("overlayadd overlayremove", function (event) {
      if (event.layer === overlays.Stations && !stationsByZoom.own) { stationsByZoom.hand = true; }
    });
    map.on("zoomend", stationsByZoom);
    state.overlays = overlays;
    state.stationsByZoom = stationsByZoom;
  }

  /* ------------------------------------------------------------------ incidents */

  function popup(incident, colour) {
    var box = element("div", "gs-popup");
    if (incident.type) {
      var type = element("span", "gs-type", incident.type);
      type.style.background = colour;
      box.appendChild(type);
    }
    box.appendChild(element("h3", "", incident.heading));
    if (incident.summary) { box.appendChild(element("div", "", incident.summary)); }
    var list = element("dl");
    incident.facts.forEach(function (fact) {
      list.appendChild(element("dt", "", fact[0]));
      list.appendChild(element("dd", "", fact[1]));
    });
    if (incident.url) {
      list.appendChild(element("dt", "", "Source"));
      var link = element("a", "", incident.host);
      link.href = incident.url;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      var cell = element("dd");
      cell.appendChild(link);
      list.appendChild(cell);
    }
    box.appendChild(list);
    box.appendChild(element("div", "gs-sure", incident.sure));
    return box;
  }

  function footprint(incident, colour, drawn) {
    var style = { pane: "gs-unsure", color: colour, weight: 1, opacity: 0.45, fillColor: colour, fillOpacity: 0.05, dashArray: "4 4" };
    if (incident.shape === null) {
      return L.circle([incident.lat, incident.lon], Object.assign({ radius: incident.radius, interactive: false }, style));
    }
    if (drawn.line) { Object.assign(style, { weight: 7, opacity: 0.3, dashArray: null, fill: false, lineCap: "round" }); }
    return L.geoJSON(drawn.geometry, { pane: "gs-unsure", interactive: false, style: style });
  }

  function emphasise(layer, on) {
    var path = layer.setStyle ? layer : null;
    if (path) { path.setStyle(on ? { opacity: 0.95, fillOpacity: 0.18 } : { opacity: layer.geosecOpacity, fillOpacity: 0.05 }); }
  }

  function dot(incident, colour, radius) {
    var mark = L.divIcon({ className: "gs-dot", iconSize: [radius * 2, radius * 2] });
    var made = L.marker([incident.lat, incident.lon], { icon: mark, alt: incident.heading, title: "", keyboard: true, riseOnHover: true });
    made.on("add", function () {
      var node = made.getElement();
      if (node) { node.style.background = colour; node.setAttribute("aria-label", incident.heading); }
    });
    return made;
  }

  function clusterIcon(cluster) {
    var count = cluster.getChildCount(), size = count < 10 ? 28 : count < 30 ? 34 : 40;
    var face = element("div", "gs-cluster", count);
    face.style.width = face.style.height = size + "px";
    return L.divIcon({ className: "gs-cluster-anchor", html: face, iconSize: [size, size] });
  }

  function incidents(map, id) {
    var all = data(id);
    pane(map, "gs-unsure", 350, true);
    var clusters = L.markerClusterGroup({ maxClusterRadius: 34, showCoverageOnHover: false, spiderfyDistanceMultiplier: 1.4, iconCreateFunction: clusterIcon });
    var unsure = L.layerGroup();
    var seen = {};
    all.incidents.forEach(function (incident) {
      var colour = all.colours[incident.type] || all.colours[""];
      var drawn = incident.shape === null ? null : all.shapes[incident.shape];
      var key = incident.shape === null ? null : incident.shape + "|" + colour;
      var area = key !== null && seen[key] ? seen[key] : footprint(incident, colour, drawn);
      area.geosecOpacity = drawn && drawn.line ? 0.3 : 0.45;
      if (key !== null) { seen[key] = area; }
      unsure.addLayer(area);
      var marker = dot(incident, colour, incident.size);
      marker.bindPopup(function () { return popup(incident, colour); }, { maxWidth: 340, minWidth: 220 });
      marker.bindTooltip(function () { return element("span", "", incident.heading); }, { direction: "top", offset: [0, -6] });
      marker.on("mouseover popupopen", function () { emphasise(area, true); });
      marker.on("mouseout popupclose", function () { emphasise(area, false); });
      clusters.addLayer(marker);
      state.markers.push(marker);
    });
    state.incidents = all.incidents.length;
    state.clusters = clusters;
    unsure.addTo(map);
    clusters.addTo(map);
    title(map, all);
    legend(map, all);
    var overlays = Object.assign({ Incidents: clusters, Uncertainty: unsure }, state.overlays || {});
    L.control.layers(null, overlays, { collapsed: true, position: "topright" }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution(element("span", "", all.credit).outerHTML);
    if (all.bounds) { map.fitBounds(all.bounds, { padding: [30, 30], maxZoom: 10, animate: false }); }
    if (state.stationsByZoom) { state.stationsByZoom(); }
    state.ready = true;
  }

  /* ------------------------------------------------------------------ boxes */

  function control(position, build) {
    var made = L.control({ position: position });
    made.onAdd = function () {
      var box = element("div", "gs-box");
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      build(box);
      return box;
    };
    return made;
  }

  function title(map, all) {
    control("topleft", function (box) {
      box.appendChild(element("h1", "", all.title));
      box.appendChild(element("p", "", all.subtitle));
      if (!all.missing.length) { return; }
      var more = element("details");
      more.appendChild(element("summary", "", "Not on the map: " + all.missing.length));
      var list = element("ul");
      all.missing.forEach(function (row) {
        var item = element("li");
        item.appendChild(element("b", "", row.id));
        item.appendChild(document.createTextNode(" " + row.phrase + " — " + row.reason));
        list.appendChild(item);
      });
      more.appendChild(list);
      box.appendChild(more);
    }).addTo(map);
  }

  function drawing(parts) {
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

  function key(box, picture, text, count) {
    var row = element("div", "gs-key");
    row.appendChild(picture);
    row.appendChild(element("span", "", text));
    if (count !== undefined) { row.appendChild(element("span", "gs-count", count)); }
    box.appendChild(row);
  }

  function legend(map, all) {
    control("bottomright", function (box) {
      var more = element("details");
      more.open = window.innerWidth > 600;
      more.appendChild(element("summary", "", "Legend"));
      more.appendChild(element("h2", "", "Events"));
      all.types.forEach(function (row) {
        key(more, drawing([["circle", { cx: 11, cy: 8, r: 6, fill: all.colours[row[0]] || all.colours[""], stroke: "#fff" }]]), row[1], row[2]);
      });
      more.appendChild(element("h2", "", "How sure we are"));
      var faint = { fill: "#6b7280", "fill-opacity": 0.12, stroke: "#6b7280", "stroke-dasharray": "3 2" };
      key(more, drawing([["circle", Object.assign({ cx: 11, cy: 8, r: 7 }, faint)]]), "the place lies in the disc with 95 %");
      key(more, drawing([["path", Object.assign({ d: "M3 4 L12 1 L20 6 L17 14 L6 15 Z" }, faint)]]), "somewhere in the area, none more likely");
      key(more, drawing([["path", { d: "M2 12 L10 6 L20 4", fill: "none", stroke: "#6b7280", "stroke-opacity": 0.4, "stroke-width": 6, "stroke-linecap": "round" }]]), "somewhere on the stretch of line");
      more.appendChild(element("h2", "", "Ground"));
      key(more, drawing([["path", { d: "M1 8 L21 8", stroke: "#4b4842", "stroke-width": 2 }], ["path", { d: "M1 8 L21 8", stroke: "#fff", "stroke-width": 1, "stroke-dasharray": "4 4" }]]), "railway");
      box.appendChild(more);
    }).addTo(map);
  }

  return { basemap: basemap, incidents: incidents, state: state };
})();
