"""Static maps: the layers and the legend of the page on paper, and small pictures for reports."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geosec.arguments import (
    describe_given,
    require_flag,
    require_number,
    require_path,
)
from geosec.disclosure.treatment import prepare_for, warn_of_unreleased
from geosec.errors import ParameterError, SourceError
from geosec.located import fill_located
from geosec.maps.choices import choose
from geosec.maps.counted_units import count_units, find_units, tell_counted
from geosec.maps.ground import collect_ground, find_network, is_home
from geosec.maps.options import Headings
from geosec.maps.paper.scene import collect_scene
from geosec.maps.unread import warn_of_unread
from geosec.maps.valued_layers import collect_values
from geosec.schema import type_columns
from geosec.storage.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import pandas as pd
    from matplotlib.figure import Figure

    from geosec.disclosure.levels import Audience

PICTURES = (".png", ".svg", ".pdf")
_INCHES = (5.0, 60.0)
_DPI = (40.0, 1_200.0)
_MOST_PIXELS = 300_000_000
_THUMBNAIL = (64, 2_000)  # pixels of a side
_PIXELS = 96.0  # to an inch


def static_map(  # noqa: PLR0913 - what a map may be told, each optional
    located: gpd.GeoDataFrame,
    path: str | Path | None = None,
    *,
    color_by: str | None = None,
    size_by: str | None = None,
    palette: Mapping[str, str] | Sequence[str] | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    credit: str | None = None,
    language: str = "en",
    ground: Any = None,
    choropleth: pd.DataFrame | str | None = None,
    corridor: pd.DataFrame | None = None,
    audience: Audience | None = None,
    secret: str | bytes | None = None,
    footprints: bool | None = None,
    size_in: tuple[float, float] = (9.5, 7.5),
    dpi: float = 200,
) -> Figure:
    """Draw incidents on a map for paper, with the layers and the legend of `geosec.incident_map`.

    A value has the colour and the shape that it has in the page. Incidents at one place are a ring
    with their count; where places would lie on each other, they are density and clusters. The
    extent follows the incidents; one in a hundred that lies far astray, or a single one, does not
    widen it, and is told below the map, as are incidents without a place.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS, as `geosec.incident_map` takes them.
    path : path, optional
        File to write, whole or not at all: ``.png``, ``.svg`` or ``.pdf``. The same table gives the
        same bytes: no dates, no random names.
    color_by, size_by, palette, title, subtitle, credit, language, ground
        As `geosec.incident_map` takes them.
    choropleth, corridor : pandas.DataFrame or str, optional
        A value of each district, or of each section of railway, as `geosec.incident_map` takes
        them, in its classes and colours. Values are drawn as they are given, not divided; the
        legend tells how far the intervals of a class reach.
    audience, secret
        As `geosec.incident_map` takes them.
    footprints : bool, optional
        Whether to draw where incidents may have been: discs, districts and stretches of line, equal
        ones once. Usually, they are drawn where incidents are drawn one by one.
    size_in : pair of float, default (9.5, 7.5)
        Width and height in inches; (8.27, 11.69) is A4.
    dpi : float, default 200
        Dots to an inch of a PNG; 300 for print.

    Returns
    -------
    matplotlib.figure.Figure
        With its own canvas: pyplot does not know it.

    Raises
    ------
    SourceError
        If matplotlib is missing (``pip install geosec[report]``), or the folder of `path` is.
    SchemaError, CRSError, ParameterError
        As of `geosec.incident_map`.

    Notes
    -----
    The projection is Lambert's azimuthal equal-area one round the middle of the incidents, or
    Mercator's where they lie more than 60 degrees apart; the map says which. Urdu needs a font that
    has its letters, as Noto Naskh Arabic; a warning says where none is found.

    Examples
    --------
    >>> import geosec
    >>> located = geosec.geocode(["near Mach", "Kech district"], admin1="Balochistan")
    >>> figure = geosec.static_map(located, title="Two places", size_in=(6, 5))
    >>> figure.get_size_inches()
    array([6., 5.])
    """
    sheets = load_matplotlib()
    kind = None if path is None else _read_ending(path)
    width, height = _read_size(size_in)
    dpi = _read_dpi(dpi, width, height)
    if footprints is not None:
        footprints = require_flag(footprints, "footprints")
    given_table = located
    located = prepare_for(audience, located, secret=secret)
    warn_of_unreleased(audience, choropleth=choropleth, corridor=corridor)
    located = type_columns(fill_located(located, "static_map", unknown_radii=True))
    headings = Headings(located, language, title=title, subtitle=subtitle, credit=credit)
    table, choices = choose(located, color_by, size_by, [], palette)
    chosen = choices.list_columns()
    warn_of_unread(given_table, "static_map", chosen, is_home=is_home(located))
    drawn, ground_credit = collect_ground(located, ground, tiles=False)
    counted = []
    if isinstance(choropleth, str):
        choropleth = count_units(find_units(choropleth, located, ground), located, headings.words)
        counted = tell_counted(choropleth, located, headings.words)
    values = collect_values(choropleth, corridor, headings.words, find_network(ground))
    drawn |= values
    composing = import_module("geosec.maps.paper.composing")
    clean = sheets.clean_text
    told = composing.Told(
        *(clean(headings.title), clean(headings.subtitle)),
        [clean(each) for each in (*headings.credits, ground_credit, "geosec") if each],
        *(headings.words, (choices.source, choices.size)),
        [headings.words["reports_not_risk"], *counted] if values else [],
    )
    scene = collect_scene(table, choices)
    with sheets.settle():
        size = (width * _PIXELS, height * _PIXELS)
        order = composing.Order(scene, drawn, told, size, footprints)
        figure: Figure = composing.compose(order).figure
    if path is not None and kind is not None:
        content = sheets.write_figure(figure, kind, dpi=dpi, title=headings.title)
        with write_whole(Path(path)) as partial:
            partial.write_bytes(content)
    return figure


def thumbnail(
    located: gpd.GeoDataFrame,
    *,
    size_px: tuple[int, int] = (480, 320),
    color_by: str | None = None,
    palette: Mapping[str, str] | Sequence[str] | None = None,
    ground: Any = None,
) -> bytes:
    r"""Draw a small map for a report: ground, incidents and the largest towns, without a legend.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS, as `geosec.incident_map` takes them.
    size_px : pair of int, default (480, 320)
        Width and height, in pixels.
    color_by, palette, ground
        As `geosec.incident_map` takes them.

    Returns
    -------
    bytes
        A PNG; the same for the same table.

    Raises
    ------
    SourceError
        If matplotlib is missing: ``pip install geosec[report]``.
    SchemaError, CRSError, ParameterError
        As of `geosec.incident_map`.

    Examples
    --------
    >>> import geosec
    >>> geosec.thumbnail(geosec.geocode(["near Mach"]), size_px=(240, 160))[:4]
    b'\x89PNG'
    """
    sheets = load_matplotlib()
    width, height = _read_pair(size_px, "size_px", "pixels", _THUMBNAIL)
    if width != int(width) or height != int(height):
        msg = f"`size_px` takes whole pixels, and was given {width:g} by {height:g}."
        raise ParameterError(msg)
    given_table = located
    located = type_columns(fill_located(located, "thumbnail", unknown_radii=True))
    table, choices = choose(located, color_by, "", [], palette)
    chosen = choices.list_columns()
    warn_of_unread(given_table, "thumbnail", chosen, is_home=is_home(located))
    drawn, _ = collect_ground(located, ground, tiles=False)
    scene = collect_scene(table, choices)
    with sheets.settle():
        figure = import_module("geosec.maps.paper.composing").compose_bare(
            scene, drawn, width, height
        )
        content: bytes = sheets.write_figure(figure, "png", dpi=_PIXELS)
    return content


def load_matplotlib() -> Any:
    """Import the sheet that is drawn on, or say how matplotlib is installed."""
    try:
        import_module("matplotlib")
    except ImportError as error:
        msg = f"a static map needs matplotlib ({error}): `pip install geosec[report]`."
        raise SourceError(msg) from error
    return import_module("geosec.maps.paper.sheet")


def _read_ending(path: str | Path) -> str:
    ending = Path(require_path(path, "path")).suffix
    if ending.casefold() not in PICTURES:
        msg = f"{path} ends in {ending!r}; a static map is written as {', '.join(PICTURES)}."
        raise SourceError(msg)
    return ending.casefold()[1:]


def _read_size(given: Any) -> tuple[float, float]:
    return _read_pair(given, "size_in", "inches", _INCHES)


def _read_pair(
    given: Any, name: str, unit: str, limits: tuple[float, float]
) -> tuple[float, float]:
    least, most = limits
    if isinstance(given, tuple | list) and len(given) == 2:
        width, height = (require_number(each, name, unit) for each in given)
        if least <= width <= most and least <= height <= most:
            return width, height
    msg = (
        f"`{name}` takes a width and a height of {least:g} to {most:g} {unit} each, and was given "
        f"{given if isinstance(given, tuple | list) and len(given) < 5 else describe_given(given)}."
    )
    raise ParameterError(msg)


def _read_dpi(given: Any, width: float, height: float) -> float:
    dpi = require_number(given, "dpi")
    least, most = _DPI
    if not least <= dpi <= most:
        msg = f"`dpi` takes {least:g} to {most:g} dots to an inch, and was given {dpi:g}."
        raise ParameterError(msg)
    if width * height * dpi**2 > _MOST_PIXELS:
        msg = f"a picture of {width:g} by {height:g} inches at {dpi:g} dpi is too large to draw."
        raise ParameterError(msg)
    return dpi
