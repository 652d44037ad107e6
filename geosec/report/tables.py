"""Tables for a reader: how many incidents were placed, how precisely, how near the railway."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geosec.errors import ParameterError
from geosec.schema import list_columns, require_columns

if TYPE_CHECKING:
    import geopandas as gpd

NOT_PLACED = "(not placed)"
NO_DISTRICT = "(no district)"  # placed where no boundary of the layer is, as abroad
_PLACED = ("matched", "ambiguous")


def placement_table(located: gpd.GeoDataFrame) -> pd.DataFrame:
    """Count incidents by province and district, and say how precisely they are placed.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Geocoded incidents with boundaries assigned, EPSG:4326.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``province`` and ``district``: ``incidents``, ``matched``,
        ``median_radius_km`` (median of the 95 % radii, kilometres) and ``district_prob`` (mean
        probability that the district is the right one). Last stand what is placed in no
        district, ``(no district)``, and what is not placed, ``(not placed)``.

    Raises
    ------
    SchemaError
        If boundaries have not been assigned.

    Examples
    --------
    >>> import geosec
    >>> phrases = geosec.geocode(["Quetta", "Quetta railway station"])
    >>> placement_table(geosec.assign_boundaries(phrases))["matched"].tolist()
    [2]
    """
    require_columns(located, list_columns("boundaries"), "placement_table")
    placed = located["match_status"].isin(_PLACED)
    gap = pd.Series(NOT_PLACED, index=located.index).where(~placed, NO_DISTRICT)
    rows = pd.DataFrame(
        {
            "province": located["adm1_name"].fillna(gap),
            "district": located["adm2_name"].fillna(gap),
            "matched": located["match_status"] == "matched",
            "radius_km": located["uncertainty_m"] / 1000,
            "prob": located["adm2_prob"],
        }
    )
    groups = rows.groupby(["province", "district"])
    table = pd.DataFrame(
        {
            "incidents": groups.size(),
            "matched": groups["matched"].sum(),
            "median_radius_km": groups["radius_km"].median().round(1),
            "district_prob": groups["prob"].mean().round(2),
        }
    )
    provinces = table.index.get_level_values("province")
    ends = [provinces == NO_DISTRICT, provinces == NOT_PLACED]
    return pd.concat([table[~(ends[0] | ends[1])], *(table[end] for end in ends)])


def closest_to_rail(located: gpd.GeoDataFrame, within: pd.DataFrame, n: int = 10) -> pd.DataFrame:
    """List the incidents that are closest to the railway.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Incidents located on the railway, EPSG:4326.
    within : pandas.DataFrame
        What `geosec.within` gave for the railway lines, with its ``probability``.
    n : int, default 10
        How many to list.

    Returns
    -------
    pandas.DataFrame
        Indexed by incident, the most probably near first: ``line``, ``km`` and the 95 %
        interval ``km_low`` to ``km_high`` (official km posts, kilometres), ``offset_km`` of the
        best point, ``probability`` of lying within the distance asked, ``place``.

    Raises
    ------
    SchemaError
        If the incidents have not been located on the railway.
    ParameterError
        If `n` is less than 1.

    Examples
    --------
    >>> import geosec
    >>> located = geosec.locate_on_rail(geosec.geocode(["Sibi", "Gwadar"]))
    >>> hit = geosec.within(located, geosec.load_rail_lines(), distance_m=10_000)
    >>> closest_to_rail(located, hit, n=1)["line"].tolist()
    ['ML-3']
    """
    require_columns(located, list_columns("rail"), "closest_to_rail")
    if n < 1:
        msg = f"`n` must be 1 or more, and is {n}."
        raise ParameterError(msg)
    table = pd.DataFrame(
        {
            "line": located["rail_line"],
            "km": located["rail_km"].round(1),
            "km_low": located["rail_km_low"].round(1),
            "km_high": located["rail_km_high"].round(1),
            "offset_km": (located["rail_offset_m"] / 1000).round(1),
            "probability": within["probability"].reindex(located.index).round(2),
            "place": located["match_name"],
            "exact_m": located["rail_offset_m"],
        },
        index=located.index,
    )
    table["width"] = table["km_high"] - table["km_low"]
    placed = table[table["line"].notna() & table["km"].notna()]
    ranked = placed.sort_values(
        ["probability", "exact_m", "width"], ascending=[False, True, True], kind="stable"
    )
    return ranked.head(n).drop(columns=["exact_m", "width"])


def unplaced_table(located: gpd.GeoDataFrame) -> pd.DataFrame:
    """List the incidents that could not be placed, each with its reason.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Geocoded incidents, EPSG:4326.

    Returns
    -------
    pandas.DataFrame
        Indexed by incident: ``match_status``, ``location``, ``match_reason``.

    Raises
    ------
    SchemaError
        If the table has not been geocoded.

    Examples
    --------
    >>> import geosec
    >>> unplaced_table(geosec.geocode(["Jaffar Express", "Sibi"]))["location"].tolist()
    ['Jaffar Express']
    """
    columns = ["match_status", "location", "match_reason"]
    require_columns(located, columns, "unplaced_table")
    return pd.DataFrame(located.loc[~located["match_status"].isin(_PLACED), columns])
