"""The layers of a map, as folium elements: the ground, and the incidents with their uncertainty.

All data reaches the page as JSON in script elements that run nothing; ``web/map.js`` builds text
nodes from it. So no text of a report is ever read as HTML or as code.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely
from branca.element import Element, Figure
from folium.elements import JSCSSMixin
from folium.template import Template
from shapely.geometry.base import BaseGeometry

from geosec.maps.wording import facts, how_sure, safe_link, shown_degrees, text_of, when

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

_CLUSTER = "https://cdnjs.cloudflare.com/ajax/libs/leaflet.markercluster/1.1.0/"
_DANGEROUS = re.compile(r"[<>&]|\{(?=[{%#])")
_DRAWN_DEG = 0.002  # outlines are drawn that coarse, about 200 m
_NAMED_DEG2 = 1.5  # a smaller province has no room for its name
_CITY = 500_000
_TOWNS = ((800_000, 5), (150_000, 6), (40_000, 7), (10_000, 8), (0, 9))
# Okabe and Ito 2008, *Color Universal Design*: told apart with every common colour vision.
COLOURS = {
    "Explosions/Remote violence": "#d55e00",
    "Battles": "#0072b2",
    "Violence against civilians": "#aa3377",
    "Protests": "#009e73",
    "Riots": "#b58900",
    "Strategic developments": "#56b4e9",
    "": "#6b7280",
}
_CREDIT = (
    "Natural Earth · districts: public domain · places: GeoNames CC BY 4.0 · "
    "stations: © OpenStreetMap contributors, ODbL · geosec"
)


class GeosecLayer(JSCSSMixin):
    """A layer whose data is JSON and which ``web/map.js`` draws.

    Parameters
    ----------
    data : mapping
        What the script draws; coordinates in it are degrees, EPSG:4326.
    function : {"basemap", "incidents"}
        Which of its functions does.

    Examples
    --------
    >>> GeosecLayer({}, "basemap").get_name().startswith("geosec_layer_")
    True
    """

    _template = Template("""
        {% macro html(this, kwargs) %}
        <script type="application/json" id="{{ this.get_name() }}_data">{{ this.json }}</script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        geosec.{{ this.function }}({{ this._parent.get_name() }}, "{{ this.get_name() }}_data");
        {% endmacro %}
    """)

    default_js = [("markercluster", f"{_CLUSTER}leaflet.markercluster.js")]  # noqa: RUF012 - folium's way
    default_css = [("markercluster_css", f"{_CLUSTER}MarkerCluster.css")]  # noqa: RUF012 - folium's way

    def __init__(self, data: Mapping[str, Any], function: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "geosec_layer"
        self.function = function
        self.json = json_for_script(data)

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Add the style and script that all layers share to the page, once.

        Parameters
        ----------
        **kwargs : object
            Passed on to folium. No unit or CRS is involved.

        Examples
        --------
        >>> import folium
        >>> page = folium.Map(tiles=None)
        >>> _ = GeosecLayer({}, "basemap").add_to(page)
        >>> "window.geosec = " in page.get_root().render()
        True
        """
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        figure = self.get_root()
        if isinstance(figure, Figure):
            web = files("geosec.maps") / "web"
            style = (web / "map.css").read_text(encoding="utf-8")
            script = (web / "map.js").read_text(encoding="utf-8")
            figure.header.add_child(Element(f"<style>{style}</style>"), name="geosec_css")
            figure.header.add_child(Element(f"<script>{script}</script>"), name="geosec_js")


def json_for_script(data: Mapping[str, Any]) -> str:
    r"""Write JSON that nothing in it can end the script element it stands in, or run in a template.

    branca takes the text of every element for a Jinja template, so that ``{{`` in a report would
    be evaluated in Python. No JSON outside a string has ``{{``, ``{%`` or ``{#``.

    Parameters
    ----------
    data : mapping
        Plain values; coordinates in degrees, EPSG:4326.

    Returns
    -------
    str
        ASCII, with ``<``, ``>`` and ``&`` as escapes (HTML Standard, section 4.12.1.3).

    Examples
    --------
    >>> print(json_for_script({"a": "</script>"}))
    {"a":"\u003c/script\u003e"}
    """
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return _DANGEROUS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


