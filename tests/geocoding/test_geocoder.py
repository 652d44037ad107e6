from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geosec
from geosec import GeosecWarning, ParameterError, SchemaError
from geosec.geocoding.geocoder import load_interpreter


def test_two_places_are_both_kept_with_weights():
    located = geosec.geocode(["Mach and Kolpur"], admin1="Balochistan")
    table = geosec.candidates(located)
    assert located["match_status"].item() == "ambiguous"
    assert table["match_name"].tolist() == ["Mach", "Kolpur", "none of these"]
    mach, kolpur, none = table["weight"]
    assert mach == kolpur > none > 0
    assert table["weight"].sum() == pytest.approx(1)
    assert located["uncertainty_m"].item() > 15_000


def test_coordinates_of_the_source_are_kept_and_their_code_becomes_the_footprint():
    table = pd.DataFrame(
        {
            "location": ["Quetta", "Quetta"],
            "latitude": [30.5, 30.5],
            "longitude": [67.5, 67.5],
            "precision_scheme": ["ucdp", "ucdp"],
            "precision_code": [2, 7],
        },
        index=["a", "b"],
    )
    located = geosec.geocode(table)
    assert located.geometry.iloc[0] == shapely.Point(67.5, 30.5)
    assert located["uncertainty_m"].iloc[0] == 24_367
    assert located["match_status"].tolist() == ["matched", "unmatched"]


def test_the_input_is_not_changed_and_the_index_is_kept(incidents):
    before = incidents.copy()
    located = geosec.geocode(incidents)
    pd.testing.assert_frame_equal(pd.DataFrame(incidents), pd.DataFrame(before))
    assert located.index.equals(incidents.index)
    assert isinstance(located, gpd.GeoDataFrame)
    assert located.crs == "EPSG:4326"


def test_geocoding_again_gives_the_same(incidents):
    once = geosec.geocode(incidents)
    pd.testing.assert_frame_equal(pd.DataFrame(geosec.geocode(once)), pd.DataFrame(once))


def test_a_gazetteer_of_ones_own():
    row = {"place_id": "my:1", "name": "Xanadu", "feature_class": "town", "adm1_code": "PK-BA"}
    place = pd.DataFrame([{**row, "latitude": 30.0, "longitude": 67.0}])
    gazetteer = geosec.Gazetteer.from_table(place) + geosec.load_gazetteer()
    located = geosec.geocode(["Xanadu"], admin1="Balochistan", gazetteer=gazetteer)
    assert located["match_id"].item() == "my:1"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("Quetta", r"takes a table or a list of phrases, and was given 'Quetta': \['Quetta'\]\?"),
        (None, "takes a table or a list of phrases, and was given None"),
        (12, "and was given 12"),
        (b"Sibi", "and was given b'Sibi'"),
        ({"a": "Sibi"}, "and was given a dict of 1"),
        (pd.DataFrame({"place": ["Quetta"]}), "needs the column 'location'"),
        (pd.DataFrame([["a", "b"]], columns=["location"] * 2), "two columns 'location'"),
        (pd.DataFrame([["a", "b", "c"]], columns=["location", *["admin1"] * 2]), "two columns 'ad"),
        (pd.DataFrame({"location": ["a"]}, index=[["x"], ["y"]]), "index has 2 levels"),
    ],
)
def test_what_is_no_table_of_phrases_is_refused(given, told):
    with pytest.raises(SchemaError, match=told):
        geosec.geocode(given)


@pytest.mark.parametrize("name", ["admin1", "admin2", "admin3"])
@pytest.mark.parametrize(
    "hint", [12, True, ("Sindh",), ["Sindh"], [], {}, b"Sindh", pd.Series(["a"])]
)
def test_a_hint_for_all_phrases_is_one_text(name, hint):
    with pytest.raises(ParameterError, match=f"`{name}` takes one text for all phrases.* table"):
        geosec.geocode(["Quetta"], **{name: hint})


