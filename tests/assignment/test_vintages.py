"""Districts of the incident's day: before, after and across the changes since 2010."""

from __future__ import annotations

import warnings
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geosec
from geosec import GeosecWarning, ParameterError, SchemaError
from geosec.assignment import units
from geosec.assignment.units import Units
from geosec.reference.boundaries import list_vintages

DUKI = 68.5730, 30.1530
DISTRICT = ["adm2_name", "adm2_code", "adm2_prob"]
FIGURES = ["adm1_name", "adm1_code", "adm1_prob", *DISTRICT]
PLACES = [  # phrase, province, district before, the day of the change, district after
    ("Duki town", "Balochistan", "Loralai", "2016-01-01", "Duki"),
    ("Chitral town", "Khyber Pakhtunkhwa", "Chitral", "2018-01-01", "Lower Chitral"),
    ("Dasu", "Khyber Pakhtunkhwa", "Kohistan", "2014-01-01", "Upper Kohistan"),
    ("Korangi, Karachi", "Sindh", "Karachi", "2011-01-01", "Karachi East"),
    ("Korangi, Karachi", "Sindh", "Karachi East", "2013-01-01", "Korangi"),
    ("Chaman", "Balochistan", "Qila Abdullah", "2021-01-01", "Chaman"),
]


def plain(table):
    return pd.DataFrame(table[FIGURES])


def before(day):
    return (date.fromisoformat(day) - pd.Timedelta(days=1)).isoformat()


@pytest.fixture(scope="module")
def dated(mixed):
    """Give the places of `mixed` a date each, one after the other of every vintage."""
    days = np.resize([f"{first[:4]}-06-15" for first in list_vintages()], len(mixed))
    return mixed.assign(date=pd.to_datetime(days))


@pytest.fixture
def duki(points_at):
    """Make a table of one place in Duki, with dates: duki("2014-05-20", "2024-10-11")."""

    def make(*dates, radius_m=0.0, **columns) -> gpd.GeoDataFrame:
        lon, lat = DUKI
        many = np.ones(len(dates))
        table = points_at(lon * many, lat * many, radius_m)
        return table.assign(date=pd.to_datetime(list(dates)), **columns)

    return make


def test_a_place_is_in_the_district_of_the_day_before_a_change_and_after():
    table = pd.DataFrame(PLACES, columns=["location", "admin1", "old", "change", "new"])
    located = geosec.geocode(table)
    for own, days in (("old", table["change"].map(before)), ("new", table["change"])):
        told = geosec.assign_boundaries(located.assign(date=days.tolist()), on="incident")
        assert told["adm2_name"].tolist() == table[own].tolist()
        assert (told["adm2_prob"] > 0.85).all()
        assert ((told["adm2_vintage"] == table["change"].tolist()) == (own == "new")).all()


@pytest.mark.parametrize(
    "on", ["2014-05-20", date(2014, 5, 20), datetime(2014, 5, 20, 23, 59, tzinfo=UTC)]
)
def test_one_day_may_be_asked_for_all_rows(duki, on):
    told = geosec.assign_boundaries(duki("2024-10-11", None), on=on)
    assert told["adm2_name"].tolist() == ["Loralai", "Loralai"]
    assert told["adm2_vintage"].tolist() == ["2014-01-01", "2014-01-01"]


def test_a_row_without_a_date_takes_the_newest_districts(duki):
    told = geosec.assign_boundaries(duki("2014-05-20", None), on="incident")
    assert told["adm2_name"].tolist() == ["Loralai", "Duki"]
    assert told["adm2_vintage"].tolist() == ["2014-01-01", list_vintages()[-1]]


def test_a_table_of_no_dates_takes_the_newest_districts(duki):
    table = duki("2014-05-20").assign(date=[None])
    assert geosec.assign_boundaries(table, on="incident")["adm2_name"].tolist() == ["Duki"]


@pytest.mark.parametrize(
    ("first", "name", "share"),
    [
        ("2015-12-25", "Loralai", 1),  # to the 31st
        ("2015-12-26", "Loralai", 6 / 7),
        ("2015-12-28", "Loralai", 4 / 7),
        ("2015-12-29", "Duki", 4 / 7),
        ("2015-12-31", "Duki", 6 / 7),
        ("2016-01-01", "Duki", 1),
    ],
)
def test_a_week_across_a_change_is_weighed_by_days(duki, first, name, share):
    table = duki(first, date_precision=["week"])
    row = geosec.assign_boundaries(table, on="incident").iloc[0]
    assert (row["adm2_name"], row["adm2_prob"]) == (name, pytest.approx(share))
    assert ("/" in row["adm2_vintage"]) == (share < 1)
    assert row["adm1_prob"] == 1


