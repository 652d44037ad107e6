from __future__ import annotations

import geopandas as gpd
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pyproj import Geod

from geosec import LiveIndex
from geosec.geodesy.segments import SegmentIndex

GEOD = Geod(ellps="WGS84")
NAMES = st.text("abcdef", min_size=1, max_size=2)
# poles, both names of the antimeridian, places a hair apart, the two sides of a meridian
LON = st.sampled_from([-180.0, -179.9999999, 179.9, 180.0, 0.0, 1e-9, 67.0, 67.1, 66.9])
LAT = st.sampled_from([-90.0, 90.0, 89.9999999, 0.0, -1e-9, 30.0, 30.1])
PLACES = st.tuples(LON | st.floats(-180, 180), LAT | st.floats(-90, 90))
REACH_M = st.sampled_from([0.0, 1e-3, 20_000.0, 10_001_965.7]) | st.floats(0, 20_100_000)


class LiveIndexAgainstADict(RuleBasedStateMachine):
    """Whatever came and went, answers are those of measuring every point that is in."""

    def __init__(self):
        super().__init__()
        self.live, self.model = LiveIndex(), {}

    @initialize(places=st.lists(PLACES, min_size=1, max_size=40))
    def load(self, places):
        self.model = {f"{row:02}": place for row, place in enumerate(places)}
        self.load_again()

    def ranked(self, lon, lat):
        away = [(GEOD.inv(lon, lat, *place)[2], name) for name, place in self.model.items()]
        return [(name, away_m) for away_m, name in sorted(away)]

    @rule(name=NAMES, place=PLACES)
    def put(self, name, place):
        (self.live.update if name in self.model else self.live.insert)(name, *place)
        self.model[name] = place

    @rule(data=st.data(), name=NAMES)
    @precondition(lambda self: self.model)
    def put_where_another_stands(self, data, name):
        self.put(name, self.model[data.draw(st.sampled_from(sorted(self.model)))])

    @rule(data=st.data())
    @precondition(lambda self: self.model)
    def delete(self, data):
        name = data.draw(st.sampled_from(sorted(self.model)))
        self.live.delete(name)
        del self.model[name]

    @rule()
    @precondition(lambda self: self.model)
    def load_again(self):
        lon, lat = zip(*self.model.values(), strict=True)
        points = gpd.GeoSeries.from_xy(lon, lat, index=list(self.model), crs=4326)
        self.live = LiveIndex.from_points(points)

    @rule(place=PLACES, k=st.integers(1, 12))
    def nearest(self, place, k):
        assert self.live.nearest(*place, k) == self.ranked(*place)[:k]

    @rule(place=PLACES, reach_m=REACH_M)
    def within(self, place, reach_m):
        near = [each for each in self.ranked(*place) if each[1] <= reach_m]
        assert self.live.within(*place, reach_m) == near

    @rule(place=PLACES, k=st.integers(1, 4))
    @precondition(lambda self: self.model)
    def nearest_of_a_batch(self, place, k):
        lon, lat = zip(*self.model.values(), strict=True)
        batch = SegmentIndex(gpd.GeoSeries.from_xy(lon, lat, crs=4326))
        away_m = [each.distance_m for each in self.live.nearest(*place, k)]
        lon, lat = zip(place, strict=True)
        assert batch.nearest(lon, lat, k).distance_m == pytest.approx(away_m, abs=1e-3)

    @invariant()
    def names(self):
        assert set(self.live) == set(self.model)
        assert len(self.live) == len(self.model)


LiveIndexAgainstADict.TestCase.settings = settings(
    max_examples=50, stateful_step_count=25, deadline=None
)
TestLiveIndex = LiveIndexAgainstADict.TestCase
