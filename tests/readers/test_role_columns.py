"""The roles of actors come with the columns of whatever table tells of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.parquet import values, write_parquet
from tests.helpers.streams import streamed
from timeline_app.core.event import ActorRef

CELLS = (
    ("2024-01-01", "Strike", "Russia; Ukraine", "attacker; target"),
    ("2024-01-02", "Arms", "North Korea|Russia", "supplier"),
    ("2024-01-03", "Clashes", "Sudan; Sudan; Chad", "attacker; target"),
    ("2024-01-04", "Summit", "China", ""),
)
NAMED = "date, title, actors, roles"
TOLD = [
    (ActorRef("Russia", "attacker", "Russia"), ActorRef("Ukraine", "target", "Ukraine")),
    (ActorRef("North Korea", "supplier", "North Korea"), ActorRef("Russia", "", "Russia")),
    (
        ActorRef("Sudan", "attacker", "Sudan"),
        ActorRef("Sudan", "target", "Sudan"),
        ActorRef("Chad", "", "Chad"),
    ),
    (ActorRef("China", "", "China"),),
]


def as_csv(folder: Path) -> Path:
    path = folder / "events.csv"
    path.write_text("\n".join(["date,title,actors,roles", *(",".join(row) for row in CELLS)]) + "\n", "utf-8")
    return path


def as_json_lines(folder: Path) -> Path:
    path = folder / "events.jsonl"
    rows = [dict(zip(NAMED.split(", "), row, strict=True)) for row in CELLS]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def as_nested_json_lines(folder: Path) -> Path:
    path = folder / "events.jsonl"
    lines = []
    for (date, title, *_), actors in zip(CELLS, TOLD, strict=True):
        named = [{"name": actor.name, "role": actor.role} if actor.role else actor.name for actor in actors]
        lines.append(json.dumps({"date": date, "title": title, "actors": named}) + "\n")
    path.write_text("".join(lines), "utf-8")
    return path


def as_parquet(folder: Path) -> Path:
    pytest.importorskip("duckdb", reason="DuckDB reads Parquet")
    return write_parquet(folder / "events.parquet", values(CELLS, NAMED))


@pytest.mark.parametrize("write", [as_csv, as_json_lines, as_nested_json_lines, as_parquet])
def test_columns_and_events_tell_the_same_roles(write: Callable[[Path], Path], tmp_path: Path) -> None:
    found = streamed(write(tmp_path))
    assert [event.actors for event in found.events] == TOLD
    assert all(batch.actors.roles is not None for batch in found.batches)


def test_columns_of_two_sides_give_their_roles(tmp_path: Path) -> None:
    path = tmp_path / "arms.csv"
    path.write_text("date,title,Supplier,Recipient\n2024,Tanks,Russia; Belarus,India\n2023,Nothing,,\n", "utf-8")
    tanks, nothing = streamed(path).events
    assert tanks.actors == (
        ActorRef("Russia", "supplier", "Russia"),
        ActorRef("Belarus", "supplier", "Belarus"),
        ActorRef("India", "recipient", "India"),
    )
    assert nothing.actors == ()
    battles = tmp_path / "battles.jsonl"
    sides = {"Attackers": ["Union"], "Defenders": [{"name": "Confederates", "role": "fort"}]}
    battles.write_text(json.dumps({"date": "1863", "title": "Siege", **sides}) + "\n", "utf-8")
    (siege,) = streamed(battles).events
    assert [(actor.name, actor.role) for actor in siege.actors] == [("Union", "attacker"), ("Confederates", "fort")]


def test_sides_without_a_direction_have_no_roles(tmp_path: Path) -> None:
    path = tmp_path / "clashes.csv"
    path.write_text("date,title,side_a,side_b\n2024,Clash,X,Y; Z\n", "utf-8")
    (clash,) = streamed(path).events
    assert [(actor.name, actor.role) for actor in clash.actors] == [("X", ""), ("Y", ""), ("Z", "")]
