from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec import CRSError, ParameterError, SchemaError
from geosec.uncertainty.footprints import make_disc

STRAIGHT = gpd.GeoDataFrame(
    {"name": ["line"]}, geometry=[shapely.LineString([(65, 0), (69, 0)])], crs=4326
)


@pytest.mark.parametrize(
    ("distance_m", "probability"), [(10_000, 0.50), (5_000, 0.25), (25_001, 1.0)]
)
def test_an_event_on_the_line_known_to_25_km(disc_row, distance_m, probability):
    """UCDP where_prec 2: the strip of a disc, (2/pi) (asin x + x sqrt(1 - x^2)) with x = d/R."""
    located = disc_row(67.0, 0.0, make_disc(67.0, 0.0, 25_000).uncertainty_m)
    hit = geosec.within(located, STRAIGHT, distance_m=distance_m, draws=999)
    assert hit["probability"].item() == pytest.approx(probability, abs=0.02)
    assert hit["distance_m"].item() == pytest.approx(0, abs=1e-3)


def test_the_closed_form_agrees_with_draws(disc_row):
    located = disc_row(67.0, 0.0, make_disc(67.0, 0.0, 25_000).uncertainty_m)
    for distance_m in (2_000, 8_000, 15_000, 22_000):
        x = distance_m / 25_000
        exact = 2 / np.pi * (np.arcsin(x) + x * np.sqrt(1 - x * x))
        hit = geosec.within(located, STRAIGHT, distance_m=distance_m, draws=999)
        assert hit["probability"].item() == pytest.approx(
            exact, abs=2 * hit["probability_se"].item()
        )


def test_the_three_nearest_stations_of_mach():
    located = geosec.geocode(["Mach"], admin1="Balochistan")
    table = geosec.nearest(located, geosec.load_rail_stations(), k=3)
    assert table["target_id"].tolist() == ["mach", "ab-i-gum", "hirok"]
    assert table["rank"].tolist() == [1, 2, 3]
    assert table["target_name"].tolist() == ["Mach", "Ab-i-Gum", "Hirok"]
    assert (table["distance_low_m"] <= table["distance_m"]).all()
    assert (table["distance_m"] <= table["distance_high_m"]).all()
    assert table["azimuth_deg"].between(0, 360).all()


def test_a_vaguer_place_has_a_wider_interval():
    located = geosec.geocode(["Mach", "near Mach"], admin1="Balochistan")
    table = geosec.nearest(located, geosec.load_rail_stations())
    width_m = table["distance_high_m"] - table["distance_low_m"]
    assert width_m.iloc[1] > 2 * width_m.iloc[0]


def test_a_district_that_holds_the_place_is_at_no_distance():
    located = geosec.geocode(["Quetta"], admin1="Balochistan")
    table = geosec.nearest(located, geosec.load_boundaries("adm2"))
    assert (table["target_id"].item(), table["distance_m"].item()) == ("PK-BA-quetta", 0)


def test_rows_without_a_place_have_no_neighbours_and_no_probability():
    located = geosec.geocode(["Jaffar Express", "Mach town"])
    assert geosec.nearest(located, geosec.load_rail_stations())["incident_id"].tolist() == ["1"]
    hit = geosec.within(located, geosec.load_rail_lines(), distance_m=1)
    assert hit["probability"].isna().tolist() == [True, False]
    assert hit.index.equals(located.index)


def test_targets_in_another_crs_are_the_same_targets():
    located = geosec.geocode(["Mach town"])
    stations = geosec.load_rail_stations()
    plain, projected = (
        geosec.nearest(located, each) for each in (stations, stations.to_crs(32642))
    )
    assert plain["target_id"].equals(projected["target_id"])
    assert plain["distance_m"].to_numpy() == pytest.approx(
        projected["distance_m"].to_numpy(), abs=0.01
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"k": 0}, "`k` must be 1 or more"),
        ({"draws": -1}, "`draws` must be 0 or more"),
        ({"draws": 0.5}, "`draws` must be a whole number"),
        ({"max_distance_m": -5}, "`max_distance_m` must be 0 m or more, and is -5"),
    ],
)
def test_limits_that_make_no_sense_are_refused(options, told):
    with pytest.raises(ParameterError, match=told):
        geosec.nearest(geosec.geocode(["Mach town"]), STRAIGHT, **options)


@pytest.mark.parametrize("distance_m", [-1, float("nan")])
def test_a_distance_must_be_one(distance_m):
    with pytest.raises(ParameterError, match="0 m or more"):
        geosec.within(geosec.geocode(["Mach town"]), STRAIGHT, distance_m=distance_m)


def test_there_must_be_targets_in_a_crs(incidents):
    located = geosec.geocode(["Mach town"])
    with pytest.raises(ParameterError, match="there are none"):
        geosec.nearest(located, STRAIGHT.iloc[:0])
    with pytest.raises(CRSError, match="has no CRS"):
        geosec.within(located, STRAIGHT.set_crs(None, allow_override=True), distance_m=1)
    with pytest.raises(SchemaError, match="`nearest` needs the columns"):
        geosec.nearest(incidents, STRAIGHT)


def test_incidents_in_another_crs_are_the_same_incidents():
    located = geosec.geocode(["Mach town", "Kech district"], admin1="Balochistan")
    stations = geosec.load_rail_stations()
    for verb, limit in ((geosec.nearest, {}), (geosec.within, {"distance_m": 10_000})):
        plain, projected = (
            verb(each, stations, **limit) for each in (located, located.to_crs(32642))
        )
        pd.testing.assert_frame_equal(plain, projected, rtol=1e-5)


@pytest.mark.parametrize(("verb", "limit"), [("nearest", {}), ("within", {"distance_m": 1})])
def test_incidents_without_a_crs_are_refused(verb, limit):
    located = geosec.geocode(["Mach town"]).set_crs(None, allow_override=True)
    with pytest.raises(CRSError, match="`located` has no CRS"):
        getattr(geosec, verb)(located, STRAIGHT, **limit)
