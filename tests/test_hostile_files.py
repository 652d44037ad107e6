"""Malformed rows, corrupted files and hostile workbooks: refused by name, or read row by row.

None of them raises anything but a `GeosecError`, loses a row, reads another file or calls an
address. Every file is made here, from a seed; they are read in a process of their own, so that a
crash, an endless loop or a gigabyte fails one test.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from random import Random

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

CANARY = "the text of another file"
ROWS = 60
READ = """
import json, resource, signal, sys, time, warnings
from pathlib import Path

import geosec

def stop(*_):
    raise TimeoutError

warnings.simplefilter("ignore")
signal.signal(signal.SIGPROF, stop)
resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
for path in sorted(Path(sys.argv[1]).iterdir()):
    signal.setitimer(signal.ITIMER_PROF, int(sys.argv[2]))
    try:
        incidents, rejected = geosec.read_incidents(path)
        told = [len(incidents) + len(rejected), incidents.to_csv() + rejected.to_csv()]
    except geosec.GeosecError as error:
        told = ["refused", str(error)]
    except BaseException as error:
        told = [type(error).__name__, str(error)[:300]]
    signal.setitimer(signal.ITIMER_PROF, 0)
    print(json.dumps([path.name, *told]), flush=True)
"""


@pytest.fixture
def folder(tmp_path):
    """A folder of nothing but files to be read."""
    path = tmp_path / "files"
    path.mkdir()
    return path


@pytest.fixture
def canary(tmp_path):
    """A file beside the folder that is read, whose text may never come out of it."""
    path = tmp_path / "canary.csv"
    path.write_text(f"date,location,summary\n2025-01-01,Mach,{CANARY}\n")
    return path


def read_all(folder, seconds=20):
    """Read each file within so many seconds of work: {name: rows, "refused" or an error}."""
    done = subprocess.run(
        [sys.executable, "-c", READ, folder, str(seconds)],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"{len(told)} files were read, then: {done.stderr[-2000:]}"
    assert len(told) == len(list(folder.iterdir()))
    return {name: (outcome, text) for name, outcome, text in told}


# ------------------------------------------------------------------ malformed rows

JUNK = (
    *('"', "'", '""', '"a', 'a"b', ",", ";", "\t", "|", "\\", "=1+1", "@", "\0", "\x1b", "\x85"),
    *("\u2028", "\ufeff", "\ufffe", "NA", "nan", "-", "١٢", "1e999", "9" * 400, "x" * 9_000, "{}"),
    *("2025-13-45", "0000-00-00", "99/99/9999", "1,000.5", "POINT (1", "<a>&b;", "%s%n", "کوئٹہ"),
)
NAMES = ["event_id", "date", "location", "latitude", "longitude", "fatalities", "summary"]


UNQUOTED = tuple(each for each in JUNK if '"' not in each)


def make_row(random, number, junk=JUNK):
    row = [f"x{number}", "2025-03-11", "Mach", "29.8", "67.3", "3", "told"]
    for _ in range(random.randrange(1, 4)):
        row[random.randrange(1, 7)] = random.choice(junk)
    return row


@pytest.mark.parametrize("junk", [JUNK, UNQUOTED], ids=["quotes", "no quotes"])
@pytest.mark.parametrize(
    ("ending", "mark"), [("csv", ","), ("csv", ";"), ("tsv", "\t"), ("txt", "|")]
)
def test_ten_thousand_malformed_lines_are_all_accounted_for(folder, ending, mark, junk):
    random = Random(ending + mark)
    lines = [NAMES, *(make_row(random, number, junk) for number in range(10_000))]
    text = "\n".join(mark.join(line[: random.choice([7, 7, 7, 9, 5])]) for line in lines)
    (folder / f"table.{ending}").write_text(text, encoding="utf-8", newline="")
    ((outcome, text),) = read_all(folder, 100).values()
    if junk is UNQUOTED:
        assert outcome == 10_000, text[:300]
    # two stray quotes may make one text of the lines between them, of which a message shows some
    lost = {f"x{number}" for number in range(10_000)} - set(re.findall(r"x\d+", text))
    assert len(lost) <= (0 if junk is UNQUOTED else 20), sorted(lost)[:20]


def test_ten_thousand_malformed_features_are_all_accounted_for(folder):
    random = Random(5)
    values = [*JUNK, None, True, -1, 1e300, 2**70, [], [1, {"a": None}], {"type": "Feature"}]
    features = []
    for number in range(10_000):
        cells = dict(zip(NAMES, make_row(random, number), strict=True))
        cells[random.choice(NAMES[1:])] = random.choice(values)
        shape = random.choice([None, {"type": "Point", "coordinates": [67, 30]}])
        features.append({"type": "Feature", "properties": cells, "geometry": shape})
    whole = {"type": "FeatureCollection", "features": features}
    (folder / "table.geojson").write_text(json.dumps(whole), encoding="utf-8")
    ((outcome, text),) = read_all(folder, 100).values()
    assert outcome == 10_000, text[:300]


# ------------------------------------------------------------------ corrupted files


def damage(content, way, random):
    """Cut a file, turn bits over, or change places of some bytes."""
    broken = bytearray(content)
    if way == "cut":
        return content[: random.randrange(1, len(content))]
    for _ in range(random.choice([1, 3, 20])):
        at, other = (random.randrange(len(broken)) for _ in range(2))
        if way == "turned":
            broken[at] ^= 1 << random.randrange(8)
        else:
            broken[at], broken[other] = broken[other], broken[at]
    return bytes(broken)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A sound table in each format."""
    folder = tmp_path_factory.mktemp("sound")
    cells = {
        "event_id": [f"x{number}" for number in range(ROWS)],
        "date": [f"2025-03-{number % 28 + 1:02}" for number in range(ROWS)],
        "location": ["Mach", "Sibi, Balochistan", "کوئٹہ"] * (ROWS // 3),
        "fatalities": [str(number % 7) for number in range(ROWS)],
    }
    table = pd.DataFrame(cells)
    table.to_csv(folder / "table.csv", index=False)
    table.to_csv(folder / "table.tsv", index=False, sep="\t")
    table.to_excel(folder / "table.xlsx", index=False)
    table.to_parquet(folder / "table.parquet")
    layer = gpd.GeoDataFrame(
        table, geometry=[Point(67 + n / 100, 30) for n in range(ROWS)], crs=4326
    )
    layer.to_file(folder / "table.gpkg")
    layer.to_file(folder / "table.geojson")
    return {path.suffix: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".xlsx", ".parquet", ".gpkg", ".geojson"])
