"""The gallery has a section for each script, with its question, its picture and its reading.

The page is written from the scripts by `python -m tests.test_gallery_page`; a picture is what
its script writes, `python examples/plot_NAME.py docs/gallery`, that of the report a screenshot.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLES, PAGE = ROOT / "examples", ROOT / "docs/gallery.md"
PARTS = {
    "What happened": "tolls article_to_map duplicates",
    "Where it happened": "how_sure nearest_infrastructure near_stations",
    "Along the railway": "near_the_railway corridor railway_density",
    "Where and when there is more": (
        "hot_spots emerging_hot_spots district_rates clusters near_repeats trend compare_years"
    ),
    "Data of others, data of your own": "acled_export own_layers postgis live_stream",
    "To be read by others": "report release_levels",
}
STEMS = [stem for part in PARTS.values() for stem in part.split()]
MOST_BYTES = 2_500_000  # of all pictures
HEAD = """# Gallery

{number} questions, each with a script of a page that answers it: read, place, ask, draw. They use
what ships with geosec, print a short table, and write a picture to the folder that they are given
(`build/gallery` without one):

```sh
pip install "geosec[analysis,report]"
python examples/plot_corridor.py pictures/
```

The pictures are plain matplotlib with the looks of `examples/gallery.mplstyle`, or maps of
[`static_map`](static_maps.md). Copy a script, put your file where `geosec.example_path()` stands,
and go on from there. [Where the data come from](../examples/data/README.md).

{index}

"""


def read_script(script):
    """Read the question of a script, what it says of itself, and its reading."""
    text = script.read_text(encoding="utf-8")
    title, rule, says = (ast.get_docstring(ast.parse(text)) or "").split("\n", 2)
    assert set(rule) == {"="}
    reading = text.rpartition("# %%\n")[2]
    assert reading.startswith("# Reading: ")
    reading = " ".join(line.removeprefix("# ") for line in reading.splitlines())
    return title, says.strip(), reading.removeprefix("Reading: ")


def write_page():
    parts = [
        f"## {part}\n\n" + "\n".join(write_section(stem) for stem in stems.split())
        for part, stems in PARTS.items()
    ]
    index = [
        f"- **{part}**: " + " ".join(write_link(stem) for stem in stems.split())
        for part, stems in PARTS.items()
    ]
    return HEAD.format(number=len(STEMS), index="\n".join(index)) + "\n".join(parts)


def write_section(stem):
    title, says, reading = read_script(EXAMPLES / f"plot_{stem}.py")
    says = "\n\n".join(" ".join(part.split()) for part in says.split("\n\n"))
    return f"""### {title}

{says}

![Picture that answers: {title}](gallery/{stem}.png)

{reading[0].upper()}{reading[1:]} [`examples/plot_{stem}.py`](../examples/plot_{stem}.py)
"""


def write_link(stem):
    """Link a question to its section, by the anchor that a code host gives the heading."""
    title = read_script(EXAMPLES / f"plot_{stem}.py")[0]
    anchor = re.sub(r"[^\w -]", "", title.casefold()).replace(" ", "-")
    return f"[{title}](#{anchor})"


def test_every_script_has_its_place_on_the_page():
    there = [path.stem.removeprefix("plot_") for path in EXAMPLES.glob("plot_*.py")]
    assert sorted(STEMS) == sorted(there)


def test_the_page_says_what_the_scripts_say():
    assert PAGE.read_text("utf-8") == write_page()


def test_every_picture_is_there_and_all_are_small():
    pictures = list((ROOT / "docs/gallery").glob("*.png"))
    assert sorted(path.stem for path in pictures) == sorted(STEMS)
    assert sum(path.stat().st_size for path in pictures) <= MOST_BYTES


if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8")
