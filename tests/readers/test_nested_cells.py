"""Tests of values that are nested in records, and found by their paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.core.event import Location
from timeline_app.readers import read
from timeline_app.readers.nested_cells import NestedCells, nested_paths
from timeline_app.readers.propose import propose

CELLS = NestedCells(
    {
        "event": '{"title": "A", "when": {"from": "2024", "to": null}}',
        "people": '[{"name": "X"}, {"name": "Y; Z"}, {"role": "w"}]',
        "tags": '["a", "b"]',
        "dotted.name": '{"x": 1}',
        "text": "{ no JSON",
    }
)
LINES = (
    '{"event": {"title": "A", "date": "3 March 2024"}, "location": {"lat": 48.1, "lon": 37.5},'
    ' "seen": [{"name": "X"}]}\n'
    '{"event": {"title": "B", "date": "2023"}, "location": {"lat": 1, "lon": 2},'
    ' "seen": [{"name": "X"}, {"name": "Y"}]}\n'
)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("event.title", "A"),
        ("event.when.from", "2024"),
        ("event.when.to", ""),
        ("event.when", '{"from": "2024", "to": null}'),
        ("people[].name", "X;Y\\; Z"),
        ("people[].age", ""),
        ("dotted.name.x", "1"),
        ("text.x", ""),
        ("nothing.x", ""),
        ("tags", '["a", "b"]'),
    ],
)
def test_a_path_leads_to_a_value(path: str, text: str) -> None:
    assert CELLS.get(path) == text


def test_the_paths_of_what_is_nested_are_told() -> None:
    assert nested_paths([CELLS]) == [
        "event.title",
        "event.when.from",
        "event.when.to",
        "people[].name",
        "dotted.name.x",
    ]


def test_nested_values_are_columns(tmp_path: Path) -> None:
    path = write(tmp_path, LINES, "lines.jsonl")
    mapping = propose(path).mapping
    assert mapping == {"title": "event.title", "when": "event.date", "lat": "location.lat", "lon": "location.lon"}
    found = streamed(path)
    assert [event.location for event in found.events] == [Location(48.1, 37.5), Location(1, 2)]
    events = read(path, mapping={"actors": "seen[].name"}).events
    assert [[actor.name for actor in event.actors] for event in events] == [["X"], ["X", "Y"]]
    assert "event" not in events[0].extra
