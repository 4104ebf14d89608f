"""Made-up events with the shape of real ones, for measuring; every title says that it is synthetic."""

from __future__ import annotations

import json
import random
from pathlib import Path

ACTORS = 500
TYPES = ("attack", "battle", "agreement", "deployment", "statement", "supply", "sanction", "summit")
FIRST_YEAR, LAST_YEAR = 1989, 2023
WEIGHTS = tuple(1 / (rank + 1) for rank in range(ACTORS))


def write_synthetic(count: int, path: Path, seed: int = 1) -> None:
    """Write a native JSON timeline, skewed towards the later years, actors by Zipf's law, 70 % dated to the day."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '{"timeline_format": 1, "title": "Synthetic events", "sources": {"made-up": {"title": "Made up"}},\n'
        )
        file.write('"events": [\n')
        for number in range(count):
            file.write(json.dumps(_event(number, chance)))
            file.write(",\n" if number + 1 < count else "\n")
        file.write("]}\n")


def _event(number: int, chance: random.Random) -> dict[str, object]:
    year = FIRST_YEAR + int(chance.random() ** 0.5 * (LAST_YEAR - FIRST_YEAR + 1))
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    date = f"{year:04}-{month:02}-{day:02}"
    kind = chance.random()
    when = date if kind < 0.7 else f"{year:04}-{month:02}" if kind < 0.85 else f"{date}/{year + 1:04}-{month:02}"
    chosen = dict.fromkeys(chance.choices(range(ACTORS), WEIGHTS, k=chance.randint(1, 3)))
    return {
        "id": f"synthetic-{number}",
        "title": f"Synthetic event {number} of {date}",
        "when": when,
        "type": chance.choice(TYPES),
        "actors": [f"Actor {rank + 1}" for rank in chosen],
        "importance": str(chance.choices((1, 2, 3, 4, 5), (10, 30, 40, 15, 5))[0]),
        "excerpts": [{"source": "made-up", "text": f"These words stand for an excerpt, number {number}."}],
    }
