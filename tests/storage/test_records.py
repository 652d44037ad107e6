"""JSON without geometry: records in a list, or in an answer under ``data``."""

from __future__ import annotations

import json

import pytest

import geosec
from geosec.errors import SourceError
from geosec.storage.records import read_records

ROW = {"event_id_cnty": "PAK1", "event_date": "2024-01-02", "location": "Mach", "fatalities": "2"}


def write(folder, content):
    path = folder / "answer.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize("wrap", [lambda rows: {"status": 200, "data": rows}, list])
def test_an_answer_of_acled_and_a_list_of_records_are_rows(tmp_path, wrap):
    incidents, rejected = geosec.read_incidents(write(tmp_path, wrap([ROW, {**ROW, "x": 1}])))
    assert len(incidents) + len(rejected) == 2
    assert incidents["location"].tolist()[0] == "Mach"
    assert incidents["fatalities"].tolist()[0] == 2


def test_lists_and_objects_in_a_record_are_text(tmp_path):
    table = read_records(write(tmp_path, [{"a": [1], "b": {"c": 2}}, {"a": None}]))
    assert table.iloc[0].tolist() == ["[1]", '{"c": 2}']
    assert table["a"].tolist()[1] is None


@pytest.mark.parametrize("content", [[], [1], {"data": []}, {"data": "x"}, {"a": 1}, 3])
def test_other_json_is_told_with_what_is_read(tmp_path, content):
    path = write(tmp_path, content)
    assert read_records(path) is None
    with pytest.raises(SourceError, match="list of records"):
        geosec.read_incidents(path)


def test_features_stay_geojson(tmp_path):
    point = {"type": "Point", "coordinates": [67, 30]}
    feature = {"type": "Feature", "geometry": point, "properties": {"date": "2024-01-02"}}
    path = write(tmp_path, {"type": "FeatureCollection", "features": [feature]})
    assert read_records(path) is None
    assert len(geosec.read_incidents(path)[0]) == 1
