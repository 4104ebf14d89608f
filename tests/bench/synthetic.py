"""Made-up events with the shape of real ones, for measuring; every title says that it is synthetic."""

from __future__ import annotations

import random

from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Dataset, FileReport
from timeline_app.core.event import ActorRef, Event
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse

ACTORS = 500
TYPES = ("attack", "battle", "agreement", "deployment", "statement", "supply", "sanction", "summit")
FIRST_YEAR, LAST_YEAR = 1989, 2023


def synthetic_table(count: int, seed: int = 1) -> EventTable:
    """Return a table of events skewed towards the later years, actors by Zipf's law, 70 % of them to the day."""
    chance = random.Random(seed)
    weights = [1 / (rank + 1) for rank in range(ACTORS)]
    events = []
    for number in range(count):
        share = chance.random() ** 0.5
        year = FIRST_YEAR + int(share * (LAST_YEAR - FIRST_YEAR + 1))
        month, day = chance.randint(1, 12), chance.randint(1, 28)
        date = f"{year:04}-{month:02}-{day:02}"
        kind = chance.random()
        text = date if kind < 0.7 else f"{year:04}-{month:02}" if kind < 0.85 else f"{date}/{year + 1:04}-{month:02}"
        chosen = dict.fromkeys(chance.choices(range(ACTORS), weights, k=chance.randint(1, 3)))
        events.append(
            Event(
                id=f"synthetic-{number}",
                title=f"Synthetic event {number} of {date}",
                when=parse(text),
                type=chance.choice(TYPES),
                actors=tuple(ActorRef(f"Actor {rank + 1}") for rank in chosen),
                importance=chance.choices((1, 2, 3, 4, 5), (10, 30, 40, 15, 5))[0],
            )
        )
    report = FileReport("synthetic", "synthetic", count, count, 0, "")
    return build_table([Dataset("Synthetic events", tuple(events), report)], Gazetteer(()))
