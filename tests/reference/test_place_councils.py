"""Union councils: places that are known by their tehsil only."""

from __future__ import annotations

import pandas as pd
import pytest

from boundaries.build.place_councils import ACCURACY_M, councils
from boundaries.build.place_rows import blank


class OneDistrict:
    """A layer that has one district, whatever its name."""

    def code_of(self, name, adm1_code):
        return f"{adm1_code}-{name.lower()}", ""


def make_units(*names, district="Charsadda", tehsil="Tangi", adm1_code="PK-KP"):
    rows = [(adm1_code, district, tehsil, name) for name in names]
    return pd.DataFrame(rows, columns=["adm1_code", "district", "tehsil", "name"])


def make_row(name, feature_class="village", **more):
    known = {
        "place_id": f"x:{name}",
        "name": name,
        "alt_names": "",
        "feature_class": feature_class,
        "adm1_code": "PK-KP",
        "adm2_code": "PK-KP-charsadda",
        "latitude": 34.3,
        "longitude": 71.65,
    }
    return blank(**(known | more))


TANGI = make_row("Tangi", "tehsil")


def test_a_council_stands_at_its_tehsil_as_roughly_as_that_was_measured():
    (row,) = councils(make_units("Harichand"), OneDistrict(), [TANGI])
    assert row["place_id"] == "uc:charsadda-harichand"
    assert row["feature_class"] == "union_council"
    assert (row["latitude"], row["longitude"]) == (34.3, 71.65)
    assert row["positional_accuracy_m"] == ACCURACY_M["PK-KP"]
    assert row["note"] == "point of its tehsil, Tangi"
    assert "ndma_SITREP" in row["source"]


@pytest.mark.parametrize("tehsil", [[], [TANGI | {"latitude": "", "longitude": ""}]])
def test_a_council_of_a_tehsil_without_a_point_has_none_and_its_district(tehsil):
    (row,) = councils(make_units("Harichand"), OneDistrict(), tehsil)
    assert (row["latitude"], row["positional_accuracy_m"]) == ("", "")
    assert row["adm2_code"] == "PK-KP-charsadda"


@pytest.mark.parametrize(
    "other",
    [
        make_row("Hari Chand", latitude="", longitude=""),  # the district is the same
        make_row("Harichand", adm2_code="PK-KP-malakand", latitude=34.5),
        make_row("Mandani", alt_names="Harichand"),
    ],
)
def test_a_name_that_is_known_in_the_district_or_near_is_passed_over(other):
    assert councils(make_units("Harichand"), OneDistrict(), [TANGI, other]) == []


@pytest.mark.parametrize(
    "other",
    [
        make_row("Harichand", adm2_code="PK-KP-tank", latitude=32.2),
        make_row("Harichand", adm1_code="PK-SD"),
        make_row("Harichand", place_id="ev:harichand-charsadda"),
        make_row("Harichand", place_id="told:harichand-charsadda"),
    ],
)
def test_namesakes_elsewhere_and_places_of_events_do_not_count(other):
    assert len(councils(make_units("Harichand"), OneDistrict(), [TANGI, other])) == 1


def test_a_name_twice_in_a_district_is_one_council():
    twice = pd.concat([make_units("Agra Bala"), make_units("Agra Bala", tehsil="Charsadda")])
    assert len(councils(twice, OneDistrict(), [TANGI])) == 1