def test_a_disc_across_a_change_has_the_mean_of_its_shares_by_days(duki):
    table = duki("2015-12-29", radius_m=40_000.0, date_precision=["week"])
    shares = {}
    for day, days in (("2015-12-31", 3), ("2016-01-01", 4)):
        for code, shape in geosec.load_boundaries(on=day).geometry.items():
            points = geosec.sample(table, 4_000, seed=3)[0]
            inside = gpd.GeoSeries.from_xy(*points.T, crs=4326).within(shape).mean()
            shares[code] = shares.get(code, 0) + days / 7 * inside
            if code == "PK-BA-duki":
                duki_share = inside
    row = geosec.assign_boundaries(table, on="incident", layer_accuracy=False, draws=999).iloc[0]
    assert row["adm2_code"] == max(shares, key=shares.get) == "PK-BA-loralai"
    assert row["adm2_prob"] == pytest.approx(shares["PK-BA-loralai"], abs=0.04)
    assert 0.3 < duki_share < 1
    assert row["adm2_vintage"] == "2015-01-01/2016-01-01"


@pytest.mark.parametrize("precision", ["month", "year"])
def test_a_month_or_a_year_is_that_of_the_calendar(duki, precision):
    table = duki("2015-12-15", "2016-01-31", date_precision=[precision] * 2)
    told = geosec.assign_boundaries(table, on="incident")
    assert told["adm2_name"].tolist() == ["Loralai", "Duki"]
    assert told["adm2_prob"].tolist() == [1, 1]


def test_a_row_that_says_no_precision_is_of_its_day(duki):
    table = duki("2015-12-31", date_precision=[None])
    assert geosec.assign_boundaries(table, on="incident")["adm2_vintage"].item() == "2015-01-01"


def test_the_vintage_gives_the_districts_that_were_taken(dated):
    told = geosec.assign_boundaries(dated, on="incident").dropna(subset="adm2_code")
    for vintage, rows in told.groupby("adm2_vintage"):
        layer = geosec.load_boundaries("adm2", on=vintage)
        assert layer.loc[rows["adm2_code"], "adm2_name"].tolist() == rows["adm2_name"].tolist()
    assert told["adm2_vintage"].nunique() == len(list_vintages())


def test_a_row_in_no_district_has_no_vintage(mixed, disc_row):
    with pytest.warns(geosec.GeosecWarning, match="lie in no unit of Pakistan"):
        abroad = geosec.assign_boundaries(disc_row(60, 10, 1_000), on="2015-06-01")
    assert abroad["adm2_vintage"].isna().all()
    told = geosec.assign_boundaries(mixed, on="2015-06-01")
    assert (told["adm2_vintage"].isna() == told["adm2_code"].isna()).all()
    assert told["adm2_vintage"].isna().any()


def test_the_districts_of_2010_are_the_shipped_ones(mixed):
    told = geosec.assign_boundaries(mixed, on="2010-06-01")
    pd.testing.assert_frame_equal(plain(told), plain(geosec.assign_boundaries(mixed)))


def test_without_a_day_no_column_says_a_vintage(mixed):
    assert "adm2_vintage" not in geosec.assign_boundaries(mixed)


def test_a_run_without_a_day_takes_away_what_one_with_a_day_said(mixed):
    told = geosec.assign_boundaries(mixed, on="2015-06-01")
    again = geosec.assign_boundaries(told)
    pd.testing.assert_frame_equal(
        pd.DataFrame(again), pd.DataFrame(geosec.assign_boundaries(mixed))
    )


@pytest.mark.parametrize("layer_accuracy", [True, False])
@pytest.mark.parametrize("radius_m", [0, 3_000, 40_000])
def test_places_everywhere_have_what_they_have_alone_on_that_day(
    points_at, radius_m, layer_accuracy
):
    """Rows of one place share draws where nothing changed near it, and have the same figures."""
    random = np.random.default_rng(12)
    lon, lat = random.uniform(66, 74, 150), random.uniform(25, 36, 150)
    days = pd.to_datetime([f"{first[:4]}-03-09" for first in list_vintages()])
    table = points_at(np.repeat(lon, len(days)), np.repeat(lat, len(days)), radius_m)
    table["date"] = np.tile(days, len(lon))
    options = {"layer_accuracy": layer_accuracy, "draws": 49}
    told = geosec.assign_boundaries(table, on="incident", **options)
    for day, rows in told.groupby("date"):
        alone = geosec.assign_boundaries(table.loc[rows.index], on=day, **options)
        pd.testing.assert_frame_equal(plain(rows), plain(alone))
        assert rows["adm2_vintage"].equals(alone["adm2_vintage"])


