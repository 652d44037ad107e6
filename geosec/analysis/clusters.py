"""Clusters of incidents, and how far they are there wherever the incidents truly were."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import geopandas as gpd
import numpy as np
import pandas as pd

from geosec.analysis.cluster_hulls import draw_hulls
from geosec.analysis.cluster_points import Clustering, Method
from geosec.analysis.cluster_stability import DISSOLVED, measure_stability
from geosec.analysis.drawn_points import draw_points
from geosec.analysis.incident_draws import IncidentDraws
from geosec.analysis.left_out import LEFT_OUT, warn_of_rows
from geosec.analysis.point_cells import MOST_M
from geosec.arguments import describe_given, require_number, require_text, require_whole
from geosec.crs import STORAGE_CRS
from geosec.errors import ParameterError, near_misses
from geosec.storage.provenance import note_step
from geosec.uncertainty.sampling import require_draws

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.cluster_stability import Stability

    Labels = NDArray[np.int64]

_VERB = "find_clusters"
_DISTANCE_M = 5_000.0
_ENDS = (0.025, 0.975)
_OF_DRAWS = {
    *("own_prob", "any_prob", "stability", "dissolved_share"),
    *("incidents_low", "incidents_high"),
}


class Clusters(NamedTuple):
    """What `find_clusters` finds: `incidents`, a row for each, and the `clusters` with hulls."""

    incidents: pd.DataFrame
    clusters: gpd.GeoDataFrame


def find_clusters(
    located: gpd.GeoDataFrame,
    *,
    method: Method = "dbscan",
    distance_m: float | None = None,
    min_incidents: int = 5,
    draws: int = 199,
    seed: int = 0,
) -> Clusters:
    """Find clusters of incidents, and say how far they stand wherever the incidents truly were.

    Clusters are those of the best points. Then places are drawn for each incident by itself and
    clustered anew, and each cluster is held against the one of the draw that shares most with it.
    A town that a gazetteer has as one point makes a dense cluster of best points; whether it is one
    on the ground, given how far the incidents may be from there, is what the stability says.

    Parameters
    ----------
    located : geopandas.GeoDataFrame
        Points in any CRS: geocoded incidents, or a GeoDataFrame of your own, whose points are exact
        where it has no ``uncertainty_m``. ``date`` is used where there is one.
    method : {"dbscan", "hdbscan"}, default "dbscan"
        With DBSCAN an incident that has `min_incidents` within `distance_m` of it, itself among
        them, is in a cluster, with all that are as near to it. HDBSCAN finds clusters of any
        density, and takes a minute where DBSCAN takes a second.
    distance_m : float, default 5,000 for DBSCAN
        The distance of DBSCAN, in geodesic metres, at most 1,000 km. HDBSCAN has none.
    min_incidents : int, default 5
        How many incidents make a cluster, 2 or more.
    draws : int, default 199
        Draws of the places of each incident. With 0 the best points alone are clustered, and what
        tells of draws is missing.
    seed : int, default 0
        Seed of the draws.

    Returns
    -------
    Clusters
        A named tuple of two tables, ``incidents`` and ``clusters``.

        ``incidents``, on the index of `located`: ``cluster_id``, missing for an incident that is in
        none; ``own_prob``, the share of draws in which it is in its cluster; ``any_prob``, the
        share of draws in which it is in any. Missing where there is no place.

        ``clusters``, a row for each, the largest first: ``cluster_id`` from 1; ``incidents``, how
        many, and what 95 % of the draws in which the cluster stands are between
        (``incidents_low``, ``incidents_high``); ``stability``, the mean over the draws of the
        largest Jaccard coefficient (incidents in both clusters by those in either); of Hennig
        (2007) is the rule that 0.75 or more is a stable cluster and less than 0.6 is not to be
        trusted; ``dissolved_share``, the share of draws in which that coefficient is 0.5 or less;
        ``first_date`` and ``last_date``; and the convex hull of the best points in EPSG:4326.

    Raises
    ------
    SchemaError
        If the table has no points, or something else than points.
    ParameterError
        If `method` is none of the two, `distance_m` is negative, more than 1,000 km or given for
        HDBSCAN, `min_incidents` is less than 2, `draws` is negative, or scikit-learn, which HDBSCAN
        needs, is not installed.
    CRSError
        If the table has no CRS, or coordinates that it cannot have.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import geosec
    >>> attacks = gpd.GeoSeries.from_xy(
    ...     [67, 67.01, 67.02, 67.01, 67.02, 68], [30.2, 30.2, 30.2, 30.21, 30.21, 30.2], crs=4326
    ... )
    >>> known = geosec.with_uncertainty(attacks, uncertainty_m=[500, 500, 500, 500, 9_000, 500])
    >>> incidents, clusters = geosec.find_clusters(known, min_incidents=3)
    >>> incidents["cluster_id"].tolist()
    [1, 1, 1, 1, 1, <NA>]
    >>> incidents["own_prob"].round(1).tolist()
    [1.0, 1.0, 1.0, 1.0, 0.4, nan]
    """
    clustering = _read_clustering(method, distance_m, min_incidents)
    require_draws(draws, seed, 0)
    source = IncidentDraws.of(located, _VERB, draws=max(draws, 1), seed=seed)
    if not draws:
        source = replace(source, footprints=source.footprints.keep_points())
    rows = np.flatnonzero(source.is_placed)
    told = {"incidents": len(source), "unplaced": len(source) - len(rows)}
    warn_of_rows(told, _VERB)
    points = draw_points(source, rows)
    exact = replace(source, footprints=source.footprints.keep_points())
    labels = clustering.label(draw_points(exact, rows)[0])
    stability = measure_stability(points, labels, clustering)
    settings = {
        "method": method,
        "distance_m": clustering.distance_m,
        "min_incidents": clustering.min_incidents,
        "draws": draws,
        "seed": seed,
        **told,
    }
    incidents = _make_incidents(located.index, rows, labels, stability)
    tables = []
    for table in (incidents, _make_clusters(source, rows, labels, stability)):
        blank = [name for name in table.columns if draws == 0 and name in _OF_DRAWS]
        table[blank] = np.nan
        table.attrs = {**deepcopy(located.attrs), LEFT_OUT: told}
        tables.append(note_step(table, _VERB, (), **settings))
    return Clusters(*tables)


def _read_clustering(method: Any, distance_m: Any, min_incidents: Any) -> Clustering:
    """Read how incidents are to be clustered."""
    if require_text(method, "method") not in get_args(Method):
        msg = f"`method` is {method!r}, which is none; {near_misses(method, get_args(Method))}"
        raise ParameterError(msg)
    least = require_whole(min_incidents, "min_incidents", 2)
    if method == "hdbscan":
        if distance_m is not None:
            msg = "`distance_m` is for DBSCAN; HDBSCAN finds distances itself: leave it out."
            raise ParameterError(msg)
        return Clustering("hdbscan", None, least)
    away_m = require_number(_DISTANCE_M if distance_m is None else distance_m, "distance_m", "m")
    if away_m > MOST_M:
        msg = f"`distance_m` is at most {MOST_M:,.0f} m, and is {describe_given(distance_m)}."
        raise ParameterError(msg)
    return Clustering("dbscan", away_m, least)


def _make_incidents(
    index: pd.Index, rows: NDArray[np.intp], labels: Labels, stability: Stability
) -> pd.DataFrame:
    """Say of each incident in which cluster it is, and how probably."""
    number = pd.array([pd.NA] * len(index), dtype="Int64")
    number[rows[labels >= 0]] = labels[labels >= 0] + 1
    own, any_ = np.full((2, len(index)), np.nan)
    own[rows], any_[rows] = stability.own_share, stability.any_share
    return pd.DataFrame({"cluster_id": number, "own_prob": own, "any_prob": any_}, index=index)


def _make_clusters(
    source: IncidentDraws, rows: NDArray[np.intp], labels: Labels, stability: Stability
) -> gpd.GeoDataFrame:
    """Put what is known of each cluster into a table."""
    count = int(labels.max(initial=-1)) + 1
    low, high = np.full((2, count), np.nan)
    stands = np.flatnonzero((~np.isnan(stability.size)).any(axis=0))
    if stands.size:
        low[stands], high[stands] = np.nanquantile(stability.size[:, stands], _ENDS, axis=0)
    inside = pd.Series(labels[labels >= 0])
    first, last = (
        pd.Series(day[rows][labels >= 0].astype("datetime64[s]")).groupby(inside)
        for day in (source.first_day, source.last_day)
    )
    footprints = source.footprints
    columns = {
        "cluster_id": np.arange(1, count + 1),
        "incidents": np.bincount(inside, minlength=count),
        "incidents_low": low,
        "incidents_high": high,
        "stability": stability.jaccard.mean(axis=0),
        "dissolved_share": (stability.jaccard <= DISSOLVED).mean(axis=0),
        "first_date": first.min().to_numpy(),
        "last_date": last.max().to_numpy(),
    }
    hulls = draw_hulls(footprints.lon[rows], footprints.lat[rows], labels)
    return gpd.GeoDataFrame(columns, geometry=hulls, crs=STORAGE_CRS)
