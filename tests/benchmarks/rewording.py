"""Two sources made of one: coded events, and the same events moved and reworded.

Whether two rows are one event is known here by construction. Of the events some stand in the first
source alone, some in the second alone, and the others in both. In the second

- the place is drawn anew within what the code allows (2 km, 25 km, the district, the province), and
  told by a place of the gazetteer near it: as coordinates under ACLED's codes, or as a phrase that
  `geosec.geocode` reads;
- the day is another one of the coded span, and sometimes the day after or before;
- tolls are changed, rounded, ranges or missing; types are those of another book, and actors and
  summaries have other words.

UCDP's table as it is at hand has neither actors nor summaries: they are invented from the type of
violence, the province and the tolls, so that what they say together is no more than a guess at what
two newsrooms share. What is missing or wrong in them is said by `Changes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

import geosec
from geosec.geodesy.geodesics import geodesic_distance_m, geodesic_inverse, to_cartesian

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True)
class Changes:
    """Shares of the events that stand in both sources, and of what the second tells otherwise."""

    in_both: float = 0.7
    first_alone: float = 0.15  #: the rest stands in the second alone
    day_after: float = 0.10
    day_before: float = 0.04
    phrase: float = 0.5  #: of places told as a phrase, not as coordinates
    same_name: float = 0.4  #: of phrases that are the name of the first, spelt otherwise
    lost: float = 0.0  #: of phrases that are kept where geosec cannot place them
    no_actor: float = 0.15  #: in each source
    wrong_actor: float = 0.0
    no_summary: float = 0.15
    wrong_detail: float = 0.0
    no_toll: float = 0.08
    same_toll: float = 0.6
    toll_error: float = 0.25  #: standard error of the logarithm of the others
    no_type: float = 0.1
    wrong_type: float = 0.1
    one_book: bool = False  #: whether the first source has types of ACLED's book too


#: Moved within the codes and reworded: nothing that is told is wrong, but the types of a tenth.
REWORDED = Changes()
#: Told badly too: actors and what happened are wrong at times, and more is missing; the types are
#: those of one book.
HARSH = Changes(
    one_book=True,
    lost=1.0,
    no_actor=0.25,
    wrong_actor=0.08,
    no_summary=0.25,
    wrong_detail=0.12,
    toll_error=0.35,
)
_GROUPS = {  # spellings of the first source, then of the second
    "ttp": (
        ["TTP", "Tehrik-i-Taliban Pakistan"],
        [
            "Tehreek-e-Taliban Pakistan (TTP)",
            "Pakistani Taliban",
            "TTP: Tehreek-i-Taliban Pakistan",
        ],
    ),
    "bla": (
        ["BLA", "Balochistan Liberation Army"],
        ["Baloch Liberation Army", "BLA: Baloch Liberation Army", "BLA"],
    ),
    "blf": (["BLF", "Baluchistan Liberation Front"], ["Baloch Liberation Front", "BLF"]),
    "lej": (["Lashkar-e-Jhangvi", "LeJ"], ["Lashkar-i-Jhangvi", "LeJ: Lashkar-e-Jhangvi"]),
    "lei": (["Lashkar-e-Islam"], ["Lashkar-i-Islam militants", "LeI"]),
    "army": (
        ["Government of Pakistan", "Pakistan Army"],
        ["Military Forces of Pakistan", "Security forces", "Pakistan army troops"],
    ),
    "us": (["Government of United States of America"], ["Military Forces of the United States"]),
    "mqm": (["MQM"], ["Muttahida Qaumi Movement", "MQM"]),
    "nobody": (["Unknown"], ["Unidentified armed group", "Unidentified gunmen"]),
}
_ACTORS = {  # by province
    "Balochistan": ["bla", "bla", "blf", "lej", "army", "nobody"],
    "Sindh": ["mqm", "lej", "ttp", "nobody", "nobody"],
    "Punjab": ["lej", "ttp", "nobody"],
    "": ["ttp", "ttp", "ttp", "lei", "army", "army", "us", "nobody"],
}
_WEAPONS = {
    "bomb": (
        ["roadside bomb went off", "an IED blast", "remote-controlled bomb exploded"],
        ["improvised explosive device detonated", "explosion by a planted bomb", "blast"],
    ),
    "suicide": (
        ["suicide bomber blew himself up", "suicide attack"],
        ["suicide bombing", "a bomber detonated his vest"],
    ),
    "gun": (
        ["gunmen opened fire", "shot dead by armed men", "firing by attackers"],
        ["unknown assailants shot", "armed men on motorcycles fired", "gun attack"],
    ),
    "clash": (
        ["clash between militants and troops", "exchange of fire"],
        ["gunbattle with insurgents", "troops fought militants", "armed clash"],
    ),
    "raid": (
        ["security forces raided a hideout", "search operation"],
        ["forces stormed a compound", "operation against militants"],
    ),
    "air": (
        ["missiles fired by a drone", "jets bombed militant positions"],
        ["US drone strike on a house", "air strikes hit hideouts"],
    ),
    "rocket": (["rockets were fired", "mortar shells landed"], ["rocket attack", "shelling"]),
}
_TARGETS = {
    "police": (
        ["police van", "policemen"],
        ["police vehicle", "police patrol", "police officials"],
    ),
    "fc": (["Frontier Corps convoy", "FC checkpost"], ["paramilitary soldiers", "Frontier Corps"]),
    "army": (["army convoy", "soldiers"], ["military vehicle", "troops of the army"]),
    "militants": (["militants", "Taliban commander"], ["suspected militants", "insurgent leader"]),
    "tribal": (
        ["tribal elder", "peace committee"],
        ["pro-government tribesman", "lashkar members"],
    ),
    "school": (["girls school", "teacher"], ["government school", "schoolteacher"]),
    "shia": (["Shia worshippers", "imambargah"], ["Shiite mosque", "Hazara pilgrims"]),
    "party": (["ANP leader", "party worker"], ["local politician", "political activist"]),
    "market": (["market", "shopkeepers"], ["bazaar", "traders"]),
    "settlers": (["labourers", "Punjabi settlers"], ["workers", "coal miners"]),
}
_BOOK = {  # ACLED's types of the weapons
    **dict.fromkeys(("bomb", "suicide", "air", "rocket"), "Explosions/Remote violence"),
    **dict.fromkeys(("clash", "raid", "gun"), "Battles"),
}
_SPELLINGS = [
    *(("ee", "i"), ("oo", "u"), ("kh", "k"), ("zai", "zay"), ("ll", "l"), ("i", "ee"), ("u", "oo")),
    *(("k", "kh"), ("q", "k"), ("gh", "g"), ("o", "u"), ("e", "i"), ("y", "i"), ("aa", "a")),
]
_DIRECTIONS = ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"]


class Sources(NamedTuple):
    """Two tables of incidents, and which of their rows are one event."""

    first: gpd.GeoDataFrame
    second: gpd.GeoDataFrame
    truth: set[tuple[str, str]]  #: identifiers in the first and in the second


def make_sources(
    events: gpd.GeoDataFrame, changes: Changes = REWORDED, seed: int = 0, *, invent: bool = True
) -> Sources:
    """Make two sources of coded events that are read and geocoded.

    Without `invent` neither source has actors or summaries.
    """
    rng = np.random.default_rng(seed)
    share = rng.random(len(events))
    known = events["date"].notna().to_numpy() & events.geometry.notna().to_numpy()
    both = share < changes.in_both
    alone = share < changes.in_both + changes.first_alone
    story = _invent_stories(events, rng)
    first = events.assign(**(_tell(story, 0, changes, rng) if invent else {}))
    if changes.one_book:
        first = first.assign(**_change_types(story, changes, rng))
    second = _move(events, changes, seed, rng)
    second = second.assign(
        **_change_tolls(events, changes, rng), **_change_types(story, changes, rng)
    )
    second = second.assign(**(_tell(story, 1, changes, rng) if invent else {}))
    second = second.set_axis(pd.Index([f"B{key}" for key in events.index], name="incident_id"))
    second = second[both | ~alone]
    keys = events.index[both & known].astype("str")
    return Sources(first[alone], second, {(key, f"B{key}") for key in keys})


def _move(
    events: gpd.GeoDataFrame, changes: Changes, seed: int, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Tell days and places anew, and geocode what is told."""
    lon, lat = geosec.sample(events, draws=1, seed=seed)[:, 0].T
    names = _find_names(lon, lat)
    by_phrase = rng.random(len(events)) < changes.phrase
    vague = events["precision_code"].fillna(0).isin([3, 4]).to_numpy()
    phrases = [_write_phrase(name, rng) for name in names.to_dict("records")]
    kept = rng.random(len(events)) < changes.same_name
    spelt = [_spell_anew(name, rng) for name in events["where_coordinates"].fillna("")]
    told = pd.DataFrame(
        {
            "date": _change_days(events, changes, rng),
            "location": np.where(kept, spelt, phrases),
            "admin1": events["admin1"].to_numpy(),
            "latitude": names["latitude"].to_numpy(),
            "longitude": names["longitude"].to_numpy(),
            "precision_scheme": "acled",
            "precision_code": np.where(vague | (names["away_m"].to_numpy() > 5_000), 2, 1),
        },
        index=events.index,
    )
    coded = ["latitude", "longitude", "precision_scheme", "precision_code"]
    phrase = told.astype({"precision_scheme": "object"})
    phrase[coded] = None
    found = _read_and_place(phrase)
    off_m = geodesic_distance_m(found.geometry.x, found.geometry.y, lon, lat)
    is_lost = ~(off_m <= 1.1 * found["uncertainty_m"].to_numpy())
    by_phrase &= ~is_lost | (rng.random(len(told)) < changes.lost)
    return pd.concat([found[by_phrase], _read_and_place(told[~by_phrase])]).reindex(events.index)


