"""A table as an audience has it, looked at as somebody who wants to know more than it tells."""

from __future__ import annotations

import json
import warnings

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geosec
from geosec import CRSError, GeosecWarning, ParameterError, SchemaError
from geosec.disclosure.treatment import prepare_for
from geosec.geodesy.geodesics import geodesic_distance_m

SECRET = "a secret of the tests, 2026"  # noqa: S105 - of the tests
OTHER = "another secret of the tests"
INNER_M, OUTER_M = 2_000, 10_000


def make_points(lon, lat, **columns) -> gpd.GeoDataFrame:
    points = gpd.points_from_xy(np.atleast_1d(lon), np.atleast_1d(lat), crs=4326)
    return gpd.GeoDataFrame(geometry=points).assign(**columns)


def scatter(count: int, seed: int = 0, **columns) -> gpd.GeoDataFrame:
    """Scatter incidents over a few districts of Balochistan."""
    numbers = np.random.default_rng(seed)
    at = numbers.uniform(66, 69, count), numbers.uniform(28, 29.4, count)
    table = make_points(*at, **columns)
    table.index = pd.Index([f"PK-{seed}-{row}" for row in range(count)], name="incident_id")
    return table


def release(table, audience="public", **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GeosecWarning)
        return geosec.release(table, audience, secret=SECRET, **options)


def measure_moves_m(table, released) -> np.ndarray:
    """Measure how far places were moved, of tables of which each row has a month of its own."""
    own, told = (each.set_index("date").geometry.sort_index() for each in (table, released))
    assert own.index.equals(told.index)
    return geodesic_distance_m(own.x, own.y, told.x, told.y)


@pytest.fixture(scope="module")
def public(located):
    return release(located)


@pytest.fixture(scope="module")
def partner(located):
    return release(located, "partner")


def count_units(table) -> pd.Series:
    units = [name for name in ("place_level", "adm1_code", "adm2_code", "h3_cell") if name in table]
    return table.groupby(units, dropna=False).size()


@pytest.mark.parametrize("unit", ["adm2", "adm1", "h3:3", "h3:5"])
@pytest.mark.parametrize("k", [3, 5, 12])
def test_no_unit_is_told_of_fewer_than_k(located, unit, k):
    told = release(located, unit=unit, k=k)
    assert len(told) == len(located)
    assert count_units(told).min() >= k


def test_rows_of_one_unit_have_one_point_and_coarse_radii(public):
    units = public.groupby(["place_level", "adm1_code", "adm2_code"], dropna=False)
    assert units["geometry"].nunique().max() == 1
    assert units["uncertainty_m"].nunique().max() == 1
    assert units["footprint"].nunique(dropna=False).max() == 1
    assert public["footprint"].notna().any()
    assert public["uncertainty_m"].nunique() <= 6


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_200_releases_average_no_nearer_than_the_inner_radius(audience):
    """Other rows, another order and other identifiers each time, and one secret."""
    told = []
    for seed in range(1, 201):
        others = scatter(9, seed, date=pd.date_range("2001-01-01", periods=9))
        own = make_points(67.3317, 29.8646, date=pd.Timestamp("2024-05-01"))
        own.index = [f"the-{seed}"]
        table = pd.concat([others, own]).sample(frac=1, random_state=seed)
        options = {"mask": "donut", "k": 2} if audience == "public" else {"k": 2}
        released = release(table, audience, **options)
        told.append(released.loc[released["date"] == "2024-05-01", "geometry"].item())
    mean = np.mean([point.x for point in told]), np.mean([point.y for point in told])
    assert geodesic_distance_m(67.3317, 29.8646, *mean) >= INNER_M


def test_the_mean_of_incidents_at_one_place_or_beside_one_another_tells_nothing():
    numbers = np.random.default_rng(0).normal(0, 0.0005, (200, 2))  # 50 m
    for spread in (0, 1):
        lon, lat = 67.3317 + spread * numbers[:, 0], 29.8646 + spread * numbers[:, 1]
        told = release(make_points(lon, lat), "partner")
        mean = told.geometry.x.mean(), told.geometry.y.mean()
        assert geodesic_distance_m(67.3317, 29.8646, *mean) >= INNER_M - 100