def test_corrupted_files_are_refused_or_read_whole(folder, sound, ending):
    random = Random(ending)
    wanted = {}
    for number in range(30):
        way = ("cut", "turned", "changed")[number % 3]
        content = damage(sound[ending], way, random)
        name = f"{number:02}-{way}{ending}"
        (folder / name).write_bytes(content)
        is_text = ending in {".csv", ".tsv"}
        lines = sum(bool(line.strip()) for line in re.split(rb"\r\n?|\n", content)) - 1
        wanted[name] = {"refused", lines if is_text else ROWS}
    told = read_all(folder)
    wrong = {name: one for name, one in told.items() if one[0] not in wanted[name]}
    assert not wrong, {name: (one[0], one[1][:200]) for name, one in wrong.items()}


# ------------------------------------------------------------------ hostile workbooks

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PLACES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKED, INCLUDED = f'xmlns:r="{PLACES}"', 'xmlns:xi="http://www.w3.org/2001/XInclude"'
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
LINKS, OF_SHEET = "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels"


def text_cell(address, text, kind="str"):
    return f'<c r="{address}" t="{kind}"><v>{text}</v></c>'


def row3(cells):
    return f'<row r="3">{cells}</row>'


def formula(text):
    return row3(f'<c r="A3" t="str"><f>{text}</f><v>2025-03-12</v></c>')


def sheet(rows="", before="", after="", head=""):
    """A sheet of names and one row; more may stand before, in and after its rows."""
    names = text_cell("A1", "date") + text_cell("B1", "location") + text_cell("C1", "summary")
    mach = text_cell("A2", "2025-03-11") + text_cell("B2", "Mach") + text_cell("C2", "told")
    return (
        f'{head}<worksheet {SPACE} {LINKED}>{before}<sheetData><row r="1">{names}</row>'
        f'<row r="2">{mach}</row>{rows}</sheetData>{after}</worksheet>'
    )


def link(kind, target, mode="External"):
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{PLACES}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        "</Relationships>"
    )