def _read_and_place(told: pd.DataFrame) -> gpd.GeoDataFrame:
    incidents, rejected = geosec.read_incidents(told.reset_index(names="id"))
    assert not len(rejected)
    return geosec.geocode(incidents)


def _find_names(lon, lat) -> pd.DataFrame:
    """Find the place of the gazetteer that is nearest to each point."""
    places = geosec.load_gazetteer().places
    held = places["adm2_code"].ne("") & places["latitude"].notna()
    places = places[held & places["extent_m"].fillna(0).lt(10_000)]
    tree = cKDTree(to_cartesian(places["longitude"], places["latitude"]))
    nearest = tree.query(np.nan_to_num(to_cartesian(lon, lat)))[1]
    found = places.iloc[nearest].reset_index(drop=True)
    azimuth_deg, away_m = geodesic_inverse(found["longitude"], found["latitude"], lon, lat)
    turn = (np.nan_to_num(azimuth_deg) / 45).round().astype("int64") % 8
    return found.assign(away_m=np.nan_to_num(away_m), direction=np.array(_DIRECTIONS)[turn])


def _write_phrase(name, rng: np.random.Generator) -> str:
    away_km = name["away_m"] / 1000
    if away_km > 4:
        return f"{away_km:.0f} km {name['direction']} of {name['name']}"
    return str(rng.choice(["{}", "near {}", "{} area", "{} town", "outside {}"])).format(
        name["name"]
    )


