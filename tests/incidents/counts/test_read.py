"""Tables of counts read: every row is there once, with its unit and its period, or says why not."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import geosec
from geosec.errors import GeosecWarning, ParameterError, SchemaError, SourceError
from tests.incidents.counts.conftest import COD_AB, MONTHS

PLAIN = {"district": ["Kech"], "month": ["2024-01"], "events": [3]}


def make(**columns):
    """Make a plain table; a column of one cell holds it in each row."""
    given = {**PLAIN, **columns}
    rows = max(map(len, given.values()))
    return pd.DataFrame(
        {name: cells * rows if len(cells) == 1 else cells for name, cells in given.items()}
    )


def test_a_full_table_joins_the_districts_one_and_all(acled_hdx, districts):
    counts, rejected = geosec.read_counts(acled_hdx, on=COD_AB)
    assert len(counts) == len(acled_hdx)
    assert rejected.empty
    assert set(counts["adm2_code"]) == set(districts.index)
    assert (counts["adm2_code"].map(districts["adm2_name"]) == acled_hdx["Admin2"].array).all()
    assert (counts["events"].array == acled_hdx["Events"].array).all()
    assert (counts["period_start"].dt.to_period("M") == [*MONTHS] * len(districts)).all()
    assert (
        (counts["period_end"] - counts["period_start"]).dt.days.add(1).equals(counts["period_days"])
    )
    assert not counts["period_partial"].any()
    assert set(counts["unit_rule"]) == {"code"}
    assert (counts["unit_reason"] == "").all()
    assert counts[acled_hdx.columns].reset_index(drop=True).equals(acled_hdx)
    assert counts.attrs["source_kind"] == "acled_hdx"
    assert "ACLED" in counts.attrs["source_credit"]
    assert "terms" in counts.attrs["source_terms"]


def test_names_join_the_same_units_as_codes(acled_hdx):
    by_code, _ = geosec.read_counts(acled_hdx, on=COD_AB)
    bare = acled_hdx.drop(columns=["Admin2 Pcode", "Admin1 Pcode"])
    by_name, _ = geosec.read_counts(bare, on=COD_AB)
    assert by_name["adm2_code"].equals(by_code["adm2_code"])
    assert set(by_name["unit_rule"]) == {"name"}


def test_sums_by_unit_are_those_of_the_table_in_older_districts_too(acled_hdx, districts):
    with pytest.warns(GeosecWarning, match="units that are parts of those of the boundaries"):
        counts, rejected = geosec.read_counts(acled_hdx)
    assert rejected.empty
    layer = geosec.load_boundaries("adm2")
    layer["events"] = counts.groupby("unit_code")["events"].sum()
    by_name = acled_hdx.groupby("Admin2")["Events"].sum()
    expected = by_name[districts["adm2_name"]].groupby(districts["parent_code"].array).sum()
    assert layer["events"].to_dict() == expected.to_dict()


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_files_read_as_tables_do(acled_hdx, tmp_path, ending):
    few = acled_hdx.head(30)
    path = tmp_path / f"counts{ending}"
    writers = {".csv": few.to_csv, ".xlsx": few.to_excel, ".parquet": few.to_parquet}
    writers[ending](path, index=False)
    counts, rejected = geosec.read_counts(path)
    assert rejected.empty
    expected, _ = geosec.read_counts(few)
    names = ["unit_code", "period_start", "period_end", "events", "fatalities"]
    assert counts[names].reset_index(drop=True).equals(expected[names].reset_index(drop=True))


def test_the_sheet_of_a_workbook_is_named(acled_hdx, tmp_path):
    path = tmp_path / "acled.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame({"Terms": ["of use"]}).to_excel(book, sheet_name="ReadMe", index=False)
        acled_hdx.head(3).to_excel(book, sheet_name="Data", index=False)
    with pytest.raises(SourceError, match="'ReadMe', 'Data'"):
        geosec.read_counts(path)
    counts, rejected = geosec.read_counts(path, sheet="Data")
    assert counts.index.tolist() == [2, 3, 4]
    assert rejected.empty


def test_counts_of_countries_and_years_are_read():
    table = pd.DataFrame({"country": ["Pakistan", "Chad"], "year": 2023, "bd_best": [5, 2]})
    counts, _ = geosec.read_counts(table)
    assert counts["unit_code"].fillna("").tolist() == ["PK", ""]
    assert counts["period_days"].tolist() == [365, 365]
    assert counts["fatalities"].tolist() == [5, 2]


def test_a_district_under_two_names_is_told_once():
    counts, rejected = geosec.read_counts(
        make(district=["Kech", "Turbat", "Kech"], events=[1, 2, 1])
    )
    assert counts.empty
    assert rejected["reason"].str.contains("lines 1 and 2 and 3 tell of the same unit").all()


def test_weeks_of_acled_begin_on_their_saturday(file, weekly):
    rows = [
        "2025-02-01,South Asia,Pakistan,Balochistan,Battles,Armed clash,5,3,,Political violence,,,",
        "08-February-2025,South Asia,Pakistan,Sindh,Riots,Mob violence,1,0,,Demonstrations,2,26,68",
        "2025-02-01,South Asia,India,Punjab,Battles,Armed clash,2,0,,Political violence,3,31,75",
    ]
    counts, rejected = geosec.read_counts(file(weekly(*rows)))
    assert rejected.empty
    assert counts["period_end"].dt.day_name().unique().tolist() == ["Friday"]
    assert counts["adm1_code"].fillna("").tolist() == ["PK-BA", "PK-SD", ""]
    assert counts["unit_reason"].iloc[2].startswith("it lies in India")
    assert counts.index.tolist() == [2, 3, 4]
    assert counts["SUB_EVENT_TYPE"].tolist() == ["Armed clash", "Mob violence", "Armed clash"]


def test_hapi_is_read_below_its_tags_level_by_level(file, hapi):
    text = hapi(
        "PAK,Y,Balochistan,Kech,PK2,Balochistan,PK211,Kech,2,demonstration,1,,2025-01-01,2025-01-31,r",
        "PAK,Y,Balochistan,Gwadar,,,,,2,demonstration,0,,2025-01-01,2025-01-31,r",
        "PAK,Y,,,,,,,0,demonstration,9,,2025-01-01,2025-01-31,r",
        "PAK,Y,Balochistan,Kech,PK2,Balochistan,PK211,Kech,2,demonstration,1,,2025-02-01,2025-02-14,r",
        "ALB,N,,,,,,,0,demonstration,0,,2025-01-01,2025-01-31,r",
    )
    counts, rejected = geosec.read_counts(file(text))
    assert rejected.empty
    assert counts["unit_level"].tolist() == ["adm2", "adm2", "adm0", "adm2", "adm0"]
    assert counts["unit_code"].iloc[:4].tolist() == [
        *("PK-BA-kech", "PK-BA-gwadar", "PK", "PK-BA-kech"),
    ]
    assert counts["period_partial"].tolist() == [False, False, False, True, False]
    assert counts["fatalities"].isna().all()
    assert counts["events"].tolist() == [1, 0, 9, 1, 0]
    assert "given_events" in counts.columns
    only, other = geosec.read_counts(file(text), level="adm2")
    assert (len(only), len(other)) == (3, 2)
    assert other["reason"].str.startswith("a row of adm0").all()


def test_types_that_overlap_are_told(file, hapi):
    row = "PAK,Y,,,PK2,Balochistan,PK211,Kech,2,{},1,0,2025-01-01,2025-01-31,r"
    text = hapi(row.format("civilian_targeting"), row.format("political_violence"))
    with pytest.warns(GeosecWarning, match="do not add their counts up"):
        counts, _ = geosec.read_counts(file(text))
    assert len(counts) == 2


def test_hxl_tags_alone_say_what_columns_mean(file):
    text = "Zila,Tarikh,Maut\n#adm2+code,#date,#affected+killed\nPK211,2024-03-02,4\n"
    counts, rejected = geosec.read_counts(file(text))
    assert rejected.empty
    assert counts[["adm2_name", "fatalities"]].to_numpy().tolist() == [["Kech", 4]]
    assert counts.attrs["source_kind"] == "hxl"
    assert "source_credit" not in counts.attrs


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"events": [-1]}, "events '-1' is no count"),
        ({"events": [1.5]}, "events '1.5' is no count"),
        ({"events": ["several"]}, "events 'several' is no count"),
        ({"events": ["1.000"]}, "may be 1 or 1 thousand"),
        ({"events": [None]}, "no count"),
        ({"district": [None]}, "no unit"),
        ({"district": ["Total"]}, "'Total' is a total over units"),
        ({"district": ["GRAND TOTAL"]}, "is a total over units"),
        ({"district": ["Sindh total"]}, "is a total over units"),
        ({"district": ["Pakistan"]}, "'Pakistan' is a total over units"),
        (
            {"district": ["Balochistan"]},
            "'Balochistan' is a province, and its row a total",
        ),
        ({"month": ["Total"]}, "month 'Total' is a total over periods"),
        ({"month": ["Smarch 2024"]}, "date 'Smarch 2024' is none"),
        ({"month": [None]}, "no period"),
        ({"events": [-1], "district": ["all"]}, "total over units.*no count"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(columns, reason):
    counts, rejected = geosec.read_counts(make(**columns))
    assert counts.empty
    assert rejected["line"].tolist() == [1]
    assert rejected["reason"].str.contains(reason).all() or all(
        part in rejected["reason"].item() for part in reason.split(".*")
    )


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"district": ["Zzyzx"]}, "district 'Zzyzx' is not known"),
        ({"province": ["Sindh"]}, "district 'Kech' is in Balochistan, and not in 'Sindh'"),
        ({"province": ["Utopia"]}, "province 'Utopia' is not known"),
        ({"country": ["India"]}, "it lies in India, and the boundaries are those of Pakistan"),
        ({"pcode": ["PK205"]}, "the code 'PK205' is that of Gwadar, and not of 'Kech'"),
    ],
)
def test_a_unit_that_is_not_known_is_missing_and_keeps_its_place(columns, reason):
    counts, rejected = geosec.read_counts(make(**columns))
    assert rejected.empty
    assert counts[["unit_code", "adm2_code", "unit_rule"]].isna().all(axis=None)
    assert counts["unit_reason"].item() == reason
    assert counts["events"].item() == 3


def test_a_row_told_twice_is_read_once_and_one_told_otherwise_is_refused():
    table = make(district=["Kech"] * 4, month=[*["2024-01", "2024-02"] * 2], events=[1, 2, 1, 3])
    counts, rejected = geosec.read_counts(table)
    assert counts.index.tolist() == [1]
    assert rejected["line"].tolist() == [2, 3, 4]
    assert rejected["reason"].iloc[1] == "tells again what line 1 tells"
    assert rejected["reason"].str.contains("lines 2 and 4 tell of the same unit").sum() == 2
    apart, rejected = geosec.read_counts(
        table.assign(side=[*"aabb"]), columns={"side": "breakdown"}
    )
    assert len(apart) == 4
    assert rejected.empty


def test_parts_of_a_district_are_joined_to_it_and_told():
    table = make(district=["Karachi West", "Karachi East"])
    with pytest.warns(GeosecWarning, match="2 rows tell of units that are parts.*add their counts"):
        counts, rejected = geosec.read_counts(table)
    assert rejected.empty
    assert set(counts["unit_code"]) == {"PK-SD-karachi"}


def test_districts_may_be_those_of_a_day_or_of_each_period():
    table = make(district=["Duki", "Duki"], month=["2014-05", "2021-05"])
    own, _ = geosec.read_counts(table, on="2022-01-01")
    assert set(own["adm2_code"]) == {"PK-BA-duki"}
    with pytest.warns(GeosecWarning, match="Duki is a part of Loralai"):
        each, _ = geosec.read_counts(table, on="period")
    assert each["adm2_code"].tolist() == ["PK-BA-loralai", "PK-BA-duki"]


def test_single_dates_are_days_or_told_to_be_more():
    days = ["2024-01-06", "2024-01-13", "2024-01-20"]
    with pytest.warns(GeosecWarning, match="taken for whole weeks"):
        weeks, _ = geosec.read_counts(make(date=days).drop(columns="month"))
    assert weeks["period_days"].tolist() == [7, 7, 7]
    one, _ = geosec.read_counts(make(date=days).drop(columns="month"), every="day")
    assert one["period_days"].tolist() == [1, 1, 1]


def test_ends_on_the_day_after_are_read_as_meant_and_told():
    table = make(start=["2024-01-01", "2024-02-01"], end=["2024-02-01", "2024-03-01"])
    with pytest.warns(GeosecWarning, match="end on the first day after them"):
        counts, _ = geosec.read_counts(table.drop(columns="month"))
    assert counts["period_days"].tolist() == [31, 29]


def test_a_period_that_goes_on_is_partial():
    table = make(month=["2024-12", "2025-01", "2025-02"])
    counts, rejected = geosec.read_counts(table, until="2025-01-10")
    assert counts["period_partial"].tolist() == [False, True]
    assert counts["period_days"].tolist() == [31, 10]
    assert counts["period_end"].iloc[1] == pd.Timestamp("2025-01-31")
    assert "the source covers days until 2025-01-10" in rejected["reason"].item()


def test_a_header_alone_is_a_table_of_no_rows(file):
    counts, rejected = geosec.read_counts(file("district,month,events\n"))
    assert len(counts) == len(rejected) == 0
    assert {"unit_code", "period_start", "events"} <= set(counts.columns)


def test_lines_that_cannot_be_read_are_rejected_too(file):
    text = 'district,month,events\nKech,2024-01,3\nKech,2024-02,3,4,5\n"Gwadar,2024-03,1\n'
    counts, rejected = geosec.read_counts(file(text))
    assert len(counts) + len(rejected) == 3


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"level": "adm9"}, ParameterError, "there is no level 'adm9'"),
        ({"level": 2}, ParameterError, "`level` takes the name of a level"),
        ({"kind": "acled"}, ParameterError, "did you mean 'acled"),
        ({"on": "1999-01-01"}, ParameterError, "known from 2010.*period"),
        ({"on": "2015-01-01", "level": "adm1"}, ParameterError, "leave it out"),
        ({"every": "fortnight"}, ParameterError, "known are 'day'"),
        ({"until": "soon"}, ParameterError, "`until` is the last day covered"),
        ({"until": 3}, ParameterError, "`until` is the last day covered"),
        ({"day_frist": True}, ParameterError, "did you mean 'day_first'"),
        ({"day_first": "yes"}, ParameterError, "`day_first` is True or False"),
        ({"columns": ["district"]}, ParameterError, "`columns` takes a Mapping"),
        ({"boundaries": pd.DataFrame()}, ParameterError, "`boundaries` takes a GeoDataFrame"),
        ({"sheet": "x"}, SourceError, "no sheets"),
    ],
)
def test_arguments_that_are_none_say_what_is_expected(options, error, match):
    with pytest.raises(error, match=match):
        geosec.read_counts(make(), **options)


def test_what_columns_are_taken_for_is_told(acled_hdx, hapi, file):
    told = geosec.describe_columns(acled_hdx)
    assert told.set_index("column")["taken_for"].to_dict()["Admin2 Pcode"] == "admin2_code"
    assert told.attrs["source_kind"] == "acled_hdx"
    assert "read_counts" in told.attrs["source_notices"][0]
    told = geosec.describe_columns(file(hapi("PAK,Y,,,,,,,0,riots,1,,2025-01-01,2025-01-31,r")))
    assert told.set_index("column")["values"]["location_code"] == "PAK"


def test_counts_are_no_incidents(file, weekly):
    for source in (make(), file(weekly())):
        with pytest.raises(SchemaError, match=r"no incident. Read it with `geosec.read_counts`"):
            geosec.read_incidents(source)


NAMES = ["Kech", "kech district", "Turbat", "Gwadar", "Gawadar", "Duki", "Total", "Zzyzx", "", None]
CELLS = st.fixed_dictionaries(
    {
        "Admin1": st.sampled_from(["Balochistan", "Sindh", "FATA", "x", None]),
        "Admin2": st.sampled_from(NAMES),
        "Admin2 Pcode": st.sampled_from(["PK211", "pk 205", "PK999", "", None]),
        "Month": st.sampled_from(["January", "Feb", "3", 4, 13, "Total", None]),
        "Year": st.sampled_from([2024, "2023", 2022.0, "20x4", None]),
        "Events": st.sampled_from([0, 1, "1,200", -1, 1.5, "3+", None, True, [1]]),
        "Fatalities": st.sampled_from([0, 2, "x", None]),
    }
)


@pytest.mark.filterwarnings("ignore::geosec.GeosecWarning")
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CELLS, max_size=25))
def test_rows_in_are_rows_accepted_and_rejected(rows):
    names = ["Admin1", "Admin2", "Admin2 Pcode", "Month", "Year", "Events", "Fatalities"]
    table = pd.DataFrame(rows, columns=names, dtype="object")
    counts, rejected = geosec.read_counts(table)
    assert sorted([*counts.index, *rejected["line"]]) == list(range(1, len(rows) + 1))
    assert (rejected["reason"] != "").all()
    assert (counts["unit_code"].notna() | (counts["unit_reason"] != "")).all()
    assert (counts["period_start"] <= counts["period_end"]).all()
    assert (counts["events"].dropna() >= 0).all()
    known = geosec.load_boundaries("adm2").index
    assert counts["adm2_code"].dropna().isin(known).all()
    pairs = counts.index.to_numpy() - 1
    assert [rows[row]["Admin2"] for row in pairs] == [
        None if pd.isna(value) else value for value in counts["Admin2"].astype("object")
    ]


@pytest.fixture(scope="module")
def abroad():
    return gpd.GeoDataFrame(
        {
            "ADM2_EN": ["Geisan", "Bau", "Geisan"],
            "ADM2_PCODE": ["SD08109", "SD08105", "SD01001"],
            "ADM1_EN": ["Blue Nile", "Blue Nile", "Khartoum"],
            "ADM1_PCODE": ["SD08", "SD08", "SD01"],
            "ADM0_EN": "Sudan",
            "ADM0_PCODE": "SD",
        },
        geometry=gpd.points_from_xy([34, 34, 32], [10, 11, 15]).buffer(0.1),
        crs="EPSG:4326",
    )


def test_boundaries_of_another_country_are_joined_by_their_columns(abroad):
    table = pd.DataFrame(
        {
            "Country": ["Sudan", "Sudan", "Sudan", "Chad", "Sudan"],
            "Admin1": ["Blue Nile", "Khartoum", "", "Blue Nile", "Darfur"],
            "Admin2": ["Geisan", "Geisan", "Geisan", "Bau", "Bau"],
            "Admin2 Pcode": [" SD08109 ", "", "", "", ""],
            "Month": "May",
            "Year": 2024,
            "Events": 1,
        }
    )
    counts, rejected = geosec.read_counts(table, boundaries=abroad)
    assert rejected.empty
    assert counts["unit_code"].fillna("").tolist() == ["SD08109", "SD01001", "", "", ""]
    assert counts["unit_name"].iloc[0] == "Geisan"
    assert "adm2_code" not in counts.columns
    assert counts["unit_reason"].iloc[2].startswith("district 'Geisan' may be Geisan (Blue Nile)")
    assert counts["unit_reason"].iloc[3].startswith("it lies in Chad")
    assert counts["unit_reason"].iloc[4] == "province 'Darfur' is not known"
    joined = abroad.merge(
        counts.dropna(subset="unit_code"), left_on="ADM2_PCODE", right_on="unit_code"
    )
    assert len(joined) == 2


def test_boundaries_that_do_not_say_their_country_take_one_alone(abroad):
    bare = abroad.drop(columns=["ADM0_EN", "ADM0_PCODE"])
    table = make(country=["Sudan", "Chad"], district=["Bau", "Bau"])
    with pytest.raises(ParameterError, match=r"2 countries \(chad, sudan\)"):
        geosec.read_counts(table, boundaries=bare)
    counts, _ = geosec.read_counts(table.head(1), boundaries=bare)
    assert counts["unit_code"].item() == "SD08105"


@pytest.mark.parametrize("name", ["ADM2_PCODE", "ADM2_EN", None])
def test_the_index_of_boundaries_may_hold_their_codes(abroad, name):
    layer = abroad.head(2).set_index("ADM2_PCODE").rename_axis(name)[["ADM2_EN", "geometry"]]
    layer = layer if name != "ADM2_EN" else layer.drop(columns="ADM2_EN")
    pcodes = make(pcode=["SD08105"], district=[""])
    counts, _ = geosec.read_counts(pcodes, boundaries=layer)
    expected = "SD08105"
    assert (counts["unit_code"].item() == expected) or name == "ADM2_EN"


def test_boundaries_without_names_or_with_two_of_a_code_are_refused(abroad):
    with pytest.raises(SchemaError, match="needs a column with the code or the name"):
        geosec.read_counts(make(), boundaries=abroad[["geometry"]])
    with pytest.raises(SchemaError, match="two units of `boundaries` are both 'SD1'"):
        geosec.read_counts(make(), boundaries=abroad.assign(ADM2_PCODE="SD1"))
    with pytest.raises(ParameterError, match="`boundaries` are given"):
        geosec.read_counts(make(), boundaries=abroad, on="2015-01-01")
