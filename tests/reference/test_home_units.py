"""The provinces and districts that ship, as tables of any day name them."""

from __future__ import annotations

import pytest

from geosec.reference.boundaries import list_vintages, load_boundaries, load_district_lineage
from geosec.reference.home_units import PART_OF, index_home_units, list_home_units


@pytest.mark.parametrize("level", ["adm1", "adm2"])
def test_every_unit_is_found_by_each_of_its_codes_and_names(level):
    index, layer = index_home_units(level), load_boundaries(level)
    for code, row in layer.iterrows():
        parent = row["adm1_name"] if level == "adm2" else ""
        told = [(code, ""), *((pcode, "") for pcode in row[f"{level}_pcode"].split(";"))]
        names = [row[f"{level}_name"], *filter(None, row["alt_names"].split(";"))]
        assert {index.find("", own).code for own, _ in told} == {code}
        assert {index.find(name, "", parent).code for name in names} == {code}


@pytest.mark.parametrize("vintage", list_vintages())
def test_every_district_of_a_day_is_found_in_its_province(vintage):
    index, layer = index_home_units("adm2", vintage), load_boundaries(on=vintage)
    found = [index.find(row.adm2_name, "", row.adm1_name).code for row in layer.itertuples()]
    assert found == layer.index.tolist()


def test_a_newer_district_stands_for_a_part_of_one_that_ships():
    index = index_home_units("adm2")
    for row in load_district_lineage().itertuples():
        found = index.find(row.name, "", row.adm1_code)
        assert found.code == row.parent_code
        assert PART_OF in found.reason


@pytest.mark.parametrize(
    ("vintage", "name", "code", "reason"),
    [
        ("2022-01-01", "Duki", "PK-BA-duki", ""),
        ("2012-01-01", "Duki", "PK-BA-loralai", "Duki is a part of Loralai in these boundaries"),
        ("2022-01-01", "Lehri", "PK-BA-sibi", "Lehri is a part of Sibi in these boundaries"),
        ("2022-01-01", "Karachi", "", "Karachi is no district of these boundaries, but of another"),
    ],
)
def test_a_district_of_another_day_is_a_part_or_none(vintage, name, code, reason):
    found = index_home_units("adm2", vintage).find(name)
    assert found.code == code
    assert found.reason.startswith(reason)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("FATA", "PK-KP"),
        ("N.W.F.P.", "PK-KP"),
        ("Azad Jammu & Kashmir", "PK-JK"),
        ("Sind", "PK-SD"),
        ("Balochistan Province", "PK-BA"),
        ("Khyber Pakhtoonkhwa", "PK-KP"),
    ],
)
def test_provinces_are_known_by_old_and_other_names(name, code):
    assert index_home_units("adm1").find(name).code == code
    assert index_home_units("adm2").find("Nowhere", "", name).reason.startswith("district")


def test_names_and_codes_come_without_polygons():
    assert list_home_units("adm0")["adm0_name"].tolist() == ["Pakistan"]
    assert len(list_home_units("adm2", "2022-01-01")) == len(load_boundaries(on="2022-01-01"))
