"""The words that a sentence may have: they find in it what all the words find."""

from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.news.sentence_words import narrow_words
from geosec.news.vocabulary import list_entries, load_report_words

WORDS = load_report_words()
SECTIONS = ("scenes", "signs", "asides", "people", "tolls")
EXAMPLES = sorted({each for _, entry in list_entries() for each in entry.examples})
GAPS = st.sampled_from([" ", ", ", " the ", " of 3 ", "-", ". ", " §’s ", " (", "x"])
TEXTS = st.lists(st.tuples(st.sampled_from(EXAMPLES), GAPS), max_size=4).map(
    lambda parts: "".join(map("".join, parts)).lower()
)


def list_patterns(words):
    for section in SECTIONS:
        lists = getattr(words, section)
        for name in getattr(WORDS, section).entries:
            yield f"{section}.{name}", getattr(lists, name)
    yield from words.types.items()
    yield "days", words.days


def find_all(words, text):
    found = {name: pattern.findall(text) for name, pattern in list_patterns(words)}
    return {name: each for name, each in found.items() if each}


@settings(deadline=None)  # lists are compiled when they are first asked for
@given(TEXTS)
def test_what_is_kept_finds_all_that_the_words_find(text):
    [narrowed] = narrow_words(WORDS, [text])
    assert find_all(narrowed, text) == find_all(WORDS, text)


def test_what_a_sentence_lacks_finds_nothing():
    killed, calm = narrow_words(WORDS, ["gunmen killed two", "it rained"])
    assert killed.counting
    assert killed.tolls.dead_after.search("gunmen killed two")
    assert not calm.counting
    assert calm.tolls.dead_after.search("gunmen killed two") is None
    assert calm.every is killed.every is WORDS


def test_types_keep_the_order_in_which_they_decide():
    [narrowed] = narrow_words(WORDS, ["a bomb"])
    assert list(narrowed.types) == list(WORDS.types)