def _spell_anew(name: str, rng: np.random.Generator) -> str:
    """Spell a name as another newsroom would: one or two of the usual changes of letters."""
    words = name.replace(" village", "").replace(" town", "").replace(" suburb", "")
    for was, becomes in rng.permutation(_SPELLINGS)[:6]:
        words = words.replace(was, becomes, 1)
    return words


def _change_days(events: gpd.GeoDataFrame, changes: Changes, rng: np.random.Generator) -> pd.Series:
    first, last = events["date_from"], events["date_to"]
    span = (last - first).dt.days.fillna(0).to_numpy() + 1
    day = first + pd.to_timedelta(np.floor(rng.random(len(events)) * span), unit="D")
    turn = rng.random(len(events))
    after, before = changes.day_after, changes.day_before
    shift = np.where(turn < after, 1, np.where(turn < after + before, -1, 0))
    return (day + pd.to_timedelta(shift, unit="D")).dt.strftime("%Y-%m-%d")


def _change_tolls(
    events: gpd.GeoDataFrame, changes: Changes, rng: np.random.Generator
) -> dict[str, pd.Series]:
    best = events["fatalities"].fillna(0).to_numpy(dtype="float64")
    changed = np.round((best + 0.3) * np.exp(rng.normal(0, changes.toll_error, len(best))))
    turn = rng.random(len(best))
    toll = np.where(turn < changes.same_toll, best, changed)
    toll[rng.random(len(best)) < changes.no_toll] = np.nan
    spread = np.where(rng.random(len(best)) < 0.2, np.ceil(toll * 0.3), 0)
    columns = {"fatalities": toll, "fatalities_low": toll, "fatalities_high": toll + spread}
    return {name: pd.array(values, dtype="Int64") for name, values in columns.items()}


