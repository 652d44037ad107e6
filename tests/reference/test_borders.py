"""The borders between units, each with its own accuracy."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

import geosec
from geosec.data.catalogue import layer_accuracy_m
from geosec.errors import ParameterError


@pytest.mark.parametrize("level", ["adm1", "adm2"])
def test_a_border_lies_between_the_two_that_it_names(level):
    units = geosec.load_boundaries(level).geometry
    borders = geosec.load_borders(level)
    assert borders.crs == "EPSG:4326"
    for row in borders.itertuples():
        assert row.one < row.other
        assert shapely.covers(shapely.boundary(units[row.one]), row.geometry)
        assert shapely.covers(shapely.boundary(units[row.other]), row.geometry)


@pytest.mark.parametrize("level", ["adm1", "adm2"])
def test_all_borders_and_the_outline_are_all_edges(level):
    borders, country = geosec.load_borders(level), geosec.load_boundaries("adm0").geometry.item()
    edges = shapely.length(shapely.boundary(geosec.load_boundaries(level).geometry.to_numpy()))
    twice = 2 * borders.geometry.map(shapely.length).sum() + country.boundary.length
    assert edges.sum() == pytest.approx(twice)


def test_no_two_borders_are_of_the_same_pair():
    borders = geosec.load_borders()
    assert not borders.duplicated(["one", "other"]).any()
    assert set(borders["one"]) | set(borders["other"]) == set(geosec.load_boundaries().index)


@pytest.mark.parametrize("level", ["adm1", "adm2"])
def test_accuracy_differs_from_border_to_border_about_that_of_the_level(level):
    accuracy_m = geosec.load_borders(level)["positional_accuracy_m"]
    assert accuracy_m.notna().all()
    assert accuracy_m.nunique() > 5
    assert np.median(accuracy_m) == pytest.approx(layer_accuracy_m(level), rel=0.15)


@pytest.mark.parametrize("day", ["2010-01-01", "2015-06-01", "2024-01-01"])
def test_borders_of_a_day_lie_between_the_districts_of_that_day(day):
    borders, units = geosec.load_borders(on=day), geosec.load_boundaries(on=day)
    assert set(borders["one"]) | set(borders["other"]) == set(units.index)
    parents = zip(
        *(units.loc[borders[end], "parent_code"] for end in ("one", "other")), strict=True
    )
    known = geosec.load_borders().set_index(["one", "other"])["positional_accuracy_m"]
    inside_m = layer_accuracy_m("adm2_vintages")
    expected_m = [
        inside_m if one == other else known[min(one, other), max(one, other)]
        for one, other in parents
    ]
    assert borders["positional_accuracy_m"].tolist() == expected_m


def test_the_borders_of_2010_are_those_of_the_shipped_districts():
    then, now = geosec.load_borders(on="2010-06-01"), geosec.load_borders()
    assert then.drop(columns="geometry").equals(now.drop(columns="geometry"))
    assert shapely.equals(then.geometry.to_numpy(), now.geometry.to_numpy()).all()


@pytest.mark.parametrize(
    ("level", "on", "told"),
    [
        ("adm2", "2009-12-31", "known from 2010-01-01 on"),
        ("adm2", "June 2015", "`on` must be a day"),
        ("adm1", "2015-06-01", "the level is 'adm1'; leave it out"),
    ],
)
def test_borders_are_had_of_days_that_districts_have(level, on, told):
    with pytest.raises(ParameterError, match=told):
        geosec.load_borders(level, on=on)


def test_the_country_has_no_borders_between_units():
    assert geosec.load_borders("adm0").empty


def test_an_unknown_level_is_refused():
    with pytest.raises(ParameterError, match="no boundary level 'adm7'"):
        geosec.load_borders("adm7")


def test_a_caller_may_change_what_was_loaded():
    geosec.load_borders("adm1")["one"] = "x"
    assert (geosec.load_borders("adm1")["one"] != "x").all()
