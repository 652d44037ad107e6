"""Reports into places and events."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

import geosec
from geosec.schema import list_columns

STORY = Path(__file__).parents[1] / "data" / "story_march_2025.txt"
PUBLISHED = date(2025, 3, 12)


def events(text, published="2025-03-12"):
    table = geosec.parse_report(text, published=published).events
    return [
        (row.location, str(row.date.date()), row.event_type, row.fatalities)
        for row in table.itertuples()
    ]


def told(text, published=PUBLISHED):
    events = geosec.parse_report(text, published=published).events
    return list(zip(events["location"], events["fatalities"], strict=True))


def test_the_story_of_march_2025_gives_its_events():
    told = geosec.parse_report(STORY.read_text(encoding="utf-8"), published="2025-03-18").events
    rows = told[["match_name", "fatalities", "injuries"]].astype("object").to_numpy().tolist()
    days = told["date"].dt.strftime("%Y-%m-%d").tolist()
    assert [row[0] for row in rows] == ["Mushkaf", "Mughalzai", "Nushki", "Quetta", "Gwadar Port"]
    assert [row[1] for row in rows] == [64, 1, 8, 32, 10]
    assert days == ["2025-03-11", "2025-03-03", "2025-03-16", "2024-11-09", "2024-03-20"]


def test_offsets_give_the_words_back():
    text = STORY.read_text(encoding="utf-8")
    places = geosec.parse_report(text, published=date(2025, 3, 18)).places
    assert all(text[row.start : row.end] == row.location for row in places.itertuples())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gunmen killed two guards in Mach on Monday; the same day a grenade in Sibi hurt four.",
            [
                ("Mach", "2025-03-10", "Battles", 2),
                ("Sibi", "2025-03-10", "Explosions/Remote violence", 0),
            ],
        ),
        (
            "Five died in raids in Kech. The first, near Turbat, killed three; two died at Tump.",
            [
                ("near Turbat", "2025-03-12", "Battles", 3),
                ("Tump", "2025-03-12", "Battles", 2),
            ],
        ),
        (
            "Students clashed with police in Quetta on Tuesday. Karachi, 700 km away, was calm.",
            [("Quetta", "2025-03-11", "Riots", 0)],
        ),
        (
            "A coach plunged into a ravine near Khuzdar, killing 12. The dead came from Hub.",
            [("near Khuzdar", "2025-03-12", "Accident", 12)],
        ),
        (
            "TURBAT: Two men were shot dead on Friday. They came from Multan.",
            [("TURBAT", "2025-03-07", "Violence against civilians", 2)],
        ),
        (
            "Eleven men were killed on Saturday in North Waziristan's Shawal area.",
            [("North Waziristan's Shawal area", "2025-03-08", "Violence against civilians", 11)],
        ),
        (
            "In Kalat five guards were killed in clashes, and rebels blew up a bridge near Mach.",
            [
                ("Kalat", "2025-03-12", "Battles", 5),
                ("near Mach", "2025-03-12", "Explosions/Remote violence", 0),
            ],
        ),
        (
            "The death toll from Monday's suicide bombing at a mosque in Peshawar rose to 100.",
            [("Peshawar", "2025-03-10", "Explosions/Remote violence", 100)],
        ),
        (
            "Gunmen attacked the naval air base PNS Siddique in Turbat; one soldier was killed.",
            [("PNS Siddique in Turbat", "2025-03-12", "Battles", 1)],
        ),
        (
            "The minister condemned the attack in Quetta.",
            [],
        ),
    ],
)
def test_events_are_what_happened_where_it_happened(text, expected):
    assert events(text) == expected


def test_killed_at_several_places_together_stay_a_range():
    told = geosec.parse_report(
        "Bombs in Mach, Sibi and Kalat killed nine people.", published="2025-03-12"
    ).events
    assert told["fatalities_low"].tolist() == [0, 0, 0]
    assert told["fatalities_high"].tolist() == [9, 9, 9]


def test_an_event_without_a_place_is_kept_and_says_so():
    told = geosec.parse_report("A bomb killed two people.", published="2025-03-12").events
    assert told["match_reason"].tolist() == ["the report does not say where"]


def test_nothing_told_gives_empty_tables_with_all_columns():
    report = geosec.parse_report("", published="2025-03-12")
    assert len(report.places) == len(report.events) == 0
    assert set(list_columns("geocode")) <= set(report.events.columns)


def test_an_ambiguous_name_is_read_by_the_places_beside_it():
    alone = geosec.geocode(["Rustam"])["match_status"].item()
    told = geosec.parse_report(
        "In Rustam and Mardan, as in Swabi, shops were shut.", published="2025-03-12"
    )
    assert alone == "ambiguous"
    assert told.places["match_status"].iloc[0] == "matched"


@pytest.mark.parametrize("bad", ["Tuesday", "2025-02-31", None, 7])
def test_a_wrong_day_of_publication_is_told(bad):
    with pytest.raises(geosec.ParameterError, match="published"):
        geosec.parse_report("text", published=bad)


def test_empty_tables_have_the_types_of_full_ones():
    told, nothing = (
        geosec.parse_report(text, published="2025-03-12")
        for text in ("A bomb killed two in Mach.", "")
    )
    for full, empty in ((told.places, nothing.places), (told.events, nothing.events)):
        assert full.dtypes.to_dict() == empty.dtypes.to_dict()
        assert full.crs == empty.crs == "EPSG:4326"


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed two in Sibi in March 0000.",
        "A bomb killed two in Sibi 5000000 days ago.",
        "A bomb killed two in Sibi 9999999999999 days ago.",
    ],
)
def test_a_day_that_is_none_leaves_the_event(text):
    assert told(text) == [("Sibi", 2)]


@pytest.mark.parametrize(("digits", "dead"), [(20, 2), (5_000, 0)])
def test_a_number_beyond_all_people_is_not_counted(digits, dead):
    """That people died is still told where they stand near: two at least."""
    text = f"A bomb in Sibi killed {'9' * digits} people."
    assert told(text) == [("Sibi", dead)]


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (date(1, 1, 2), "last year"),
        (date(1, 1, 2), "on Monday"),
        (date(9999, 12, 31), "today. The next day a mine near Mach killed one"),
    ],
)
def test_the_ends_of_the_calendar_break_nothing(published, day):
    assert told(f"A bomb killed two in Sibi {day}.", published)[0] == ("Sibi", 2)


def test_spaces_behind_a_capital_take_no_longer_than_words():
    geosec.parse_report("A", published=PUBLISHED)
    started = time.perf_counter()
    geosec.parse_report("A" + " " * 40_000 + "B", published=PUBLISHED)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A bomb went off in a mosque in Sibi and the roof collapsed, killing ten.",
            [("Sibi", 10)],
        ),
        ("No one was arrested in Sibi.", []),
        ("Two were killed in Sibi and three in Kalat on Monday.", [("Sibi", 2), ("Kalat", 3)]),
        (
            "İ" * 20 + " said; a bomb in Mach killed two, while gunmen killed one in Sibi.",
            [("Mach", 2), ("Sibi", 1)],
        ),
    ],
)
def test_tolls_stay_with_their_places(text, expected):
    assert told(text) == expected


def test_a_ruler_is_no_place():
    places = geosec.parse_report("Khan of Kalat came to Sibi.", published=PUBLISHED).places
    assert places["location"].tolist() == ["Sibi"]


def test_a_statement_of_the_army_gives_its_dead():
    text = (
        "Security Forces conducted an intelligence based operation in general area Datta Khel on "
        "Monday. After an intense fire exchange six khwarij were sent to hell. In another "
        "engagement in Kulachi, three khwarij were successfully neutralised."
    )
    events = geosec.parse_report(text, published="2025-05-06").events
    assert events["location"].tolist() == ["Datta Khel", "Kulachi"]
    assert events["fatalities"].tolist() == [6, 3]
    assert set(events["event_type"]) == {"Battles"}


def test_between_two_peoples_is_no_place_and_nor_is_a_group():
    text = "Violence between Shiite and Sunni groups, said Lashkar-e-Balochistan, came to Hangu."
    assert geosec.parse_report(text, published="2025-05-06").places["location"].tolist() == [
        "Hangu"
    ]


def test_half_a_character_is_read_as_one_that_is_unknown():
    with pytest.warns(geosec.GeosecWarning, match="half a character"):
        report = geosec.parse_report("\ud800 A blast near Mach killed two.", published=PUBLISHED)
    [place] = report.places.to_dict("records")
    assert (place["location"], place["start"]) == ("Mach", 15)
    assert report.events["fatalities"].tolist() == [2]


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("They were shot dead in Topi.", ["Topi"]),
        ("The attack took place in Topi.", ["Topi"]),
        ("The victims were killed in Topi.", ["Topi"]),
        ("The two men were killed in Topi.", ["Topi"]),
        ("The three men were killed in Topi.", ["Swabi", "Topi"]),
        ("Two others were shot dead in Topi.", ["Swabi", "Topi"]),
        ("Another two were shot dead in Topi.", ["Swabi", "Topi"]),
        ("They were shot dead in Turbat.", ["Swabi", "Turbat"]),
    ],
)
def test_what_is_told_again_says_better_where_it_was(said, places):
    text = f"Gunmen killed two men in Swabi on Monday. {said}"
    events = geosec.parse_report(text, published="2025-03-12").events
    assert events["match_name"].tolist() == places
