"""Tolls as reports bound them."""

from __future__ import annotations

import pytest

from geosec.incidents.cells import Rejected
from geosec.incidents.tolls import Toll, read_toll, tell_bounded


@pytest.mark.parametrize(
    ("written", "low"),
    [
        *(("3+", 3), ("3 +", 3), ("0+", 0), ("5 or more", 5), ("5 plus", 5), ("5 and above", 5)),
        *(("at least 5", 5), ("At least 1,200", 1200), ("no fewer than 5", 5), ("minimum of 5", 5)),
        *((">=5", 5), ("≥ 5", 5), (">5", 6), ("more than 5", 6), ("over 100", 101)),
        *(("2-3", 2), ("2 - 3", 2), ("2–3", 2), ("2 to 3", 2), ("2 or 3", 2), ("10-12", 10)),
        *(("between 2 and 3", 2), ("~5", 5), ("about 5", 5), ("approx. 5", 5), ("circa 5", 5)),
    ],
)
def test_a_bounded_toll_is_its_low_end_with_its_words(written, low):
    assert read_toll("fatalities", written) == Toll(low, written)


@pytest.mark.parametrize(
    ("written", "low"),
    [("3", 3), (3.0, 3), ("1,200", 1200), ("", None), ("n/a", None), (None, None)],
)
def test_a_plain_count_has_no_words(written, low):
    assert read_toll("injuries", written) == Toll(low)


@pytest.mark.parametrize(
    "written",
    [
        *("3-2", "3-3", "-3", "+3", "2-3-4", "10/12", "up to 5", "at most 5", "<5", "fewer than 5"),
        *("almost 5", "dozens", "several", "3+ 4", "at least", "1.000+", "at least 1.000", "2_0+"),
        f"{2**63}+",
    ],
)
def test_what_has_no_low_end_is_rejected(written):
    with pytest.raises(Rejected, match="fatalities '"):
        read_toll("fatalities", written)


def test_many_words_are_told_shortly():
    told = tell_bounded("injuries", ["3+", "3+", *(f"{number}+" for number in range(40))])
    assert told.startswith(
        "`injuries` of 42 rows is the low end of what they say ('3+', '0+', '1+'"
    )
    assert "…" in told
    assert told.endswith("the words are in `injuries_text`.")
