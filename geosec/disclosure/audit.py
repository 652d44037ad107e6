"""How well a release protects, and what it costs: for the eyes of who releases alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geosec.analysis.extras import import_extra
from geosec.disclosure.grounds import read_ground
from geosec.disclosure.keys import read_secret
from geosec.disclosure.levels import name_purpose, read_stamp
from geosec.errors import ParameterError
from geosec.geodesy.geodesics import geodesic_distance_m, to_cartesian
from geosec.located import read_radii_m, require_coordinates
from geosec.railway.network import load_rail_stations
from geosec.reference.gazetteer import load_gazetteer
from geosec.uncertainty.table_footprints import TableFootprints

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Points = tuple[Floats, Floats]
    Told = dict[str, tuple[float, str]]

#: Classes of the gazetteer that are no point on the ground.
_WIDE = ("country", "province", "division", "district", "tehsil", "area", "demonym")
_LONG = ("road", "street", "rail_line", "canal", "river")
_UNIT = ["place_level", "adm1_code", "adm2_code", "h3_cell"]
_SAID = ["geometry", "footprint", "uncertainty_m", "data_generalizations", "information_withheld"]


def audit_release(
    original: gpd.GeoDataFrame,
    released: gpd.GeoDataFrame,
    *,
    secret: str | bytes | None = None,
    places: gpd.GeoDataFrame | None = None,
    stations: gpd.GeoDataFrame | None = None,
    boundaries: Any = None,
) -> pd.DataFrame:
    """Measure how well a release protects its incidents, and what it costs.

    The measures are those of maskmypy (displacement, drift of the middle, distances of neighbours),
    the spatial k of Hampton et al. 2010 (doi:10.1093/aje/kwq248) and the sample uniques of
    sdcMicro, with attacks on the points themselves. They help who knows them to undo a mask: do not
    publish them.

    Parameters
    ----------
    original : geopandas.GeoDataFrame
        The table that was released: points in any CRS.
    released : geopandas.GeoDataFrame
        What `geosec.release` made of it.
    secret : str or bytes, optional
        The secret of the release, by which its rows are found in `original`; not for internal use.
    places : geopandas.GeoDataFrame, optional
        Points that an attacker may think of: by default those of the gazetteer that
        ships, of Pakistan, but for areas and lines.
    stations : geopandas.GeoDataFrame, optional
        Points to which distances are compared; by default the railway stations that ship.
    boundaries : optional
        Polygons of your own that the release was made with.

    Returns
    -------
    pandas.DataFrame
        By ``measure``: ``value``, in metres where the name ends in ``_m`` and from 0 to 1 where it
        ends in ``_share``, and ``meaning``. NaN where there is nothing to measure.

    Raises
    ------
    SchemaError
        If one of the tables has no points.
    ParameterError
        If `released` was not released, or its rows are not found in `original` with `secret`.
    CRSError
        If a table has no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> import geosec
    >>> located = geosec.geocode(["Mach", "Sibi", "Quetta"], admin1="Balochistan")
    >>> own = "a secret of your own"
    >>> partner = geosec.release(located, "partner", secret=own, k=3)
    >>> audit = geosec.audit_release(located, partner, secret=own)
    >>> bool(audit.loc["displacement_min_m", "value"] >= 2_000)
    True
    """
    original, *own = require_coordinates(original, "audit_release")
    released, *told = require_coordinates(released, "audit_release")
    rows = _find_rows(original, released, secret)
    footprints = TableFootprints.of(original, own[0], own[1])
    pairs = _Pairs(
        (own[0][rows], own[1][rows]),
        (told[0], told[1]),
        (own[0], own[1]),
        read_radii_m(released, ~np.isnan(told[0])),
    )
    measures = {
        "rows_original": (len(original), "rows of the table"),
        "rows_released": (len(released), "rows that were released"),
        **_measure_moves(pairs),
        **_measure_classes(released),
        **_measure_links(pairs, _take_places(places)),
        **_measure_districts(footprints, released, boundaries),
        **_measure_stations(pairs, load_rail_stations() if stations is None else stations),
    }
    table = pd.DataFrame.from_dict(measures, orient="index", columns=["value", "meaning"])
    return table.astype({"value": "float64"}).rename_axis("measure")


@dataclass(frozen=True)
class _Pairs:
    """Rows that were released: where each was, and is told to be; degrees in EPSG:4326."""

    own: Points
    told: Points
    all_own: Points  #: of all rows of the original
    radius_m: Floats

    @property
    def is_both(self) -> NDArray[np.bool_]:
        """Which have both."""
        return ~np.isnan(self.own[0] + self.told[0])

    def take(self) -> tuple[Points, Points]:
        """Take the pairs that have both."""
        rows = self.is_both
        return (self.own[0][rows], self.own[1][rows]), (self.told[0][rows], self.told[1][rows])


def _find_rows(original: pd.DataFrame, released: pd.DataFrame, secret: Any) -> NDArray[np.intp]:
    """Find the row of the original for each released one."""
    stamp = read_stamp(released)
    if stamp is None:
        msg = "`released` was not made by `geosec.release`, or has lost its `attrs`."
        raise ParameterError(msg)
    index = original.index
    if stamp["audience"] != "internal":
        key = read_secret(secret, stamp["audience"])
        index = key.hash_labels(index, name_purpose(stamp))
    rows = index.get_indexer(released.index) if index.is_unique else np.arange(len(released))
    if (rows < 0).any():
        msg = (
            f"{(rows < 0).sum():,} of {len(rows):,} rows of `released` are not in `original` by "
            "this `secret`: it is another secret, or another table."
        )
        raise ParameterError(msg)
    return np.asarray(rows)


def _measure_moves(pairs: _Pairs) -> Told:
    """Measure how far points were moved, together and apart."""
    own, told = pairs.take()
    away_m = geodesic_distance_m(*own, *told)
    holds = away_m <= pairs.radius_m[pairs.is_both]
    drift_m = geodesic_distance_m(*(_mean(each) for each in (*own, *told)))
    return {
        "displacement_min_m": (_quantile(away_m, 0), "least move of a point"),
        "displacement_median_m": (_quantile(away_m, 0.5), "median move"),
        "displacement_p95_m": (_quantile(away_m, 0.95), "move of 95 in 100, or less"),
        "displacement_max_m": (_quantile(away_m, 1), "largest move"),
        "radius_holds_share": (_mean(holds), "best points within the `uncertainty_m` told"),
        "central_drift_m": (float(drift_m), "move of the middle of all points"),
        "neighbour_change_m": (
            _mean(_measure_neighbours_m(told)) - _mean(_measure_neighbours_m(own)),
            "change of the mean distance to the nearest other point",
        ),
    }


def _measure_neighbours_m(points: Points) -> Floats:
    """Measure from each point to the nearest other, in metres along the chord."""
    if len(points[0]) <= 1:
        return np.full(len(points[0]), np.nan)
    return np.asarray(_index(points).query(to_cartesian(*points), k=2)[0][:, 1])


def _measure_classes(released: pd.DataFrame) -> Told:
    """Measure how many rows are alike: in their unit, and in all that is told."""
    units = [name for name in _UNIT if name in released.columns]
    rest = [name for name in released.columns if name not in _SAID]
    unit, alike = _count_alike(released, units), _count_alike(released, rest)
    return {
        "k_achieved": (_quantile(unit, 0), "rows of the smallest unit that is told"),
        "unit_risk_share": (_mean(1 / unit), "incidents found by a guess within their unit"),
        "k_all_columns": (_quantile(alike, 0), "rows alike in unit, days, counts and kept columns"),
        "unique_share": (_mean(alike == 1), "rows alone with all of that: known to who knows it"),
    }


def _count_alike(table: pd.DataFrame, names: list[str]) -> Floats:
    """Count, for each row, the rows that have the same values."""
    if not names:
        return np.empty(0)
    told = pd.DataFrame({name: table[name].map(repr) for name in names})
    return np.asarray(told.groupby(names)[names[0]].transform("size"), dtype="float64")


def _take_places(places: gpd.GeoDataFrame | None) -> Points:
    if places is not None:
        _, lon, lat = require_coordinates(places, "audit_release(places=)")
        return lon[~np.isnan(lon)], lat[~np.isnan(lon)]
    known = load_gazetteer().places
    is_point = ~known["feature_class"].isin([*_WIDE, *_LONG])
    there = known[is_point & known["longitude"].notna()]
    return there["longitude"].to_numpy(), there["latitude"].to_numpy()


def _measure_links(pairs: _Pairs, places: Points) -> Told:
    """Measure how often somebody is right who takes what is nearest to a point that is told."""
    own, told = pairs.take()
    distinct, counts = np.unique(np.column_stack(pairs.all_own), axis=0, return_counts=True)
    known = ~np.isnan(distinct[:, 0])
    distinct, counts = distinct[known], counts[known]
    right: Floats = np.empty(0)
    if len(distinct) and len(told[0]):
        nearest = _index((distinct[:, 0], distinct[:, 1])).query(to_cartesian(*told))[1]
        is_same = (distinct[nearest] == np.column_stack(own)).all(axis=1)
        right = is_same / counts[nearest]
    same, crowd = _link_places(own, told, places)
    return {
        "linked_original_share": (_mean(right), "incidents found by the nearest true point"),
        "linked_place_share": (_mean(same), "nearest place is that of the true point"),
        "spatial_k_min": (_quantile(crowd, 0), "places no farther than the true point, at least"),
        "spatial_k_median": (_quantile(crowd, 0.5), "places no farther than the true point"),
    }


def _link_places(own: Points, told: Points, places: Points) -> tuple[Floats, Floats]:
    """Say whether the nearest place is the true one, and how many are as near as the true point."""
    if not len(places[0]) or not len(own[0]):
        return np.empty(0), np.empty(0)
    tree, at, true = _index(places), to_cartesian(*told), to_cartesian(*own)
    same = tree.query(at)[1] == tree.query(true)[1]
    away_m = np.linalg.norm(at - true, axis=1)
    crowd = tree.query_ball_point(at, away_m, return_length=True)
    return same.astype("float64"), np.asarray(crowd, dtype="float64")


def _measure_districts(
    footprints: TableFootprints, released: pd.DataFrame, boundaries: Any
) -> Told:
    """Measure how far counts of districts differ from those of the original."""
    ground = read_ground(footprints, boundaries, "adm2")
    unit = ground.paths[:, 0]
    own = pd.Series(ground.levels[0].codes[unit[unit >= 0]]).value_counts()
    column = f"{ground.levels[0].name}_code"
    share, change = np.nan, np.nan
    if column in released.columns and len(released) and own.sum():
        told = released[column].dropna()
        share = len(told) / len(released)
        change = float(own.sub(told.value_counts(), fill_value=0).abs().sum() / own.sum())
    return {
        "district_told_share": (share, "released rows that tell a district"),
        "district_change_share": (change, "incidents that counts of districts lose or gain"),
    }


def _measure_stations(pairs: _Pairs, stations: gpd.GeoDataFrame) -> Told:
    """Measure how far nearest stations, and the distances to them, change."""
    own, told = pairs.take()
    _, lon, lat = require_coordinates(stations, "audit_release(stations=)")
    there = ~np.isnan(lon)
    if not there.any() or not len(own[0]):
        changed, change_m = np.empty(0), np.empty(0)
    else:
        tree = _index((lon[there], lat[there]))
        (own_m, near), (told_m, then) = (tree.query(to_cartesian(*each)) for each in (own, told))
        changed, change_m = near != then, np.abs(told_m - own_m)
    return {
        "station_changed_share": (_mean(changed), "incidents with another nearest station"),
        "station_distance_change_m": (
            _quantile(change_m, 0.5),
            "median change of the distance to the nearest station",
        ),
    }


def _index(points: Points) -> Any:
    """Index points by their place in space: who is nearest there is nearest on the ground."""
    return import_extra("scipy.spatial").cKDTree(to_cartesian(*points))


def _mean(values: NDArray[Any]) -> float:
    return float(np.mean(values)) if len(values) else np.nan


def _quantile(values: Floats, share: float) -> float:
    return float(np.quantile(values, share)) if len(values) else np.nan