def test_rows_have_what_they_have_alone_on_that_day(dated):
    together = geosec.assign_boundaries(dated, on="incident", seed=5)
    for day, rows in together.groupby("date"):
        alone = geosec.assign_boundaries(dated.loc[rows.index], on=day, seed=5)
        pd.testing.assert_frame_equal(
            plain(rows).assign(vintage=rows["adm2_vintage"]),
            plain(alone).assign(vintage=alone["adm2_vintage"]),
        )


def test_where_nothing_changed_a_row_has_the_same_answer_on_any_day(points_at):
    rng = np.random.default_rng(8)
    ways = points_at(rng.uniform(66, 74, 60), rng.uniform(26, 34, 60), 15_000)
    days = [f"{first[:4]}-07-01" for first in list_vintages()]
    weeks = [f"{int(first[:4]) - 1}-12-29" for first in list_vintages()[1:]]
    told = [geosec.assign_boundaries(ways, on=day) for day in days]
    dates = [ways.assign(date=week, date_precision="week") for week in weeks]
    told += [geosec.assign_boundaries(table, on="incident") for table in dates]
    ends = [told[0], told[len(days) - 1]]
    layers = [geosec.load_boundaries(on=day).to_crs(32642) for day in days]
    kept = set.intersection(
        *({*zip(layer.index, layer.area.round(), strict=True)} for layer in layers)
    )
    changed = layers[-1][~layers[-1].index.isin([code for code, _ in kept])].union_all()
    far = ways.to_crs(32642).distance(changed) > 45_000
    assert far.sum() > 20
    assert ends[0]["adm2_prob"][far].between(0.1, 0.999).sum() > 8
    for other in told[1:]:
        pd.testing.assert_frame_equal(plain(told[0])[far], plain(other)[far])
    assert not ends[0]["adm2_code"].equals(ends[1]["adm2_code"])


@pytest.fixture
def drawn(monkeypatch):
    """List how many footprints are drawn at each time."""
    counts = []

    def count(footprints, is_open, *rest):
        counts.append(int(is_open.sum()))
        yield from draw(footprints, is_open, *rest)

    draw = units.draw_open_rows
    monkeypatch.setattr(units, "draw_open_rows", count)
    return counts


def test_equal_footprints_are_drawn_once_within_a_vintage(duki, drawn):
    table = duki(*["2014-05-20", "2014-06-01", "2024-10-11"] * 20, radius_m=30_000.0)
    told = geosec.assign_boundaries(table, on="incident")
    assert drawn == [1, 1]
    assert told.groupby("adm2_vintage")["adm2_prob"].nunique().tolist() == [1, 1]


def test_a_place_is_drawn_once_for_all_days_where_nothing_changed_near_it(points_at, drawn):
    okara = points_at([73.3] * 30, [30.6] * 30, 40_000)
    days = [f"{first[:4]}-01-01" for first in list_vintages()]
    okara["date"] = pd.to_datetime(np.resize(days, 30))
    okara["date_precision"] = np.repeat(["day", "week", "year"], 10)
    told = geosec.assign_boundaries(okara, on="incident")
    assert sum(drawn) == 1
    assert told["adm2_vintage"].nunique() == len(days)
    assert told["adm2_prob"].unique().size == 1


@pytest.mark.parametrize("vintage", list_vintages())
def test_the_worst_border_is_the_same_on_any_day(vintage):
    """What is near enough to matter is told by it once for all days."""
    assert Units.load("adm2", vintage=vintage).error_m == Units.load("adm2").error_m


def test_borders_of_a_day_are_off_as_much_as_they_say(points_at):
    """A point on the border of Duki and Loralai lies in either, half of the times."""
    layer = geosec.load_boundaries(on="2020-01-01").geometry
    border = layer["PK-BA-duki"].intersection(layer["PK-BA-loralai"])
    middle = border.interpolate(0.5, normalized=True)
    point = points_at(middle.x, middle.y)
    told = geosec.assign_boundaries(point, on="2020-01-01", draws=999)
    assert told["adm2_prob"].item() == pytest.approx(0.5, abs=0.2)
    assert geosec.assign_boundaries(point, on="2015-01-01")["adm2_prob"].item() > 0.95
    sure = geosec.assign_boundaries(point, on="2020-01-01", layer_accuracy=False)
    assert sure["adm2_prob"].item() == 1