# ---------------------------------------------------------------------- the ground


def basemap_data(
    boundaries: Mapping[str, gpd.GeoDataFrame],
    rail: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame],
    places: pd.DataFrame,
    *,
    tiles: bool = False,
) -> dict[str, Any]:
    """Collect what the base map draws.

    Parameters
    ----------
    boundaries : mapping of str to geopandas.GeoDataFrame
        ``adm0``, ``adm1`` and ``adm2`` in EPSG:4326, coverages.
    rail : (geopandas.GeoDataFrame, geopandas.GeoDataFrame)
        Lines and stations in EPSG:4326.
    places : pandas.DataFrame
        Places of a gazetteer; towns of it are labelled by population.
    tiles : bool, default False
        Whether tiles lie underneath, so that the country is not filled.

    Returns
    -------
    dict
        Plain values, degrees.

    Examples
    --------
    >>> import geosec
    >>> levels = {level: geosec.load_boundaries(level) for level in ("adm0", "adm1", "adm2")}
    >>> rail = geosec.load_rail_lines(), geosec.load_rail_stations()
    >>> towns = geosec.load_gazetteer().places
    >>> sorted(basemap_data(levels, rail, towns))[:3]
    ['country', 'districts', 'provinces']
    """
    lines, stations = rail
    towns = _towns(places)
    named = {town["name"] for town in towns}
    return {
        "country": _geojson(_coarse(boundaries["adm0"])),
        "provinces": _geojson(_coarse(boundaries["adm1"])),
        "districts": _geojson(_coarse(boundaries["adm2"])),
        "rail": _geojson(lines.geometry.to_numpy()),
        "stations": [
            {
                "name": "" if name in named else name,
                "lat": round(point.y, 4),
                "lon": round(point.x, 4),
                "zoom": 10,
                "kind": "station",
            }
            for name, point in zip(stations["name"], stations.geometry, strict=True)
        ],
        "towns": [*_provinces(boundaries["adm1"]), *towns],
        "tiles": tiles,
    }


def _coarse(layer: gpd.GeoDataFrame) -> Any:
    return shapely.coverage_simplify(layer.geometry.to_numpy(), _DRAWN_DEG)


def _geojson(shapes: Any, decimals: int = 4) -> list[dict[str, Any]]:
    return [_rounded(json.loads(shapely.to_geojson(shape)), decimals) for shape in shapes]


def _rounded(geometry: dict[str, Any], decimals: int) -> dict[str, Any]:
    def walk(value: Any) -> Any:
        return [walk(each) for each in value] if isinstance(value, list) else round(value, decimals)

    return {"type": geometry["type"], "coordinates": walk(geometry["coordinates"])}


