"""Of two places side by side the one that lies in the other is meant, in whichever order."""

from __future__ import annotations

import pandas as pd
import pytest

import geosec
from geosec.reference.gazetteer import Gazetteer, load_gazetteer
from geosec.reference.toponyms import normalise

KINDS = ["town", "village", "area", "tehsil"]
ORDERS = [
    "{x}, {y}",
    "{x}, {y} area",
    "{x} ({y} area)",
    "{x} - {y}",
    "{x}-{y}",
    "{x} – {y}",
    "{x}: {y}",
    "{x}; {y}",
    "{x}/{y}",
    "{x} / {y}",
    "{x} [{y}]",
    "{x}\n{y}",
    "{x}, near {y}",
    "near {x}, {y}",
    "in {x}, at {y}",
    "{x}, {y} village",
    "{x}, {y}, Pakistan",
    "{x}, an unknown village, {y}",
    "{y} ({x})",
]
WORDS = {"Thana"}  # a police station, too


def list_pairs(gazetteer: Gazetteer) -> pd.DataFrame:
    """List places whose name nothing else bears, each with the district of a town's name."""
    places = gazetteer.places[gazetteer.places["country_code"] == "PK"]
    units = places[places["feature_class"] == "district"].drop_duplicates("name")
    towns = places[places["feature_class"] == "town"]
    known = units.merge(towns, on=["name", "adm2_code"], suffixes=("", "_town"))
    seats = set(units["name"]) | WORDS
    rows = []
    for unit in known.drop_duplicates("adm2_code").itertuples():
        inside = places[
            (places["adm2_code"] == unit.adm2_code)
            & places["feature_class"].isin(KINDS)
            & places["latitude"].notna()
            & ~places["name"].duplicated(keep=False)
        ]
        named = inside[[_is_plain(name, seats) for name in inside["name"]]]
        rows += [(unit.name, each.name, each.latitude) for each in named.head(4).itertuples()]
    return pd.DataFrame(rows, columns=["x", "y", "latitude"])


def _is_plain(name: str, seats: set[str]) -> bool:
    """Whether a name holds no other, as "Chaman City" holds that of a seat."""
    words = normalise(name)
    return not any(f" {normalise(seat)} " in f" {words} " for seat in seats)


@pytest.fixture(scope="module")
def pairs() -> pd.DataFrame:
    """Pairs of a place and its district, those that "Y, X" is right for."""
    made = list_pairs(load_gazetteer())
    told = geosec.geocode([f"{y}, {x}" for x, y in zip(made["x"], made["y"], strict=True)])
    return made[(told["match_name"] != made["x"].to_numpy()).to_numpy()].reset_index(drop=True)


def test_there_are_pairs(pairs: pd.DataFrame) -> None:
    assert len(pairs) > 150
    assert pairs["x"].nunique() > 50


@pytest.mark.parametrize("given", ["", "admin2"])
@pytest.mark.parametrize("order", ORDERS)
def test_the_finer_place_is_meant_in_every_order(
    pairs: pd.DataFrame, order: str, given: str
) -> None:
    def ask(form: str) -> pd.DataFrame:
        phrases = [form.format(x=x, y=y) for x, y in zip(pairs["x"], pairs["y"], strict=True)]
        rows = pd.DataFrame({"location": phrases})
        return geosec.geocode(rows.assign(admin2=pairs["x"]) if given else rows)

    usual, asked = ask("{y}, {x}"), ask(order)
    other = usual["match_name"] != asked["match_name"]
    assert asked.loc[other, ["location", "match_name"]].to_numpy().tolist() == []
    assert (asked["match_status"] == "matched").all()


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("خضدار کے قریب وڈھ میں", "Wadh"),
        ("خضدار، وڈھ", "Wadh"),
        ("Balochistan, Khuzdar, Wadh", "Wadh"),
        ("Gwadar (Ormara)", "Ormara"),
        ("Khuzdar city (Wadh)", "Wadh"),
        ("Loralai city, Karati Kach", "Karati Kach"),
        ("Karachi, Lyari", "Lyari"),
        ("Peshawar: Hayatabad", "Hayatabad"),
        ("Turbat, Absar", "Aabsar"),
        ("Lahore (Model Town)", "Model Town"),
    ],
)
def test_more_orders_and_the_reach_of_a_town(phrase: str, name: str) -> None:
    assert geosec.geocode([phrase])["match_name"].tolist() == [name]


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Mach, Kolpur", "Mach"),  # two towns of one tehsil
        ("Quetta - Sibi", "Quetta"),
        ("Sibi, Mach", "Sibi"),
        ("Khuzdar, Wadh and Kalat", "Khuzdar"),
        ("Khuzdar, Wadh road", "Khuzdar"),
        ("Khuzdar bazaar, Wadh", "Khuzdar"),
        ("Khuzdar-Wadh road", "Khuzdar – Wadh"),
        ("Kabal tehsil, Swat", "Kabal"),
        ("Taunsa Sharif tehsil, D.G. Khan", "Taunsa"),
        ("Athmuqam town, Neelum valley", "Athhmuqam"),
    ],
)
def test_what_lies_beside_stays_what_it_is(phrase: str, name: str) -> None:
    assert geosec.geocode([phrase])["match_name"].tolist() == [name]