@pytest.mark.parametrize("ending", ["parquet", "gpkg", "geojson"])
def test_a_file_keeps_the_vintage(incidents, tmp_path, ending):
    told = geosec.assign_boundaries(geosec.geocode(incidents), on="incident")
    back, _ = geosec.read_incidents(geosec.write_table(told, tmp_path / f"told.{ending}"))
    assert back["adm2_vintage"].dtype == "str"
    assert back["adm2_vintage"].tolist() == told["adm2_vintage"].tolist()


def test_rows_before_2010_take_its_districts_and_are_counted(duki):
    table = duki("2009-12-31", "1995-03-02", "2010-01-01")
    with pytest.warns(GeosecWarning, match=r"of 3 rows, 2 are dated before 2010-01-01") as told:
        done = geosec.assign_boundaries(table, on="incident")
    assert Path(told[0].filename) == Path(__file__)
    assert done["adm2_vintage"].tolist() == ["2010-01-01"] * 3


def test_rows_of_known_days_warn_of_nothing(duki):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        geosec.assign_boundaries(duki("2010-01-01", None, "2030-01-01"), on="incident")


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2009-12-31", "`on` is 2009-12-31, and the districts of a day are known from 2010-01-01"),
        ("incidnt", '`on` must be a day as "2015-06-01", and is \'incidnt\'.*"incident" for'),
        (2015, "`on` must be a day"),
        (pd.NaT, "`on` must be a day"),
    ],
)
def test_what_is_no_day_that_is_known_is_refused(duki, on, told):
    with pytest.raises(ParameterError, match=told):
        geosec.assign_boundaries(duki("2015-01-01"), on=on)


def test_a_day_without_districts_is_refused(duki):
    with pytest.raises(ParameterError, match="`levels` has no 'adm2', but 'adm1'; add it"):
        geosec.assign_boundaries(duki("2015-01-01"), levels=["adm1"], on="incident")


def test_a_table_without_dates_is_refused(mixed):
    with pytest.raises(SchemaError, match=r"on=\"incident\"\)` needs the column 'date'"):
        geosec.assign_boundaries(mixed.drop(columns="date", errors="ignore"), on="incident")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(2015, "2015"), ("03/04/2015", "'03/04/2015'"), ("June", "'June'"), (True, "True")],
)
def test_what_is_no_date_is_refused(duki, value, shown):
    table = duki("2015-01-01").assign(date=[value])
    with pytest.raises(SchemaError, match=f"'date' holds {shown}, and days are expected"):
        geosec.assign_boundaries(table, on="incident")


@pytest.mark.parametrize(("value", "shown"), [("spring 2015", "'spring 2015'"), (2015, "2015")])
def test_the_date_that_is_none_is_shown_and_not_the_first(duki, value, shown):
    table = duki(None, None).assign(date=["2015-01-01", value])
    with pytest.raises(SchemaError, match=f"'date' holds {shown}, and days"):
        geosec.assign_boundaries(table, on="incident")


def test_an_unknown_precision_is_refused(duki):
    table = duki("2015-01-01", date_precision=["months"])
    with pytest.raises(SchemaError, match="holds 'months', which is none; did you mean 'month'"):
        geosec.assign_boundaries(table, on="incident")


@pytest.mark.parametrize(
    "dates",
    [
        ["2015-12-31", "2016-01-01"],
        [date(2015, 12, 31), date(2016, 1, 1)],
        ["2015-12-31T23:30:00+05:00", "2016-01-01T00:30:00+05:00"],
        pd.to_datetime(["2015-12-31T23:30:00+05:00", "2016-01-01T00:30:00+05:00"]),
    ],
)
def test_dates_are_read_as_the_clock_of_the_place_stood(duki, dates):
    table = duki(None, None).assign(date=dates)
    told = geosec.assign_boundaries(table, on="incident")
    assert told["adm2_name"].tolist() == ["Loralai", "Duki"]


def test_a_table_without_rows_is_had_back(duki):
    told = geosec.assign_boundaries(duki("2015-01-01").iloc[:0], on="incident")
    assert len(told) == 0
    assert told["adm2_vintage"].dtype == "str"


def test_the_days_from_which_to_which_a_row_may_be_count_before_its_date(duki):
    span = {"date_from": ["2015-12-31"], "date_to": ["2016-01-03"]}
    row = geosec.assign_boundaries(duki("2015-12-31", **span), on="incident").iloc[0]
    assert (row["adm2_name"], row["adm2_prob"]) == ("Duki", pytest.approx(3 / 4))
    half = duki("2015-12-31", date_from=[None], date_to=["2016-01-03"])
    assert geosec.assign_boundaries(half, on="incident")["adm2_name"].tolist() == ["Loralai"]
