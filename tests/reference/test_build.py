"""The scripts that make the layers: their parts, each on a case whose answer is known."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from boundaries.build import fetch, package
from boundaries.build.coverage import nest
from boundaries.build.districts import require_seats
from boundaries.build.georeference import METRIC, fit_outline
from boundaries.build.svg import outlines

SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


@pytest.fixture
def drawing(tmp_path):
    """Make a drawing of one district: drawing(path_data)."""

    def make(commands, head=""):
        path = tmp_path / "map.svg"
        shape = f'<path aria-label="Sibi" d="{commands}"/>'
        path.write_text(head + SVG.format(shape), encoding="utf-8")
        return path

    return make


@pytest.mark.parametrize(
    "commands",
    [
        "m 1,1 l 4,0 0,3 -4,0 z",
        "M 1,1 L 5,1 5,4 1,4 Z",
        "m1 1h4v3h-4z",
        "M1,1H5V4H1Z",
        "m 1,1 4,0 0,3 -4,0",
        "m 10e-1,1 4,0 0,3 -4,0 z",
    ],
)
def test_a_path_is_read_in_every_spelling(drawing, commands):
    assert outlines(drawing(commands))["Sibi"].equals(shapely.box(1, 1, 5, 4))


def test_a_path_of_two_rings_begins_the_second_where_the_first_began(drawing):
    shape = outlines(drawing("m 1,1 2,0 0,2 -2,0 z m 5,0 2,0 0,2 -2,0 z"))["Sibi"]
    assert shape.equals(shapely.union_all([shapely.box(1, 1, 3, 3), shapely.box(6, 1, 8, 3)]))


def test_a_curve_is_refused(drawing):
    with pytest.raises(ValueError, match="path command 'c'; only m, l, h, v and z are read"):
        outlines(drawing("m 1,1 c 1,1 2,2 3,3 z"))


def test_a_drawing_that_declares_entities_is_refused(drawing):
    path = drawing("m 1,1 2,0 0,2 z", head='<!DOCTYPE svg [<!ENTITY a "aa">]>')
    with pytest.raises(ValueError, match=r"map\.svg is no plain drawing"):
        outlines(path)


def country():
    """Draw an island with bays, 1,000 pixels wide."""
    angle = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    radius = 380 + 60 * np.sin(3 * angle) + 40 * np.cos(7 * angle) + 25 * np.sin(11 * angle)
    return shapely.Polygon(
        np.column_stack([500 + radius * np.cos(angle), 500 + radius * np.sin(angle)])
    )


def metres(xy):
    """Bend pixels as a polynomial of the third degree does; y turns upwards."""
    x, y = (xy[:, 0] - 500) / 500, -(xy[:, 1] - 500) / 500
    east = 600_000 * x + 9_000 * x * y + 6_000 * y**2 + 4_000 * x**3
    north = 600_000 * y - 7_000 * x**2 + 5_000 * x * y + 3_000 * y**3
    return np.column_stack([east, north])


def test_the_fit_finds_a_known_polynomial():
    drawn = country()
    fit = fit_outline(drawn, shapely.transform(drawn, metres))
    inside = shapely.MultiPoint([(500, 500), (350, 450), (600, 700)])
    found, truth = fit.apply(inside), shapely.transform(inside, metres)
    assert np.median(fit.residual_m) < 50
    away_m = np.linalg.norm(shapely.get_coordinates(found) - shapely.get_coordinates(truth), axis=1)
    assert away_m.max() < 500


def test_the_fit_is_not_led_astray_by_a_false_cape():
    drawn = country()
    cape = shapely.Polygon([(850, 480), (990, 500), (850, 520)])
    fit = fit_outline(shapely.union_all([drawn, cape]), shapely.transform(drawn, metres))
    assert np.median(fit.residual_m) < 100
    assert fit.residual_m.max() > 50_000


@pytest.fixture(scope="module")
def nested():
    """Two provinces; the districts of one leave a gap, overlap and stick out."""
    east = shapely.box(68, 29, 69, 30)
    provinces = gpd.GeoDataFrame(
        index=["P1", "P2"], geometry=[shapely.box(67, 29, 68, 30), east], crs="EPSG:4326"
    )
    drawn = gpd.GeoSeries(
        {
            "Left": shapely.box(66.9, 29, 67.45, 30.05),
            "Middle": shapely.box(67.4, 29, 67.7, 29.95),
            "Right": shapely.box(67.75, 29, 67.98, 30),
            "East": east,
        },
        crs="EPSG:4326",
    ).to_crs(METRIC)
    codes = {"adm1_code": ["P1", "P1", "P1", "P2"]}
    fitted = gpd.GeoDataFrame(codes, index=drawn.index, geometry=drawn)
    return provinces, nest(fitted, provinces)


def test_nested_districts_are_a_coverage_that_fills_the_provinces(nested):
    provinces, districts = nested
    assert shapely.coverage_is_valid(districts.geometry.to_numpy())
    for code, own in districts.groupby("adm1_code"):
        left = shapely.symmetric_difference(own.union_all(), provinces.geometry[code])
        assert left.area < 1e-12


def test_an_overlap_stays_with_one_and_a_gap_is_shared_out(nested):
    districts = nested[1].geometry
    assert districts["Left"].contains(shapely.Point(67.42, 29.2))
    assert districts["Middle"].contains(shapely.Point(67.71, 29.2))
    assert districts["Right"].contains(shapely.Point(67.74, 29.2))


@pytest.fixture
def seated():
    """Two districts; the seat of the right one is told by its longitude: seated(longitude)."""

    def make(longitude):
        return gpd.GeoDataFrame(
            {
                "adm2_name": ["Left", "Right"],
                "seat": ["", "Rightabad"],
                "seat_longitude": ["", longitude],
                "seat_latitude": ["", "29.5"],
            },
            geometry=[shapely.box(67, 29, 68, 30), shapely.box(68, 29, 69, 30)],
            crs="EPSG:4326",
        )

    return make


def test_a_seat_outside_its_district_stops_the_build(seated):
    require_seats(seated("68.5"))
    with pytest.raises(ValueError, match="outside their districts: Rightabad of Right"):
        require_seats(seated("67.9"))


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """Pretend that a small wheel is a pinned package, and that it was downloaded already."""
    folder = tmp_path / "archives" / "toy"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "toy-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("toy/data.csv", "a\n1\n")
    digest = hashlib.sha256((folder / "toy-1.0-py3-none-any.whl").read_bytes()).hexdigest()
    pinned = fetch.Package("pypi", "toy", "1.0", digest)
    monkeypatch.setitem(fetch.PACKAGES, "toy", pinned)
    return pinned


@pytest.mark.usefixtures("archive")
def test_a_fetched_package_is_unpacked(tmp_path):
    folder = fetch.fetch("toy", tmp_path)
    assert folder == tmp_path / "toy-1.0"
    assert (folder / "toy" / "data.csv").read_text(encoding="utf-8") == "a\n1\n"
    assert not list(tmp_path.glob("*.partial"))


def test_a_package_that_is_not_the_pinned_one_is_refused(archive, tmp_path, monkeypatch):
    monkeypatch.setitem(fetch.PACKAGES, "toy", replace(archive, sha256="0" * 64))
    with pytest.raises(ValueError, match=r"toy-1\.0-py3-none-any\.whl has the SHA-256 .* 0{64}"):
        fetch.fetch("toy", tmp_path)
    assert not (tmp_path / "toy-1.0").exists()


@pytest.fixture
def described(tmp_path, monkeypatch):
    layer = {"path": "toy.csv", "title": "Toy", "licenses": [], "sources": [], "vintage": "2026"}
    monkeypatch.setattr(package, "LAYERS", {"toy": layer})
    (tmp_path / "toy.csv").write_bytes(b"name,km,note\nSibi,243,\nMach,318,\n")
    package.describe(tmp_path)
    return json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]


def test_a_layer_is_described_with_size_and_hash(described):
    content = b"name,km,note\nSibi,243,\nMach,318,\n"
    assert described["bytes"] == len(content)
    assert described["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_a_column_is_a_number_where_every_filled_cell_is(described):
    types = {field["name"]: field["type"] for field in described["schema"]["fields"]}
    assert types == {"name": "string", "km": "number", "note": "string"}


def test_what_was_measured_is_what_is_stated(tmp_path, monkeypatch):
    measured = tmp_path / "border_accuracy.csv"
    columns = "level,one,other,kilometres,median_m,positional_accuracy_m"
    measured.write_text(f"{columns}\nadm1,,,1200,840.0,2780.0\nadm1,A,B,20,1.0,1.0\n")
    monkeypatch.setattr(package, "ACCURACY", measured)
    layer = {"path": "toy.csv", "title": "Toy", "licenses": [], "sources": [], "vintage": "2026"}
    monkeypatch.setattr(package, "LAYERS", {"adm1": layer})
    (tmp_path / "toy.csv").write_bytes(b"name\nSibi\n")
    package.describe(tmp_path)
    text = (tmp_path / "datapackage.json").read_text(encoding="utf-8")
    (resource,) = json.loads(text)["resources"]
    assert resource["positional_accuracy_m"] == 2780
    assert "1,200 km of borders between provinces" in resource["accuracy_measured"]
    assert "0.8 km (median) and 2.8 km (95 %)" in resource["accuracy_measured"]
