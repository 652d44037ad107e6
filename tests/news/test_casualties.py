"""The ways reports tell their killed and hurt, read as ranges."""

from __future__ import annotations

import pytest

from geosec.news.casualties import count_casualties
from geosec.news.tolls import Count, Toll
from geosec.news.vocabulary import load_report_words


def toll(text):
    return count_casualties(text, load_report_words())


def ends(count):
    return count and (count.low, count.high)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A guard was killed", (1, 1)),
        ("One guard was killed", (1, 1)),
        ("Twelve guards were killed", (12, 12)),
        ("Twenty-one guards were killed", (21, 21)),
        ("1,200 people were killed", (1200, 1200)),
        ("At least two dozen people were killed", (24, None)),
        ("A dozen men were killed", (12, 12)),
        ("Half a dozen men were killed", (6, 6)),
        ("A couple of men were killed", (2, 2)),
        ("Several men were killed", (3, 9)),
        ("A few men were killed", (2, 5)),
        ("Dozens were killed", (24, None)),
        ("Scores of people were killed", (40, None)),
        ("Over 20 people were killed", (21, None)),
        ("More than 20 people were killed", (21, None)),
        ("No fewer than 20 people were killed", (20, None)),
        ("As many as 20 people were killed", (20, 20)),
        ("Up to 20 people were killed", (0, 20)),
        ("About 100 people were killed", (90, 110)),
        ("Nearly 100 people were killed", (90, 110)),
        ("An estimated 100 people were killed", (90, 110)),
    ],
)
def test_words_for_numbers(text, expected):
    assert ends(toll(text).dead) == expected


@pytest.mark.parametrize(
    "text",
    [
        "killing five people",
        "the blast killed five people",
        "five people were killed",
        "five people died",
        "five people lost their lives",
        "five people were shot dead",
        "five people succumbed to their wounds",
        "gunmen shot dead five people",
        "five people were gunned down",
        "it claimed the lives of five people",
        "five bodies were found",
        "the toll rose to five",
        "police found the bodies of five people",
        "FIVE PEOPLE WERE KILLED",
    ],
)
def test_five_dead_are_five_however_told(text):
    assert toll(text).dead == Count(5, 5)


@pytest.mark.parametrize(
    "text",
    [
        "injuring five people",
        "five people were hurt",
        "five people were injured",
        "five others were wounded",
        "wounding five",
        "the blast injured five people",
    ],
)
def test_five_hurt_are_five_however_told(text):
    assert toll(text) == Toll(None, Count(5, 5))


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("killing three and wounding 14", (3, 3), (14, 14)),
        ("Three people were killed and 14 injured", (3, 3), (14, 14)),
        ("Three people were killed and 14 others were injured", (3, 3), (14, 14)),
        ("14 people were injured and three killed", (3, 3), (14, 14)),
        ("14 people were injured, three of them seriously", None, (14, 14)),
        ("Nine people, including three children, were killed", (9, 9), None),
        ("Nine people, among them two women, died and six were hurt", (9, 9), (6, 6)),
        ("Three soldiers and two policemen were killed", (5, 5), None),
        ("killing three soldiers and two policemen", (5, 5), None),
        ("A man and his son were shot dead", (2, 2), None),
        ("Constable Ali was killed", (1, 1), None),
        ("Three men were killed while two others were hurt", (3, 3), (2, 2)),
        ("Eight militants were killed on 12 March 2025", (8, 8), None),
        ("The death toll rose to 31 from 26", (31, 31), None),
    ],
)
def test_dead_and_hurt_of_one_sentence(text, dead, hurt):
    found = toll(text)
    assert (ends(found.dead), ends(found.hurt)) == (dead, hurt)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The train was late.",
        "Two trucks were burned.",
        "12 km of track were damaged.",
        "Five rockets were fired.",
        "Two suspects were arrested.",
        "The 25-year-old spoke for three hours.",
        "He had been there for two years.",
        "Officials condemned the killing.",
    ],
)
def test_what_counts_no_victims_gives_none(text):
    assert toll(text) == Toll()


@pytest.mark.parametrize(
    "text",
    ["Nobody was hurt.", "No one was killed.", "There were no casualties.", "All were unhurt."],
)
def test_nobody_is_nought_of_both(text):
    assert toll(text) == Toll(Count(0, 0), Count(0, 0))


def test_nobody_hurt_takes_no_dead_away():
    assert toll("Two guards were killed, and no one was hurt.") == Toll(Count(2, 2), Count(0, 0))


