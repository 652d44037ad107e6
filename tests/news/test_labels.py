"""Labels: the day or the place of what stands behind them."""

from __future__ import annotations

import pytest

import geosec
from geosec.news.labels import find_labels, is_label
from geosec.news.vocabulary import load_report_words

WORDS = load_report_words()


def labels(text, begin=0):
    return [
        (each.kind, each.form, text[each.start : each.end])
        for each in find_labels(text, WORDS, begin)
    ]


def told(text, published="2025-03-12"):
    events = geosec.parse_report(text, published=published).events
    return [
        (row.match_name, None if row.date != row.date else row.date.day, row.fatalities)
        for row in events.itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• KECH: two died", [("place", "item", "KECH")]),
        ("Dadu district: two died", [("place", "head", "Dadu district")]),
        ("1. Dera Ismail Khan - two died", [("place", "item", "Dera Ismail Khan")]),
        ("* Sat: two died", [("day", "item", "Sat")]),
        ("Mon (night): two died", [("day", "head", "Mon (night)")]),
        ("Tuesday, March 11: two died", [("day", "head", "Tuesday, March 11")]),
        ("11/03/2025: two died", [("day", "head", "11/03/2025")]),
        (
            "March 10, Turbat: two died",
            [("day", "head", "March 10"), ("place", "head", "Turbat")],
        ),
        ("Turbat, March 10: two died", [("place", "head", "Turbat"), ("day", "head", "March 10")]),
        ("Saturday, March 8", []),
        ("March 8\n\n- two died", [("day", "heading", "March 8")]),
        (
            "March 8\n\ntwo died\n\nMarch 9",
            [("day", "heading", "March 8"), ("day", "heading", "March 9")],
        ),
        ("Kech:", [("place", "heading", "Kech")]),
        ("Date: 8 March. Two died", [("day", "field", "8 March")]),
        ("Location: Tump, Kech. Two died", [("place", "field", "Tump, Kech")]),
        ("PLACE : Mach | Time: 9pm", [("place", "field", "Mach"), ("other", "field", "9pm")]),
        (
            "Round-up (all incidents took place on Sunday, March 2, unless stated)",
            [("day", "all", " Sunday, March 2, unless stated")],
        ),
        ("two men: one died", []),
        ("Police said that in Mach: two died", []),
        ("Quetta - two died", []),
        ("", []),
        (":::", []),
    ],
)
def test_labels_are_found_with_their_words(text, expected):
    assert labels(text) == expected


def test_labels_stand_behind_the_headline():
    text = "Mach: two died\n\nSibi: one died"
    assert labels(text, 16) == [("place", "head", "Sibi")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sat", True),
        ("March 8", True),
        ("Date", True),
        ("Place: Mach", True),
        ("Kech", False),
        ("", False),
    ],
)
def test_days_and_fields_are_labels_by_themselves(words, expected):
    assert is_label(words, WORDS) is expected


@pytest.mark.parametrize("mark", ["• ", "* ", "- ", "– ", "", "1. "])
def test_a_day_at_the_head_of_an_item_dates_it(mark):
    days = ("Sat", "Sun", "Mon night")
    said = (
        "gunmen killed two men in Hub.",
        "a bomb killed one in Sibi, police said on Tuesday.",
        "three drowned in a flood near Mach.",
    )
    items = [
        f"{mark.replace('1', str(n))}{day}: {what}"
        for n, (day, what) in enumerate(zip(days, said, strict=True), 1)
    ]
    text = "Log of incidents\n\n" + "\n".join(items)
    assert told(text) == [("Hub", 8, 2), ("Sibi", 9, 1), ("Mach", 10, 3)]


@pytest.mark.parametrize("joint", ["\n", "\n\n", "\n• ", "\n- "])
@pytest.mark.parametrize(
    "places", [("KECH", "KHUZDAR", "ZHOB"), ("Kech district", "Khuzdar district", "Zhob district")]
)
def test_a_place_at_the_head_of_an_item_is_where_it_happened(joint, places):
    said = (
        "Gunmen killed two barbers on March 3. Police said they came from Multan.",
        "A bomb hurt four.",
        "Three soldiers were killed in an ambush near a bridge.",
    )
    text = "Round-up\n" + "".join(
        f"{joint}{place}: {what}" for place, what in zip(places, said, strict=True)
    )
    assert [name for name, *_ in told(text)] == ["Kech", "Khuzdar", "Zhob"]
    assert [dead for *_, dead in told(text)] == [2, 0, 3]


