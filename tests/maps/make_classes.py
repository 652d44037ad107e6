"""Values of many kinds, and the classes that paper puts them into: JSON on standard output."""

from __future__ import annotations

import json
import sys

import numpy as np

from geosec.maps.paper.valued import BELOW, RAMPS, classify

INKS = {colour: f"area-{at + 1}" for at, colour in enumerate(RAMPS["choropleth"])}
INKS |= {colour: f"area-below-{at + 1}" for at, colour in enumerate(BELOW["choropleth"])}


def make_cases(count: int = 600) -> list[list[float | None]]:
    """Make counts, rates, few different numbers, ties and gaps."""
    chance = np.random.default_rng(0)
    kinds = [
        lambda size: chance.poisson(chance.choice([0.2, 1, 8]), size).astype(float),
        lambda size: np.round(chance.lognormal(0, 2, size), chance.integers(0, 6)),
        lambda size: chance.choice([-1.5, 0.0, 2.0], size),
        lambda size: chance.normal(0, 1, size),
    ]
    cases = []
    for _ in range(count):
        values = kinds[chance.integers(len(kinds))](chance.integers(0, 60))
        gaps = chance.random(len(values)) < chance.choice([0, 0.3])
        cases.append(
            [None if gap else value for value, gap in zip(values.tolist(), gaps, strict=True)]
        )
    return cases


def main() -> None:
    """Write each case with the ends and colours of its classes, and the class of each value."""
    told = []
    for values in make_cases():
        classes = classify({"value": values})
        colours = [classes.choose_colour("choropleth", at) for at in range(len(classes.ends))]
        inks = [INKS[colour] for colour in colours]
        ends, of = classes.ends.tolist(), classes.of.tolist()
        told.append({"values": values, "ends": ends, "of": of, "inks": inks})
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
