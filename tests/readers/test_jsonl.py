"""Tests of JSON Lines: one object a line, what is nested, and lines that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.core.errors import ReadError
from timeline_app.core.event import ActorRef
from timeline_app.readers import choose, jsonl, line_file, read

GOOD = '{"title": "A", "when": "2024"}\n'


def test_keys_are_columns_and_values_their_cells(tmp_path: Path) -> None:
    records = [
        {"id": 7, "title": "Raid", "when": "2024-06", "actors": ["Ukraine", {"name": "Russia", "role": "target"}]},
        {"id": None, "title": "Move", "date": "2023", "when": "2024", "tags": "a; b", "dead": 1.50, "known": True},
    ]
    path = write(tmp_path, "".join(json.dumps(record) + "\n" for record in records), "x.jsonl")
    first, second = streamed(path).events
    assert first.id == "7"
    assert first.actors == (ActorRef("Ukraine", "", "Ukraine"), ActorRef("Russia", "target", "Russia"))
    assert (second.id, second.tags) == ("event-2", ("a", "b"))
    assert second.extra == {"date": "2023", "dead": "1.5", "known": "true"}


def test_numbers_are_taken_as_they_are_written(tmp_path: Path) -> None:
    path = write(tmp_path, '{"title": "A", "when": 2024, "n": 1e400, "m": 0.10, "deep": {"x": [1]}}\n', "x.jsonl")
    (event,) = streamed(path).events
    assert event.when.text == "2024"
    assert event.extra == {"n": "1e400", "m": "0.10", "deep": '{"x": ["1"]}'}


def test_lines_that_are_no_records_are_rejected_and_blank_ones_skipped(tmp_path: Path) -> None:
    deep = '{"title": ' + "[" * 100_000 + "\n"
    content = f'{GOOD}\n[1]\n{{"title": "B"\n{GOOD}{{"title": "\\ud800", "when": "2024"}}\n{{"title": NaN}}\n{deep}'
    found = streamed(write(tmp_path, content, "x.jsonl"), reader="jsonl")
    assert [(event.origin.line, event.origin.record) for event in found.events] == [(1, 1), (5, 4)]
    assert found.rejected == 5
    assert found.problems == [
        "3 2 error: expected an object in braces; the record is left out",
        "4 3 error: expected JSON: expecting ',' delimiter at column 1; the record is left out",
        "6 5 error: an escape names half a character (a lone surrogate); the record is left out",
        "7 6 error: title: expected a text; found nothing; the record is left out",
        "8 7 error: nested too deeply; the record is left out",
    ]


def test_a_record_is_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", 100)
    found = streamed(write(tmp_path, GOOD * 50, "x.jsonl"))
    assert len(found.batches) > 10
    assert found.raw == [GOOD.encode()] * 50
    assert [event.origin.record for event in found.events] == list(range(1, 51))


@pytest.mark.parametrize(
    ("content", "likely"),
    [
        (GOOD, True),
        (GOOD.rstrip(), True),
        ('{"a": 1}\n{"a": 2}\n', True),
        ('{\n"title": "A"\n}\n', False),
        ("title,when\n", False),
        ("[" * 70_000, False),
        ('{"a": ' * 30_000, False),
    ],
)
def test_a_file_is_recognised_by_its_lines(content: str, likely: bool) -> None:
    assert (jsonl.score(content.encode()[:65_536], "x.json") > 0) is likely


def test_a_first_line_that_is_longer_than_what_is_looked_at_first(tmp_path: Path) -> None:
    line = json.dumps({"title": "A", "when": "2024", "text": "x" * 100_000})
    path = write(tmp_path, f"{line}\n{line}\n", "x.jsonl")
    assert choose(path).name == "jsonl"
    assert len(read(path).events) == 2


def test_what_has_no_date_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, '{"title": "A"}\n{"title": "B"}\n', "x.jsonl")
    with pytest.raises(ReadError, match='no column is known to hold a date; there are "title"; --map when=COLUMN'):
        read(path)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.encode() + b'{"title": "\xe9", "when": "2024"}\n', "x.jsonl")
    with pytest.raises(ReadError, match=r"x\.jsonl:2:12: byte 0xE9 is not UTF-8"):
        streamed(path)
