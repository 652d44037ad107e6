"""Periods as tables write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.incidents.cells import Rejected
from geosec.incidents.counts.periods import (
    LENGTHS,
    Period,
    PeriodReader,
    find_usual,
    guess_length,
    is_partial,
    make_period,
    shorten_exclusive,
)

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 24))


def read(every=None, day_first=None, **cells):
    start, end = PeriodReader(day_first=day_first, every=every).read(cells)
    return f"{start}/{end}"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"month": "February", "year": "2024"}, "2024-02-01/2024-02-29"),
        ({"month": "Feb", "year": "2023"}, "2023-02-01/2023-02-28"),
        ({"month": "feb.", "year": "2023.0"}, "2023-02-01/2023-02-28"),
        ({"month": "2", "year": 2023}, "2023-02-01/2023-02-28"),
        ({"month": 2.0, "year": 2023.0}, "2023-02-01/2023-02-28"),
        ({"month": "2023-02"}, "2023-02-01/2023-02-28"),
        ({"month": "2023-02-01", "year": "2023"}, "2023-02-01/2023-02-28"),
        ({"month": "February 2023"}, "2023-02-01/2023-02-28"),
        ({"month": "202302"}, "2023-02-01/2023-02-28"),
        ({"month": "2023M2"}, "2023-02-01/2023-02-28"),
        ({"month": "02/2023"}, "2023-02-01/2023-02-28"),
        ({"week": "2025-02-01"}, "2025-02-01/2025-02-07"),
        ({"week": "31-December-2016"}, "2016-12-31/2017-01-06"),
        ({"week": "2016-12-31", "year": "2017"}, "2016-12-31/2017-01-06"),
        ({"week": "2024-W05"}, "2024-01-29/2024-02-04"),
        ({"week": "5", "year": "2024"}, "2024-01-29/2024-02-04"),
        ({"week": "W53", "year": "2020"}, "2020-12-28/2021-01-03"),
        ({"week": "1", "year": "2025"}, "2024-12-30/2025-01-05"),
        ({"week_end": "2025-02-07"}, "2025-02-01/2025-02-07"),
        ({"quarter": "Q2", "year": "2024"}, "2024-04-01/2024-06-30"),
        ({"quarter": "4", "year": "2024"}, "2024-10-01/2024-12-31"),
        ({"quarter": "2024-Q1"}, "2024-01-01/2024-03-31"),
        ({"quarter": "Q1 2024"}, "2024-01-01/2024-03-31"),
        ({"year": "2024"}, "2024-01-01/2024-12-31"),
        ({"period": "2024"}, "2024-01-01/2024-12-31"),
        ({"period": "2024-Q4"}, "2024-10-01/2024-12-31"),
        ({"period": "2024-W05"}, "2024-01-29/2024-02-04"),
        ({"period": "2024-01-01 to 2024-01-14"}, "2024-01-01/2024-01-14"),
        ({"period": "Jan 2024 - Mar 2024"}, "2024-01-01/2024-03-31"),
        ({"date": "2024-03-05"}, "2024-03-05/2024-03-05"),
        ({"start": "2024-03", "end": "2024-04"}, "2024-03-01/2024-04-30"),
        ({"start": "2025-01-01 00:00:00+00:00", "end": "2025-01-31"}, "2025-01-01/2025-01-31"),
        ({"start": "2024-03"}, "2024-03-01/2024-03-31"),
    ],
)
def test_a_period_has_its_first_day_and_its_last(cells, expected):
    assert read(**cells) == expected


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({}, "no period"),
        ({"month": "January"}, "month 'January' has no year"),
        ({"month": "Smarch", "year": "2024"}, "month 'Smarch' is none"),
        ({"month": "13", "year": "2024"}, "month '13' is none"),
        ({"month": "2024-01-01 to 2024-02-29"}, "month .* is longer than a month"),
        ({"month": "2024-01", "year": "2023"}, "do not agree on the year"),
        ({"month": "Total", "year": "2024"}, "month 'Total' is a total over periods"),
        ({"year": "Grand total"}, "a total over periods"),
        ({"week": "54", "year": "2024"}, "week '54' names no day|date '54' is none"),
        ({"week": "W53", "year": "2024"}, "week 'W53' does not exist"),
        ({"week": "W05"}, "week 'W05' has no year"),
        ({"week": "2024-02"}, "week '2024-02' names no day that it begins with"),
        ({"quarter": "Q5", "year": "2024"}, "date 'Q5' is none"),
        ({"quarter": "Q1"}, "quarter 'Q1' has no year"),
        ({"year": "20x4"}, "year '20x4' is none"),
        ({"year": "0"}, "period '0' does not exist"),
        ({"end": "2024-01-31"}, "the period ends on '2024-01-31' and has no start"),
        ({"start": "2024-02-01", "end": "2024-01-31"}, "before it starts on '2024-02-01'"),
        ({"date": "03/04/2024"}, "may be day/month or month/day"),
        ({"week": "9999-12-30"}, "lies at the end of the calendar"),
        ({"period": "some day"}, "date 'some day' is none"),
    ],
)
def test_what_is_no_period_says_why(cells, reason):
    with pytest.raises(Rejected, match=reason):
        read(**cells)


def test_a_single_date_begins_what_is_said():
    assert read(every="month", date="2024-02-01") == "2024-02-01/2024-02-29"
    assert read(every="week", start="2024-02-01") == "2024-02-01/2024-02-07"
    assert read(day_first=True, date="03/04/2024") == "2024-04-03/2024-04-03"


@settings(deadline=None)
@given(DAYS, st.sampled_from(LENGTHS))
def test_a_period_holds_its_day_and_is_of_its_length(day, length):
    period = make_period(day, length)
    assert period.start <= day <= period.end
    assert period.length == length
    after = make_period(period.end + timedelta(days=1), length)
    assert after.start == period.end + timedelta(days=1)
    assert after.length == length


@settings(deadline=None)
@given(DAYS)
def test_months_and_weeks_are_read_back_in_every_spelling(day):
    month = make_period(day, "month")
    for cells in (
        {"month": f"{day:%B}", "year": str(day.year)},
        {"month": f"{day:%b}", "year": str(day.year)},
        {"month": str(day.month), "year": str(day.year)},
        {"month": f"{day:%Y-%m}"},
        {"period": f"{month.start}/{month.end}"},
    ):
        assert PeriodReader(day_first=None, every=None).read(cells) == month
    year, week, _ = day.isocalendar()
    found = PeriodReader(day_first=None, every=None).read({"week": f"{year}-W{week:02d}"})
    assert found.start <= day <= found.end


@settings(deadline=None)
@given(DAYS, DAYS)
def test_both_ends_come_back_or_stand_the_wrong_way(start, end):
    cells = {"start": str(start), "end": str(end)}
    if end < start:
        with pytest.raises(Rejected, match="before it starts"):
            read(**cells)
    else:
        assert read(**cells) == f"{start}/{end}"


def test_ends_on_the_day_after_are_told_from_last_days():
    after = [Period(date(2024, 1, 1), date(2024, 2, 1)), Period(date(2024, 2, 1), date(2024, 3, 1))]
    meant = shorten_exclusive(after)
    assert [meant[each].length for each in after] == ["month", "month"]
    whole = [make_period(each.start, "month") for each in after]
    assert shorten_exclusive(whole) == {}
    assert shorten_exclusive([*after, whole[0]]) == {}
    assert shorten_exclusive([make_period(date(2024, 1, 6), "week")]) == {}
    assert shorten_exclusive([]) == {}


@pytest.mark.parametrize(
    ("days", "length"),
    [
        (["2024-01-01", "2024-02-01", "2024-03-01"], "month"),
        (["2024-01-01", "2024-04-01", "2024-07-01"], "quarter"),
        (["2022-01-01", "2023-01-01", "2024-01-01"], "year"),
        (["2024-01-06", "2024-01-13", "2024-02-03"], "week"),
        (["2024-01-01", "2024-01-02", "2024-01-03"], None),
        (["2024-01-01", "2024-02-01"], None),
    ],
)
def test_what_single_days_begin_is_guessed_where_three_agree(days, length):
    assert guess_length(map(date.fromisoformat, days)) == length


def test_a_period_is_partial_where_it_is_cut_short():
    whole, cut = make_period(date(2024, 1, 1), "month"), Period(date(2024, 2, 1), date(2024, 2, 14))
    assert find_usual({whole: 2, cut: 1}) == "month"
    assert find_usual({}) == "other"
    assert not is_partial(whole, "month", None)
    assert is_partial(cut, "month", None)
    assert not is_partial(cut, "other", None)
    assert is_partial(whole, "month", date(2024, 1, 30))
    assert not is_partial(whole, "month", date(2024, 1, 31))
