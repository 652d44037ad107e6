"""Headings and credit of a page."""

from __future__ import annotations

import numpy as np
import pytest

import geosec
from geosec.maps.options import Headings


@pytest.fixture(scope="module")
def table():
    made = geosec.geocode(["Sibi", "nowhere at all"]).assign(date=["2023-01-05", "2024-03-01"])
    made["date"] = made["date"].astype("datetime64[ns]")
    made.attrs = {"source_credit": "Incidents: Us", "source_terms": "Ask us."}
    return made


def write(table, language="en", **given):
    return Headings(table, language, **({"title": None, "subtitle": None, "credit": None} | given))


def test_headings_are_written_where_none_are_given(table):
    headings = write(table)
    assert headings.title == "Reported incidents"
    assert headings.subtitle == "1 of 2 incidents placed · January 2023 to March 2024"
    assert (
        write(table, "ur").subtitle
        == "2 میں سے 1 واقعات کا مقام معلوم · جنوری 2023 سے مارچ 2024 تک"
    )
    given = write(table, title="A", subtitle="")
    assert (given.title, given.subtitle) == ("A", "")


def test_the_credit_of_the_source_gives_way_to_one_that_is_given(table):
    assert write(table).write_credit("ground", []) == "Incidents: Us · Ask us. · ground · geosec"
    assert write(table, credit="Them").write_credit("", []) == "Them · geosec"


def test_hosts_that_are_asked_are_told(table):
    said = write(table, credit="").write_credit("", ["https://a.example", "https://b.example"])
    assert said == "background pictures are asked of a.example, b.example · geosec"


def test_the_page_is_told_how_the_table_came_about(located):
    told = geosec.incident_map(located).get_root().render()
    assert "geocode: places 20" in told
    assert "draws = 199" in told


def test_one_month_is_said_once(table):
    assert write(table.head(1), "en").subtitle == "1 of 1 incidents placed · January 2023"


@pytest.mark.parametrize("day", ["12000-01-01", "-0500-03-01", "0000-12-31"])
def test_years_that_no_calendar_of_a_page_has_are_refused(table, day):
    far = table.assign(date=np.array([day] * len(table), dtype="M8[s]"))
    year = int(day.rpartition("-")[0].rpartition("-")[0])
    with pytest.raises(geosec.SchemaError, match=f"is in the year {year} in row .* 1 to 9999"):
        geosec.incident_map(far)


def test_the_first_and_the_last_day_of_the_calendar_are_told(table):
    days = np.array(["0001-01-01", "9999-12-31"] * len(table), dtype="M8[s]")[: len(table)]
    assert geosec.incident_map(table.assign(date=days)).payload.head["rows"]


@pytest.mark.parametrize("layers", [5, "adm1", [[1], None, {}], {"adm1": 1}])
def test_a_page_takes_what_a_file_tells_of_steps_as_it_comes(table, layers):
    told = table.copy()
    told.attrs = {"geosec_steps": {"geocode": {"layers": layers, "seed": 1}}}
    assert "geocode: seed = 1" in geosec.incident_map(told).get_root().render()