def test_a_place_of_its_own_is_nearer_than_the_label():
    text = "Round-up\n\n• KECH: A bomb killed two in Tump.\n• KHUZDAR: Gunmen killed one in Wadh."
    assert [name for name, *_ in told(text)] == ["Tump", "Wadh"]


def test_a_heading_stands_for_the_items_below_it():
    text = (
        "Saturday, March 8\n- Gunmen killed two in Tank.\n- A bomb killed one in Hangu.\n\n"
        "Sunday, March 9\n- Three soldiers were killed in an ambush in Zhob."
    )
    assert told(text) == [("Tank", 8, 2), ("Hangu", 8, 1), ("Zhob", 9, 3)]
    text = (
        "Kech:\n- Gunmen killed two men.\n- A bomb killed one.\nPanjgur:\n- A blast killed three."
    )
    assert [(name, dead) for name, _, dead in told(text)] == [
        ("Kech", 2),
        ("Kech", 1),
        ("Panjgur", 3),
    ]


@pytest.mark.parametrize("joint", [". ", "\n", " | ", "; "])
def test_the_fields_of_a_form_say_when_and_where(joint):
    fields = (
        "Date: 8 March 2025",
        "Location: Tump, Kech district",
        "Details: A foot patrol was ambushed",
    )
    text = f"INCIDENT SHEET{joint}" + joint.join([*fields, "Two soldiers were killed."])
    assert told(text) == [("Tump", 8, 2)]


def test_a_form_with_a_day_that_is_none_has_none_and_a_reason():
    text = "Date: 31 February 2025. Location: Tump. A bomb killed two men. A copy went to Quetta."
    events = geosec.parse_report(text, published="2025-03-12").events
    assert events["date"].isna().all()
    assert "no day of the calendar" in events["date_reason"].item()


@pytest.mark.parametrize(
    "note",
    [
        "(all incidents took place on Sunday, March 2, unless stated otherwise)",
        "(All attacks happened on Sunday)",
        "All incidents were reported on March 2.",
    ],
)
def test_a_note_dates_all_but_what_has_a_day_of_its_own(note):
    text = (
        f"ROUND-UP {note}\n\n• KECH: Gunmen killed two men.\n• SIBI: A bomb killed one on Saturday."
    )
    assert told(text, "2025-03-03") == [("Kech", 2, 2), ("Sibi", 1, 1)]


def test_one_dateline_alone_is_no_label():
    text = "QUETTA: Gunmen killed two men on Monday. The attack took place in Mach."
    assert told(text) == [("Mach", 10, 2)]


def test_the_dateline_is_a_label_where_others_follow():
    text = (
        "SIBI: Gunmen killed two men on Monday.\n\nMACH: A bomb killed one.\n\n"
        "ZHOB: Traders held a protest rally."
    )
    assert [(name, dead) for name, _, dead in told(text)] == [("Sibi", 2), ("Mach", 1), ("Zhob", 0)]


def test_an_offset_points_at_the_label_as_it_was_given():
    text = "<ul><li><b>Sat:</b> a bomb killed one in Sibi.</li><li>Sun: two died in Mach.</li></ul>"
    event = geosec.parse_report(text, published="2025-03-12").events.iloc[0]
    assert event["date_text"] == text[event["date_start"] : event["date_end"]] == "Sat"


@pytest.mark.parametrize("day", ["March 12, 2025", "Wednesday, 12 March 2025", "12/03/2025", "Wed"])
@pytest.mark.parametrize("above", ["", "Two killed in Mach\n\n"])
def test_the_day_on_which_a_report_was_written_is_none_of_its_events(above, day):
    text = "QUETTA: Gunmen killed two men in Mach, police said. It happened on Monday."
    assert told(f"{above}{day}\n\n{text}") == [("Mach", 10, 2)]


@pytest.mark.parametrize("is_html", [False, True])
def test_the_rows_of_a_table_are_dated_and_placed_by_their_cells(is_html):
    rows = [("Date", "Place", "Event"), ("March 10", "Turbat", "Gunmen shot dead two tailors")]
    rows.append(("March 11", "Khuzdar", "A bomb killed three"))
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if is_html:
        lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    assert told("\n".join(lines)) == [("Turbat", 10, 2), ("Khuzdar", 11, 3)]