def _provinces(layer: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    layer = layer[shapely.area(layer.geometry.to_numpy()) > _NAMED_DEG2]
    middles = layer.geometry.representative_point()
    return [
        {
            "name": name,
            "lat": round(at.y, 3),
            "lon": round(at.x, 3),
            "zoom": 5,
            "until": 7,
            "kind": "province",
        }
        for name, at in zip(layer["adm1_name"], middles, strict=True)
    ]


def _towns(places: pd.DataFrame) -> list[dict[str, Any]]:
    towns = places[
        (places["feature_class"] == "town")
        & places["latitude"].notna()
        & (places["population"] > 0)
    ].sort_values(["population", "name"], ascending=[False, True])
    return [
        {
            "name": row.name,
            "lat": round(row.latitude, 4),
            "lon": round(row.longitude, 4),
            "zoom": next(zoom for least, zoom in _TOWNS if row.population >= least),
            "kind": "city" if row.population >= _CITY else "town",
        }
        for row in towns[["name", "latitude", "longitude", "population"]].itertuples(index=False)
    ]


# ---------------------------------------------------------------------- the incidents


def incident_data(located: gpd.GeoDataFrame, title: str) -> dict[str, Any]:
    """Collect what the incident layer draws.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Geocoded incidents, EPSG:4326.
    title : str
        Heading of the map.

    Returns
    -------
    dict
        Plain values; degrees rounded to what each uncertainty supports, radii in metres.

    Examples
    --------
    >>> import geosec
    >>> data = incident_data(geosec.geocode(["Mach town", "Bolan Mail"]), "Two phrases")
    >>> len(data["incidents"]), data["missing"][0]["reason"]
    (1, "names a train ('Bolan Mail') and no place")
    """
    placed = located[located.geometry.notna()]
    shapes: dict[str, dict[str, Any]] = {}
    incidents = [_incident(str(incident_id), row, shapes) for incident_id, row in placed.iterrows()]
    kinds = [incident["type"] for incident in incidents]
    types = [name for name in [*COLOURS, *sorted(set(kinds) - set(COLOURS))] if name in kinds]
    bounds = None
    if len(placed):
        west, south, east, north = (float(each) for each in placed.total_bounds)
        bounds = [[south, west], [north, east]]
    return {
        "title": title,
        "subtitle": _subtitle(located, len(placed)),
        "credit": _CREDIT,
        "colours": COLOURS,
        "types": [[name, name or "type not reported", kinds.count(name)] for name in types],
        "incidents": incidents,
        "shapes": shapes,
        "bounds": bounds,
        "missing": [_missing(str(key), row) for key, row in located.drop(placed.index).iterrows()],
    }


def _subtitle(located: gpd.GeoDataFrame, placed: int) -> str:
    told = f"{placed} of {len(located)} incidents placed"
    if "date" not in located.columns or not located["date"].notna().any():
        return told
    first, last = located["date"].min(), located["date"].max()
    return f"{told} · {first:%B %Y} to {last:%B %Y}"


def _incident(
    incident_id: str, row: pd.Series, shapes: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    radius_m = float(row["uncertainty_m"])
    url, host = safe_link(row.get("source_url"))
    kind = text_of(row.get("event_type"))
    dead = row.get("fatalities")
    known_dead = 0 if dead is None or pd.isna(dead) else int(dead)
    return {
        "id": incident_id,
        "lat": shown_degrees(row["geometry"].y, radius_m),
        "lon": shown_degrees(row["geometry"].x, radius_m),
        "radius": round(radius_m),
        "size": 6 + min(6, round(known_dead**0.5)),
        "type": kind,
        "heading": f"{text_of(row.get('match_name')) or incident_id}, {when(row)}",
        "summary": text_of(row.get("summary")),
        "facts": facts(row),
        "sure": how_sure(row),
        "url": url,
        "host": host,
        "shape": _shape(row.get("footprint"), shapes),
    }


def _shape(footprint: Any, shapes: dict[str, dict[str, Any]]) -> str | None:
    """Keep each outline once, under a key; a district may hold many incidents."""
    if not isinstance(footprint, BaseGeometry):  # missing: None, or NaN out of a row
        return None
    line = "Line" in footprint.geom_type
    drawn = footprint if line else shapely.simplify(footprint, _DRAWN_DEG)
    geometry = _rounded(json.loads(shapely.to_geojson(drawn)), 4)
    known = next((key for key, own in shapes.items() if own["geometry"] == geometry), None)
    if known is None:
        known = f"s{len(shapes)}"
        shapes[known] = {"geometry": geometry, "line": line}
    return known


def _missing(incident_id: str, row: pd.Series) -> dict[str, str]:
    return {
        "id": incident_id,
        "phrase": text_of(row.get("location")),
        "reason": text_of(row.get("match_reason")),
    }
