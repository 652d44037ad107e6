"""A railway cut into lixels: short pieces of track of nearly equal length.

A lixel is to a network what a pixel is to an image (Z. Xie and J. Yan 2008, *Kernel Density
Estimation of traffic accidents in a network space*, doi:10.1016/j.compenvurbsys.2008.05.001). Each
lies between two neighbouring posts, so that a place in it has its km from these two alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geosec.crs import STORAGE_CRS, lon_lat
from geosec.errors import ParameterError
from geosec.geodesy.geodesics import geodesic_direct, geodesic_inverse
from geosec.geodesy.segments import SegmentIndex
from geosec.railway.breaks import load_chainage_breaks
from geosec.shared import build_once_each

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geosec.railway.network import RailNetwork

    Floats = NDArray[np.float64]
    Positions = NDArray[np.intp]

_SAME_SHARE = 0.05  # two tracks between two stations are one if their lengths differ by less
_SAME_STEPS = 1e-6  # so much of a step is no lixel of its own
_SHARED = ["one", "other"]


@dataclass(frozen=True, eq=False)
class _Vertices:
    """The vertices of all tracks, each track from one post to the next, one behind another."""

    lon: Floats
    lat: Floats
    track: Positions  #: whose vertex it is
    along_m: Floats  #: metres of its track before it

    @property
    def length_m(self) -> Floats:
        """Give the geodesic length of each track in metres."""
        return np.maximum.reduceat(self.along_m, self.starts)

    @property
    def starts(self) -> Positions:
        """Give the position of the first vertex of each track."""
        return np.flatnonzero(np.diff(self.track, prepend=-1))


@dataclass(frozen=True, eq=False)
class Lixels:
    """The lixels of a network, in the order of its lines and km."""

    tracks: pd.DataFrame  #: from post to post: line_id, stations, km_a, km_b, length_m, is_broken
    vertices: _Vertices
    counts: Positions  #: how many lixels each track has, all of one length
    ends: tuple[Positions, Positions]  #: the joints at which each lixel begins and ends

    def __len__(self) -> int:
        return int(self.counts.sum())

    @property
    def track(self) -> Positions:
        """Give the track of each lixel, by position."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    @property
    def length_m(self) -> Floats:
        """Give the geodesic length of each lixel in metres."""
        return (self._track_m / self.counts)[self.track]

    @property
    def _track_m(self) -> Floats:
        return np.asarray(self.tracks["length_m"], dtype="float64")

    @property
    def _firsts(self) -> Positions:
        """Give the first lixel of each track, by position."""
        return np.cumsum(self.counts) - self.counts

    @property
    def shares(self) -> tuple[Floats, Floats]:
        """Give the shares of its track before each lixel, and up to its end."""
        number, count = np.arange(len(self)) - self._firsts[self.track], self.counts[self.track]
        return number / count, (number + 1) / count

    def find(self, lon: ArrayLike, lat: ArrayLike, max_offset_m: float = np.inf) -> Positions:
        """Find the lixel nearest to each point (degrees); -1 for none within so many metres."""
        found = self.index.project(lon, lat, max_offset_m)
        track = found.target_idx
        count = self.counts[track]
        number = np.nan_to_num(found.along_m / self._track_m[track] * count).astype("intp")
        lixel = self._firsts[track] + np.minimum(number, count - 1)
        return np.asarray(np.where(track >= 0, lixel, -1))

    @build_once_each
    def index(self) -> SegmentIndex:
        """Index the tracks: a target is the position of one."""
        at = np.column_stack([self.vertices.lon, self.vertices.lat])
        lines = shapely.linestrings(at, indices=self.vertices.track)
        return SegmentIndex(gpd.GeoSeries(lines, crs=STORAGE_CRS))

    def find_km(self) -> tuple[Floats, Floats]:
        """Find the km at both ends of each lixel, also where posts contradict the track."""
        km_a, km_b = (self.tracks[name].to_numpy()[self.track] for name in ("km_a", "km_b"))
        first, last = self.shares
        return km_a + first * (km_b - km_a), np.where(last == 1, km_b, km_a + last * (km_b - km_a))

    def list_pieces(self) -> pd.DataFrame:
        """List the lixels as pieces of track, each a section of its own, as traffic is read for."""
        km_a, km_b = self.find_km()
        end_km = np.cumsum(self.length_m / 1000)
        columns = {
            "section": np.arange(len(self)),
            "line_id": self.tracks["line_id"].to_numpy()[self.track],
            "km_a": km_a,
            "km_b": km_b,
            "start_km": end_km - self.length_m / 1000,
            "end_km": end_km,
        }
        return pd.DataFrame(columns).assign(is_break=False)

    def describe(self, figures: dict[str, Floats]) -> gpd.GeoDataFrame:
        """Describe each lixel: line, official km, stations, length, figures, geometry (EPSG:4326).

        Between two posts that the length of track contradicts only the posts themselves have km.
        """
        own = self.tracks.iloc[self.track]
        km_from, km_to = self.find_km()
        is_broken = own["is_broken"].to_numpy()
        first, last = self.shares
        columns = {
            "rail_line": own["line_id"].array,
            "km_from": np.where(is_broken & (first > 0), np.nan, km_from),
            "km_to": np.where(is_broken & (last < 1), np.nan, km_to),
            "station_from": own["from_station"].array,
            "station_to": own["to_station"].array,
            "length_km": self.length_m / 1000,
            **figures,
        }
        index = pd.RangeIndex(len(self), name="lixel")
        return gpd.GeoDataFrame(columns, index, geometry=self._draw(), crs=STORAGE_CRS)

    def _draw(self) -> NDArray[np.object_]:
        """Draw each lixel, with the bends between its ends."""
        track, (first, last) = self.track, self.shares
        starts_m, ends_m = first * self._track_m[track], last * self._track_m[track]
        bends, own = self._find_bends()
        ends = [_find_along(self.vertices, track, at_m) for at_m in (starts_m, ends_m)]
        parts = ends[0], (self.vertices.lon[bends], self.vertices.lat[bends]), ends[1]
        points = np.concatenate([np.column_stack(part) for part in parts])
        lixel = np.concatenate([np.arange(len(self)), own, np.arange(len(self))])
        along_m = np.concatenate([starts_m, self.vertices.along_m[bends], ends_m])
        order = np.lexsort((along_m, lixel))
        return np.asarray(shapely.linestrings(points[order], indices=lixel[order]))

    def _find_bends(self) -> tuple[Positions, Positions]:
        """Find the vertices between two posts, and the lixel that each is in."""
        track = self.vertices.track
        share = self.vertices.along_m / self._track_m[track]
        bends = np.flatnonzero((share > 0) & (share < 1))
        number = np.floor(share[bends] * self.counts[track[bends]]).astype("intp")
        return bends, self._firsts[track[bends]] + number


