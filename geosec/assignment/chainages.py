"""Where on the railway each place lies, with draws only where the answer is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from geosec.railway.locator import RailLocator
from geosec.schema import read_stretch_lines
from geosec.uncertainty.layer_error import SURE, find_share_below, standard_error_m
from geosec.uncertainty.open_rows import draw_open_rows, find_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.railway.network import RailNetwork
    from geosec.uncertainty.table_footprints import TableFootprints

_ON_POST_KM = 1e-6  # a foot a millimetre before a post is on it


class Chainages(NamedTuple):
    """Where places lie on the railway; one entry for each."""

    line: NDArray[np.int64]  #: position of the line in the network, -1 for none
    km: NDArray[np.float64]  #: official km of the best point's foot
    km_low: NDArray[np.float64]  #: the ends of the 95 % interval
    km_high: NDArray[np.float64]
    offset_m: NDArray[np.float64]  #: geodesic distance of the best point from the line
    share: NDArray[np.float64]  #: probability of lying within the greatest offset of the line
    post_before: NDArray[np.int64]  #: positions of the posts round the foot, -1 for none
    post_after: NDArray[np.int64]

    def take(self, rows: NDArray[np.intp] | slice) -> Chainages:
        """Take the chainages of some places, by position."""
        columns: Any = (values[rows] for values in self)
        return Chainages(*columns)

    def forget_error(self) -> Chainages:
        """Keep what is said of the best points; intervals and probabilities are missing."""
        gaps = np.full(len(self.km), np.nan)
        return self._replace(km_low=gaps, km_high=gaps, share=gaps)


class ChainageFinder:
    """A railway, to be asked for the chainage of places.

    Farther from a line than `max_offset_m` metres, a place has no chainage. If `exact`, lines lie
    where they are drawn.
    """

    def __init__(self, network: RailNetwork, max_offset_m: float, *, exact: bool = False) -> None:
        self._network = network
        self._max_offset_m = max_offset_m
        self._track = network.track
        self._locator = RailLocator.from_posts(self._track)
        self._line_of = network.lines.index.get_indexer(self._locator.line_id)
        errors = np.zeros(len(network.lines)) if exact else standard_error_m(network.lines)
        self._error_m = errors
        self._posts = self._track.groupby("line_id", sort=False).indices
        self._first_edge, self._end_a, self._end_b = _list_edges(list(self._posts.values()))
        self._km_b = self._track["km"].to_numpy()[self._end_b]
        self._locators: dict[int, RailLocator] = {}

    def find(
        self, footprints: TableFootprints, named: NDArray[np.int64], draws: int, seed: int
    ) -> Chainages:
        """Find the line and the kilometre of each footprint; a line in `named` is kept to."""
        lon, lat = footprints.lon, footprints.lat
        edge, km, offset_m = self._locator.project(lon, lat)
        line = np.where(edge >= 0, self._line_of[edge], -1)
        reach, is_shaped = footprints.reach_m, footprints.is_shaped
        error_m = np.where(is_shaped, 0.0, self._error_m[line])
        share = find_share_below(self._max_offset_m, offset_m, error_m)
        low, high = km.copy(), km.copy()
        far = offset_m - reach - SURE * error_m > self._max_offset_m
        is_open = (line >= 0) & ~far & ((reach > 0) | ((named >= 0) & (named != line)))
        for rows, places, _ in draw_open_rows(footprints, is_open, draws, seed):
            drawn_lon, drawn_lat = places.reshape(-1, 2).T
            drawn = self._locator.project(drawn_lon, drawn_lat)
            best = edge[rows], km[rows], offset_m[rows]
            nearest = self._choose_line(line[rows], self._line_of[drawn[0]].reshape(-1, draws))
            line[rows] = np.where(named[rows] >= 0, named[rows], nearest)
            self._keep_to_lines((lon[rows], lat[rows]), line[rows], best)
            self._keep_to_lines((drawn_lon, drawn_lat), np.repeat(line[rows], draws), drawn)
            edge[rows], km[rows], offset_m[rows] = best
            drawn_km, drawn_m = drawn[1].reshape(-1, draws), drawn[2].reshape(-1, draws)
            reached_km = np.where(drawn_m <= self._max_offset_m, drawn_km, np.nan)
            low[rows], high[rows] = find_interval(reached_km)
            error_m = np.where(is_shaped[rows], 0.0, self._error_m[line[rows]])
            counts = find_share_below(self._max_offset_m, drawn_m, error_m[:, None])
            share[rows] = counts.mean(axis=1)
        near = (offset_m <= self._max_offset_m) & (line >= 0)
        before, after = self._find_posts_round(np.where(near, edge, -1), km)
        for kilometres in (km, low, high):
            kilometres[~near] = np.nan
        low[is_open] = np.fmin(low[is_open], km[is_open])
        high[is_open] = np.fmax(high[is_open], km[is_open])
        return Chainages(line, km, low, high, offset_m, share, before, after)

    def name_lines(self, located: gpd.GeoDataFrame) -> NDArray[np.int64]:
        """Give the line that each phrase was read as, where two share a track; -1 for none."""
        named = np.full(len(located), -1, dtype="int64")
        if "match_id" not in located.columns:
            return named
        which, ids = pd.factorize(located["match_id"])
        lines = read_stretch_lines(pd.Series(ids, dtype="str"))
        number = np.append(self._network.lines.index.get_indexer(lines), -1)  # the last for none
        named[:] = number[which]
        return named

    def _choose_line(self, best: NDArray[np.int64], drawn: NDArray[np.int64]) -> NDArray[np.int64]:
        """Choose the line nearest to most draws; of two with as many, that of the best point."""
        rows, draws = drawn.shape
        count = len(self._network.lines)
        keys = np.repeat(np.arange(rows) * count, draws) + drawn.ravel()
        votes = np.bincount(keys, minlength=rows * count).reshape(rows, count).astype("float64")
        votes[np.arange(rows), best] += 0.5
        return np.asarray(votes.argmax(axis=1))

    def _keep_to_lines(
        self,
        at: tuple[NDArray[np.float64], NDArray[np.float64]],
        line: NDArray[np.int64],
        found: tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]],
    ) -> None:
        """Project points anew, in place, that were projected onto another line than theirs."""
        lon, lat = at
        strayed = np.flatnonzero(self._line_of[found[0]] != line)
        for number in np.unique(line[strayed]):
            own = strayed[line[strayed] == number]
            edge, km, offset_m = self._build_locator(number).project(lon[own], lat[own])
            for out, values in zip(
                found, (edge + self._first_edge[number], km, offset_m), strict=True
            ):
                out[own] = values

    def _build_locator(self, number: int) -> RailLocator:
        """Give the locator of one line, built when it is first needed."""
        if number not in self._locators:
            posts = self._posts[self._network.lines.index[number]]
            self._locators[number] = RailLocator.from_posts(self._track.iloc[posts])
        return self._locators[number]

    def _find_posts_round(
        self, edge: NDArray[np.int64], km: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the posts at the ends of each foot's edge; of a foot on a post, that and the next.

        Positions of posts, -1 for no edge.
        """
        at_end = (edge >= 0) & (km >= self._km_b[edge] - _ON_POST_KM)
        goes_on = np.append(self._end_b[:-1] == self._end_a[1:], np.zeros(1, dtype="bool"))
        edge = edge + (at_end & goes_on[edge])
        there = edge >= 0
        post, is_bend = self._track["post"].to_numpy(), self._track["station_id"].isna().to_numpy()
        before = post[self._end_a[edge]]
        after = post[self._end_b[edge]] + is_bend[self._end_b[edge]]
        return np.where(there, before, -1), np.where(there, after, -1)


def _list_edges(
    posts: Sequence[NDArray[np.intp]],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give the first edge of each line, and the positions in the track at the ends of each edge."""
    counts = np.array([len(own) - 1 for own in posts])
    first = np.cumsum(counts) - counts
    post_a = np.concatenate([own[:-1] for own in posts])
    return first, post_a, np.concatenate([own[1:] for own in posts])