def test_one_row_more_changes_no_other_mask():
    dates = pd.date_range("2001-01-01", periods=30)
    table = scatter(30, date=dates)
    whole, less = release(table, "partner"), release(table.iloc[1:], "partner")
    assert whole.loc[less.index].equals(less)
    shuffled = release(table.sample(frac=1, random_state=1), "partner")
    assert shuffled.equals(whole)


def test_partners_points_are_moved_and_their_radii_hold_the_truth(located, partner):
    assert len(partner) == len(located)
    table = scatter(500, date=pd.date_range("2001-01-01", periods=500))
    moved_m = measure_moves_m(table, release(table, "partner"))
    assert moved_m.min() >= INNER_M
    assert moved_m.max() <= OUTER_M
    assert (release(table, "partner")["uncertainty_m"] == OUTER_M).all()


def test_radii_of_the_public_hold_the_truth():
    table = scatter(300, date=pd.date_range("2001-01-01", freq="MS", periods=300))
    told = release(table)
    radii_m = told.set_index("date")["uncertainty_m"].sort_index()
    assert (measure_moves_m(table, told) <= radii_m).all()


def test_the_same_secret_gives_the_same_bytes_and_another_others(located, partner):
    assert release(located, "partner").equals(partner)
    other = geosec.release(located, "partner", secret=OTHER)
    assert not set(other.index) & set(partner.index)


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_nothing_that_tells_where_or_by_whom_is_in_columns_attrs_or_index(located, audience):
    located = located.assign(second=located.geometry, note="near Mach", lat=located.geometry.y)
    located.attrs = {**located.attrs, "source_notices": ["row PK-20131021-01"], "mine": "Mach"}
    told = release(located, audience)
    text = told.to_csv() + json.dumps(told.attrs)
    for name in ("PK-2", "Mach", "Jaffarabad district", "http", "railway track", SECRET):
        assert name not in text.replace("Kachhi", ""), name
    lost = {"location", "summary", "source_url", "match_candidates", "rail_km", "latitude", "note"}
    assert not {*told.columns} & (
        lost | {"second", "lat", "match_name", "rail_offset_m", "adm2_prob"}
    )
    assert told.index.is_monotonic_increasing
    assert [name for name in told if told[name].dtype == "geometry"][:1] == ["geometry"]


def test_audiences_and_units_cannot_be_joined_by_identifier(located, public, partner):
    cells = release(located, unit="h3:4")
    assert not {*public.index} & {*partner.index}
    assert not {*public.index} & {*cells.index}


def test_the_public_is_told_months_and_partners_days(public, partner):
    assert set(public["date_precision"]) == {"month"}
    assert (public["date"].dt.day == 1).all()
    assert set(partner["date_precision"]) == {"day", "month"}


def test_a_kind_of_event_in_words_of_its_own_is_not_given_to_the_public():
    table = scatter(12, event_type=["Battles"] * 10 + ["blast at Mach station", "raid"])
    told = release(table, "public", k=5)["event_type"]
    assert told.dropna().unique().tolist() == ["Battles"]


def test_counts_that_are_words_are_not_given():
    table = scatter(6, fatalities=["2", "3", "at least 4 at Mach", "5", "0", "1"])
    told = release(table, "partner")["fatalities"]
    assert sorted(told.dropna()) == [0, 1, 2, 3, 5]


def test_cells_that_are_no_texts_and_counts_too_large_are_taken_as_they_can_be():
    table = scatter(6, fatalities=[1e30, 2, 2.5, -1, None, True])
    table["event_type"] = pd.Series([["a"], ["a"], {"b": 1}, None, 7, "c"], table.index, "object")
    told = release(table, "partner")
    assert sorted(told["fatalities"].dropna()) == [1, 2]
    assert sorted(told["event_type"].dropna()) == ["7", "['a']", "['a']", "c", "{'b': 1}"]


def test_a_category_does_not_bring_the_values_of_other_rows():
    kinds = pd.Categorical(["a"] * 6 + ["secret place"])
    table = scatter(7, mine=kinds, date=["2020-01-01"] * 6 + ["2026-01-01"])
    told = release(table, "partner", keep=["mine"], delay_days=30, on="2026-01-05")
    assert "secret place" not in repr(told["mine"].dtype)