@pytest.mark.parametrize("hint", [None, float("nan"), pd.NA, "", "Balochistan"])
def test_a_hint_that_is_missing_is_none(hint):
    assert geosec.geocode(["Quetta"], admin1=hint)["match_name"].item() == "Quetta"


def test_half_a_character_as_a_hint_is_not_known():
    with pytest.warns(GeosecWarning, match="not known"):
        assert geosec.geocode(["Quetta"], admin1="\ud800")["match_name"].item() == "Quetta"


def test_what_is_no_phrase_is_a_row_with_a_reason():
    located = geosec.geocode(["Sibi", b"Sibi", ["Mach"], {"a": 1}, 12, None, pd.NA])
    assert located["match_status"].tolist() == ["matched", *["unmatched"] * 6]
    assert located["match_reason"].tolist()[1:4] == [
        "the report gives no location phrase; `location` is b'Sibi', and no text",
        "the report gives no location phrase; `location` is a list of 1, and no text",
        "the report gives no location phrase; `location` is a dict of 1, and no text",
    ]


def test_lists_beside_a_phrase_are_told_and_not_used():
    given = pd.DataFrame({"location": ["Quetta"] * 3, "admin1": ["Balochistan", ["a"], {"a": 1}]})
    located = geosec.geocode(given.assign(admin2=[None, None, ["b"]]))
    assert located["match_status"].tolist() == ["matched"] * 3
    assert pd.isna(located["match_reason"].iloc[0])
    assert located["match_reason"].tolist()[1:] == [
        "`admin1` is a list of 1, and was not used",
        "`admin1` is a dict of 1, and was not used; `admin2` is a list of 1, and was not used",
    ]


def test_half_a_character_stops_no_batch(tmp_path):
    located = geosec.geocode(["Sibi", "near \ud800 Sibi"])
    assert located["location"].tolist() == ["Sibi", "near \ufffd Sibi"]
    assert located["match_name"].tolist() == ["Sibi", "Sibi"]
    assert pd.isna(located["match_reason"].iloc[0])
    assert "half a character" in located["match_reason"].iloc[1]
    cells = {"location": ["Sibi", None], "admin1": ["\ud800", None], "summary": ["\ud800", "a"]}
    table = pd.DataFrame(cells, dtype="object", index=pd.Index(["\ud800", "b"], dtype="object"))
    with pytest.warns(GeosecWarning, match="not known"):
        located = geosec.geocode(table)
    assert located.index.tolist() == ["\ufffd", "b"]
    assert geosec.write_table(located, tmp_path / "table.parquet").exists()


def test_coordinates_and_codes_that_are_no_numbers_are_told_and_not_used():
    cells = {
        "location": ["Sibi", "Sibi", "Sibi", "Sibi"],
        "latitude": ["y", None, "29.54", 29.54],
        "longitude": [67, 67.8, "67.88", 67.88],
        "precision_code": [None, 1, "x", 1.5],
        "precision_scheme": ["ucdp"] * 4,
    }
    located = geosec.geocode(pd.DataFrame(cells, dtype="object"))
    assert located["match_rule"].tolist() == ["town", "town", "coordinates", "coordinates"]
    for told, reason in zip(
        (
            "latitude 'y' is no number that can be, and was not used",
            "only one of latitude and longitude is given, and was not used",
            "precision_code 'x' is no number that can be, and was not used",
            "precision_code 1.5 is no number that can be, and was not used",
        ),
        located["match_reason"],
        strict=True,
    ):
        assert told in reason


def test_columns_of_categories_are_read():
    names = {"location": ["Sibi", None], "admin1": [None, "Balochistan"]}
    table = pd.DataFrame({name: pd.Categorical(values) for name, values in names.items()})
    assert geosec.geocode(table)["match_status"].tolist() == ["matched", "unmatched"]


@pytest.mark.parametrize("phrase", [None, 12, b"Sibi", ["Sibi"]])
def test_what_is_explained_is_a_text(phrase):
    with pytest.raises(ParameterError, match="`phrase` takes a text"):
        geosec.explain(phrase)


