from __future__ import annotations

import pytest

from geosec.language import tags
from geosec.language.notation import Door, compile_pattern
from geosec.language.tags import read_tags

PLAIN = Door(slots={"place": "name town?", "length": "number+ unit"})
LOOSE = Door(slots={"place": "name"}, fillers=2, most=3, captures=False)


def fits(pattern, names, door=PLAIN):
    return compile_pattern(pattern, door).fullmatch(read_tags(names)) is not None


@pytest.mark.parametrize(
    ("pattern", "names", "expected"),
    [
        ("near name", "near name", True),
        ("near name", "name near", False),
        ("from|off name", "off name", True),
        ("from|off name", "near name", False),
        ("~of name", "near name", True),
        ("~of|near name", "near name", False),
        ("away? name", "name", True),
        ("in* name", "in in name", True),
        ("name+", "", False),
        ("name{2}", "name name", True),
        ("name{1,2}", "name name name", False),
        ("( name town or number unit )?", "number unit", True),
        ("( name town or number unit )?", "", True),
        ("noun+", "town station border", True),
        ("run+", "unknown name town", True),
        ("any*", "near number owner", True),
        ("{place}", "name town", True),
        ("{length} of {place}", "number number unit of name", True),
        ("hyphen open close", "hyphen open close", True),
    ],
)
def test_a_pattern_fits_the_tags_that_it_names(pattern, names, expected):
    assert fits(pattern, names) is expected


@pytest.mark.parametrize(
    ("pattern", "names", "expected"),
    [
        ("direction !of", "direction", True),
        ("direction !of", "direction of", False),
        ("<!name unknown", "unknown", True),
        ("<!name unknown", "name unknown", False),
        ("name !( unknown* road )", "name unknown road", False),
        ("name !( unknown* road )", "name unknown town", True),
        ("^ name", "near name", False),
    ],
)
def test_what_must_not_stand_beside_it_is_not_there(pattern, names, expected):
    assert (compile_pattern(pattern, PLAIN).search(read_tags(names)) is not None) is expected


def test_slots_can_be_asked_for_in_their_order():
    found = compile_pattern("between {place} and {place}", PLAIN).search(
        read_tags("between name town and name")
    )
    assert (found["place"], found["place2"]) == (tags.NAME + tags.TOWN, tags.NAME)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("near ignored ignored name", True),
        ("near ignored ignored ignored name", False),
        ("near name ignored", False),
    ],
)
def test_a_running_text_puts_ignored_words_behind_a_relation(names, expected):
    assert fits("near {place}", names, LOOSE) is expected


def test_a_running_text_repeats_nothing_without_end():
    assert fits("name+", "name name name", LOOSE)
    assert not fits("name+", "name name name name", LOOSE)
    assert compile_pattern("{place}", LOOSE).groupindex == {}


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("near zzyzx", "'zzyzx' is neither a tag nor a set of tags"),
        ("near Name", "'Name' is no word of a pattern"),
        ("name??", "'name\\?\\?' is no word of a pattern"),
    ],
)
def test_a_word_that_is_none_is_refused(pattern, message):
    with pytest.raises(ValueError, match=message):
        compile_pattern(pattern, PLAIN)


def test_a_slot_that_is_not_defined_is_refused():
    with pytest.raises(KeyError, match="zzyzx"):
        compile_pattern("{zzyzx}", PLAIN)
