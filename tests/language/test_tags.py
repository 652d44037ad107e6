from __future__ import annotations

import re
from pathlib import Path

import pytest

import geosec
from geosec.language import tags

PACKAGE = Path(geosec.__file__).parent


def test_every_tag_has_a_letter_and_a_name_of_its_own():
    assert len(tags.BY_LETTER) == len(tags.BY_NAME) == len(tags.ALL)
    assert {len(tag) for tag in tags.ALL} == {1}


@pytest.mark.parametrize("tag", tags.ALL, ids=lambda tag: tag.name)
def test_a_tag_is_its_letter_and_says_what_it_is(tag):
    assert tag == str(tag)
    assert tags.BY_LETTER[str(tag)] is tags.BY_NAME[tag.name] is tag
    assert re.fullmatch(r"[a-z]+(-[a-z]+)?", tag.name)
    assert tag.says


@pytest.mark.parametrize(
    ("letters", "names"),
    [("", ""), (tags.NAME, "name"), (tags.NEAR + tags.NAME + tags.STATION, "near name station")],
)
def test_tags_are_spelt_and_read_again(letters, names):
    assert tags.spell_tags(letters) == names
    assert tags.read_tags(names) == letters


def test_what_is_no_tag_is_not_read():
    with pytest.raises(KeyError, match="zzyzx"):
        tags.read_tags("near zzyzx")


def test_sets_hold_tags_of_their_kind():
    assert all(tag.kind == "noun" for tag in tags.NOUNS)
    assert tags.TRAIN not in tags.NOUNS
    assert tags.RUN > tags.NOUNS > tags.TOLD_NOUNS
    assert all(tag.kind == "relation" for tag in tags.ENDS | tags.CLOSE_BY)
    assert tags.BEHIND.isdisjoint(tags.JOINING)


@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for room in ("geocoding", "news", "evaluation")
        for path in (PACKAGE / room).rglob("*.py")
        if path.name != "tags.py"
    ),
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_letters_of_tags_stand_in_one_file(path):
    """No rule compares a tag with a letter, or looks for one among the nouns of an item."""
    found = re.findall(
        r"""(?:\.tag|relation|letters\[[^\]]*\]) (?:==|!=) ["'][^"']{1,2}["']"""
        r"""|["'][A-Za-z&]["'] (?:not )?in [\w.]*nouns""",
        path.read_text(encoding="utf-8"),
    )
    assert not found
