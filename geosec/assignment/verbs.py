"""Which district and which kilometre of railway: assignments with their probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict, Unpack

import numpy as np
import pandas as pd

from geosec.arguments import require_flag, require_number, require_options
from geosec.assignment.chainages import ChainageFinder
from geosec.assignment.days import read_vintages
from geosec.assignment.grounds import warn_of_foreign_railway, warn_of_ground
from geosec.assignment.local_changes import fold_vintages
from geosec.assignment.sources import read_source
from geosec.assignment.vintages import assign_levels
from geosec.geodesy.threads import run_in_threads
from geosec.located import require_coordinates
from geosec.railway.network import RailNetwork, take_network
from geosec.schema import complete_stage
from geosec.storage.provenance import note_step
from geosec.uncertainty.folding import fold_table
from geosec.uncertainty.sampling import require_draws
from geosec.uncertainty.table_footprints import TableFootprints

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.reference.boundaries import Level

    Columns = dict[str, Any]
    Layer: TypeAlias = gpd.GeoDataFrame | gpd.GeoSeries
    Boundaries: TypeAlias = Layer | Mapping[Level, Layer]


class BoundaryOptions(TypedDict, total=False):
    """What `assign_boundaries` is seldom given; its docstring explains each."""

    name: str | Mapping[Level, str] | None
    code: str | Mapping[Level, str] | None
    layer_accuracy: bool


def assign_boundaries(
    located: gpd.GeoDataFrame,
    levels: Sequence[Level] | None = None,
    *,
    boundaries: Boundaries | None = None,
    on: str | date | None = None,
    draws: int = 199,
    seed: int = 0,
    **options: Unpack[BoundaryOptions],
) -> gpd.GeoDataFrame:
    """Say in which province and district each incident lies, and how probably.

    Each level is judged by itself: the unit that holds most of the draws is named, and its share
    of them is the probability. Draws that fall in no unit (abroad, at sea) count against it.
    Draws are made only where the answer is open: a place certainly farther from every border than
    the border may be off is in its unit with probability 1. An exact point has the unit that holds
    it; the borders' own error enters its probability alone.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``.
    levels : sequence of {"adm1", "adm2"}, optional
        Provinces, districts or both; by default all that there are.
    boundaries : geopandas.GeoDataFrame, geopandas.GeoSeries or dict by level, optional
        Polygons of your own, of any country and in any CRS, instead of those of Pakistan that ship
        with geosec. One layer is taken as adm2, or as what its columns tell (``ADM1_EN`` and
        ``ADM2_EN``, ``NAME_1`` and ``NAME_2``, ``shapeType``), and one that tells two levels as
        both; ``{"adm1": regions, "adm2": districts}`` has a layer for each. Rows of one code are
        one unit; of overlapping units the first holds a place. A column
        ``positional_accuracy_m`` says how far borders may be off (95 %, metres); without it they
        lie where they are drawn. ``valid_from`` and ``valid_to`` (the first day, and the first day
        no more) say when a unit stood: see `on`.
    on : str or datetime.date, optional
        Whose districts: by default those of 2018 that ship with geosec. A day from 2010 on, as
        ``"2015-06-01"``, takes the districts of that day for all rows; ``"incident"`` those of each
        row's own ``date``. A row whose ``date_precision`` is a week, month or year that a change
        falls into has probabilities weighed by the days before and after it. Rows without a date
        take the newest districts, rows from before 2010 those of 2010-01-01. Of `boundaries`
        with ``valid_from`` and ``valid_to`` it takes adm2 in the same way, and adm1 as of that day;
        without `on` those that stood when the last of them began.
    draws : int, default 199
        Draws for each place; incidents of one footprint have the same. The standard error of a
        probability p is at most ``sqrt(p (1 - p) / draws)``. With 0 the best points alone are
        looked up, and probabilities are missing.
    seed : int, default 0
        Seed of the draws.
    **options
        ``name`` and ``code``, a str or a dict by level: the columns of `boundaries` with names and
        codes, where their spelling does not tell. ``layer_accuracy``, True by default: whether
        borders between units are as uncertain as their layer says (``positional_accuracy_m``), or
        lie exactly where they are drawn. The outer border always does, and a footprint that is a
        shape is taken to be off as much as the layer.

    Returns
    -------
    geopandas.GeoDataFrame
        A new table in EPSG:4326 with ``adm1_name``, ``adm1_code``, ``adm1_prob`` and the same
        for adm2; missing where there is no place, or none of the draws lies in a unit. With `on`
        also ``adm2_vintage``, the day since which the districts were as they were taken:
        ``load_boundaries(on=...)`` gives them for it. Where two vintages were weighed it names both
        with a slash between, as ``"2015-01-01/2016-01-01"``.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points, or with ``on="incident"`` there
        is no column ``date``, or it holds something else than days.
        Also if `boundaries` holds something else than polygons, lacks a column of names, or has
        two names for a code.
    ParameterError
        If a level is unknown or not in `boundaries`, `draws` is negative, or `on` is no day, is
        before the first that is known, or is given where there are no districts of days.
    CRSError
        If the table or `boundaries` has no CRS, or coordinates that it cannot have.

    Warns
    -----
    GeosecWarning
        If with ``on="incident"`` rows are dated before the first day known; if nearly all places
        lie in no unit, as those of another country do; if units of `boundaries` overlap at a place,
        have no polygon, or had to be mended: how many.

    Examples
    --------
    >>> import geosec
    >>> quetta = geosec.assign_boundaries(geosec.geocode(["Quetta"]))
    >>> quetta["adm2_name"].item()
    'Quetta'

    Duki was a part of Loralai until 2016:

    >>> duki = geosec.geocode(["Duki town", "Duki town"], admin1="Balochistan")
    >>> duki["date"] = ["2014-05-20", "2024-10-11"]
    >>> duki = geosec.assign_boundaries(duki, on="incident")
    >>> duki[["adm2_name", "adm2_vintage"]].to_numpy().tolist()
    [['Loralai', '2014-01-01'], ['Duki', '2021-01-01']]

    Two units of another country, and a place in one of them:

    >>> import geopandas as gpd
    >>> from shapely import box
    >>> oblasts = gpd.GeoDataFrame(
    ...     {"name": ["West", "East"], "code": ["W", "E"]},
    ...     geometry=[box(30, 50, 31, 51), box(31, 50, 32, 51)],
    ...     crs=4326,
    ... )
    >>> place = gpd.GeoDataFrame(geometry=gpd.points_from_xy([30.5], [50.4]), crs=4326)
    >>> told = geosec.assign_boundaries(place, boundaries=oblasts)
    >>> told[["adm2_name", "adm2_code", "adm2_prob"]].to_numpy().tolist()
    [['West', 'W', 1.0]]
    """
    located, lon, lat = require_coordinates(located, "assign_boundaries")
    require_draws(draws, seed, 0)
    require_options(options, BoundaryOptions.__annotations__, "assign_boundaries")
    layer_accuracy = require_flag(options.get("layer_accuracy", True), "layer_accuracy")
    exact = not (layer_accuracy and draws)
    own = boundaries, options.get("name"), options.get("code")
    source = read_source(levels, on, own, exact=exact)
    vintages = read_vintages(located, on, source.lineage)
    footprints = TableFootprints.of(located, lon, lat)
    footprints = footprints if draws else footprints.keep_points()
    footprints, which = fold_table(footprints, exact_too=not exact)
    footprints, asked, which = fold_vintages(footprints, which, vintages, source.lineage)
    columns: Columns = {}
    texts: dict[str, tuple[pd.Series | pd.Index, NDArray[np.int64]]] = {}
    answers = assign_levels(footprints, source, asked, max(draws, 1), seed)
    for level, names, codes, unit, share in answers:
        columns[f"{level}_prob"] = np.where((unit >= 0) & (draws > 0), share, np.nan)[which]
        texts[f"{level}_name"] = names, unit[which]
        texts[f"{level}_code"] = codes, unit[which]
        if level == "adm2" and vintages is not None:
            told = np.where((unit >= 0)[which], vintages.which, -1)
            texts["adm2_vintage"] = vintages.write(), told
    warn_of_ground(source, footprints, [answer.unit for answer in answers], which)
    done = complete_stage(located, "boundaries", columns | _take_texts(texts))
    used = [str(answer.level) for answer in answers if boundaries is None]
    used += ["adm2_vintages"] if vintages is not None and used else []
    return note_step(done, "assign_boundaries", used, draws=draws, seed=seed)


def _take_texts(texts: Mapping[str, tuple[pd.Series | pd.Index, NDArray[np.int64]]]) -> Columns:
    """Give each row its text, missing where there is none; a column a thread."""
    columns: Columns = {}

    def take(column: str) -> None:
        names, which = texts[column]
        columns[column] = pd.array(names.to_numpy(), dtype="str").take(which, allow_fill=True)

    run_in_threads(take, texts)
    return columns


def locate_on_rail(
    located: gpd.GeoDataFrame,
    *,
    max_offset_m: float = 25_000,
    draws: int = 199,
    seed: int = 0,
    network: RailNetwork | None = None,
    layer_accuracy: bool = True,
) -> gpd.GeoDataFrame:
    """Say at which kilometre of which railway line each incident lies.

    The line is the one nearest to most of the draws. ``rail_offset_m`` and ``rail_km`` are those
    of the best point; ``rail_km_low`` and ``rail_km_high`` hold 95 % of the draws that lie within
    `max_offset_m` of the line; ``rail_prob`` is the share of all draws that do.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``.
    max_offset_m : float, default 25000
        Farther from the line than so many metres, a place has no chainage.
    draws : int, default 199
        Draws for each place; incidents of one footprint have the same. With 0 the best points alone
        are looked up, and intervals and probabilities are missing.
    seed : int, default 0
        Seed of the draws.
    network : RailNetwork, optional
        The railway, of any country: `RailNetwork.from_table` makes one of your own. By default that
        of Pakistan, which ships with geosec, without lines whose track was dismantled.
    layer_accuracy : bool, default True
        Whether ``rail_prob`` takes the line to be as uncertain as its layer says.

    Returns
    -------
    geopandas.GeoDataFrame
        A new table in EPSG:4326 with the columns ``rail_line``, ``rail_km``, ``rail_km_low``,
        ``rail_km_high`` (official km posts, kilometres), ``rail_offset_m`` (metres),
        ``rail_prob``, ``rail_prev_station`` and ``rail_next_station``. Where the best point lies
        farther than `max_offset_m` there is no chainage: km and stations are missing. Where no
        draw lies within it either, there is no line: ``rail_prob`` is 0, and ``rail_offset_m`` says
        how far the nearest one is.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points.
    ParameterError
        If `max_offset_m` is negative, or `draws` is negative.
    CRSError
        If the table has no CRS, or coordinates that it cannot have.

    Warns
    -----
    GeosecWarning
        If without `network` nearly all places lie out of reach of a line and abroad: how many.

    Examples
    --------
    >>> import geosec
    >>> phrase = "the Jaffar Express between Pehro Kunri and Panir, Bolan"
    >>> train = geosec.locate_on_rail(geosec.geocode([phrase]))
    >>> train["rail_line"].item(), train["rail_prev_station"].item()
    ('ML-3', 'Pehro Kunri')
    """
    located, lon, lat = require_coordinates(located, "locate_on_rail")
    max_offset_m = require_number(max_offset_m, "max_offset_m", "m")
    require_draws(draws, seed, 0)
    require_flag(layer_accuracy, "layer_accuracy")
    shipped = network is None
    network = take_network(network, standing=True)
    finder = ChainageFinder(network, max_offset_m, exact=not (layer_accuracy and draws))
    named = finder.name_lines(located)
    footprints = TableFootprints.of(located, lon, lat)
    footprints = footprints if draws else footprints.keep_points()
    footprints, which = fold_table(footprints, exact_too=False, apart=named)
    own_named = np.empty(len(footprints), dtype="int64")
    own_named[which] = named
    found = finder.find(footprints, own_named, max(draws, 1), seed).take(which)
    line = np.where((found.offset_m > max_offset_m) & ~(found.share > 0), -1, found.line)
    if shipped:
        warn_of_foreign_railway(lon, lat, found.offset_m, max_offset_m)
    if not draws:
        found = found.forget_error()
    names = network.posts["name"]
    texts = {
        "rail_line": (network.lines.index, line),
        "rail_prev_station": (names, found.post_before),
        "rail_next_station": (names, found.post_after),
    }
    columns = {
        "rail_km": found.km,
        "rail_km_low": found.km_low,
        "rail_km_high": found.km_high,
        "rail_offset_m": found.offset_m,
        "rail_prob": found.share,
    }
    done = complete_stage(located, "rail", columns | _take_texts(texts))
    used = ("rail_lines", "rail_stations", "rail_breaks") if shipped else ()
    return note_step(done, "locate_on_rail", used, draws=draws, seed=seed)
