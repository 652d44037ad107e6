"""Tables of the analyses on a map, as they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import geosec
from geosec.maps.analysis_tables import draw_analysis
from geosec.maps.valued_layers import collect_choropleth, collect_corridor
from geosec.maps.words import load_words

WORDS = load_words("en")
URDU = load_words("ur")


@pytest.fixture(scope="module")
def incidents():
    read, _ = geosec.read_incidents(geosec.example_path())
    return geosec.assign_boundaries(geosec.geocode(read))


def as_told(numbers):
    return [pytest.approx(each, rel=1e-5) if np.isfinite(each) else None for each in numbers]


def test_rates_along_a_line_are_drawn_with_their_intervals(incidents):
    rates = geosec.corridor_rates(incidents, "ML-3", draws=19)
    told = collect_corridor(rates, WORDS)
    assert told["title"] == "Incidents per 100 km and year"
    for name, end in (("value", ""), ("low", "_low"), ("high", "_high")):
        assert told["columns"][name] == as_told(rates[f"rate_per_100km_year{end}"])
    assert told["columns"]["count"] == as_told(rates["count"])


def test_density_on_the_railway_is_drawn(incidents):
    density = geosec.estimate_network_density(incidents, draws=9)
    told = collect_corridor(density, WORDS)
    assert told["title"] == "Incidents per km"
    assert told["columns"]["value"] == as_told(density["density_per_km"])


def test_hot_spots_are_drawn_by_z_and_named(incidents):
    spots = geosec.find_hot_spots(incidents, draws=19)
    told = collect_choropleth(spots, WORDS)
    assert told["columns"]["value"] == as_told(spots["z"])
    assert told["columns"]["name"] == spots["unit_name"].tolist()
    assert set(told["columns"]["label"]) <= {*spots["spot"].astype(str), ""}
    assert collect_choropleth(spots, URDU)["title"] == URDU["measure_z"]


def test_ratios_stand_on_the_incidents_of_both(incidents):
    early = incidents["date"] < "2025-01-01"
    ratios = geosec.compare_rates(incidents[early], incidents[~early], draws=19)
    told = collect_choropleth(ratios, WORDS)
    assert told["columns"]["value"] == as_told(ratios["ratio_b_to_a"])
    assert told["columns"]["count"] == as_told(ratios["count_a"] + ratios["count_b"])
    only_b = np.flatnonzero(np.isinf(ratios["ratio_b_to_a"]))
    assert {told["columns"]["label"][at][:9] for at in only_b} == {"none in A"}


def test_what_became_of_spots_is_told_under_the_pointer(incidents):
    patterns = geosec.classify_emerging_hot_spots(incidents, draws=19)
    told = collect_choropleth(patterns, WORDS)
    assert told["columns"]["value"] == as_told(patterns["hot_periods"])
    assert set(filter(None, told["columns"]["label"])) <= set(patterns["pattern"].dropna())


@pytest.mark.parametrize(
    ("columns", "value", "title"),
    [
        ({"count": [7], "count_low": [3]}, 7, "Incidents"),
        ({"count": [1], "z": [-0.5]}, -0.5, "Hot and cold spots (z)"),
        ({"count": [7], "rate_per_1000km2": [0.5]}, 0.5, "Incidents per 1,000 km²"),
        ({"rate_per_million_bus_km": [2], "z_low": [9]}, 2, "rate per million bus km"),
    ],
)
def test_a_rate_goes_before_a_count(columns, value, title):
    drawn = draw_analysis(pd.DataFrame(columns), WORDS)
    assert drawn.table["value"].tolist() == [value]
    assert drawn.title == title
    assert ("count" in drawn.table) == ("rate_per_1000km2" in columns)


def test_scores_alone_are_drawn():
    drawn = draw_analysis(pd.DataFrame({"z": [1.5, -2.0]}), WORDS)
    assert drawn is not None
    assert drawn.table["value"].tolist() == [1.5, -2.0]


def test_value_and_title_of_ones_own_go_before_all():
    table = pd.DataFrame({"value": [1], "z": [9.0]}, index=["PK-BA-sibi"])
    table.attrs["title"] = "Mine"
    told = collect_choropleth(table, WORDS)
    assert (told["columns"]["value"], told["title"]) == ([1.0], "Mine")


def test_a_table_of_none_of_them_is_refused():
    with pytest.raises(geosec.SchemaError, match=r"'value', or one of an analysis, .*'zeta'"):
        collect_choropleth(pd.DataFrame({"zeta": [1]}, index=["PK-BA-sibi"]), WORDS)
