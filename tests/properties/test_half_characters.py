"""Half a character (a lone surrogate) anywhere in a located table is told, and stops no verb."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

import geosec
from geosec.report.tables import count_placements, list_closest_to_rail

HALF, READ = "Ma\ud800ch", "Ma\ufffdch"
TEXTS = (
    *("location", "match_status", "match_rule", "match_name", "match_id", "match_reason"),
    *("adm1_name", "adm1_code", "adm2_name", "adm2_code", "rail_line"),
    *("rail_prev_station", "rail_next_station", "note", "incident_id"),
)
ENDINGS = (".csv", ".geojson", ".gpkg", ".parquet", ".xlsx")


@cache
def locate():
    """Two incidents with every stage."""
    located = geosec.geocode(["Mach", "near Sibi, Balochistan"])
    return geosec.locate_on_rail(geosec.assign_boundaries(located))


@cache
def list_stations():
    """Targets of the verbs."""
    return geosec.load_rail_stations()


def spoil(column):
    """Put half a character into a column of the second incident, or its identifier."""
    table = locate().copy()
    if column == "incident_id":
        return table.set_axis(pd.Index(["a", HALF], dtype="object", name="incident_id"))
    texts = np.array(table.get(column, pd.Series(["a", "b"])), dtype="object")
    texts[1] = HALF
    table[column] = pd.Series(texts, index=table.index, dtype="object")
    return table


VERBS = {
    "assign_boundaries": geosec.assign_boundaries,
    "locate_on_rail": geosec.locate_on_rail,
    "sample": lambda table: geosec.sample(table, draws=3),
    "nearest": lambda table: geosec.nearest(table, list_stations()),
    "within": lambda table: geosec.within(table, list_stations(), distance_m=5_000),
    "candidates": geosec.candidates,
    "incident_map": geosec.incident_map,
    "count_placements": count_placements,
    "list_closest_to_rail": lambda table: list_closest_to_rail(
        table, pd.DataFrame({"probability": [1.0, 0.0]}, index=table.index)
    ),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("column", TEXTS)
def test_every_verb_tells_and_replaces(verb, column):
    table = spoil(column)
    with pytest.warns(geosec.GeosecWarning, match="half a character") as told:
        VERBS[verb](table)
    where = "the index" if column == "incident_id" else repr(column)
    assert where in str(told[0].message)


@pytest.mark.parametrize("column", ["note", "match_name", "incident_id"])
def test_the_texts_of_what_comes_out_are_whole(column):
    with pytest.warns(geosec.GeosecWarning, match="half a character"):
        found = geosec.assign_boundaries(spoil(column))
    assert found.reset_index()[column].tolist()[1] == READ


@pytest.mark.parametrize("verb", ["assign_boundaries", "nearest", "incident_map"])
def test_a_column_may_be_called_so(verb):
    table = locate().assign(note=1)
    names = [HALF if name == "note" else name for name in table.columns]
    table.columns = pd.Index(names, dtype="object")
    with pytest.warns(geosec.GeosecWarning, match="the columns"):
        VERBS[verb](table)


@pytest.mark.parametrize("column", ["uncertainty_m", "adm1_prob", "rail_km", "match_score"])
def test_a_number_with_half_a_character_is_none(column):
    table = spoil(column)
    with (
        pytest.raises(geosec.SchemaError, match=column),
        pytest.warns(geosec.GeosecWarning, match=column),
    ):
        geosec.incident_map(table)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("column", ["note", "match_name", "incident_id"])
def test_every_writer_replaces_it(ending, column, tmp_path):
    path = geosec.write_table(spoil(column), tmp_path / f"table{ending}")
    assert path.stat().st_size > 0


def test_targets_whose_geometry_was_renamed_are_refused():
    stations = list_stations().copy()
    stations.columns = [{"geometry": "place"}.get(name, name) for name in stations.columns]
    with pytest.raises(geosec.SchemaError, match="set_geometry"):
        geosec.nearest(locate(), stations)


@pytest.mark.parametrize("verb", ["assign_boundaries", "within", "candidates"])
def test_candidates_with_half_a_character_are_refused(verb):
    with (
        pytest.raises(geosec.SchemaError, match="match_candidates"),
        pytest.warns(geosec.GeosecWarning, match="match_candidates"),
    ):
        VERBS[verb](spoil("match_candidates"))
