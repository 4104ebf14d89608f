"""What is told of made-up events besides what happened: roles, tags, when it was published, and claims that compete."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tests.bench.made_up import ACTORS, OUTLETS

Texts: TypeAlias = npt.NDArray[np.object_]
Whole: TypeAlias = npt.NDArray[np.int64]
EventRow: TypeAlias = tuple[Any, ...]

EVIDENCE_COLUMNS: Final = ("roles", "tags", "published", "claims")
# What the first actor of an event is in it, and what the others are; in events of other types nobody has a role.
ROLES: Final = {
    "battle": ("attacker", "target"),
    "attack": ("attacker", "target"),
    "casualties": ("attacker", "target"),
    "supply": ("supplier", "recipient"),
    "statement": ("speaker", "mentioned"),
    "agreement": ("signatory", "signatory"),
    "summit": ("host", "guest"),
}
TOLD_ROLES: Final = 0.7
TAGS: Final = tuple(f"made-up tag {number}" for number in range(40))
# Of a hundred events so many are published within so many days.
LAGS: Final = ((60, 2), (30, 30), (8, 365), (2, 2_000))
CLAIMED, DISPUTED, CLAIMED_LATER = 0.15, 0.6, 0.2
GROUPS: Final = 4
GROUP_SIZE: Final = 12
# A later release withdraws one event of a hundred, tells two otherwise, and adds one.
RELEASED_OF: Final = 100


def evidence(
    chance: np.random.Generator, types: Sequence[str], actors: Sequence[str], days: Whole, dates: Texts
) -> list[list[str]]:
    """Return the columns of EVIDENCE_COLUMNS for some events; `days` are places in `dates`, which go on long enough."""
    published = days + _lags(chance, len(days))
    reported = published + _lags(chance, len(days))
    last = len(dates) - 1
    published_texts = dates[np.minimum(published, last)].tolist()
    return [
        _roles(chance, types, actors),
        _tags(chance, len(days)),
        published_texts,
        _claims(chance, dates[np.minimum(reported, last)].tolist()),
    ]


def write_actors(path: Path) -> None:
    """Write the actors beside a table of events: groups of which some members join and leave at dates, and parts."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "kind", "part_of", "members", "note"])
        for number in range(GROUPS):
            members = [_member(place, name) for place, name in enumerate(ACTORS[number::GROUPS][:GROUP_SIZE])]
            writer.writerow([group_name(number), "organisation", "", json.dumps(members), "Synthetic, made up"])
        for whole, part in zip(ACTORS[:5], ACTORS[100:105], strict=True):
            writer.writerow([part, "armed-force", whole, "", "Synthetic, made up"])


def group_name(number: int) -> str:
    """Return what a made-up group of actors is called."""
    return f"Synthetic Alliance {number + 1}"


def later_release(rows: Iterable[EventRow], first: int) -> Iterator[EventRow]:
    """Give the rows of a later release of the same events, the first of which has the number `first`."""
    for number, row in enumerate(rows, start=first):
        place = number % RELEASED_OF
        if place == 0:
            continue
        if place in {1, 2}:
            yield (*row[:6], row[6] % 5 + 1, *row[7:])
            continue
        yield row
        if place == 3:
            yield (f"{row[0]}-later", f"{row[1]} told later", *row[2:])


def _member(place: int, name: str) -> dict[str, str]:
    since = {"since": f"{1995 + place}-07-01"} if place % 2 else {}
    until = {"until": f"{2005 + place}"} if place % 3 == 2 else {}
    return {"name": name, **since, **until}


def _lags(chance: np.random.Generator, count: int) -> Whole:
    kinds = np.searchsorted(np.cumsum([share for share, _ in LAGS]), chance.integers(0, 100, count), side="right")
    longest = np.array([days for _, days in LAGS])[kinds]
    lags: Whole = (chance.random(count) * longest).astype(np.int64)
    return lags


def _roles(chance: np.random.Generator, types: Sequence[str], actors: Sequence[str]) -> list[str]:
    told = (chance.random(len(types)) < TOLD_ROLES).tolist()
    found = []
    for kind, names, is_told in zip(types, actors, told, strict=True):
        roles = ROLES.get(kind) if is_told else None
        found.append(";".join((roles[0], *[roles[1]] * names.count(";"))) if roles else "")
    return found


def _tags(chance: np.random.Generator, count: int) -> list[str]:
    numbers = chance.geometric(0.08, (count, 2)) - 1
    chosen = chance.integers(0, 3, count).tolist()
    pairs = (numbers % len(TAGS)).tolist()
    return [";".join(dict.fromkeys(TAGS[one] for one in own[:most])) for own, most in zip(pairs, chosen, strict=True)]


def _claims(chance: np.random.Generator, reported: Sequence[str]) -> list[str]:
    count = len(reported)
    is_claimed = chance.random(count) < CLAIMED
    is_disputed = chance.random(count) < DISPUTED
    is_dated = chance.random(count) < CLAIMED_LATER
    figures = chance.geometric(0.05, (count, 2)).tolist()
    speakers = chance.integers(0, len(OUTLETS), count).tolist()
    found = [""] * count
    for place in np.flatnonzero(is_claimed).tolist():
        first, second = figures[place]
        dated = {"reported": reported[place]} if is_dated[place] else {}
        claims = [_claim(first, OUTLETS[speakers[place]], {})]
        if is_disputed[place]:
            claims.append(_claim(first + second, OUTLETS[speakers[place] - 1], dated))
        found[place] = json.dumps(claims)
    return found


def _claim(figure: int, speaker: str, dated: dict[str, str]) -> dict[str, Any]:
    return {"about": "killed", "value": str(figure), "unit": "people", "by": [speaker], **dated}