def list_outward(url, other):
    """Name workbooks that point at another file or an address: the parts that each changes."""
    file = other.as_uri()
    entity = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "{file}">]>'
    web = f'<connections {SPACE}><connection id="1" name="a"><webPr url="{url}"/></connection>'
    return {
        "entity of a file": {SHEET: sheet(row3(text_cell("A3", "&e;")), head=entity)},
        "entity of an address": {STRINGS: entity.replace(file, url) + f"<sst {SPACE}/>"},
        "a type at an address": {SHEET: sheet(head=f'<!DOCTYPE worksheet SYSTEM "{url}/x.dtd">')},
        "a style sheet at an address": {SHEET: sheet(head=f'<?xml-stylesheet href="{url}"?>')},
        "included text": {SHEET: sheet(after=f'<xi:include {INCLUDED} href="{file}"/>')},
        "a link to another workbook": {
            "xl/externalLinks/externalLink1.xml": f"<externalLink {SPACE}/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": link("externalLinkPath", file),
        },
        "a call of the web": {SHEET: sheet(formula(f'WEBSERVICE("{url}")'))},
        "a call of a program": {SHEET: sheet(formula("cmd|'/c calc'!A0"))},
        "a formula of another file": {SHEET: sheet(formula(f"'[{file}]Sheet1'!A1"))},
        "a hyperlink": {
            SHEET: sheet(after='<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>'),
            OF_SHEET: link("hyperlink", url),
        },
        "a picture at an address": {
            SHEET: sheet(after='<drawing r:id="rId1"/>'),
            OF_SHEET: link("drawing", f"{url}/a.xml"),
        },
        "a sheet at an address": {LINKS: link("worksheet", f"{url}/sheet.xml")},
        "a sheet that is another file": {LINKS: link("worksheet", file)},
        "a sheet above the archive": {LINKS: link("worksheet", f"../../{other.name}", "Internal")},
        "data from an address": {"xl/connections.xml": f"{web}</connections>"},
        "macros": {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 99},
        "names above the archive": {f"../{other.name}": "over", f"{other}": "over"},
    }


def list_broken():
    """Name workbooks that fill memory, or of parts that do not fit: the parts that each changes."""
    laughs = "".join(f'<!ENTITY e{each + 1} "{f"&e{each};" * 10}">' for each in range(9))
    wide = "".join(f"<c><v>{each}</v></c>" for each in range(16_384))
    errors = text_cell("A3", "#REF!", "e") + text_cell("B3", 7, "b")
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return {
        "entities of entities": {STYLES: f'<!DOCTYPE a [<!ENTITY e0 "ha">{laughs}]><a>&e9;</a>'},
        "strings that are not there": {SHEET: sheet(row3(text_cell("A3", 99, "s")))},
        "strings below zero": {SHEET: sheet(row3(text_cell("A3", -1, "s")))},
        "no strings": {STRINGS: None, SHEET: sheet(row3(text_cell("A3", 0, "s")))},
        "no styles": {STYLES: None},
        "broken styles": {STYLES: f'<styleSheet {SPACE}><cellXfs count="-1"><xf numFmtId="z"/>'},
        "a style that is not there": {SHEET: sheet(row3('<c r="A3" s="999"><v>45000</v></c>'))},
        "half a sheet": {SHEET: sheet()[:-60]},
        "no sheet": {SHEET: None},
        "no book": {BOOK: None},
        "a size beyond all": {SHEET: sheet(before='<dimension ref="A1:ZZZ99999999"/>')},
        "a cell far off": {SHEET: sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')},
        "rows of 16,384 cells": {SHEET: sheet(f"<row>{wide}</row>" * 100)},
        "a merged million": {SHEET: sheet(after=merged)},
        "a deep sheet": {SHEET: sheet(after="<a>" * 90_000 + "</a>" * 90_000)},
        "a long text": {SHEET: sheet(row3(text_cell("A3", "x" * 9_000_000)))},
        "a day beyond the calendar": {SHEET: sheet(row3(text_cell("A3", "99999-99-99", "d")))},
        "a number that is none": {SHEET: sheet(row3(text_cell("A3", "1e", "n")))},
        "errors and truths": {SHEET: sheet(row3(errors))},
    }


@pytest.fixture
def parts(tmp_path):
    path = tmp_path / "plain.xlsx"
    pd.DataFrame({"date": ["2025"]}).to_excel(path, index=False)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_hostile_workbooks_read_nothing_else_and_call_nobody(folder, parts, canary, listener):
    url, requests = listener
    workbooks = list_outward(url, canary) | list_broken()
    for number, changed in enumerate(workbooks.values()):
        with zipfile.ZipFile(folder / f"{number:02}.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {**parts, SHEET: sheet(), **changed}.items():
                if content is not None:
                    archive.writestr(name, content)
    told = dict(zip(workbooks, read_all(folder).values(), strict=True))
    rows = {name: str(changed.get(SHEET)).count("<row") - 1 for name, changed in workbooks.items()}
    wrong = {
        name: (outcome, text[:300])
        for name, (outcome, text) in told.items()
        if outcome not in {"refused", max(rows[name], 1)} or CANARY in text
    }
    assert not wrong
    assert requests == []
    assert canary.read_text().endswith(f"{CANARY}\n")
    assert len(workbooks) >= 30


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_left_out_in_silence(folder, state):
    with pd.ExcelWriter(folder / "table.xlsx") as excel:
        for name in ("shown", "kept"):
            cells = {"date": ["2025-03-11"], "location": ["Mach"]}
            pd.DataFrame(cells).to_excel(excel, sheet_name=name, index=False)
        excel.book["kept"].sheet_state = state
    ((outcome, text),) = read_all(folder).values()
    assert outcome == "refused"
    assert "kept" in text