def test_candidates_of_a_table_in_metres_are_in_degrees():
    located = geosec.geocode(["Mirpur"])
    there = geosec.candidates(located.to_crs(32642)).geometry.x
    assert there.to_list() == pytest.approx(
        geosec.candidates(located).geometry.x.to_list(), nan_ok=True
    )


def test_a_list_of_phrases_is_numbered_and_a_table_keeps_its_own_columns():
    located = geosec.geocode(["Sibi", "Zzyzx"])
    assert located.index.tolist() == ["0", "1"]
    assert located.index.name == "incident_id"
    table = pd.DataFrame({"note": ["mine"], "location": ["Sibi"]}, index=["a"])
    kept = geosec.geocode(table)
    assert kept["note"].tolist() == ["mine"]
    assert kept.index.tolist() == ["a"]


def test_no_phrases_are_a_table_without_rows():
    located = geosec.geocode([])
    assert len(located) == 0
    assert located.crs == "EPSG:4326"


def test_a_province_of_the_row_wins_over_the_one_for_all():
    table = pd.DataFrame({"location": ["Mirpur"] * 2, "admin1": ["Sindh", None]})
    mine = geosec.geocode(table, admin1="Balochistan")["match_id"]
    alone = [geosec.geocode(["Mirpur"], admin1=name) for name in ("Sindh", "Balochistan")]
    assert mine.tolist() == [each["match_id"].item() for each in alone]


def test_equal_phrases_have_equal_answers_whatever_stands_between():
    located = geosec.geocode(["Sibi", "Dalbundin", "Mach station", "Sibi", "Dalbundin"])
    answers = located.drop(columns=["location"])
    for one, two in ((0, 3), (1, 4)):
        pd.testing.assert_series_equal(answers.iloc[one], answers.iloc[two], check_names=False)


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, "", "  "])
def test_a_row_without_a_phrase_is_unmatched_and_says_so(missing):
    table = pd.DataFrame({"location": pd.Series([missing], dtype="object")})
    row = geosec.geocode(table).iloc[0]
    assert (row["match_status"], row["match_reason"]) == (
        "unmatched",
        "the report gives no location phrase",
    )


@pytest.mark.parametrize(
    ("phrase", "readings"),
    [("Sibi", 1), ("Mirpur", None), ("Hub and Uthal", 2), ("Zzyzx", 0), ("Kabul", 0)],
)
def test_candidates_list_every_reading_and_what_they_leave_open(phrase, readings):
    table = geosec.candidates(geosec.geocode([phrase]))
    if readings == 0:
        assert len(table) == 0
        return
    assert table["weight"].sum() == pytest.approx(1)
    assert table["rank"].tolist() == list(range(1, len(table) + 1))
    assert table["match_name"].iloc[-1] == "none of these"
    if readings is not None:
        assert len(table) == readings + 1


def test_candidates_of_what_is_not_geocoded_are_refused():
    with pytest.raises(SchemaError, match="`candidates` needs the columns"):
        geosec.candidates(gpd.GeoDataFrame({"location": ["Sibi"]}))


def test_an_interpreter_of_the_shipped_gazetteer_is_made_once():
    assert load_interpreter(None) is load_interpreter(None)
    gazetteer = geosec.load_gazetteer()
    assert load_interpreter(gazetteer).ground.gazetteer is gazetteer


@pytest.mark.parametrize("phrase", ["Thal", "Tal", "Thall", "Tall", "Thal town", "Tall bazaar"])
def test_the_usual_namesake_of_a_province_is_where_its_events_are(phrase):
    (row,) = geosec.geocode([phrase], admin1="KP").itertuples()
    assert row.match_id == "ev:thall-hangu"
    assert row.match_score < 0.98


@pytest.mark.parametrize(
    ("phrase", "place_id"), [("Sadiqabad", "gn:1166652"), ("Kahuta", "gn:1175436")]
)
def test_events_in_another_province_do_not_make_less_of_a_city(phrase, place_id):
    (row,) = geosec.geocode([phrase]).itertuples()
    assert row.match_id == place_id
