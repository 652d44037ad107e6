"""What a caller chooses: columns by their names, colours by values."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from geosec import GeosecWarning, ParameterError, SchemaError
from geosec.maps.choices import COLOURS, choose


@pytest.fixture
def table():
    return gpd.GeoDataFrame(
        {
            "event_type": ["Battles", "Battles", "Riots", None] * 5,
            "fatalities": [1, 2, 3, None] * 5,
            "people": range(0, 2000, 100),
            "seen": pd.to_datetime(["2021-05-01", None, "2022-01-01", "2021-12-31"] * 5),
            "note": [f"text {number}" for number in range(20)],
        },
        geometry=[Point(67, 30)] * 20,
        crs=4326,
    )


def test_what_the_table_has_is_chosen_where_nothing_is(table):
    _, chosen = choose(table, None, None, None, None)
    filters = ["event_type", "fatalities"]
    assert chosen == ("event_type", "fatalities", filters, COLOURS, "event_type")
    _, bare = choose(table[["note", "geometry"]], None, None, None, None)
    assert bare == ("", "", [], {}, "")


def test_columns_of_ones_own_are_taken_and_none_is_an_empty_text(table):
    _, chosen = choose(table, "", "people", ["note", "note"], None)
    assert chosen == ("", "people", ["note"], {}, "")


def test_many_numbers_become_classes_at_round_numbers(table):
    made, chosen = choose(table, "people", None, None, None)
    assert (chosen.colour, chosen.source) == ("people by class", "people")
    classes = made[chosen.colour]
    assert list(classes.cat.categories) == [
        "0 – 379",
        "380 – 759",
        "760 – 1,099",
        "1,100 – 1,499",
        "1,500 – 1,900",
    ]
    assert classes.value_counts(sort=False).tolist() == [4, 4, 3, 4, 5]
    assert (chosen.colours["0 – 379"], chosen.colours["1,500 – 1,900"]) == ("#f0b429", "#6a1550")


def test_few_numbers_stay_and_days_become_years_in_their_order(table):
    made, chosen = choose(table, "fatalities", None, None, ["#000000"])
    assert list(made[chosen.colour].cat.categories) == ["1", "2", "3"]
    assert chosen.colours == {"1": "#000000"}
    assert made[chosen.colour].isna().sum() == 5
    made, chosen = choose(table, "seen", None, None, None)
    assert list(made[chosen.colour].cat.categories) == ["2021", "2022"]
    assert made[chosen.colour].isna().sum() == 5


@pytest.mark.parametrize("numbers", [[0.5] * 20, [None] * 20, [float("inf")] + [1] * 19])
def test_numbers_that_hardly_differ_are_classed_too(table, numbers):
    made, chosen = choose(table.assign(odd=numbers).astype({"odd": float}), "odd", None, None, None)
    assert made[chosen.colour].notna().sum() == sum(
        each not in {None, float("inf")} for each in numbers
    )


@settings(deadline=None)
@given(st.lists(st.one_of(st.integers(-50, 5000), st.floats(0, 1e6)), min_size=13, max_size=60))
def test_every_number_lies_in_one_class(numbers):
    table = gpd.GeoDataFrame({"n": numbers}, geometry=[Point(0, 0)] * len(numbers), crs=4326)
    made, chosen = choose(table.astype({"n": float}), "n", None, None, None)
    codes = made[chosen.colour].cat.codes
    assert (codes >= 0).all()
    assert codes.iloc[np.argsort(numbers)].is_monotonic_increasing


def test_colours_are_given_by_value_or_to_the_most_frequent(table):
    _, chosen = choose(table, None, None, None, {"Riots": "#ABC"})
    assert chosen.colours == {"Riots": "#aabbcc"}
    _, chosen = choose(table, None, None, None, ["#000000", "#ffffff", "#ff0000"])
    assert chosen.colours == {"Battles": "#000000", "Riots": "#ffffff"}


def test_a_misspelt_value_is_told(table):
    with pytest.warns(GeosecWarning, match=r"'Battle', .* did you mean 'Battles'\?"):
        choose(table, None, None, None, {"Battle": "#000000"})


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        (("event_typ", None, None, None), SchemaError, "did you mean 'event_type'"),
        ((3, None, None, None), ParameterError, "`color_by` takes the name of a column"),
        (("geometry", None, None, None), SchemaError, "which is no column"),
        ((None, "event_type", None, None), SchemaError, "takes a column of numbers"),
        ((None, "fatalitys", None, None), SchemaError, "did you mean 'fatalities'"),
        ((None, None, "note", None), ParameterError, r"takes a list, .*\['note'\]"),
        ((None, None, ["nota"], None), SchemaError, "`filters` names 'nota'"),
        ((None, None, None, {"Riots": "red; x"}), ParameterError, "colours as '#d55e00'"),
        ((None, None, None, "#d55e00"), ParameterError, "takes a list"),
        (("", None, None, ["#d55e00"]), ParameterError, "name it in `color_by`"),
    ],
)
def test_wrong_names_are_answered(table, given, error, said):
    with pytest.raises(error, match=said):
        choose(table, *given)


def test_a_column_of_as_many_texts_as_rows_is_no_colour(table):
    table["summary"] = table["note"]
    with pytest.raises(ParameterError, match=r"`filters` takes .*'summary' has 20"):
        choose(table, None, None, ["summary"], None)
    with pytest.raises(ParameterError, match="'summary' has 20"):
        choose(table, "summary", None, None, None)


def test_more_filters_than_the_page_has_bits_for_are_refused(table):
    wide = table.assign(**{f"c{number}": "x" for number in range(20)})
    with pytest.raises(ParameterError, match="14 columns at the most, and was given 20"):
        choose(wide, None, None, [f"c{number}" for number in range(20)], None)


def test_a_set_has_no_order_and_is_refused(table):
    for filters, palette in (({"event_type"}, None), (None, frozenset({"#d55e00"}))):
        with pytest.raises(ParameterError, match="takes a list, as its order counts"):
            choose(table, None, None, filters, palette)


def test_a_palette_that_fits_no_value_is_told(table):
    with pytest.warns(GeosecWarning, match="'Accident', which no row has as its event_type; known"):
        choose(table, None, None, None, {"Accident": "#000"})


def test_a_column_with_nothing_to_choose_from_is_no_filter_unless_asked_for(table):
    alike = table.assign(actor="the same", event_type=None, match_status="matched")
    assert not {"actor", "event_type"} & set(choose(alike, None, None, None, None)[1].filters)
    assert choose(alike, None, None, ["actor"], None)[1].filters == ["actor"]


def test_what_is_coloured_by_is_filtered_by_unless_others_are_named(table):
    own = table.assign(kind=["a", "b"] * (len(table) // 2), size=range(len(table)), none=None)
    assert choose(own, "kind", None, None, None)[1].filters[0] == "kind"
    assert choose(own, "size", None, None, None)[1].filters[0] == "size by class"
    assert choose(own, "kind", None, ["event_type"], None)[1].filters == ["event_type"]
    assert "none" not in choose(own, "none", None, None, None)[1].filters
    assert choose(own, "event_type", None, None, None)[1].filters.count("event_type") == 1


@pytest.mark.parametrize("name", ["day", "text", "place_lon", "place_rows", "days_more"])
def test_what_the_page_calls_its_own_is_refused(table, name):
    named = table.assign(**{name: range(len(table))})
    for size, filters in ((name, None), (None, [name])):
        with pytest.raises(SchemaError, match=f"a map has '{name}' of its own: rename the column"):
            choose(named, None, size, filters, None)


def test_minus_zero_is_zero(table):
    zeros = table.assign(zero=-0.0)
    coloured, choices = choose(zeros, "zero", None, None, None)
    assert list(coloured[choices.colour].cat.categories) == ["0"]
