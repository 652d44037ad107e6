"""One map, one HTML file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import folium
import shapely

from geosec.arguments import describe_given, require_kind
from geosec.disclosure.treatment import prepare_for, warn_of_unreleased
from geosec.errors import ParameterError
from geosec.located import fill_located
from geosec.maps.choices import choose
from geosec.maps.counted_units import find_units, tell_units
from geosec.maps.ground import collect_ground, find_network, is_home
from geosec.maps.incident_columns import pack_incidents
from geosec.maps.notebook import draw_picture
from geosec.maps.options import Headings, collect_options, require_calendar
from geosec.maps.page import IncidentLayer, IncidentMap, write_map
from geosec.maps.policy import list_tile_hosts
from geosec.maps.tiles import open_tiles
from geosec.maps.unread import warn_of_unread
from geosec.maps.valued_layers import collect_values
from geosec.schema import type_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from geosec.disclosure.levels import Audience

_LEAFLET = ("leaflet", "leaflet_css")
_LENGTH = re.compile(r"\d+(\.\d+)?(px|vh|em|rem)")


def incident_map(  # noqa: PLR0913 - what a map may be told, each optional
    located: gpd.GeoDataFrame,
    *,
    color_by: str | None = None,
    size_by: str | None = None,
    filters: Sequence[str] | None = None,
    palette: Mapping[str, str] | Sequence[str] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    credit: str | None = None,
    language: str = "en",
    height: float | str = 600,
    tiles: Any = None,
    ground: Any = None,
    choropleth: pd.DataFrame | str | None = None,
    corridor: pd.DataFrame | None = None,
    audience: Audience | None = None,
    secret: str | bytes | None = None,
) -> folium.Map:
    """Draw incidents on a map, each with how sure its place is.

    The base map is drawn from the reference layers: no tiles are needed. Where every place is far
    from Pakistan there is none, and `ground` or `tiles` may lie in its stead. Incidents are density
    and clusters at a distance, marks by place when near; a popup shows date, actors, the phrase as
    reported, what it was read as, how sure that is, and the source. Discs, districts and stretches
    of line show where an incident may have happened. Incidents without a place are listed too.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``; a place whose own is missing has a dashed ring. Popups
        show district and railway if the table has them.
    color_by : str, optional
        Column to colour by: texts, or numbers and days, which are put into classes and years.
        ``event_type`` where the table has it; an empty text for none.
    size_by : str, optional
        Column of numbers that marks grow with; ``fatalities`` where the table has it, an empty text
        for none.
    filters : list of str, optional
        Columns to filter by, beside time and text; that of `color_by`, type, actor, district, how
        the place was found, how many were killed and the radius, where the table has them and they
        differ.
    palette : dict or list of str, optional
        Colours as ``"#d55e00"`` by value of `color_by`, or one after another for its most frequent
        values. Those that have none are taken from Okabe and Ito's.
    title, subtitle : str, optional
        Headings of the map; any text.
    credit : str, optional
        Whose the incidents are, in place of what the table tells of its source. The ground keeps
        its own credit.
    language : str, default "en"
        Of the words of the page: "en", "ur".
    height : float or str, default 600
        Of the frame in a notebook: pixels, or a length of CSS as "70vh", which is bounded by 1,200
        pixels, as VS Code tells the height of the notebook for that of the window.
    tiles : str, pair of str, xyzservices.TileProvider or folium.TileLayer, optional
        Online tiles to lay underneath: a name of xyzservices as "OpenStreetMap", or an address and
        whose they are. Such a map needs a network, and asks the hosts of these tiles alone.
    ground : dict, geopandas.GeoDataFrame or RailNetwork, optional
        Layers of your own in place of the shipped ones: ``boundaries`` (a layer, or a dict of them
        by level ``adm0``, ``adm1``, ``adm2``), ``rivers`` (lines or areas), ``lines`` and
        ``stations`` or a ``network``, ``places`` (points with ``name`` and ``population``),
        ``credit`` (a text). An empty dict draws none.
    choropleth : pandas.DataFrame or str, optional
        A value of each district or unit, drawn by colour. A level of the boundaries, ``"adm2"`` or
        ``"adm1"``, counts the incidents shown in the units of the ground, as they are filtered: the
        number expected, by draws of where each may have been, with what 95 % of the draws lie
        between; the same in 100 of them, by km of railway, and by ``population`` where boundaries
        of your own have that column. A table is that of `geosec.find_hot_spots`,
        `geosec.compare_rates` or `geosec.classify_emerging_hot_spots` as it is, or one of your own
        with ``adm2_code`` (or the index) and ``value``, and perhaps ``low`` and ``high`` of its
        interval, ``label`` (told of the district under the pointer), ``count`` (incidents the value
        stands on: fewer than 5 are hatched), ``population`` and ``rail_km``, by which counts can be
        divided on the page; ``rail_km`` is measured if it is missing. A GeoDataFrame brings areas
        of its own instead of ``adm2_code``, their names in ``unit_name``, ``adm2_name`` or
        ``name``. Its ``attrs["title"]`` is the heading in the legend.
    corridor : pandas.DataFrame, optional
        A value of each section of railway, drawn by colour: a table of `geosec.corridor_rates` or
        `geosec.estimate_network_density` as it is, or one of your own with ``rail_line``,
        ``km_from``, ``km_to`` and ``value``, and perhaps ``low``, ``high``, ``label``, ``count`` as
        above. The railway is that of `ground` if it has a ``network``; a GeoDataFrame brings lines
        of its own.
    audience : {"public", "partner", "internal"}, optional
        Who is to see it: incidents that `geosec.release` has not made ready for them are released
        with its usual settings. The credit says for whom a released table is. `choropleth` and
        `corridor` are drawn as they are, with a warning.
    secret : str or bytes, optional
        What `geosec.release` needs for partners and the public.

    Returns
    -------
    folium.Map
        To show in a notebook, to add folium layers to, or to save with `geosec.save_map`.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points, or no column of a name given.
    CRSError
        If it has no CRS, or coordinates that it cannot have.
    ParameterError
        If an argument is not one of those above, or the table cannot be released to the audience.

    Notes
    -----
    Texts of the table are never HTML or code. What you give to folium is HTML where folium takes it
    so: the texts of ``Popup``, ``Tooltip``, ``Html(script=True)``, ``Element`` and ``DivIcon``, the
    names of layers, the attribution of a ``TileLayer``, the fields of ``GeoJsonPopup`` and
    ``GeoJsonTooltip``. Escape a report's text with `html.escape` before it goes there.

    Examples
    --------
    >>> import geosec
    >>> located = geosec.geocode(["near Mach", "Kech district"], admin1="Balochistan")
    >>> map_ = geosec.incident_map(located, title="Two places")
    >>> "2 of 2 incidents placed" in map_.get_root().render()
    True
    """
    given_table = located
    located = prepare_for(audience, located, secret=secret)
    warn_of_unreleased(audience, choropleth=choropleth, corridor=corridor)
    filled = type_columns(fill_located(located, "incident_map", unknown_radii=True))
    if "match_status" not in located.columns:  # own points, or released ones: none is matched
        filled = filled.drop(columns="match_status")
    located = filled
    require_calendar(located)
    headings = Headings(located, language, title=title, subtitle=subtitle, credit=credit)
    table, choices = choose(located, color_by, size_by, filters, palette)
    chosen = choices.list_columns()
    warn_of_unread(given_table, "incident_map", chosen, is_home=is_home(located))
    layer = open_tiles(tiles)
    drawn, ground_credit = collect_ground(located, ground, tiles=layer is not None)
    counted = {}
    if isinstance(choropleth, str):
        units = find_units(choropleth, located, ground)
        choropleth, counted = None, {"choropleth": tell_units(units, headings.words)}
    values = collect_values(choropleth, corridor, headings.words, find_network(ground)) | counted
    hosts = [] if layer is None else list_tile_hosts(folium.FeatureGroup().add_child(layer))
    credit = headings.write_credit(ground_credit, hosts)
    options = collect_options(located, headings, choices, ground=drawn, credit=credit)
    options |= values
    told = {
        **{name: options[name] for name in ("title", "subtitle", "language", "credit")},
        "direction": headings.words["direction"],
        "height": _read_height(height),
    }
    points = located.geometry[located.geometry.notna()].to_numpy()
    picture = draw_picture(shapely.get_x(points), shapely.get_y(points), drawn)
    page = IncidentMap(
        picture, told, location=(30.0, 69.3), zoom_start=6, tiles=layer, zoom_snap=0.5
    )
    page.default_js = [asset for asset in page.default_js if asset[0] in _LEAFLET]
    page.default_css = [asset for asset in page.default_css if asset[0] in _LEAFLET]
    asked = {choices.colour, choices.size, *choices.filters} - {"", "uncertainty_m"}
    kept = [name for name in table.columns if name in asked]  # the radius is that of the place
    IncidentLayer(pack_incidents(table, kept), options).add_to(page)
    return page


def _read_height(height: Any) -> str:
    """Read the height of a frame as a length of CSS."""
    if isinstance(height, int | float) and not isinstance(height, bool) and 0 < height < 1e5:
        return f"{float(height):g}px"
    if isinstance(height, str) and _LENGTH.fullmatch(height):
        return height
    msg = f"`height` takes pixels, or a length as '70vh', and was given {describe_given(height)}"
    share = isinstance(height, str) and height.endswith("%")
    msg += "; a notebook has no height to take a share of." if share else "."
    raise ParameterError(msg)


def save_map(map_: folium.Map, path: str | Path, *, offline: bool = True) -> Path:
    """Save a map as one HTML file.

    Parameters
    ----------
    map_ : folium.Map
        From `geosec.incident_map`, perhaps with layers of your own.
    path : path
        File to write; whole or not at all. The same map gives the same bytes.
    offline : bool, default True
        Whether scripts and styles are put into the file, so that it makes no network request. A
        map with tiles needs a network, and ``offline=False``.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    SourceError
        If the folder is not there, an element of the map has no offline copy, or one needs a
        network.

    Notes
    -----
    The file holds a Content-Security-Policy with the hash of each of its scripts: no other runs,
    and no handler as ``onclick=`` in HTML of your own layers. Braces as of templates in their
    texts are written as they stand.

    Examples
    --------
    >>> import tempfile, geosec
    >>> from pathlib import Path
    >>> page = geosec.incident_map(geosec.geocode(["near Mach"]))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     geosec.save_map(page, Path(folder) / "map.html").stat().st_size < 3_000_000
    True
    """
    require_kind(map_, folium.Map, "map_", "; make one with `geosec.incident_map`")
    return write_map(map_, path, offline=offline)
