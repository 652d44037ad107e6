"""`geosec nearest` and `map`: what they print, write and refuse."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from geosec.cli.commands import main


def written(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path.name


def test_nearest_prints_or_writes(tmp_path, capsys):
    source = tmp_path / "mine.csv"
    source.write_text("date,location\n2025-03-11,Mach town\nnever,Sibi\n", encoding="utf-8")
    assert main(["nearest", str(source), "--k", "1", "--draws", "9"]) == 0
    told = capsys.readouterr()
    assert "mach" in told.out
    assert "line 3 rejected" in told.err
    assert main(["nearest", str(source), "--to", "lines", "--out", str(tmp_path / "n.csv")]) == 0
    assert pd.read_csv(tmp_path / "n.csv")["target_id"].iloc[0] == "ML-3"


def test_map_writes_one_file(tmp_path):
    source = tmp_path / "mine.geojson"
    point = {"type": "Point", "coordinates": [67.0, 30.18]}
    feature = {"type": "Feature", "properties": {"date": "2025-03-11"}, "geometry": point}
    source.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    assert main(["map", str(source), "--out", str(tmp_path / "map.html")]) == 0
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("ending", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("PDF", b"%PDF")]
)
def test_map_draws_a_picture_where_the_ending_asks_for_one(folder, capsys, ending, begins):
    assert main(["map", "mine.csv", "--out", f"map.{ending}"]) == 0
    assert capsys.readouterr().out == f"written to map.{ending}\n"
    assert (folder / f"map.{ending}").read_bytes().startswith(begins)


def test_a_map_is_drawn_as_it_is_told(folder, capsys):
    name = written(
        folder / "two.csv", "date,location,kind\n2025-03-11,Mach,blast\n2025,Sibi,raid\n"
    )
    told = [
        "--color-by",
        "kind",
        "--filter",
        "kind",
        "--subtitle",
        "Two places",
        "--credit",
        "Desk",
    ]
    told += ["--choropleth", "adm2", "--language", "ur"]
    assert main(["map", name, "--columns", "kind=kind", *told]) == 0, capsys.readouterr().err
    page = (folder / "map.html").read_text(encoding="utf-8")
    assert '<html lang="ur" dir="rtl">' in page
    for words in ("Two places", '"colour":"kind"', '"counted":1', "Desk"):
        assert words in page.replace('": ', '":')
    assert main(["map", name, "--out", "map.png", "--choropleth", "adm1"]) == 0


def test_what_a_map_cannot_draw_is_told_by_the_option(folder, refused):
    name = written(folder / "one.csv", "date,location\n2025-03-11,Mach\n")
    assert "--choropleth" in refused("map", name, "--choropleth", "adm7")
    assert "--color-by" in refused("map", name, "--color-by", "kindd")
    assert "leave out --filter" in refused("map", name, "--out", "m.png", "--filter", "location")


def test_a_map_abroad_lies_on_the_layers_given(folder):
    units = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "West"},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[79, 6], [82, 6], [82, 8], [79, 8], [79, 6]]],
                },
            }
        ],
    }
    written(folder / "units.geojson", json.dumps(units))
    name = written(folder / "one.csv", "date,latitude,longitude\n2025-03-11,7.0,80.5\n")
    assert main(["map", name, "--boundaries", "units.geojson", "--choropleth", "adm2"]) == 0
    page = (folder / "map.html").read_text(encoding="utf-8")
    assert '"West"' in page
    assert "Natural Earth" not in page


def test_a_picture_needs_no_network_and_other_endings_are_refused(refused):
    assert "leave out --online" in refused("map", "mine.csv", "--out", "map.png", "--online")
    assert "written as .html, .htm, .png, .svg, .pdf" in refused(
        "map", "mine.csv", "--out", "m.bmp"
    )


def test_a_map_is_not_written_over_the_folder_named(folder, refused):
    name = written(folder / "one.csv", "date,location\n2025-03-11,Mach town\n")
    assert ": . is a folder, where a file is to be written" in refused("map", name, "--out", ".")


def test_escapes_in_what_is_left_out_and_in_identifiers_are_not_obeyed(folder, capsys):
    lines = ["incident_id,date,location", "\x1b[2J,2025,Sibi", "b,2025,Sibi,\x1b[2J"]
    name = written(folder / "bad.csv", "\n".join(lines) + "\n")
    assert main(["nearest", name, "--k", "1", "--draws", "9"]) == 0
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err
    assert "?[2J" in told.out


def test_nearest_measures_to_each_layer(capsys):
    found = {}
    for layer in ("stations", "lines", "districts"):
        assert main(["nearest", "mine.csv", "--to", layer, "--k", "1", "--draws", "9"]) == 0
        found[layer] = capsys.readouterr().out
    assert "mach" in found["stations"]
    assert "ML-3" in found["lines"]
    assert "PK-BA-kachhi" in found["districts"]


def test_nearest_tells_what_it_left_out_beside_the_table(capsys):
    assert main(["nearest", "mine.csv", "--k", "2", "--draws", "9"]) == 0
    told = capsys.readouterr()
    assert "line 3 rejected: date '2025-02-30' does not exist" in told.err
    assert len(told.out.splitlines()) == 3  # a head and two stations: Xanadu is nowhere


def test_nearest_of_no_incident_is_an_empty_table(folder, capsys):
    name = written(folder / "none.csv", "date,location\n")
    assert main(["nearest", name, "--out", "stations.csv"]) == 1
    assert capsys.readouterr().out == "written to stations.csv\n"
    assert pd.read_csv(folder / "stations.csv").empty


def test_file_names_may_be_in_any_script(folder):
    name = written(folder / "واقعات.csv", "date,location\n2025,کوئٹہ\n")
    assert main(["nearest", name, "--k", "1", "--draws", "9", "--out", "نتیجہ.csv"]) == 0
    assert pd.read_csv(folder / "نتیجہ.csv")["target_name"].tolist() == ["Quetta"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--k", "0"], "--k must be 1 or more"),
        (["--draws", "-1"], "--draws must be 0 or more, and is -1"),
        (["--to", "bridges"], "there is no layer 'bridges' to measure to"),
    ],
)
def test_nearest_refuses_what_it_cannot_measure(folder, refused, words, told):
    name = written(folder / "one.csv", "date,location\n2025-03-11,Mach town\n")
    assert told in refused("nearest", name, *words)


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("near.pdf", "ends in '.pdf'; a table is written as .parquet"),
        ("near.geojson", "the table has no geometry"),
        ("nowhere/near.csv", "there is no folder nowhere to write near.csv in"),
    ],
)
def test_nearest_says_where_it_cannot_write(folder, refused, out, told):
    name = written(folder / "one.csv", "date,location\n2025-03-11,Mach town\n")
    assert told in refused("nearest", name, "--draws", "9", "--out", out)
    assert sorted(each.name for each in folder.iterdir()) == ["mine.csv", "one.csv"]


def test_a_map_offline_asks_for_nothing_and_online_for_leaflet(folder, capsys):
    assert main(["map", "mine.csv"]) == 0
    assert main(["map", "mine.csv", "--online", "--out", "online.html"]) == 0
    assert capsys.readouterr().out == "written to map.html\nwritten to online.html\n"
    assert "default-src 'none'" in (folder / "map.html").read_text(encoding="utf-8")
    assert 'src="https://' in (folder / "online.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", [["run", "--out", "out"], ["map"], ["nearest"]])
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.csv", "", "is empty"),
        ("table.csv", "Ort,Tag\nMach,2025\n", "incidents need a date"),
        ("table.csv", bytes(range(64)), "binary data"),
        ("table.xlsx", "date,location\n", "cannot be read as an Excel workbook"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_every_verb(
    folder, refused, verb, name, content, told
):
    assert told in refused(*verb, written(folder / name, content))
    assert sorted(each.name for each in folder.iterdir()) == sorted(["mine.csv", name])


def test_a_sheet_and_an_encoding_may_be_named(folder, capsys):
    with pd.ExcelWriter(folder / "book.xlsx") as book:
        for sheet, place in (("new", "Mach"), ("old", "Sibi")):
            table = pd.DataFrame({"date": ["2025-03-11"], "location": [place]})
            table.to_excel(book, sheet_name=sheet, index=False)
    assert main(["nearest", "book.xlsx", "--k", "1"]) == 1
    assert "name it with --sheet new" in capsys.readouterr().err
    assert main(["nearest", "book.xlsx", "--k", "1", "--sheet", "old"]) == 0
    assert "Sibi" in capsys.readouterr().out
    (folder / "table.csv").write_bytes("date,location\n2025,Mach\n2025,Café\n".encode("cp1252"))
    assert main(["run", "table.csv", "--out", "out", "--encoding", "cp1252"]) == 0
    assert (folder / "out" / "rejected.csv").read_text(encoding="utf-8").count("\n") == 1


def test_a_run_of_best_points_alone_says_no_probability(folder, capsys):
    name = written(folder / "one.csv", "date,location\n2025-03-11,Mach town\n")
    assert main(["run", name, "--out", "out", "--draws", "0"]) == 0
    said = capsys.readouterr().out
    assert "nan" not in said
    assert "ML-3" in said
    assert pd.read_csv(folder / "out" / "incidents.csv")["adm2_prob"].isna().all()