def _invent_stories(events: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Invent who did what to whom, by the province and the type of violence."""
    actors, weapons, targets = [], [], []
    for province, kind in zip(events["admin1"].fillna(""), events["event_type"], strict=True):
        pool = next((_ACTORS[name] for name in _ACTORS if name and name in province), _ACTORS[""])
        actor = rng.choice(["mqm", "lei", "nobody"] if kind == "Non-state conflict" else pool)
        actors.append(str(actor))
        ours = ["raid", "clash", "air"] if actor in {"army", "us"} else list(_WEAPONS)
        weapons.append(_choose(ours, rng))
        hit = ["militants"] if actor in {"army", "us"} else list(_TARGETS)
        targets.append(_choose(hit, rng))
    return pd.DataFrame({"actor": actors, "weapon": weapons, "target": targets})


def _choose(pool: list[str], rng: np.random.Generator) -> str:
    """Choose one of a pool; each is two thirds as common as the one before, as stories repeat."""
    share = (2 / 3) ** np.arange(len(pool))
    return str(rng.choice(pool, p=share / share.sum()))


def _tell(
    story: pd.DataFrame, side: int, changes: Changes, rng: np.random.Generator
) -> dict[str, list[str | None]]:
    """Tell a story in the words of one source, with gaps and mistakes."""
    told = story.copy()
    for name, pool, share in (
        ("actor", list(_GROUPS), changes.wrong_actor),
        ("weapon", list(_WEAPONS), changes.wrong_detail),
        ("target", list(_TARGETS), changes.wrong_detail),
    ):
        wrong = rng.random(len(told)) < share
        told.loc[wrong, name] = rng.choice(pool, wrong.sum())
    actors, summaries = [], []
    for row in told.to_dict("records"):
        actor = str(rng.choice(_GROUPS[row["actor"]][side]))
        weapon = str(rng.choice(_WEAPONS[row["weapon"]][side]))
        target = str(rng.choice(_TARGETS[row["target"]][side]))
        actors.append(None if rng.random() < changes.no_actor else actor)
        summary = f"{weapon} against {target}" if rng.random() < 0.5 else f"{target} hit: {weapon}"
        summaries.append(None if rng.random() < changes.no_summary else summary)
    return {"actor": actors, "summary": summaries}


def _change_types(
    story: pd.DataFrame, changes: Changes, rng: np.random.Generator
) -> dict[str, list[str | None]]:
    types = []
    for weapon in story["weapon"]:
        turn = rng.random()
        wrong = str(rng.choice(["Violence against civilians", "Riots", *_BOOK.values()]))
        kept = wrong if turn < changes.wrong_type else _BOOK[weapon]
        types.append(None if turn > 1 - changes.no_type else kept)
    return {"event_type": types}
