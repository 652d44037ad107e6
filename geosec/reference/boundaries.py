"""Administrative boundaries: the country, its provinces and its districts."""

from __future__ import annotations

from datetime import date
from typing import Literal

import geopandas as gpd
import pandas as pd

from geosec.arguments import require_text
from geosec.crs import to_storage
from geosec.data.catalogue import layer_accuracy_m, layer_path
from geosec.errors import ParameterError, near_misses
from geosec.shared import build_once

Level = Literal["adm0", "adm1", "adm2"]
FIRST_DAY = "2010-01-01"  # no change before it is in the layer
LEVELS: tuple[Level, ...] = ("adm0", "adm1", "adm2")


def load_boundaries(level: Level = "adm2", *, on: str | date | None = None) -> gpd.GeoDataFrame:
    """Load one level of administrative boundaries.

    Parameters
    ----------
    level : {"adm0", "adm1", "adm2"}
        Country, provinces and territories, or districts.
    on : str or datetime.date, optional
        A day from 2010 on, as in ``"2015-06-01"``: the districts of that day, with ``parent_code``
        (of the district of 2018 that the unit is, or is a part of), ``valid_from`` and ``valid_to``
        (first day, and first day no more; of most changes only the year is known, and 1 January
        stands for it). Districts that COD-AB of September 2022 lacks, Keamari and those made since,
        are parts of their parents. By default the 138 districts of 2018, whose codes the tables of
        geosec bear.

    Returns
    -------
    geopandas.GeoDataFrame
        Polygons in EPSG:4326, edges straight in longitude and latitude, indexed by
        ``adm0_code``, ``adm1_code`` (ISO 3166-2) or ``adm2_code``; names, alternate names,
        ``longitude`` and ``latitude`` of the point that stands for the unit, ``uncertainty_m``,
        the radius in metres round it that holds 95 % of the unit's area, and
        ``positional_accuracy_m``, the radius in metres that holds the true boundary with 95 %.
        Each level is a coverage without gaps or overlaps and nests exactly in the one above.

    Raises
    ------
    ParameterError
        If there is no such level, or `on` is no day, is before 2010, or is given for another level
        than adm2.

    Examples
    --------
    >>> load_boundaries("adm1").loc["PK-BA", "adm1_name"]
    'Balochistan'
    >>> "PK-PB-lahore" in load_boundaries(on="2015-06-01").index
    True
    """
    if require_text(level, "level", "the name of a level") not in LEVELS:
        msg = f"there is no boundary level {level!r}; {near_misses(level, LEVELS)}"
        raise ParameterError(msg)
    if on is None:
        return _boundaries(level).copy()
    if level != "adm2":
        msg = f"`on` asks for the districts of a day, and the level is {level!r}; leave it out."
        raise ParameterError(msg)
    day = _read_known_day(on)
    layer = _vintages()
    begun = layer["valid_from"] <= day
    ended = (layer["valid_to"] != "") & (layer["valid_to"] <= day)
    return layer[begun & ~ended].copy()


@build_once
def list_vintages() -> tuple[str, ...]:
    """List the days from which the districts stood as they did, in order, the first known first."""
    layer = _vintages()
    return FIRST_DAY, *sorted({*layer["valid_from"], *layer["valid_to"]} - {""})


def find_changed(vintage: str) -> gpd.GeoSeries:
    """Find the districts that ended or began with a vintage, EPSG:4326, as they were and became."""
    layer = _vintages()
    return layer.geometry[(layer["valid_from"] == vintage) | (layer["valid_to"] == vintage)]


@build_once
def name_districts() -> pd.Series:
    """Name every district that stood on any day, by code, in order."""
    names = _vintages()["adm2_name"]
    return names[~names.index.duplicated()].sort_index()


def find_vintage(on: str | date) -> str:
    """Find the day since which the districts stood as on a day; as `load_boundaries` refuses it."""
    day = _read_known_day(on)
    return max(first for first in list_vintages() if first <= day)


def read_day(on: str | date) -> str:
    """Read a day, as ``"2015-06-01"``, and refuse what is none."""
    try:
        day = date(on.year, on.month, on.day) if isinstance(on, date) else date.fromisoformat(on)
    except (TypeError, ValueError):
        msg = f'`on` must be a day as "2015-06-01", and is {on!r}.'
        raise ParameterError(msg) from None
    return day.isoformat()


def _read_known_day(on: str | date) -> str:
    """Read a day, and refuse one before the first whose districts are known."""
    day = read_day(on)
    if day < FIRST_DAY:
        msg = f"`on` is {day}, and the districts of a day are known from {FIRST_DAY} on."
        raise ParameterError(msg)
    return day


def load_district_vintages() -> gpd.GeoDataFrame:
    """Load every district of every day, as `load_boundaries` gives those of one."""
    return _vintages().copy()


@build_once
def _vintages() -> gpd.GeoDataFrame:
    layer = to_storage(gpd.read_file(layer_path("adm2_vintages")), "adm2_vintages")
    layer[["valid_from", "valid_to"]] = layer[["valid_from", "valid_to"]].fillna("")
    layer["positional_accuracy_m"] = layer_accuracy_m("adm2_vintages")
    return layer.set_index("adm2_code")


@build_once
def _boundaries(level: Level) -> gpd.GeoDataFrame:
    layer = to_storage(gpd.read_file(layer_path(level)), level)
    layer["positional_accuracy_m"] = layer_accuracy_m(level)
    return layer.set_index(f"{level}_code")


@build_once
def load_seas() -> gpd.GeoSeries:
    """Load the waters off the coast of each country, by its ISO 3166-1 code, EPSG:4326."""
    layer = to_storage(gpd.read_file(layer_path("sea")), "sea")
    return layer.set_index("adm0_code").geometry


@build_once
def load_rivers() -> gpd.GeoSeries:
    """Load the rivers of Pakistan, to be drawn; EPSG:4326."""
    return to_storage(gpd.read_file(layer_path("rivers")), "rivers").geometry


def load_district_lineage() -> pd.DataFrame:
    """Load the districts that were created, renamed or merged since the boundaries' vintage.

    Returns
    -------
    pandas.DataFrame
        One row per change: ``name``, ``alt_names``, ``adm1_code``, ``parent_code`` (the
        ``adm2_code`` whose polygon stands for it), ``year``, ``kind``, ``source``, ``note``.

    Examples
    --------
    >>> lineage = load_district_lineage().set_index("name")
    >>> lineage.loc["Surab", "parent_code"]
    'PK-BA-kalat'
    """
    return pd.read_csv(layer_path("adm2_lineage"), dtype="str", keep_default_na=False)
