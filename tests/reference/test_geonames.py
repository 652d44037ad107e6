"""Country dumps of GeoNames as gazetteers."""

from __future__ import annotations

import zipfile

import pandas as pd
import pytest

import geosec
from geosec import Gazetteer, SchemaError, SourceError
from geosec.reference.geonames import read_geonames

ROWS = [  # as in the dumps of 2024; the fields between are empty there too
    "1164896|Sibi|Sibi|Siwi|29.54299|67.87726|P|PPLA2|PK||02||||64069||130|Asia/Karachi|2019",
    '1|Goth "Nal"|Goth Nal||29.1|67.5|P|PPL|PK||02||||0||90|Asia/Karachi|2012',
    "2|Some Well|Some Well||29.2|67.8|H|WLL|PK||02||||0||90|Asia/Karachi|2012",
    "1169505|Balochistan|Balochistan||28.5|65.5|A|ADM1|PK||02||||0||900|Asia/Karachi|2012",
]
AFGHAN = [
    "1138336|Kandahār|Kandahar|Qandahar|31.61332|65.71013|P|PPLA|AF||23||||523300||1005|Asia/Kabul|2019",
    "1138335|Kandahār|Kandahar||31.0|65.75|A|ADM1|AF||23||||0||0|Asia/Kabul|2019",
    "9|Windhoek|Windhoek||-22.6|17.1|P|PPLC|NA||21||||268132||1700|Africa/Windhoek|2019",
]
OTHER_NAMES = [
    "1|1164896|link|https://en.wikipedia.org/wiki/Sibi|||||| ",
    "2|1164896|ur|سیبی|||||| ",
    "3|1164896|ur|سبی|1||||| ",
    "4|1138336|ps|کندهار|||||| ",
]


@pytest.fixture
def dump_file(tmp_path):
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


SIBI = "1164896|Sibi|Sibi|Siwi,Sevi|29.54299|67.87726|P|PPLA2|PK||02||||64069||130|Asia/Karachi|x"
NAMES = [
    "1|1164896|ur|سیبی|||||| ",
    "2|1164896|en|Sibi; the hot|||||| ",
    "3|1164896|iata|SBQ|||||| ",
    "4|1164896||Siwistan||||1|| ",
    "5|1164896||Siwistan||||1|| ",
    "6|77|ur|دوسرا|1||||| ",
]


@pytest.fixture
def dump(tmp_path):
    def write(*rows, name="PK.txt", encoding="utf-8", end="\n"):
        path = tmp_path / name
        path.write_bytes("".join(row.replace("|", "\t") + end for row in rows).encode(encoding))
        return path

    return write


