"""Railways of any shape, and kernels summed up path by path along them."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geosec
from geosec.geodesy.geodesics import geodesic_direct, geodesic_inverse


@dataclass(frozen=True)
class Tracks:
    """Straight tracks between named nodes; `paths` along them are followed one by one."""

    at: dict[str, tuple[float, float]]  # longitude and latitude
    edges: tuple[tuple[str, str], ...]

    def network(self) -> geosec.RailNetwork:
        rows = [
            (f"{one}-{two}", end, km, *self.at[end])
            for one, two in self.edges
            for end, km in ((one, 0.0), (two, self.length_m(one, two) / 1000))
        ]
        columns = ["line", "station_id", "km", "longitude", "latitude"]
        stations = pd.DataFrame(rows, columns=columns)
        return geosec.RailNetwork.from_table(stations.assign(name=stations["station_id"]))

    def length_m(self, one: str, two: str) -> float:
        return float(geodesic_inverse(*self.at[one], *self.at[two])[1])

    def point(self, one: str, two: str, along_m: float) -> gpd.GeoDataFrame:
        """Make a table of a single exact point, so far along a track."""
        azimuth_deg, _ = geodesic_inverse(*self.at[one], *self.at[two])
        lon, lat = geodesic_direct(*self.at[one], azimuth_deg, along_m)
        return gpd.GeoDataFrame(geometry=gpd.points_from_xy([lon], [lat]), crs=4326)

    def sum_paths(self, source, target, kernel, reach_m, *, continuous=True) -> float:
        """Sum up a kernel over all paths between two places, each an edge and metres along it."""
        (edge, along_m), whole = source, self.length_m(*source[0])
        total = kernel(abs(along_m - target[1])) if edge == target[0] else 0.0
        steps = [(edge, edge[0], along_m, 1.0), (edge, edge[1], whole - along_m, 1.0)]
        while steps:
            came, node, walked_m, weight = steps.pop()
            if walked_m >= reach_m or weight == 0:
                continue
            beside = [other for other in self.edges if node in other]
            on, back = self.split(len(beside), continuous=continuous)
            for other in beside:
                share = weight * (back if other == came else on)
                if other == target[0]:
                    from_node = target[1] if node == other[0] else self.length_m(*other) - target[1]
                    total += share * kernel(walked_m + from_node)
                beyond = other[1] if node == other[0] else other[0]
                steps.append((other, beyond, walked_m + self.length_m(*other), share))
        return total

    @staticmethod
    def split(degree: int, *, continuous: bool) -> tuple[float, float]:
        if continuous:
            return 2 / degree, (2 - degree) / degree
        return (1 / (degree - 1), 0.0) if degree > 1 else (0.0, 0.0)


@pytest.fixture(scope="session")
def star():
    """Lay straight tracks from one node: star(2_000, 3_000) has two, so many metres long."""

    def lay(*lengths_m: float) -> Tracks:
        at = {"hub": (30.0, 0.0)}
        for number, length_m in enumerate(lengths_m):
            name, azimuth_deg = f"end {number}", 360.0 * number / len(lengths_m)
            at[name] = tuple(map(float, geodesic_direct(30.0, 0.0, azimuth_deg, length_m)))
        return Tracks(at, tuple(("hub", end) for end in at if end != "hub"))

    return lay


@pytest.fixture(scope="session")
def ring():
    """Lay a triangle with a tail at each corner: cycles, so that paths come round."""

    def lay(side_m: float, tail_m: float) -> Tracks:
        at = {}
        for number in range(3):
            for name, away_m in (("corner", side_m / np.sqrt(3)), ("tail", 0.0)):
                far_m = away_m or side_m / np.sqrt(3) + tail_m
                to = geodesic_direct(30.0, 0.0, 120.0 * number, far_m)
                at[f"{name} {number}"] = tuple(map(float, to))
        corners = [("corner 0", "corner 1"), ("corner 1", "corner 2"), ("corner 2", "corner 0")]
        return Tracks(at, (*corners, *((f"corner {n}", f"tail {n}") for n in range(3))))

    return lay
