"""One map, one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium

from geosec.arguments import (
    replace_surrogates,
    require_flag,
    require_kind,
    require_path,
    require_text,
)
from geosec.errors import ParameterError
from geosec.located import fill_located
from geosec.maps.assets import inline_assets
from geosec.maps.basemap import collect_basemap
from geosec.maps.incident_columns import pack_incidents
from geosec.maps.options import collect_options
from geosec.maps.page import IncidentLayer, IncidentMap, stream_page
from geosec.railway.network import load_rail_network
from geosec.reference.boundaries import LEVELS, load_boundaries
from geosec.reference.gazetteer import load_gazetteer
from geosec.schema import type_columns
from geosec.storage.files import write_whole

if TYPE_CHECKING:
    import geopandas as gpd
    from branca.element import Element

_LEAFLET = ("leaflet", "leaflet_css")
_AROUND_DEG = 2.0  # beyond Pakistan, where its ground is still worth drawing


def incident_map(
    located: gpd.GeoDataFrame, *, title: str = "Reported incidents", tiles: str | None = None
) -> folium.Map:
    """Draw incidents on a map, each with how sure its place is.

    The base map is drawn from the reference layers: no tiles are needed. Where every place is far
    from Pakistan there is none, and `tiles` may lie in its stead. Markers cluster; a popup
    shows date, actors, the phrase as reported, what it was read as, how sure that is, and the
    source. Discs, districts and stretches of line show where an incident may have happened.
    Incidents without a place are listed beside the map.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``. Popups show district and railway if the table has them.
    title : str
        Heading of the map; any text.
    tiles : str, optional
        Name or address of online tiles to lay underneath, as for `folium.Map`. Such a map needs
        a network.

    Returns
    -------
    folium.Map
        To show in a notebook, to add folium layers to, or to save with `geosec.save_map`.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points.
    CRSError
        If it has no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> import geosec
    >>> located = geosec.geocode(["near Mach", "Kech district"], admin1="Balochistan")
    >>> map_ = geosec.incident_map(located, title="Two places")
    >>> "2 of 2 incidents placed" in map_.get_root().render()
    True
    """
    located = type_columns(fill_located(located, "incident_map"))
    title = require_text(title, "title")
    page = _open_page(tiles)
    page.default_js = [asset for asset in page.default_js if asset[0] in _LEAFLET]
    page.default_css = [asset for asset in page.default_css if asset[0] in _LEAFLET]
    is_home = _is_home(located)
    ground = _collect_ground(tiles=tiles is not None) if is_home else {"tiles": tiles is not None}
    options = collect_options(located, ground, title=title, is_home=is_home)
    IncidentLayer(pack_incidents(located[located.geometry.notna()]), options).add_to(page)
    return page


def _is_home(located: gpd.GeoDataFrame) -> bool:
    """Whether the ground that ships is that of a place, or of none that is elsewhere."""
    placed = located.geometry[located.geometry.notna()]
    west, south, east, north = load_boundaries("adm0").total_bounds
    near = placed.x.between(west - _AROUND_DEG, east + _AROUND_DEG)
    near &= placed.y.between(south - _AROUND_DEG, north + _AROUND_DEG)
    return bool(near.any()) or not len(placed)


def _collect_ground(*, tiles: bool) -> dict[str, Any]:
    """Collect the base map of Pakistan."""
    boundaries = {str(level): load_boundaries(level) for level in LEVELS}
    network = load_rail_network().standing()
    gazetteer = load_gazetteer()
    places = gazetteer.places[gazetteer.places["country_code"].isin(gazetteer.home)]
    return collect_basemap(boundaries, (network.lines, network.stations), places, tiles=tiles)


def _open_page(tiles: str | None) -> folium.Map:
    """Open an empty map, with tiles if some are named."""
    if tiles is not None:
        require_text(tiles, "tiles", "the name or the address of tiles")
    try:
        return IncidentMap(location=(30.0, 69.3), zoom_start=6, tiles=tiles, zoom_snap=0.5)
    except ValueError as error:
        msg = f"there are no `tiles` {tiles!r} that folium knows ({error})."
        raise ParameterError(msg) from error


def save_map(map_: folium.Map, path: str | Path, *, offline: bool = True) -> Path:
    """Save a map as one HTML file.

    Parameters
    ----------
    map_ : folium.Map
        From `geosec.incident_map`, perhaps with layers of your own.
    path : path
        File to write; whole or not at all. The same map gives the same bytes.
    offline : bool, default True
        Whether scripts and styles are put into the file, so that it makes no network request.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    SourceError
        If the folder is not there, or an element of the map has no offline copy.

    Examples
    --------
    >>> import tempfile, geosec
    >>> page = geosec.incident_map(geosec.geocode(["near Mach"]))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     geosec.save_map(page, Path(folder) / "map.html").stat().st_size < 3_000_000
    True
    """
    require_kind(map_, folium.Map, "map_", "; make one with `geosec.incident_map`")
    path, offline = Path(require_path(path, "path")), require_flag(offline, "offline")
    _add_foreign_assets(map_)
    root = map_.get_root()
    _number_elements(root)
    html = replace_surrogates(root.render()).replace("<html>", '<html lang="en">', 1)
    html = inline_assets(html) if offline else html
    with write_whole(path) as partial, partial.open("w", encoding="utf-8", newline="\n") as page:
        parts = stream_page(html, map_.payload) if isinstance(map_, IncidentMap) else [html]
        page.writelines(parts)
    return path


def _add_foreign_assets(map_: folium.Map) -> None:
    """Give folium's own popups and icons the scripts they need, if the user added some."""
    foreign = [child for child in _list_descendants(map_) if not isinstance(child, IncidentLayer)]
    if any(type(child).__module__.startswith("folium") for child in foreign):
        map_.default_js = folium.Map.default_js
        map_.default_css = folium.Map.default_css


def _list_descendants(element: Element) -> list[Element]:
    found = []
    for child in element._children.values():  # noqa: SLF001 - branca offers no other way
        found += [child, *_list_descendants(child)]
    return found


def _number_elements(root: Element) -> None:
    """Give stable identifiers in place of branca's random ones."""
    for number, element in enumerate([root, *_list_descendants(root)]):
        element._id = f"{number:032x}"  # noqa: SLF001 - branca offers no other way