def cut_lixels(network: RailNetwork, step_m: float, most: float = np.inf) -> Lixels:
    """Cut every track between two posts into equal lixels, as long as a step or a little shorter.

    A track that two lines share is cut once, as that of the line listed first. More lixels than
    the most are a `ParameterError` that names the step which gives so many.
    """
    vertices, tracks = _list_tracks(network)
    tracks["length_m"] = vertices.length_m
    nodes = {name: at for at, name in enumerate(network.stations.index)}
    ends = [tracks[name].map(nodes).to_numpy() for name in ("from_station", "to_station")]
    kept = _find_own(np.column_stack(ends), tracks["length_m"].to_numpy())
    number = np.cumsum(kept) - 1
    own = kept[vertices.track]
    vertices = _Vertices(
        vertices.lon[own], vertices.lat[own], number[vertices.track[own]], vertices.along_m[own]
    )
    names = network.stations["name"]
    tracks, (one, other) = tracks[kept].reset_index(drop=True), (end[kept] for end in ends)
    for end in ("from_station", "to_station"):
        tracks[end] = names.loc[tracks[end]].array
    steps = tracks["length_m"].to_numpy() / step_m
    steps = np.maximum(np.ceil(steps - _SAME_STEPS), 1)
    if steps.sum() > most:
        msg = (
            f"steps of {step_m:g} m cut the railway into {steps.sum():,.0f} lixels; {most:,.0f} "
            f"fit into memory; take `step_m` {step_m * steps.sum() / most:.2g} or more."
        )
        raise ParameterError(msg)
    counts = steps.astype("intp")
    return Lixels(tracks, vertices, counts, _join_ends(one, other, counts, len(nodes)))


