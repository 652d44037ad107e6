"""Tables for a reader: how many incidents were placed, how precisely, how near the railway."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geosec.arguments import clean_telling
from geosec.errors import ParameterError
from geosec.located import fill_located
from geosec.schema import list_columns, require_columns, type_columns

if TYPE_CHECKING:
    import geopandas as gpd

NOT_PLACED = "(not placed)"
ALL_OF_IT = "(all)"  # the district of each province where boundaries have provinces alone
NO_DISTRICT = "(no district)"  # placed where no boundary of the layer is, as abroad
_PLACED = ("matched", "ambiguous")


def count_placements(located: gpd.GeoDataFrame) -> pd.DataFrame:
    """Count incidents by province and district, and say how precisely they are placed.

    Each district has ``incidents``, ``matched``, ``median_radius_km`` (median of the 95 % radii)
    and ``district_prob`` (mean probability that the district is the right one). Last stand what is
    placed in no district, ``(no district)``, and what is not placed, ``(not placed)``. Where the
    boundaries have provinces alone, the district of each is ``(all)``.
    """
    require_columns(located, list_columns("boundaries"), "count_placements")
    if not {"match_status", "uncertainty_m"} <= set(located.columns):
        located = fill_located(located, "count_placements")
    located = type_columns(clean_telling(located, 2))
    placed = located["match_status"].isin(_PLACED)
    gap = pd.Series(NOT_PLACED, index=located.index).where(~placed, NO_DISTRICT)
    has_districts = bool(located["adm2_name"].notna().any())
    in_district = gap if has_districts else gap.where(located["adm1_name"].isna(), ALL_OF_IT)
    rows = pd.DataFrame(
        {
            "province": located["adm1_name"].fillna(gap),
            "district": located["adm2_name"].fillna(in_district),
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


def list_closest_to_rail(
    located: gpd.GeoDataFrame, near_rail: pd.DataFrame, n: int = 10
) -> pd.DataFrame:
    """List the incidents that are closest to the railway, the most probably near first.

    `near_rail` is what `geosec.within` gave for the railway lines. Each incident has its ``line``,
    ``km`` and the 95 % interval ``km_low`` to ``km_high`` (official km posts), ``offset_km`` of the
    best point, the ``probability`` of lying within the distance asked, and ``place``.
    """
    require_columns(located, list_columns("rail"), "list_closest_to_rail")
    located = type_columns(clean_telling(located, 2))
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
            "probability": near_rail["probability"].reindex(located.index).round(2),
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


def list_unplaced(located: gpd.GeoDataFrame) -> pd.DataFrame:
    """List the incidents that could not be placed, each with its reason."""
    columns = ["match_status", "location", "match_reason"]
    require_columns(located, columns, "list_unplaced")
    return pd.DataFrame(located.loc[~located["match_status"].isin(_PLACED), columns])
