"""Made-up exports in the columns and spellings of the real ones; no row is anybody's."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from tests.incidents.exports.headers import ACLED, GTD, UCDP

PLACES = (  # name, district, province, latitude, longitude
    ("Mach", "Kachhi", "Balochistan", 29.8642, 67.3300),
    ("Sibi", "Sibi", "Balochistan", 29.5430, 67.8773),
    ("Turbat", "Kech", "Balochistan", 26.0012, 63.0485),
    ("Miran Shah", "North Waziristan", "Khyber Pakhtunkhwa", 33.0016, 70.0708),
    ("Karachi", "Karachi South", "Sindh", 24.8608, 67.0104),
)
_SPELLINGS = ("%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%d-%m-%Y")
_NOTES = {
    12: "On that day dozens of soldiers were killed near {place}, said a spokesman.",
    100: "Hundreds were reported dead after shelling in {place}.",
    10: "An unknown number of militants were killed by the army in {place}.",
}


class Draw:
    """Choices that are the same for one seed."""

    def __init__(self, seed: int) -> None:
        self._draws = np.random.default_rng(seed)

    def below(self, end: int) -> int:
        return int(self._draws.integers(end))

    def choose(self, options):
        return options[self.below(len(options))]


def make_acled(rows: int = 2_000, seed: int = 0) -> pd.DataFrame:
    """Make an export of ACLED as its tool writes one: all cells texts."""
    draw = Draw(seed)
    return pd.DataFrame([_make_acled(draw, number) for number in range(rows)], columns=ACLED)


def _make_acled(draw: Draw, number: int) -> dict[str, str]:
    name, district, province, latitude, longitude = draw.choose(PLACES)
    day = date(2016, 1, 1) + timedelta(days=draw.below(3_000))
    dead = draw.choose([0, 0, 1, 4, 10, 12, 100])
    spelling = _SPELLINGS[number % len(_SPELLINGS)]
    return {
        **dict.fromkeys(ACLED, ""),
        "event_id_cnty": f"PAK{100_000 + number}",
        "event_date": day.strftime(spelling),
        "year": str(day.year),
        "time_precision": str(draw.choose([1, 1, 1, 2, 3])),
        "disorder_type": "Political violence",
        "event_type": draw.choose(["Battles", "Explosions/Remote violence", "Protests"]),
        "sub_event_type": "Armed clash",
        "actor1": "Military Forces of Pakistan (2018-2022)",
        "assoc_actor_1": 'The "Eagles"; Levies, Balochistan',
        "inter1": draw.choose(["1", "State forces"]),
        "actor2": "BLA: Baloch Liberation Army",
        "inter2": draw.choose(["2", "Rebel group"]),
        "interaction": draw.choose(["12", "State forces-Rebel group"]),
        "iso": "586",
        "region": "South Asia",
        "country": "Pakistan",
        "admin1": province,
        "admin2": district,
        "admin3": name,
        "location": name,
        "latitude": f"{latitude:.4f}",
        "longitude": f"{longitude:.4f}",
        "geo_precision": str(draw.choose([1, 1, 2, 3])),
        "source": "Made-up Gazette",
        "source_scale": "Subnational",
        "notes": _NOTES.get(dead, "{dead} people were killed in {place}.").format(
            place=name, dead=dead
        ),
        "fatalities": str(dead),
        "timestamp": str(1_700_000_000 + number),
    }


def make_ucdp(rows: int = 2_000, seed: int = 0) -> pd.DataFrame:
    """Make an export of UCDP GED: all cells texts."""
    draw = Draw(seed)
    return pd.DataFrame([_make_ucdp(draw, number) for number in range(rows)], columns=UCDP)


def _make_ucdp(draw: Draw, number: int) -> dict[str, str]:
    name, district, province, latitude, longitude = draw.choose(PLACES)
    precision = draw.choose([1, 1, 1, 2, 3, 4, 5])
    first = date(1990, 1, 1) + timedelta(days=draw.below(12_000))
    last = first + timedelta(days={1: 0, 2: 3, 3: 6, 4: 29, 5: 200}[precision])
    best = draw.below(20)
    return {
        **dict.fromkeys(UCDP, ""),
        "id": str(400_000 + number),
        "relid": f"PAK-{first.year}-1-325-{number}.10",
        "year": str(first.year),
        "active_year": "1",
        "code_status": "Clear",
        "type_of_violence": str(draw.choose([1, 2, 3])),
        "conflict_new_id": "325",
        "side_a": "Government of Pakistan",
        "side_b": "BLA",
        "number_of_sources": draw.choose(["1", "-1"]),
        "source_article": '"Gazette;2001-01-01;made up"',
        "where_prec": str(draw.choose([1, 1, 2, 3, 4, 5])),
        "where_coordinates": f"{name} town",
        "where_description": draw.choose([f"{name} area", ""]),
        "adm_1": f"{province} province",
        "adm_2": f"{district} district",
        "latitude": str(latitude),
        "longitude": str(longitude),
        "geom_wkt": f"POINT ({longitude} {latitude})",
        "priogrid_gid": "170615",
        "country": "Pakistan",
        "country_id": "770",
        "event_clarity": "1",
        "date_prec": str(precision),
        "date_start": f"{first} 00:00:00.000",
        "date_end": f"{last} 00:00:00.000",
        **dict.fromkeys(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), "0"),
        "best": str(best),
        "low": str(max(0, best - 2)),
        "high": str(best + 5),
        "gwnoa": "770",
    }


def make_gtd(rows: int = 2_000, seed: int = 0) -> pd.DataFrame:
    """Make an export of the GTD: all cells texts."""
    draw = Draw(seed)
    return pd.DataFrame([_make_gtd(draw, number) for number in range(rows)], columns=GTD)


def _make_gtd(draw: Draw, number: int) -> dict[str, str]:
    name, _, province, latitude, longitude = draw.choose(PLACES)
    day = date(1990, 1, 1) + timedelta(days=draw.below(11_000))
    month, of_month = draw.choose([(day.month, day.day)] * 6 + [(day.month, 0), (0, 0)])
    specificity = draw.choose([1, 1, 1, 2, 3, 4, 5])
    at = ("", "") if specificity == 5 else (str(latitude), str(longitude))
    return {
        **dict.fromkeys(GTD, ""),
        "eventid": f"{day:%Y%m%d}{number:04d}",
        "iyear": str(day.year),
        "imonth": str(month),
        "iday": str(of_month),
        "approxdate": f"{day:%B} 3-5, {day.year}" if month and not of_month else "",
        "extended": "0",
        "country": "153",
        "country_txt": "Pakistan",
        "region_txt": "South Asia",
        "provstate": province,
        "city": draw.choose([name, name, "Unknown"]),
        "latitude": at[0],
        "longitude": at[1],
        "specificity": str(specificity),
        "vicinity": draw.choose(["0", "0", "1", "-9"]),
        "location": draw.choose(["", f"{name} bazaar"]),
        "summary": "Assailants attacked a post.",
        "attacktype1": "3",
        "attacktype1_txt": "Bombing/Explosion",
        "target1": "Post",
        "gname": "Unknown",
        "nkill": draw.choose(["0", "3", "1.5", ""]),
        "nwound": draw.choose(["0", "7", "0.67", ""]),
        "INT_LOG": "-9",
    }
