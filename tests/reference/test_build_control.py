"""Control points read off a reference: alignment, choice, and what is measured with them."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from boundaries.build.align import align_border, lay_stretch, sample_line, warp
from boundaries.build.borders import Border
from boundaries.build.control import TABLE, read_control
from boundaries.build.measure import ACCURACY, leave_out_points, measure_borders, tell_accuracy
from boundaries.build.read_control import MOST, choose_stretches, tell_control
from boundaries.build.reference import (
    UNITS,
    end_at_outline,
    is_kept,
    join_units,
    read_parents,
    read_reference,
)

WAVE = np.column_stack([np.arange(0, 60_001, 500.0), 4_000 * np.sin(np.arange(121) / 9)])
TRUE = shapely.LineString(WAVE)


def test_a_line_is_sampled_every_kilometre_with_both_ends():
    samples = sample_line(shapely.LineString([(0, 0), (10_300, 0)]))
    assert len(samples) == 11
    assert samples[[0, -1]].tolist() == [[0, 0], [10_300, 0]]
    assert len(sample_line(shapely.LineString([(0, 0), (10, 0)]))) == 3


@pytest.mark.parametrize("free_ends", [False, True])
def test_a_line_is_aligned_with_itself_point_by_point(free_ends):
    samples = sample_line(TRUE)
    assert warp(samples, samples, free_ends=free_ends).tolist() == list(range(len(samples)))


def test_with_free_ends_a_piece_finds_its_place():
    samples = sample_line(TRUE)
    assert warp(samples[10:30], samples, free_ends=True).tolist() == list(range(10, 30))


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_drawn_line_that_is_off_is_aligned_bend_by_bend(is_turned):
    drawn = shapely.affinity.translate(TRUE, 1_500, 2_500)
    found = align_border(TRUE, drawn.reverse() if is_turned else drawn)
    assert found.sources - found.places == pytest.approx(
        np.tile([1_500.0, 2_500.0], (len(found.places), 1)), abs=1
    )


def test_a_border_that_is_not_drawn_has_no_sources():
    found = align_border(TRUE, None)
    assert np.isnan(found.sources).all()
    assert not lay_stretch(found, 0, 0, len(found.places) - 1).is_drawn


def test_a_stretch_is_straight_where_the_drawing_fits_worse():
    straight = shapely.LineString([(0, 0), (60_000, 0)])
    wild = shapely.LineString([(0, 0), (15_000, 16_000), (30_000, -16_000), (60_000, 0)])
    found = align_border(straight, wild)
    stretch = lay_stretch(found, 0, 0, len(found.places) - 1)
    assert not stretch.is_drawn
    assert stretch.left_m.max() < 1e-6
    moved = align_border(TRUE, shapely.affinity.translate(TRUE, 0, 3_000))
    assert lay_stretch(moved, 0, 0, len(moved.places) - 1).is_drawn


@pytest.fixture(scope="module")
def waves():
    """Two borders from the same beginning to the same end, neither drawn."""
    other = shapely.LineString(WAVE * (1, -3))
    ends = [shapely.LineString([*line.coords[:-1], (60_000, 0)]) for line in (TRUE, other)]
    return [align_border(line, None) for line in ends]


@pytest.mark.parametrize("most", [4, 9, 30])
def test_there_are_as_many_control_points_as_asked(waves, most):
    stretches = choose_stretches(waves, [1.0, 1.0], most)
    assert len(stretches) + 2 - len(waves) == most
    for number, alignment in enumerate(waves):
        own = [each for each in stretches if each.border == number]
        assert own[0].start == 0
        assert own[-1].end == len(alignment.places) - 1
        assert [each.end for each in own[:-1]] == [each.start for each in own[1:]]


def test_borders_between_the_same_ends_do_not_fall_together(waves):
    stretches = choose_stretches(waves, [1.0, 1.0], 4)
    assert [each.border for each in stretches] == [0, 0, 1, 1]


def test_more_points_leave_less(waves):
    left = [sum(s.cost for s in choose_stretches(waves, [1.0, 1.0], n)) for n in (4, 10, 20, 40)]
    assert left == sorted(left, reverse=True)


def test_a_heavier_border_gets_more_of_the_points(waves):
    light, heavy = (
        sum(each.border == 0 for each in choose_stretches(waves, [weight, 1.0], 20))
        for weight in (1.0, 1_000.0)
    )
    assert heavy > light


def test_the_table_tells_a_shared_end_once(waves):
    borders = [Border("A", "B", shapely.LineString()), Border("B", "A", shapely.LineString())]
    control = tell_control(borders, waves, choose_stretches(waves, [1.0, 1.0], 12))
    assert control["point"].nunique() == 12
    assert control.groupby("border")["onward"].last().tolist() == ["", ""]
    assert control["drawn_longitude"].isna().all()


def squares(shift=0.0):
    """Give four units round a corner; the border between west and east moved by degrees."""
    shapes = {
        "PK101": shapely.box(67, 29, 68 + shift, 30),
        "PK102": shapely.box(68 + shift, 29, 69, 30),
        "PK601": shapely.box(67, 30, 68 + shift, 31),
        "PK602": shapely.box(68 + shift, 30, 69, 31),
    }
    return gpd.GeoSeries(shapes, crs="EPSG:4326")


def test_every_kilometre_of_a_border_is_measured():
    table = measure_borders(squares(0.1), squares())
    across = table[(table["one"] == "PK101") & (table["other"] == "PK102")]
    assert len(across) == 111
    assert across["away_m"].to_numpy() == pytest.approx(9_650, abs=100)


def test_two_that_do_not_meet_in_ours_are_infinitely_far():
    ours = squares().drop("PK102")
    table = measure_borders(ours, squares()).set_index(["one", "other"])
    assert np.isinf(table.loc[("PK101", "PK102"), "away_m"]).all()


def test_what_is_near_a_control_point_is_not_between_them():
    corner = gpd.GeoSeries.from_xy([68.0], [30.0], crs="EPSG:4326")
    table = measure_borders(squares(), squares(), corner)
    assert (~table["between"]).sum() == 4
    assert measure_borders(squares(), squares())["between"].all()


def test_the_accuracy_of_each_border_and_level_is_told():
    nowhere = gpd.GeoSeries.from_xy([0.0], [0.0], crs="EPSG:4326")
    told = tell_accuracy(squares(0.01), squares(), nowhere)
    pooled = told[told["one"] == ""].set_index("level")
    assert pooled.index.tolist() == ["adm0", "adm1", "adm2", "adm2_vintages"]
    assert pooled.loc["adm0", "positional_accuracy_m"] == pytest.approx(0, abs=20)
    assert pooled.loc["adm2", "positional_accuracy_m"] == pytest.approx(970, abs=20)
    pairs = told[told["one"] != ""].set_index(["level", "one", "other"])
    across = pairs.loc[("adm2", "PK-JK-bagh", "PK-JK-bhimber")]
    assert across["median_m"] == pytest.approx(970, abs=20)
    level = pairs.loc[("adm2", "PK-JK-bagh", "PK-PB-attock")]
    assert level["median_m"] < 30
    assert level["positional_accuracy_m"] < across["positional_accuracy_m"] + 1
    assert ("adm1", "PK-JK", "PK-PB") in pairs.index


def test_a_point_left_out_is_measured_against_the_line_without_it():
    places = {"longitude": [67.0, 67.5, 68.0], "latitude": [30.0, 30.1, 30.0]}
    control = pd.DataFrame({"border": 1, "left": "PK101", "right": "PK102", "onward": ""} | places)
    control[["drawn_longitude", "drawn_latitude"]] = np.nan
    (away_m,) = leave_out_points(control, {})
    assert away_m == pytest.approx(11_000, abs=200)


def test_units_are_joined_to_the_districts_of_2018():
    parts = squares().set_axis(["PK507", "PK508", "PK601", "PK602"])
    joined = join_units(parts)
    assert joined.index.tolist() == ["PK-KP-chitral", "PK-PB-attock", "PK-PB-bahawalnagar"]
    assert joined["PK-KP-chitral"].equals(shapely.box(67, 29, 69, 30))


def test_a_reference_with_other_districts_is_refused(tmp_path):
    layer = gpd.GeoDataFrame({"ADM2_PCODE": ["XX1"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=4326)
    layer.to_parquet(tmp_path / "other.parquet")
    with pytest.raises(ValueError, match=r"other\.parquet and pcodes\.csv do not hold the same"):
        read_reference(tmp_path / "other.parquet")


def test_some_units_end_where_the_country_does():
    reference = squares().set_axis(["PK301", "PK302", "PK601", "PK602"])
    country = shapely.box(67, 28.8, 68.8, 31)
    ended = end_at_outline(reference, country)
    south = shapely.coverage_union_all(ended[["PK301", "PK302"]].to_numpy())
    assert south.equals(shapely.box(67, 28.8, 68.8, 30))
    assert ended["PK302"].bounds[2:] == (68.8, 30)
    assert ended["PK602"].bounds == (68, 30, 69, 31)
    assert shapely.coverage_is_valid(ended.to_numpy())
    assert is_kept(["PK301", "PK601", "PK217"]).tolist() == [True, False, True]


@pytest.fixture(scope="module")
def control():
    return read_control()


def test_there_are_a_thousand_control_points_at_most(control):
    assert control["point"].nunique() <= MOST == 1_000
    places = control.drop_duplicates("point")
    assert places[["longitude", "latitude"]].duplicated().sum() == 0
    assert len(control.drop_duplicates(["point", "longitude", "latitude"])) == len(places)


def test_every_border_of_the_table_is_between_known_districts(control):
    assert set(control["left"]) | set(control["right"]) == {"", *read_parents()}
    assert set(control["onward"]) == {"drawn", "straight", ""}
    carried = control[control["onward"] == "drawn"]
    assert carried[["drawn_longitude", "drawn_latitude"]].notna().all(axis=None)


def test_pcodes_name_a_district_each_and_their_province():
    table = pd.read_csv(UNITS)
    assert table["adm2_pcode"].is_unique
    assert len(table) == 160
    assert (table["adm2_pcode"].str[:3] == table["adm1_pcode"]).all()
    provinces = table["adm2_code"].str[:5]
    assert len(set(zip(provinces, table["adm1_pcode"], strict=True))) == provinces.nunique()


def test_the_stated_accuracy_keeps_what_was_asked_of_it():
    table = pd.read_csv(ACCURACY, keep_default_na=False)
    pooled = table[table["one"] == ""].set_index("level")
    assert pooled.loc["adm2", "median_m"] <= 900
    assert pooled.loc["adm2", "positional_accuracy_m"] <= 4_500
    assert table["positional_accuracy_m"].between(500, 6_000).all()


def test_the_reference_itself_is_not_in_the_project():
    assert not [*Path(TABLE).parents[1].rglob("*.parquet")]
