"""News reports scored, particular by particular."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pandas as pd
import pytest

from geosec.errors import GeosecError, SourceError
from geosec.evaluation.news import read_gold_news, score_news, summarise_kinds, summarise_news
from geosec.reference.gazetteer import Gazetteer

DATA = Path(__file__).parents[1] / "data"


REPORTS = DATA / "news_reports_dev.jsonl"


MORE_REPORTS = DATA / "news_reports_more.jsonl"


SIBI, MACH, QUETTA = (29.543, 67.877), (29.86, 67.33), (30.184, 67.001)


TEXT = "A bomb killed two guards in Sibi on Tuesday. The wounded were taken to Quetta."


def place(surface, truth, text=TEXT):
    start = text.index(surface)
    lat, lon = truth
    return {"surface": surface, "start": start, "end": start + len(surface), "lat": lat, "lon": lon}


def event(truth=SIBI, day="2025-03-11", kind="Explosions/Remote violence", dead=2):
    lat, lon = truth
    return {"lat": lat, "lon": lon, "date": day, "event_type": kind, "fatalities": dead}


def report(text=TEXT, places=None, events=None):
    known = [place("Sibi", SIBI), place("Quetta", QUETTA)] if places is None else places
    return {
        "id": "syn-1",
        "text": text,
        "published": "2025-03-12",
        "places": known,
        "events": [event()] if events is None else events,
    }


def score(**changes):
    return score_news([report(**changes)]).iloc[0]


@pytest.fixture
def gold(tmp_path):
    def write(*lines):
        file = tmp_path / "gold.jsonl"
        file.write_text("\n".join(lines), encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize("file", [REPORTS, MORE_REPORTS], ids=["dev", "by another hand"])
def test_reports_give_their_mentions_and_events(file):
    found = summarise_news(score_news(read_gold_news(file)))
    assert found["mention_f1"] >= 0.92
    assert found["event_f1"] >= 0.85
    assert min(found["dates_right"], found["types_right"], found["fatalities_right"]) >= 0.85


@pytest.mark.parametrize(("line", "message"), [("{", "no JSON"), ('{"id": 1}', "lacks 'text'")])
def test_a_line_that_is_no_report_is_told(line, message, tmp_path):
    file = tmp_path / "gold.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=f"line 2: .*{message}"):
        read_gold_news(file)


def test_a_report_read_right_scores_in_full():
    scored = score_news([report()])
    assert scored.loc["syn-1"].to_dict() == {
        "mentions": 2,
        "mentions_found": 2,
        "mentions_told": 2,
        "places_right": 2,
        "events": 1,
        "events_found": 1,
        "events_told": 1,
        "dates_right": 1,
        "types_right": 1,
        "fatalities_right": 1,
    }
    assert set(summarise_news(scored).values()) == {1.0}


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"day": "2025-03-10"}, "dates_right"),
        ({"kind": "Battles"}, "types_right"),
        ({"dead": 3}, "fatalities_right"),
    ],
)
def test_each_wrong_particular_costs_only_itself(wrong, column):
    row = score(events=[event(**wrong)])
    columns = ["dates_right", "types_right", "fatalities_right"]
    assert row["events_found"] == 1
    assert {name: row[name] for name in columns} == {name: int(name != column) for name in columns}


@pytest.mark.parametrize(
    ("shift_deg", "found"),
    [(0.0, 1), (0.2, 1), (0.3, 0)],  # a degree of latitude is 111 km, and 25 km are the limit
)
def test_an_event_within_25_km_is_found(shift_deg, found):
    lat, lon = SIBI
    row = score(events=[event((lat + shift_deg, lon))])
    assert (row["events"], row["events_told"], row["events_found"]) == (1, 1, found)


def test_a_span_that_is_off_by_a_letter_is_not_found():
    sibi = place("Sibi", SIBI)
    row = score(places=[{**sibi, "end": sibi["end"] + 1}])
    assert (row["mentions"], row["mentions_told"], row["mentions_found"]) == (1, 2, 0)


def test_a_place_found_and_placed_elsewhere_is_not_right():
    row = score(places=[place("Sibi", QUETTA), place("Quetta", QUETTA)])
    assert (row["mentions_found"], row["places_right"]) == (2, 1)


@pytest.mark.parametrize(("truth", "right"), [((None, None), 1), ((34.53, 69.17), 0)])
def test_a_place_abroad_is_right_when_it_is_not_placed(truth, right):
    text = "The envoy flew to Kabul."
    row = score(text=text, places=[place("Kabul", truth, text)], events=[])
    assert (row["mentions_found"], row["places_right"]) == (1, right)


def test_one_told_event_is_paired_with_one_known_event_only():
    row = score(events=[event(), event()])
    assert (row["events"], row["events_told"], row["events_found"]) == (2, 1, 1)


def test_known_events_are_paired_with_those_that_agree_most():
    text = "A bomb killed two in Sibi on Monday. Another bomb killed five in Sibi on Tuesday."
    known = [event(day="2025-03-11", dead=5), event(day="2025-03-10", dead=2)]
    row = score(text=text, places=[], events=known)
    assert row["events_found"] == row["dates_right"] == row["fatalities_right"] == 2


def test_the_summary_is_of_sums_and_not_a_mean_of_reports():
    """Of three known mentions and four told, three are the same: F1 is 2 * 3 / (3 + 4)."""
    whole = report()
    part = {**report(places=[place("Sibi", SIBI)], events=[]), "id": "syn-2"}
    found = summarise_news(score_news([whole, part]))
    assert found["mention_f1"] == pytest.approx(6 / 7)
    assert found["event_f1"] == pytest.approx(2 / 3)  # two told, one known, one the same
    assert found["places_right"] == 1.0


def test_shares_of_nothing_are_missing():
    empty = report(text="The weather was fine.", places=[], events=[])
    found = summarise_news(score_news([empty]))
    assert all(math.isnan(each) for each in found.values())


def test_what_was_missed_scores_nothing():
    missed = report(text="The weather was fine.", places=[{**place("Sibi", SIBI)}])
    found = summarise_news(score_news([missed]))
    assert found["mention_f1"] == found["event_f1"] == 0.0
    assert math.isnan(found["dates_right"])


def test_reports_are_scored_in_order_under_their_names():
    other = {**report(), "id": "syn-0"}
    scored = score_news([report(), other])
    assert scored.index.tolist() == ["syn-1", "syn-0"]
    assert scored.index.name == "id"


def test_a_gazetteer_of_ones_own_is_used():
    row = {"place_id": "my:1", "name": "Xanadu", "feature_class": "town", "adm1_code": "PK-BA"}
    table = pd.DataFrame([{**row, "latitude": 30.0, "longitude": 67.0}])
    text = "A bomb killed two guards in Xanadu on Tuesday."
    known = report(text, [place("Xanadu", (30.0, 67.0), text)], [event((30.0, 67.0))])
    told = score_news([known], gazetteer=Gazetteer.from_table(table))
    assert told.loc["syn-1", ["places_right", "events_found"]].tolist() == [1, 1]
    assert score_news([known]).loc["syn-1", "mentions_told"] == 0


def test_reports_come_back_as_they_were_written(gold):
    written = {**report(), "text": "سبی — a bomb"}
    lines = [json.dumps(written, ensure_ascii=False), "", "  ", json.dumps(report())]
    assert read_gold_news(gold(*lines)) == [written, report()]


@pytest.mark.parametrize("name", ["id", "text", "published", "places", "events"])
def test_what_a_report_lacks_is_named_with_its_line(gold, name):
    lacking = {key: value for key, value in report().items() if key != name}
    with pytest.raises(SourceError, match=f"gold.jsonl, line 2: the report lacks '{name}'"):
        read_gold_news(gold(json.dumps(report()), json.dumps(lacking)))


def test_everything_that_is_missing_is_named_at_once(gold):
    with pytest.raises(GeosecError, match="lacks 'text', 'published'"):
        read_gold_news(gold('{"id": "syn-1", "places": [], "events": []}'))


@pytest.mark.parametrize(("line", "message"), [("7", "'7' is no report"), ("null", "no report")])
def test_a_line_that_is_no_object_is_told(line, message, tmp_path):
    file = tmp_path / "gold.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        read_gold_news(file)


def test_a_file_in_another_encoding_is_told(tmp_path):
    file = tmp_path / "gold.jsonl"
    file.write_bytes(b'{"id": "\xff"}')
    with pytest.raises(SourceError, match="no text in UTF-8"):
        read_gold_news(file)


def test_a_line_separator_inside_a_report_ends_no_line(tmp_path):
    file = tmp_path / "gold.jsonl"
    report = {"id": "syn-1", "text": "a\u2028b", "published": "2025-03-12"}
    whole = report | {"places": [], "events": []}
    file.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    assert read_gold_news(file)[0]["text"] == "a\u2028b"


def test_no_reports_score_nothing():
    summary = summarise_news(score_news([]))
    assert all(value != value for value in summary.values())  # noqa: PLR0124 - missing


@pytest.mark.parametrize(
    ("changes", "column", "right"),
    [
        ({"date": "2025-03-09", "date_to": "2025-03-11"}, "dates_right", 1),
        ({"date": "2025-03-08", "date_to": "2025-03-10"}, "dates_right", 0),
        ({"date": None}, "dates_right", 0),
        ({"fatalities": 1, "fatalities_low": 1, "fatalities_high": 4}, "fatalities_right", 1),
        ({"fatalities": 3, "fatalities_low": 3, "fatalities_high": 4}, "fatalities_right", 0),
        ({"fatalities": None}, "fatalities_right", 0),
    ],
)
def test_days_and_tolls_may_be_known_as_ranges(changes, column, right):
    assert score(events=[event() | changes])[column] == right


def test_an_event_may_be_known_to_a_tolerance_of_its_own():
    away = event((SIBI[0] + 0.3, SIBI[1]))
    assert score(events=[away | {"tolerance_km": 40}])["events_found"] == 1


def test_accidents_count_only_where_some_report_codes_one():
    text = "A bus fell into a ravine near Mach, killing nine."
    plain = report(text, places=[], events=[])
    assert score_news([plain])["events_told"].sum() == 0
    crash = report(text, places=[], events=[event(MACH, "2025-03-12", "Accident", 9)])
    assert score_news([plain, crash])["events_told"].tolist() == [1, 1]


def test_kinds_are_summed_up_one_by_one_and_together():
    right = report() | {"kind": ["toll", "day"]}
    spurious = report(events=[]) | {"id": "syn-2", "kind": "day"}
    bare = report() | {"id": "syn-3"}
    reports = [right, spurious, bare]
    kinds = summarise_kinds(score_news(reports), reports, "kind")
    assert kinds.index.tolist() == ["day", "toll", "all"]
    assert kinds.index.name == "kind"
    assert kinds["reports"].tolist() == [2, 1, 3]
    assert kinds["events_found"].tolist() == [1, 1, 2]
    assert kinds["spurious"].tolist() == [1, 0, 1]
    assert kinds["spurious_per_100"].round(1).tolist() == [50.0, 0.0, 33.3]
    assert kinds["event_f1"].round(3).tolist() == [0.667, 1.0, 0.8]
    assert kinds["fatalities_right"].tolist() == [1, 1, 2]


def test_a_field_that_no_report_has_is_told():
    with pytest.raises(SourceError, match="no report has the field 'style'"):
        summarise_kinds(score_news([report()]), [report()], "style")


def test_a_kind_without_events_has_no_f1():
    quiet = [report(text="Lahore is a large town.", places=[], events=[]) | {"kind": "no_event"}]
    assert math.isnan(summarise_kinds(score_news(quiet), quiet, "kind")["event_f1"].iloc[0])