def _list_tracks(network: RailNetwork) -> tuple[_Vertices, pd.DataFrame]:
    """List the tracks from post to post, with their vertices and which break chainage."""
    bends = network.track  # posts are among them
    line = pd.factorize(bends["line_id"])[0]
    at = np.flatnonzero(line[1:] == line[:-1])  # of each geodesic, its first end
    lon, lat = lon_lat(bends.geometry)
    post = bends["post"].to_numpy()[at]
    track = np.unique(post, return_inverse=True)[1]
    length_m = geodesic_inverse(lon[at], lat[at], lon[at + 1], lat[at + 1])[1]
    is_last = np.append(np.diff(track) > 0, True)
    walked_m = np.cumsum(length_m)
    before_m = walked_m - length_m
    starts = np.flatnonzero(np.diff(track, prepend=-1))
    along_m = before_m - before_m[starts][track]
    rows = np.concatenate([at, at[is_last] + 1])
    owner = np.concatenate([track, track[is_last]])
    along_m = np.concatenate([along_m, (along_m + length_m)[is_last]])
    order = np.lexsort((along_m, owner))
    vertices = _Vertices(lon[rows][order], lat[rows][order], owner[order], along_m[order])
    columns = ["line_id", "from_station", "to_station", "km_a", "km_b"]
    tracks = network.edges[columns].copy()
    breaks = load_chainage_breaks(network)
    breaks = breaks[breaks["kind"].isin(["gap", "jump"])]
    pairs = pd.MultiIndex.from_frame(breaks[["rail_line", "km_low", "km_high"]])
    own = pd.MultiIndex.from_frame(tracks[["line_id", "km_a", "km_b"]])
    return vertices, tracks.assign(is_broken=own.isin(pairs))


def _find_own(ends: Positions, length_m: Floats) -> NDArray[np.bool_]:
    """Find the tracks that are not those of a line listed before: other stations, or length."""
    pairs = pd.DataFrame(np.sort(ends, axis=1), columns=_SHARED)
    first_m = pairs.assign(length_m=length_m).groupby(_SHARED)["length_m"].transform("first")
    is_alike = np.abs(length_m - first_m.to_numpy()) <= _SAME_SHARE * length_m
    return np.asarray(~(pairs.duplicated().to_numpy() & is_alike))


def _join_ends(
    one: Positions, other: Positions, counts: Positions, nodes: int
) -> tuple[Positions, Positions]:
    """Give each lixel the numbers of its two joints, of which stations are the first."""
    firsts, count = np.cumsum(counts) - counts, int(counts.sum())
    starts, stops = np.arange(count) + nodes - 1, np.arange(count) + nodes
    starts[firsts], stops[firsts + counts - 1] = one, other
    return starts, stops


def _find_along(vertices: _Vertices, track: Positions, along_m: Floats) -> tuple[Floats, Floats]:
    """Find the points so many metres along their tracks: longitude and latitude."""
    starts = vertices.starts
    behind = np.append(starts[1:], len(vertices.track))
    whole_m = vertices.length_m
    offset_m = np.cumsum(whole_m) - whole_m  # all tracks laid out one behind another
    key = offset_m[vertices.track] + vertices.along_m
    at = np.searchsorted(key, offset_m[track] + along_m, side="right") - 1
    at = np.clip(at, starts[track], behind[track] - 2)
    ends = vertices.lon[at], vertices.lat[at], vertices.lon[at + 1], vertices.lat[at + 1]
    lon, lat = geodesic_direct(
        *ends[:2], geodesic_inverse(*ends)[0], along_m - vertices.along_m[at]
    )
    is_start, is_end = along_m <= 0, along_m >= whole_m[track]
    last = behind[track] - 1
    lon = np.where(is_start, ends[0], np.where(is_end, vertices.lon[last], lon))
    lat = np.where(is_start, ends[1], np.where(is_end, vertices.lat[last], lat))
    return lon, lat
