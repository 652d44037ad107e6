"""Which column of a table of counts means what."""

from __future__ import annotations

import pytest

from geosec.errors import ParameterError, SchemaError
from geosec.incidents.counts.columns import (
    KINDS,
    ROLES,
    match_count_columns,
    recognise_counts,
    refuse_counts,
)
from tests.incidents.exports import headers

ACLED_HDX = "Country Admin1 Admin2 ISO3 Admin2_Pcode Admin1_Pcode Month Year Events Fatalities"
ACLED_COUNTRY = "Country ISO3 Month Year Events Fatalities"
WEEKLY = (
    "WEEK REGION COUNTRY ADMIN1 EVENT_TYPE SUB_EVENT_TYPE EVENTS FATALITIES POPULATION_EXPOSURE "
    "DISORDER_TYPE ID CENTROID_LATITUDE CENTROID_LONGITUDE"
)
HAPI = (
    "location_code has_hrp in_gho provider_admin1_name provider_admin2_name admin1_code "
    "admin1_name admin2_code admin2_name admin_level event_type events fatalities "
    "reference_period_start reference_period_end dataset_hdx_id resource_hdx_id warning error"
)
HAPI_NEW = (
    "Country_ISO3 Admin_1_PCode Admin_1_Name Admin_2_PCode Admin_2_Name Start_Date End_Date "
    "Event_Type Events Fatalities Dataset_Id Resource_Id"
)
ACLED_EVENTS = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "country admin1 admin2 admin3 location latitude longitude geo_precision notes fatalities"
)
UCDP_EVENTS = "id year where_prec adm_1 adm_2 latitude longitude date_start date_end best high low"


def name_kind(columns, *rows):
    found = recognise_counts(columns.replace("_Pcode", " Pcode").split("|"), rows).kind
    return found and found.name


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        (ACLED_HDX, "acled_hdx"),
        (ACLED_COUNTRY, "acled_hdx"),
        (WEEKLY, "acled_weekly"),
        (HAPI, "hapi"),
        (HAPI_NEW, "hapi"),
        ("district month year incidents killed", "plain"),
        ("province week deaths", "plain"),
        ("#adm2+code #date #affected+killed", "hxl"),
        (ACLED_EVENTS, None),
        (UCDP_EVENTS, None),
        ("date location killed", None),
        ("date district killed injured", None),
        ("eventid iyear imonth iday provstate city latitude nkill", None),
        ("#date #adm1+name #adm2+name #loc #affected+killed", None),
        ("#date #adm2+name #event+type #affected+killed", None),
    ],
)
def test_a_table_of_counts_is_told_from_one_of_incidents(columns, kind):
    assert name_kind("|".join(columns.split())) == kind
    assert name_kind("|".join(columns.upper().split())) == kind


def test_a_column_that_tells_what_happened_is_no_count():
    columns = ["date", "district", "incidents"]
    assert recognise_counts(columns, [{"incidents": "a bomb went off"}]).kind is None
    assert recognise_counts(columns, [{"incidents": "-3"}]).kind is KINDS["plain"]
    assert recognise_counts(columns, [{"incidents": 3}]).kind is KINDS["plain"]


def test_a_row_of_tags_is_found():
    row = {"Zila": "#adm2 +name", "Monat": "#date+month", "n": "#event+num"}
    found = recognise_counts(list(row), [row])
    assert found.heads == 1
    assert found.kind is KINDS["hxl"]
    roles = match_count_columns(list(row), {}, found.tags)
    assert roles == {"Zila": "admin2", "Monat": "month", "n": "events"}


def test_counts_are_refused_where_incidents_are_read():
    with pytest.raises(SchemaError, match=r"ACLED's weekly counts by province.*read_counts"):
        refuse_counts(WEEKLY.split(), is_named=True)
    plain = ["district", "date", "events"]
    with pytest.raises(SchemaError, match="read_counts"):
        refuse_counts(plain)
    refuse_counts(plain, is_named=True)
    refuse_counts(ACLED_EVENTS.split())


def test_every_usual_name_means_its_role_alone():
    names = [name for own in ROLES.values() for name in own]
    assert len(names) == len(set(names))
    assert not any(name in ROLES and name not in ROLES[name] for name in names)


@pytest.mark.parametrize("export", ["ACLED", "ACLED_BEFORE_2023", "UCDP", "GTD"])
def test_the_columns_of_event_data_are_none_of_counts(export):
    for columns in (getattr(headers, export), [name.upper() for name in getattr(headers, export)]):
        assert recognise_counts(columns).kind is None
        refuse_counts(columns)


def test_a_table_that_was_read_before_is_told():
    found = ["unit_code", "unit_rule", "unit_reason", "period_start", "events"]
    with pytest.raises(SchemaError, match=r"was read by `geosec\.read_counts` before"):
        match_count_columns(found, {}, {})


def test_one_of_two_codes_is_named():
    found = ["adm2_code", "Admin2 Pcode", "month", "events"]
    with pytest.raises(SchemaError, match="both mean 'admin2_code'"):
        match_count_columns(found, {}, {})
    roles = match_count_columns(found, {"Admin2 Pcode": "admin2_code"}, {})
    assert "adm2_code" not in roles


def test_given_names_come_first():
    found = ["Zila", "district", "month", "year", "events", "n"]
    roles = match_count_columns(found, {"Zila": "admin2", "n": "events"}, {})
    assert roles == {"Zila": "admin2", "month": "month", "year": "year", "n": "events"}


def test_several_columns_may_tell_rows_apart():
    found = ["district", "month", "events", "actor", "weapon", "colour"]
    roles = match_count_columns(found, {"colour": "breakdown"}, {})
    assert [name for name, role in roles.items() if role == "breakdown"] == found[3:]


@pytest.mark.parametrize(
    ("found", "given", "error", "match"),
    [
        (["district", "month", "events"], {"dist": "admin2"}, ParameterError, "did you mean 'dist"),
        (["a", "month", "events"], {"a": "admn2"}, ParameterError, "did you mean 'admin2'"),
        (["district", "admin2", "month", "events"], {}, SchemaError, "both mean 'admin2'"),
        (["month", "events"], {}, SchemaError, "lacks a unit.*`columns="),
        (["district", "events"], {}, SchemaError, "lacks a period"),
        (["district", "month"], {}, SchemaError, "lacks a count"),
        (["district"], {}, SchemaError, "lacks a period and a count"),
        (["district", "Jan", "Feb", "Mar 2024"], {}, SchemaError, r"'Jan' to 'Mar 2024'.*melt"),
        (["district", "2021", "2022", "2023"], {}, SchemaError, "periods of this table are col"),
    ],
)
def test_what_cannot_be_matched_says_why(found, given, error, match):
    with pytest.raises(error, match=match):
        match_count_columns(found, given, {})


def test_an_unknown_kind_is_answered_with_near_ones():
    with pytest.raises(ParameterError, match="did you mean 'acled_weekly'"):
        recognise_counts(["a"], kind="acled_week")
    assert recognise_counts(["a"], kind="plain").kind is KINDS["plain"]
