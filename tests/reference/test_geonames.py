"""GeoNames dumps as gazetteers."""

from __future__ import annotations

import zipfile

import pytest

import geosec
from geosec import Gazetteer, SourceError

ROWS = [  # as in the dumps of 2024; the fields between are empty there too
    "1164896|Sibi|Sibi|Siwi|29.54299|67.87726|P|PPLA2|PK||02||||64069||130|Asia/Karachi|2019",
    '1|Goth "Nal"|Goth Nal||29.1|67.9|P|PPL|PK||02||||0||90|Asia/Karachi|2012',
    "2|Some Well|Some Well||29.2|67.8|H|WLL|PK||02||||0||90|Asia/Karachi|2012",
    "1169505|Balochistan|Balochistan||28.5|65.5|A|ADM1|PK||02||||0||900|Asia/Karachi|2012",
]
AFGHAN = [
    "1138336|Kandahār|Kandahar|Qandahar|31.61332|65.71013|P|PPLA|AF||23||||523300||1005|Asia/Kabul|2019",
    "1138335|Kandahār|Kandahar||31.0|65.75|A|ADM1|AF||23||||0||0|Asia/Kabul|2019",
    "9|Windhoek|Windhoek||-22.6|17.1|P|PPLC|NA||21||||268132||1700|Africa/Windhoek|2019",
]
NAMES = [
    "1|1164896|link|https://en.wikipedia.org/wiki/Sibi|||||| ",
    "2|1164896|ur|سیبی|||||| ",
    "3|1164896|ur|سبی|1||||| ",
    "4|1138336|ps|کندهار|||||| ",
]


@pytest.fixture
def dump(tmp_path):
    def write(name, rows):
        text = "\n".join(row.replace("|", "\t") for row in rows) + "\n"
        file = tmp_path / name
        if name.endswith(".zip"):
            with zipfile.ZipFile(file, "w") as archive:
                archive.writestr("readme.txt", "see geonames.org")
                archive.writestr(name.replace(".zip", ".txt"), text)
        else:
            file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize("name", ["PK.txt", "PK.zip"])
def test_places_reports_name_are_kept(dump, name):
    places = Gazetteer.from_geonames(dump(name, ROWS)).places
    assert places["feature_class"].tolist() == ["town", "village", "province"]
    assert places["name"].tolist() == ["Sibi", 'Goth "Nal"', "Balochistan"]
    assert places["population"].iloc[0] == 64_069


def test_where_borders_are_known_codes_are_those_of_the_borders(dump):
    places = Gazetteer.from_geonames(dump("PK.txt", ROWS)).places
    assert places["adm2_code"].tolist() == ["PK-BA-sibi", "PK-BA-kachhi", ""]
    assert places["adm1_code"].eq("PK-BA").all()


def test_names_in_other_languages_are_read_and_the_preferred_urdu_one_wins(dump):
    names = dump("alternateNamesV2.txt", NAMES)
    sibi = Gazetteer.from_geonames(dump("PK.txt", ROWS), alternate_names=names).places.iloc[0]
    assert sibi["name_ur"] == "سبی"
    assert "wikipedia" not in sibi["alt_names"]


def test_a_country_of_its_own_answers_there_and_nowhere_else(dump):
    afghan = Gazetteer.from_geonames(dump("AF.txt", AFGHAN))
    rows = geosec.geocode(["Qandahar city", "12 km south of Kandahar", "Quetta"], gazetteer=afghan)
    assert rows["match_status"].tolist() == ["matched", "matched", "unmatched"]
    assert afghan.home == {"AF", "NA"}


def test_packs_joined_answer_both_countries(dump):
    both = geosec.load_gazetteer() + Gazetteer.from_geonames(dump("AF.txt", AFGHAN))
    phrases = ["Kandahar city", "Quetta", "Kandahar province"]
    assert geosec.geocode(phrases)["match_status"].tolist() == ["outside", "matched", "outside"]
    rows = geosec.geocode(phrases, gazetteer=both)
    assert rows["match_status"].tolist() == ["matched", "matched", "matched"]
    assert rows["match_rule"].tolist() == ["town", "town", "province"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["1|Sibi|Sibi||ninety|67|P|PPL|PK||02||||1||1|x|y"], "line 1: the latitude is 'ninety'"),
        (
            [ROWS[0], "1|Sibi|Sibi||29|670|P|PPL|PK||02||||1||1|x|y"],
            "line 2: the longitude is '670'",
        ),
        (["1|2|3"], "19 columns"),
    ],
)
def test_a_file_that_is_no_dump_is_told(dump, rows, message):
    with pytest.raises(SourceError, match=message):
        Gazetteer.from_geonames(dump("PK.txt", rows))


def test_a_zip_without_the_country_is_told(dump, tmp_path):
    file = dump("PK.zip", ROWS).rename(tmp_path / "AF.zip")
    with pytest.raises(SourceError, match=r"holds readme.txt, PK.txt, and AF.txt is expected"):
        Gazetteer.from_geonames(file)


def test_a_missing_file_says_where_to_get_it(tmp_path):
    with pytest.raises(SourceError, match=r"download\.geonames\.org"):
        Gazetteer.from_geonames(tmp_path / "PK.zip")