def like(row, **cells):
    """Give the row with some cells, by their place, put in."""
    parts = row.split("|")
    for place, cell in cells.items():
        parts[int(place[1:])] = cell
    return "|".join(parts)


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "PK.zip"
    rows = [like(SIBI, c0=str(number)).replace("|", "\t") for number in range(999)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("PK.txt", "\n".join(rows))
    return path


def damaged(held, at):
    return held[:at] + b"\xff" * 60 + held[at + 60 :]


@pytest.mark.parametrize("name", ["PK.txt", "PK.zip"])
def test_places_reports_name_are_kept(dump_file, name):
    places = Gazetteer.from_geonames(dump_file(name, ROWS)).places
    assert places["feature_class"].tolist() == ["town", "village", "province"]
    assert places["name"].tolist() == ["Sibi", 'Goth "Nal"', "Balochistan"]
    assert places["population"].iloc[0] == 64_069


def test_where_borders_are_known_codes_are_those_of_the_borders(dump_file):
    places = Gazetteer.from_geonames(dump_file("PK.txt", ROWS)).places
    assert places["adm2_code"].tolist() == ["PK-BA-sibi", "PK-BA-kachhi", ""]
    assert places["adm1_code"].eq("PK-BA").all()


def test_names_in_other_languages_are_read_and_the_preferred_urdu_one_wins(dump_file):
    names = dump_file("alternateNamesV2.txt", OTHER_NAMES)
    sibi = Gazetteer.from_geonames(dump_file("PK.txt", ROWS), alternate_names=names).places.iloc[0]
    assert sibi["name_ur"] == "سبی"
    assert "wikipedia" not in sibi["alt_names"]


def test_a_country_of_its_own_answers_there_and_nowhere_else(dump_file):
    afghan = Gazetteer.from_geonames(dump_file("AF.txt", AFGHAN))
    rows = geosec.geocode(["Qandahar city", "12 km south of Kandahar", "Quetta"], gazetteer=afghan)
    assert rows["match_status"].tolist() == ["matched", "matched", "unmatched"]
    assert afghan.home == {"AF", "NA"}


def test_packs_joined_answer_both_countries(dump_file):
    both = geosec.load_gazetteer() + Gazetteer.from_geonames(dump_file("AF.txt", AFGHAN))
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
def test_a_file_that_is_no_dump_is_told(dump_file, rows, message):
    with pytest.raises(SourceError, match=message):
        Gazetteer.from_geonames(dump_file("PK.txt", rows))


def test_a_zip_without_the_country_is_told(dump_file, tmp_path):
    file = dump_file("PK.zip", ROWS).rename(tmp_path / "AF.zip")
    with pytest.raises(SourceError, match=r"holds readme.txt, PK.txt, and AF.txt is expected"):
        Gazetteer.from_geonames(file)


def test_a_missing_file_says_where_to_get_it(tmp_path):
    with pytest.raises(SourceError, match=r"download\.geonames\.org"):
        Gazetteer.from_geonames(tmp_path / "PK.zip")


def test_a_row_becomes_a_place_with_its_source_and_radius(dump):
    (row,) = read_geonames(dump(SIBI)).to_dict("records")
    assert row["place_id"] == "gn:1164896"
    assert row["alt_names"].split(";")[:2] == ["Siwi", "Sevi"]
    assert (row["latitude"], row["longitude"], row["population"]) == (29.54299, 67.87726, 64069)
    assert row["positional_accuracy_m"] > 0
    assert "CC BY 4.0" in row["source"]


def test_windows_ends_and_a_file_name_in_urdu_are_read(dump):
    table = read_geonames(dump(SIBI, SIBI.replace("1164896", "2"), name="سبی.txt", end="\r\n"))
    assert table["name"].tolist() == ["Sibi", "Sibi"]


@pytest.mark.parametrize(
    ("people", "kind"), [("0", "village"), ("", "village"), ("1999", "village"), ("2000", "town")]
)
def test_a_populated_place_is_a_town_from_2000_people_on(dump, people, kind):
    table = read_geonames(dump(like(SIBI, c7="PPL", c14=people)))
    assert table["feature_class"].tolist() == [kind]


def test_nobody_counted_is_missing_and_not_zero(dump):
    assert read_geonames(dump(like(SIBI, c14="0")))["population"].isna().all()


def test_a_file_of_nothing_that_is_named_is_an_empty_gazetteer(dump):
    assert len(Gazetteer.from_geonames(dump(like(SIBI, c7="WLL"))).places) == 0


def test_a_country_without_shipped_borders_keeps_the_codes_of_geonames(dump):
    afghan = like(SIBI, c8="AF", c10="11", c11="1104", c4="34.5", c5="69.2")
    bare = like(afghan, c0="2", c10="", c11="")
    table = read_geonames(dump(afghan, bare))
    assert table["adm1_code"].tolist() == ["AF.11", ""]
    assert table["adm2_code"].tolist() == ["AF.11.1104", ""]


def test_a_place_at_sea_is_in_no_district(dump):
    table = read_geonames(dump(SIBI, like(SIBI, c0="2", c4="23.0", c5="63.0")))
    assert table["adm2_code"].tolist() == ["PK-BA-sibi", ""]


def test_names_are_those_of_the_places_wanted_and_are_names(dump):
    names = dump(*NAMES, name="alternateNamesV2.txt")
    row = Gazetteer.from_geonames(dump(SIBI), alternate_names=names).places.iloc[0]
    known = row["alt_names"].split(";")
    assert row["name_ur"] == "سیبی"
    assert "Sibi  the hot" in known or "Sibi the hot" in known
    assert known.count("Siwistan") == 1
    assert not {"SBQ", "دوسرا"} & set(known)


@pytest.mark.parametrize("where", ["latitude", "longitude"])
@pytest.mark.parametrize("cell", ["", "north", "NaN", "-1000", "29,5"])
def test_what_is_no_coordinate_names_line_column_and_cell(dump, where, cell):
    bad = like(SIBI, **{"c4" if where == "latitude" else "c5": cell})
    with pytest.raises(SourceError, match=rf"line 2: the {where} is '{cell}'"):
        read_geonames(dump(SIBI, bad))


def test_a_file_in_another_encoding_is_told(dump):
    with pytest.raises(SourceError, match="a GeoNames dump in UTF-8 with 19 columns"):
        read_geonames(dump(SIBI.replace("Siwi", "Sîwi"), encoding="latin-1"))


def test_a_csv_is_no_dump(dump):
    with pytest.raises(
        SourceError, match="a GeoNames dump in UTF-8 with 19 columns between tabs is expected"
    ):
        read_geonames(dump("name,latitude,longitude", "Sibi,29.5,67.9"))


def test_one_identifier_twice_is_told(dump):
    with pytest.raises(SchemaError, match="'gn:1164896' stands on two rows"):
        Gazetteer.from_geonames(dump(SIBI, SIBI))


def test_an_empty_archive_holds_nothing(tmp_path):
    path = tmp_path / "PK.zip"
    with zipfile.ZipFile(path, "w"):
        pass
    with pytest.raises(SourceError, match=r"holds nothing, and PK\.txt is expected in it"):
        Gazetteer.from_geonames(path)


@pytest.mark.parametrize("missing", ["dump", "names"])
def test_each_file_that_is_not_there_is_named(dump, tmp_path, missing):
    there, gone = dump(SIBI), tmp_path / "gone.txt"
    pair = (gone, there) if missing == "dump" else (there, gone)
    with pytest.raises(SourceError, match=r"there is no file .*gone\.txt"):
        read_geonames(*pair)


def test_a_str_path_is_taken(dump):
    assert isinstance(Gazetteer.from_geonames(str(dump(SIBI))).places, pd.DataFrame)


@pytest.mark.parametrize("blank", ["", "   "])
def test_blank_lines_are_no_places_and_are_counted(dump, blank):
    assert read_geonames(dump(blank, SIBI, blank, like(SIBI, c0="2"), blank))[
        "place_id"
    ].tolist() == [
        "gn:1164896",
        "gn:2",
    ]
    with pytest.raises(SourceError, match="line 4: the latitude is 'north'"):
        read_geonames(dump(SIBI, blank, blank, like(SIBI, c4="north")))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda _: b"<html>", "not a zip file"),
        (lambda held: held[:-30], "not a zip file"),
        (lambda held: damaged(held, 60), "while decompressing"),
        (lambda held: damaged(held, len(held) // 2), "decompressing|CRC"),
    ],
)
def test_an_archive_that_is_damaged_or_none_is_told(archive, damage, told):
    assert len(read_geonames(archive)) == 999
    archive.write_bytes(damage(archive.read_bytes()))
    with pytest.raises(SourceError, match=rf"PK\.zip cannot be read \(.*({told}).*UTF-8 with 19"):
        read_geonames(archive)
