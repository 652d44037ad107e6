"""Columns and their palettes, for the tests of the page: JSON on standard output."""

from __future__ import annotations

import json
import sys

import numpy as np
import pandas as pd

from geosec.maps.palette import COLOURS, assign_palette

COLUMNS = {
    "few": (["b", "a", "a", None, " b ", "c", ""], {}),
    "none": ([None, None], {}),
    "empty": ([], {}),
    "own": (["a"] * 3 + ["b"] * 2 + ["c"], {"b": "#123456", "c": COLOURS[0], "x": "#ffffff"}),
    "ties": (list("zyxwvutsrqponm"), {}),
    "all colours": (list("aabbccddeeffgghi"), dict(zip("abcdefg", COLOURS, strict=True))),
    "ordered": (
        pd.Categorical(list("cabcc"), ["c", "b", "x", "a"], ordered=True),
        {"b": "#123456"},
    ),
    "Urdu": (["کوئٹہ", "سبی", "سبی", "🚂", "é", "Z"], {}),
}


def list_cases() -> list[dict[str, object]]:
    """List columns, as the payload has them, and their palettes."""
    chance = np.random.default_rng(0)
    names = [f"kind {number}" for number in range(40)]
    columns = COLUMNS | {"many": (list(chance.choice(names, 900)), {})}
    cases = []
    for name, (texts, given) in columns.items():
        is_ordered = isinstance(texts, pd.Categorical)
        column = pd.Series(texts, dtype=None if is_ordered else "object")
        palette = assign_palette(column, given)
        plain = [(text or "").strip() for text in texts]
        values = list(texts.categories) if is_ordered else sorted(set(plain) - {""})
        cases.append(
            {
                "name": name,
                "given": given,
                "ordered": is_ordered,
                "values": values,
                "codes": [values.index(text) if text else None for text in plain],
                "entries": [entry._asdict() for entry in palette.entries],
                "of_row": palette.of_row.tolist(),
            }
        )
    return cases


if __name__ == "__main__":
    json.dump(list_cases(), sys.stdout)