def test_ages_are_no_numbers_of_people():
    assert toll("Ali Khan, 25, was hurt").hurt in {None, Count(1, 1)}


@pytest.mark.parametrize("number", [1, 2, 7, 10, 19, 30, 99, 100, 1000])
def test_figures_are_read_as_they_stand(number):
    assert toll(f"A blast killed {number} people").dead == Count(number, number)


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("Three labourers were shot dead", (3, 3), None),
        ("killing one constable and injuring six people, four of them boys", (1, 1), (6, 6)),
        ("At least 26 people, including a woman, were killed", (26, None), None),
        ("more than 60 were injured", None, (61, None)),
        ("dozens were hurt", None, (24, None)),
        ("up to 30 people died", (0, 30), None),
        ("about 50 were wounded", None, (45, 55)),
        ("Two policemen and a passer-by were killed", (3, 3), None),
        ("gunmen killed at least 21 passengers and four soldiers", (25, None), None),
        ("killed two guards and three others were hurt", (2, 2), (3, 3)),
        ("injured six people and two were killed", (2, 2), (6, 6)),
        ("Sixty-four people died", (64, 64), None),
        ("On March 20, 2024, eight gunmen were killed", (8, 8), None),
        ("police said no one was hurt", (0, 0), (0, 0)),
        ("more than 100 passengers were held", None, None),
        ("a 25-year-old man crossed 12 km of hills in two hours", None, None),
    ],
)
def test_people_are_counted_as_they_are_told(text, dead, hurt):
    found = toll(text)
    assert (ends(found.dead), ends(found.hurt)) == (dead, hurt)


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("killing one constable and injuring six people", (1, 1), (6, 6)),
        ("At least 12 died and dozens were hurt", (12, None), (24, None)),
    ],
)
def test_killed_and_hurt_of_one_clause(text, dead, hurt):
    found = toll(text)
    assert (ends(found.dead), ends(found.hurt)) == (dead, hurt)


@pytest.mark.parametrize("text", ["at five o'clock he died", "at five o’clock he died"])
def test_hours_are_no_people(text):
    assert toll(text).dead == Count(1, 1)


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("killing its driver", (1, 1)),
        ("his brother was killed", (1, 1)),
        ("her two sons were killed", (2, 2)),
        ("sub-inspector khan died", (1, 1)),
        ("leaving five dead", (5, 5)),
        ("the blast left 12 people dead", (12, 12)),
        ("killed five militants and two soldiers", (7, 7)),
        ("the death of two miners", (2, 2)),
        ("forty-five people were killed", (45, 45)),
        ("two trucks were hit and one driver was killed", (1, 1)),
        ("killing at least three people and up to five soldiers", (3, None)),
        ("three men were shot dead and their driver injured", (3, 3)),
        ("ten people died, two of them guards", (10, 10)),
        ("killing three, including a child", (3, 3)),
        ("killed a boy, 12, and his father", (2, 2)),
        ("fewer than 20 people died", (0, 20)),
    ],
)
def test_people_stand_before_or_behind_the_verb(text, dead):
    assert ends(toll(text).dead) == dead


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("the toll stood at 31", 31),
        ("the tally of dead reached nine", 9),
        ("raising the death toll from 26 to 31", 31),
        ("the number of people killed in monday's blast rose to 31", 31),
    ],
)
def test_a_toll_that_has_risen_is_where_it_has_risen_to(text, dead):
    assert toll(text).dead == Count(dead, dead)


@pytest.mark.parametrize(
    "text", ["on march 12 three were killed", "three were killed on 12 march 2025"]
)
def test_the_number_of_a_day_counts_nobody(text):
    assert toll(text).dead == Count(3, 3)


@pytest.mark.parametrize("text", ["killed 12 km from the town", "killed in five attacks"])
def test_a_number_of_things_behind_a_verb_counts_nobody(text):
    assert toll(text).dead is None


def test_a_guard_among_four_is_one_of_the_four():
    assert toll("a guard was among four injured").hurt == Count(4, 4)


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("five were killed; six were hurt", (5, 5), (6, 6)),
        ("nobody was killed but four were hurt", (0, 0), (4, 4)),
        ("five were killed and as many were hurt", (5, 5), (5, 5)),
        ("1,200 were hurt", None, (1200, 1200)),
    ],
)
def test_each_verb_has_its_own_people(text, dead, hurt):
    found = toll(text)
    assert (ends(found.dead), ends(found.hurt)) == (dead, hurt)
