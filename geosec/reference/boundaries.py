"""Administrative boundaries: the country, its provinces and its districts."""

from __future__ import annotations

from functools import cache
from typing import Literal

import geopandas as gpd
import pandas as pd

from geosec.crs import to_storage
from geosec.data.catalogue import layer_accuracy_m, layer_path
from geosec.errors import ParameterError, near_misses

Level = Literal["adm0", "adm1", "adm2"]
LEVELS: tuple[Level, ...] = ("adm0", "adm1", "adm2")


def load_boundaries(level: Level = "adm2") -> gpd.GeoDataFrame:
    """Load one level of administrative boundaries.

    Parameters
    ----------
    level : {"adm0", "adm1", "adm2"}
        Country, provinces and territories, or districts.

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
        If there is no such level.

    Examples
    --------
    >>> load_boundaries("adm1").loc["PK-BA", "adm1_name"]
    'Balochistan'
    """
    if level not in LEVELS:
        msg = f"there is no boundary level {level!r}; {near_misses(level, LEVELS)}"
        raise ParameterError(msg)
    return _boundaries(level).copy()


@cache
def _boundaries(level: Level) -> gpd.GeoDataFrame:
    layer = to_storage(gpd.read_file(layer_path(level)), level)
    layer["positional_accuracy_m"] = layer_accuracy_m(level)
    return layer.set_index(f"{level}_code")


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
