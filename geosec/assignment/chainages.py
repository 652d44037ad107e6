"""Where on the railway each incident lies, with draws only where the answer is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geosec.railway.locator import RailLocator
from geosec.uncertainty.layer_error import SURE, below, standard_error_m
from geosec.uncertainty.sampling import in_chunks, is_shaped, reach_m, sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.railway.network import RailNetwork

_INTERVAL = (0.025, 0.975)
_ON_POST_KM = 1e-6  # a foot a millimetre before a post is on it


class Chainages(NamedTuple):
    """Where incidents lie on the railway; one entry for each.

    Attributes
    ----------
    line : numpy.ndarray of int
        Position of the line in the network, -1 for none.
    km, km_low, km_high : numpy.ndarray
        Official km of the best point's foot, and the 95 % interval; kilometres.
    offset_m : numpy.ndarray
        Geodesic distance of the best point from the line, metres.
    share : numpy.ndarray
        Probability of lying within the greatest offset of the line.
    post_before, post_after : numpy.ndarray of int
        Positions of the posts round the foot, -1 for none.

    Examples
    --------
    >>> Chainages(*np.zeros((8, 1))).share
    array([0.])
    """

    line: NDArray[np.int64]
    km: NDArray[np.float64]
    km_low: NDArray[np.float64]
    km_high: NDArray[np.float64]
    offset_m: NDArray[np.float64]
    share: NDArray[np.float64]
    post_before: NDArray[np.int64]
    post_after: NDArray[np.int64]


class OnRail:
    """A railway, to be asked for the chainage of incidents.

    Parameters
    ----------
    network : RailNetwork
        Lines and posts in EPSG:4326, kilometres.
    max_offset_m : float
        Farther from the line than so many metres, a place has no chainage.
    exact : bool, default False
        Whether lines count as lying exactly where they are drawn.

    Examples
    --------
    >>> import geosec
    >>> mach = geosec.geocode(["Mach railway station"])
    >>> at = mach.geometry.x.to_numpy(), mach.geometry.y.to_numpy()
    >>> on_rail = OnRail(geosec.load_rail_network(), 25_000)
    >>> round(float(on_rail.locate(mach, at, 99, 0).km[0]))
    318
    """

    def __init__(self, network: RailNetwork, max_offset_m: float, *, exact: bool = False) -> None:
        self._network = network
        self._max_offset_m = max_offset_m
        self._locator = RailLocator.from_posts(network.posts)
        self._line_of = network.lines.index.get_indexer(self._locator.line_id)
        errors = np.zeros(len(network.lines)) if exact else standard_error_m(network.lines)
        self._error_m = errors
        self._posts = network.posts.groupby("line_id", sort=False).indices
        self._first_edge, self._post_a, self._post_b = _post_edges(list(self._posts.values()))
        self._km_b = network.posts["km"].to_numpy()[self._post_b]

    def locate(
        self,
        located: gpd.GeoDataFrame,
        at: tuple[NDArray[np.float64], NDArray[np.float64]],
        draws: int,
        seed: int,
    ) -> Chainages:
        """Find the line and the kilometre of each incident.

        Parameters
        ----------
        located : geopandas.GeoDataFrame
            Geocoded incidents, EPSG:4326.
        at : tuple of arrays, shape (n,)
            Longitude and latitude of their best points.
        draws, seed : int
            Of the draws, made where the answer is open.

        Returns
        -------
        Chainages
            Kilometres and metres.

        Examples
        --------
        >>> import geosec
        >>> gwadar = geosec.geocode(["Gwadar"])
        >>> at = gwadar.geometry.x.to_numpy(), gwadar.geometry.y.to_numpy()
        >>> OnRail(geosec.load_rail_network(), 25_000).locate(gwadar, at, 99, 0).share.tolist()
        [0.0]
        """
        lon, lat = at
        edge, km, offset_m = self._locator.project(lon, lat)
        line = np.where(edge >= 0, self._line_of[edge], -1)
        reach = reach_m(located, lon)
        exact = is_shaped(located)
        error_m = np.where(exact, 0.0, self._error_m[line])
        share = below(self._max_offset_m, offset_m, error_m)
        low, high = km.copy(), km.copy()
        named = self._named(located)
        far = offset_m - reach - SURE * error_m > self._max_offset_m
        open_ = (line >= 0) & ~far & ((reach > 0) | ((named >= 0) & (named != line)))
        rows = np.flatnonzero(open_)
        for part in in_chunks(rows, draws):
            places = sample(located.iloc[part], draws, seed)
            line[part] = np.where(
                named[part] >= 0, named[part], self._nearest_line(line[part], places)
            )
            for number in np.unique(line[part]):
                own = line[part] == number
                error = np.where(exact[part[own]], 0.0, self._error_m[number])
                told = self._on_line(number, lon[part[own]], lat[part[own]], places[own], error)
                for out, values in zip((edge, km, offset_m, low, high, share), told, strict=True):
                    out[part[own]] = values
        near = (offset_m <= self._max_offset_m) & (line >= 0)
        before, after = self._posts_round(np.where(near, edge, -1), km)
        for kilometres in (km, low, high):
            kilometres[~near] = np.nan
        low[rows], high[rows] = np.fmin(low[rows], km[rows]), np.fmax(high[rows], km[rows])
        return Chainages(line, km, low, high, offset_m, share, before, after)

    def _named(self, located: gpd.GeoDataFrame) -> NDArray[np.int64]:
        """Give the line that the phrase was read as, where two share a track; -1 for none."""
        named = np.full(len(located), -1, dtype="int64")
        if "match_id" not in located.columns:
            return named
        ids = located["match_id"]
        rows = np.flatnonzero(ids.str.startswith("rail:").fillna(value=False))
        lines = [ids.iloc[row].split(":", 2)[1] for row in rows.tolist()]
        named[rows] = self._network.lines.index.get_indexer(lines)
        return named

    def _nearest_line(
        self, best: NDArray[np.int64], places: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """Name the line nearest to most draws; of two with as many, that of the best point."""
        rows, draws, _ = places.shape
        edge, _, _ = self._locator.project(places[..., 0].ravel(), places[..., 1].ravel())
        count = len(self._network.lines)
        keys = np.repeat(np.arange(rows) * count, draws) + self._line_of[edge]
        votes = np.bincount(keys, minlength=rows * count).reshape(rows, count).astype("float64")
        votes[np.arange(rows), best] += 0.5
        return np.asarray(votes.argmax(axis=1))

    def _on_line(
        self,
        number: int,
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        places: NDArray[np.float64],
        error_m: NDArray[np.float64],
    ) -> tuple[NDArray[np.float64], ...]:
        """Project best points and draws onto one line: km, offset, interval and probability."""
        locator = self._locator_of(number)
        shape = places.shape[:2]
        edge, km, offset_m = locator.project(lon, lat)
        _, draw_km, draw_m = locator.project(places[..., 0].ravel(), places[..., 1].ravel())
        draw_km, draw_m = draw_km.reshape(shape), draw_m.reshape(shape)
        reached = draw_m <= self._max_offset_m
        low, high = _interval(np.where(reached, draw_km, np.nan))
        share = below(self._max_offset_m, draw_m, error_m[:, None]).mean(axis=1)
        return edge + self._first_edge[number], km, offset_m, low, high, share

    def _locator_of(self, number: int) -> RailLocator:
        line_id = self._network.lines.index[number]
        return RailLocator.from_posts(self._network.posts.iloc[self._posts[line_id]])

    def _posts_round(
        self, edge: NDArray[np.int64], km: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the posts at the ends of each foot's edge; of a foot on a post, that and the next.

        Positions of posts, -1 for no edge.
        """
        at_end = (edge >= 0) & (km >= self._km_b[edge] - _ON_POST_KM)
        goes_on = np.append(self._post_b[:-1] == self._post_a[1:], np.zeros(1, dtype="bool"))
        edge = edge + (at_end & goes_on[edge])
        there = edge >= 0
        before, after = self._post_a[edge], self._post_b[edge]
        return np.where(there, before, -1), np.where(there, after, -1)


def _post_edges(
    posts: Sequence[NDArray[np.intp]],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give the first edge of each line, and the posts at the ends of every edge."""
    counts = np.array([len(own) - 1 for own in posts])
    first = np.cumsum(counts) - counts
    post_a = np.concatenate([own[:-1] for own in posts])
    return first, post_a, np.concatenate([own[1:] for own in posts])


def _interval(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the 2.5 % and 97.5 % quantiles of each row, NaN where it holds nothing."""
    low, high = np.full(len(values), np.nan), np.full(len(values), np.nan)
    filled = ~np.isnan(values).all(axis=1)
    if filled.any():
        low[filled], high[filled] = np.nanquantile(values[filled], _INTERVAL, axis=1)
    return low, high
