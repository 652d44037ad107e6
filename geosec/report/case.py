"""What a report is made from: a located table, the ground it is held against, and the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geosec.assignment.verbs import assign_boundaries, locate_on_rail
from geosec.disclosure.levels import read_stamp
from geosec.geocoding.geocoder import geocode
from geosec.located import fill_located, is_read_only
from geosec.railway.network import load_rail_network
from geosec.schema import list_columns, name_points, require_columns, type_columns

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.railway.network import RailNetwork
    from geosec.report.saying import Teller

_PLACED = ("matched", "ambiguous")


@dataclass(frozen=True)
class Case:
    """The incidents of a report and what each of its sections may use."""

    located: gpd.GeoDataFrame  #: with districts and railway
    tell: Teller
    rejected: pd.DataFrame | None = None  #: rows that no incident was made of, with reasons
    boundaries: Any = None  #: polygons of the caller's own
    network: RailNetwork | None = None  #: a railway of the caller's own
    route: str = ""  #: line or route whose sections are looked at; "" for the busiest line
    draws: int = 199
    seed: int = 0
    is_open: bool = False  #: whether others read it, who are not shown rows that were refused

    @property
    def is_placed(self) -> NDArray[Any]:
        """Which incidents have a place."""
        known = self.located["match_status"].isin(_PLACED) & self.located.geometry.notna()
        return np.asarray(known, dtype=bool)

    @property
    def days(self) -> pd.Series:
        """The days of the incidents that have one."""
        if "date" not in self.located.columns:
            return pd.Series(dtype="datetime64[s]")
        return pd.to_datetime(self.located["date"]).dropna()

    @property
    def settings(self) -> dict[str, Any]:
        """How many draws, and from which seed, as the analyses take them."""
        return {"draws": self.draws, "seed": self.seed}

    @property
    def railway(self) -> RailNetwork:
        """The railway of the caller's own, or Pakistan's."""
        return load_rail_network() if self.network is None else self.network


def locate_table(
    table: pd.DataFrame, boundaries: Any, network: RailNetwork | None, draws: int, seed: int
) -> gpd.GeoDataFrame:
    """Carry a table as far as a report needs it: places, districts, kilometres of railway.

    What a table has already stays as it is. A table of phrases is geocoded first.
    """
    require_columns(table, (), "write_report")
    name = name_points(table)
    is_plain = name not in table.columns
    if is_read_only(table.assign(**{name: None}) if is_plain else table, name):
        table = geocode(table)
    located = type_columns(fill_located(table, "write_report"))
    if not set(list_columns("boundaries")) <= set(located.columns):
        assigned = assign_boundaries(located, boundaries=boundaries, draws=draws, seed=seed)
        located = assigned if read_stamp(table) is None else _keep_told(assigned, located)
    if not set(list_columns("rail")) <= set(located.columns):
        located = locate_on_rail(located, network=network, draws=draws, seed=seed)
    return located


def _keep_told(assigned: gpd.GeoDataFrame, released: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Keep the units that a release tells: those of its wide places may be others, and are not."""
    for level in ("adm1", "adm2"):
        told = [name for name in (f"{level}_name", f"{level}_code") if name in released.columns]
        if told:
            assigned[told] = released[told]
            assigned[f"{level}_prob"] = np.nan
    return assigned
