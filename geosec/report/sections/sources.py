"""How the report was made: methods in plain words, every parameter, layers, versions and hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geosec.data.catalogue import list_layers
from geosec.report.content import Block, Facts, Paragraph, Section, Table
from geosec.report.saying import clean_cell
from geosec.storage.provenance import SOURCE, describe_origin

INPUT = "input"  #: in `attrs`, which file or table was read: its name and the hash of its bytes
_INPUT = ("file", "table", "sha256")

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.report.case import Case


def write_methods(case: Case, made: Sequence[Section]) -> Section:
    """Write how each section came to its answer, with what it was told."""
    tell, words = case.tell, case.tell.words
    draws = {"draws": tell.count(case.draws), "seed": case.seed}
    blocks: list[Block] = [Paragraph(tell.say("methods_draws", **draws))]
    blocks.append(Paragraph(words["methods_interval"]))
    told = [each for each in made if each.is_made]
    methods = [(each.title, text) for each in told for text in each.methods]
    blocks += [Facts(methods)] if methods else []
    rows = [
        [section.title if at == 0 else "", clean_cell(name), clean_cell(value)]
        for section in told
        for at, (name, value) in enumerate(section.settings)
    ]
    if rows:
        head = [words["section"], words["parameter"], words["value"]]
        blocks.append(Table(words["parameters"], head, rows))
    return Section("methods", words["methods"], blocks)


def write_provenance(case: Case) -> Section:
    """Write what the report rests on: source, steps, layers with their hashes, version."""
    tell, words = case.tell, case.tell.words
    origin = describe_origin(case.located)
    facts = [
        (words["software"], f"geosec {origin['geosec']}"),
        (words["seed"], str(case.seed)),
        (words["draws"], tell.count(case.draws)),
        (words["rows"], tell.count(len(case.located))),
    ]
    given = case.located.attrs.get(INPUT)
    given = given if isinstance(given, dict) else {}
    facts += [(words[f"input_{key}"], clean_cell(given[key])) for key in _INPUT if given.get(key)]
    facts += [(words[name], clean_cell(origin[name], 1_000)) for name in SOURCE if origin.get(name)]
    facts += [(words["notice"], clean_cell(each, 500)) for each in _list_notices(origin)]
    facts += _list_steps(origin)
    blocks: list[Block] = [Facts(facts)]
    layers = origin.get("layers", {})
    if layers:
        titles = list_layers()["title"]
        rows = [
            [str(titles.get(name, name)), name, told["vintage"], told["hash"]]
            for name, told in layers.items()
        ]
        head = [words[each] for each in ("layer", "layer_name", "vintage", "hash")]
        note = words["hash_note"]
        blocks.append(Table(words["layers"], head, rows, wide=frozenset({0, 3}), note=note))
    return Section("provenance", words["provenance"], blocks)


def _list_notices(origin: dict[str, Any]) -> list[Any]:
    notices = origin.get("source_notices", [])
    return notices if isinstance(notices, list) else [notices]


def _list_steps(origin: dict[str, Any]) -> list[tuple[str, str]]:
    """List the verbs that made the table, each with its settings."""
    told = []
    for verb, step in origin.get("steps", {}).items():
        if isinstance(step, dict):
            settings = [f"{name} = {value}" for name, value in step.items() if name != "layers"]
            used = step.get("layers") or []
            told.append((clean_cell(verb), clean_cell("; ".join([*map(str, used), *settings]))))
    return told