def test_incidents_newer_than_the_delay_are_left_out_and_counted():
    dates = ["2025-01-01"] * 8 + ["2025-03-30", "2025-04-02", None]
    table = scatter(11, date=pd.to_datetime(dates))
    with pytest.warns(GeosecWarning, match="9 of 11 rows are released; of the others, 2 are too"):
        told = geosec.release(table, "partner", secret=SECRET, delay_days=30, on="2025-05-01")
    assert told["date"].max() == pd.Timestamp("2025-03-30")
    assert told.attrs["release"]["delay_days"] == 30
    with pytest.warns(GeosecWarning, match="8 of 11 rows"):  # March ended too late
        geosec.release(table, "public", secret=SECRET, delay_days=32, on="2025-05-01")


def test_a_month_is_told_when_all_of_it_is_old_enough():
    """Else releases of each day would tell the day that the month hides."""
    table = scatter(10, date=["2025-03-01"] * 5 + ["2025-03-31"] * 5)
    for day, rows in (("2025-04-29", 0), ("2025-04-30", 10)):
        if rows:
            assert len(release(table, delay_days=30, on=day)) == rows
        else:
            with pytest.raises(ParameterError, match="0 of 10 can be; of the others, 10 are too"):
                release(table, delay_days=30, on=day)


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_a_table_of_fewer_than_k_rows_is_refused(audience):
    with pytest.raises(ParameterError, match="fewer than k = 5 rows is not released, and 4 of 4"):
        release(scatter(4), audience)
    with pytest.raises(ParameterError, match="0 of 0 can be"):
        release(scatter(4).iloc[:0], audience)


def test_rows_without_a_place_are_told(located):
    located = located.copy()
    located.loc[located.index[:3], "geometry"] = None
    with pytest.warns(GeosecWarning, match="69 of 72 rows are released; .* 3 have no place"):
        geosec.release(located, "public", secret=SECRET)
    assert release(located, "partner")["geometry"].isna().sum() == 3


def test_rows_in_no_unit_are_told():
    table = pd.concat([scatter(6), make_points([0.0, 1.0], [0.0, 1.0])])
    with pytest.warns(GeosecWarning, match="2 lie in none of the units"):
        told = geosec.release(table, "public", secret=SECRET)
    assert len(told) == 6
    assert len(release(table, "partner")) == 8


def test_a_place_known_to_the_country_alone_is_told_as_the_country():
    table = scatter(8).assign(uncertainty_m=[0.0] * 6 + [900_000.0] * 2)
    told = release(table)
    assert len(told) == 8
    assert (told["place_level"] == "adm0").any()


def test_columns_of_ones_own_are_told_and_kept_by_name():
    table = scatter(6, team=["A"] * 6, mood=[1.0] * 6, target="a school")
    with pytest.warns(GeosecWarning, match="left out: mood"):
        told = geosec.release(table, "public", secret=SECRET, keep=["team", "target"])
    assert told["team"].tolist() == ["A"] * 6
    assert told["target"].tolist() == ["a school"] * 6
    assert "mood" not in told


@pytest.mark.parametrize(
    ("keep", "message"),
    [
        (["summary"], "says where an incident was"),
        (["teem"], "no such column; did you mean 'team'"),
        (["y_deg"], "'y_deg', which holds the places"),
        (["other"], "'other', which holds the places"),
        (["wkt"], "'wkt', which holds the places"),
        (["wkb"], "'wkb', which holds the places"),
        (["pair"], "'pair', which holds the places"),
        (["easting"], "'easting', which holds the places"),
        ("team", r"takes a list, and was given 'team': \['team'\]"),
    ],
)
def test_what_cannot_be_kept_is_refused(keep, message):
    table = scatter(6, team="A, 1 of 6 teams")
    table = table.assign(
        y_deg=table.geometry.y.round(2),
        other=table.geometry,
        wkt=table.geometry.to_wkt(),
        wkb=table.geometry.to_wkb(hex=True),
        pair=[(point.y, point.x) for point in table.geometry],
    ).to_crs(3857)
    table["easting"] = table.geometry.x
    with pytest.raises(ParameterError, match=message):
        release(table, keep=keep)


@pytest.mark.parametrize("kind", ["acled", "gtd"])
def test_terms_that_forbid_it_are_told(kind):
    table = scatter(6)
    table.attrs = {"source_kind": kind, "source_terms": "they do not allow it."}
    with pytest.warns(GeosecWarning, match="does not allow its rows .* partners: they do not"):
        told = geosec.release(table, "partner", secret=SECRET)
    assert told.attrs["source_terms"] == "they do not allow it."


def test_internal_tables_stay_as_they_are_with_a_stamp(located):
    told = geosec.release(located, "internal")
    pd.testing.assert_frame_equal(told, located)
    assert told.attrs["release"] == {"audience": "internal"}
    assert "release" not in located.attrs


def test_rows_of_one_incident_do_not_count_as_several(located):
    with pytest.raises(ParameterError, match=r"'incident_id' holds 'PK-.*' in more rows than one"):
        release(geosec.candidates(located))


def test_the_input_is_not_changed(located):
    before = located.copy(), dict(located.attrs)
    release(located)
    pd.testing.assert_frame_equal(located, before[0])
    assert located.attrs == before[1]


def test_own_boundaries_of_another_country_and_a_metric_crs(make_grid):
    numbers = np.random.default_rng(0)
    table = make_points(*numbers.uniform((30, 48), (33, 51), (90, 2)).T).to_crs(3857)
    told = release(table, boundaries=make_grid())
    assert count_units(told).min() >= 5
    assert set(told["place_level"]) <= {"adm2", "adm0"}
    assert told.crs == 4326
    moved = release(table, "partner", boundaries=make_grid())
    assert (moved["place_level"] == "adm2").all()
    assert release(table, "partner")["place_level"].isna().all()


def test_all_rows_on_one_point_and_identifiers_that_repeat():
    table = make_points(np.full(7, 67.33), np.full(7, 29.86))
    table.index = ["a"] * 7
    for audience in ("public", "partner"):
        told = release(table, audience)
        assert told.index.is_unique
        assert len(set(told["geometry"])) == 1


@pytest.mark.parametrize(
    ("audience", "options", "message"),
    [
        ("pubic", {}, "no audience 'pubic'; did you mean 'public'"),
        (None, {}, "`audience` takes one of public, partner, internal, and was given None"),
        ("public", {"k": 1}, "`k` must be 2 or more"),
        ("public", {"unit": "adm3"}, "`unit` is 'adm2', 'adm1' or H3 cells .* did you mean"),
        ("public", {"unit": "h3:16"}, "`unit` is 'adm2'"),
        ("public", {"mask": "blur"}, "`mask` is 'unit' or 'donut'"),
        ("public", {"donut_m": (1, 9)}, "`mask` is 'unit'"),
        ("public", {"unit": "h3:4", "mask": "donut"}, "moved within districts alone"),
        ("partner", {"unit": "adm1"}, "`unit` is not for the audience 'partner'"),
        ("internal", {"delay_days": 3}, "`delay_days` is not for the audience 'internal'"),
        ("internal", {"keep": ["a"]}, "`keep` is not for the audience 'internal'"),
        ("public", {"delay_days": -1}, "`delay_days` must be 0 or more"),
        ("public", {"delay_days": 10**5_000, "k": 10**5_000}, "0 of 6 can be"),
        ("public", {"on": "May"}, "`on` must be a day"),
    ],
)
def test_arguments_that_are_none_are_refused(audience, options, message):
    with pytest.raises(ParameterError, match=message):
        release(scatter(6), audience, **options)


def test_tables_that_are_none_are_refused():
    with pytest.raises(SchemaError, match="takes a table"):
        release([1, 2])
    with pytest.raises(SchemaError, match="geometry"):
        release(pd.DataFrame({"a": [1]}))
    with pytest.raises(CRSError, match="no CRS"):
        release(gpd.GeoDataFrame(geometry=gpd.points_from_xy([67], [29])))


def test_a_released_table_passes_for_audiences_that_are_given_more(public, partner, located):
    assert prepare_for("public", public) is public
    assert prepare_for("internal", public) is public
    assert prepare_for(None, located) is located
    assert prepare_for("partner", located, secret=SECRET).equals(partner)
    with pytest.raises(ParameterError, match="needs a `secret`"):
        prepare_for("public", partner)
    with pytest.raises(ParameterError, match="`secret` is for an `audience`"):
        prepare_for(None, public, secret=SECRET)


def test_a_released_table_that_was_added_to_does_not_pass(public):
    with pytest.raises(ParameterError, match="has got the columns 'location' since"):
        prepare_for("public", public.assign(location="Mach"))
