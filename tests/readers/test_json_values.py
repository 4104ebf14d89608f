"""Tests of JSON that is gone through value by value: the same values as json gives, wherever pieces of the file end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.timelines import write
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Event
from timeline_app.readers import json_reading as module
from timeline_app.readers import line_file, read
from timeline_app.readers.json_reading import JsonValue
from timeline_app.readers.json_values import json_values, values_within, whole_json
from timeline_app.readers.line_file import LineFile

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
NUMBERS = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


def plain(value: Any) -> Any:
    """Return a value with its numbers as they are written."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def leaves(value: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], bool, Any]]:
    """Return what should be given of a value."""
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [(path, True, plain(item)) for item in value]
    return [(path, False, plain(value))]


def within(text: str, tmp_path: Path) -> list[JsonValue]:
    """Return the values of a text as a file."""
    return list(json_values(LineFile.at(write(tmp_path, text, "some.json"), "some.json")))


@given(VALUES, st.sampled_from([None, 1]), st.booleans(), st.integers(1, 40))
def test_every_value_is_given_once_with_its_path_and_its_text(
    tmp_path_factory: pytest.TempPathFactory, value: Any, indent: int | None, ascii_only: bool, piece: int
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_file, "_BLOCK_BYTES", piece)
        found = within(text, tmp_path_factory.getbasetemp())
    assert [(one.path, one.is_item, one.value) for one in found] == leaves(value)
    lines = text.split("\n")
    for one in found:
        assert plain(json.loads(one.text)) == one.value
        assert "\n".join(lines[one.line - 1 :])[one.column - 1 :].startswith(one.text)


@given(st.lists(st.tuples(TEXTS.filter(lambda text: bool(text.strip())), st.integers(1000, 2999)), min_size=1))
def test_a_list_gives_the_same_events_as_its_lines(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    records = [{"title": title, "date": str(year), "n": [year]} for title, year in events]
    lines = read(write(folder, "".join(json.dumps(record) + "\n" for record in records), "some.jsonl"), reader="jsonl")
    listed = read(write(folder, json.dumps({"a": {"b": records}}), "some.json"), reader="json")

    def told(event: Event) -> tuple[object, ...]:
        return event.id, event.title, event.when, event.extra, event.origin.record

    assert list(map(told, listed.events)) == list(map(told, lines.events))


def test_what_stands_in_an_item_has_its_place_in_the_file(tmp_path: Path) -> None:
    (item,) = within('[\n {"a": [1,\n  2], "b": {"c": 3}}]', tmp_path)
    assert [(one.path, one.value, one.line, one.column) for one in values_within(item, "x")] == [
        (("a",), "1", 2, 9),
        (("a",), "2", 3, 3),
        (("b", "c"), "3", 3, 18),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1: this is not JSON: expected a value; found the end of the file"),
        ("[1,\n2", "2:2: this is not JSON: expected “,” or “]”; found the end of the file"),
        ('{"a": 1,}', '1:9: this is not JSON: expected the name of a field in double quotes; found "}"'),
        ('{"a"\n 1}', '2:2: this is not JSON: expected “:” after the name of a field; found "1"'),
        ("[1] [2]", '1:5: this is not JSON: expected the end of the file; found "["'),
        ('[{"a": 1}\n {"a": 2}]', '2:2: this is not JSON: expected “,” or “]”; found "{"'),
        ('["a\tb"]', "1:4: this is not JSON: expected the closing quotation mark"),
        ('{"a": ' * 70, "nested deeper than 64 levels"),
        ("[" * 100_000, "nested"),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ReadError) as refusal:
        within(text, tmp_path)
    assert said in str(refusal.value)


def test_a_value_longer_than_an_item_may_be_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_ITEM", 100)
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", 50)
    path = write(tmp_path, json.dumps(["x" * 300]), "some.json")
    with pytest.raises(ReadError, match="1:2: expected a value of at most 100 characters"):
        list(json_values(LineFile.at(path, "some.json")))
    whole = write(tmp_path, '{"a": [1, 2]}', "whole.json")
    assert whole_json(LineFile.at(whole, "whole.json")).value == {"a": ["1", "2"]}


def test_bytes_that_are_no_text_are_told_with_their_place(tmp_path: Path) -> None:
    path = write(tmp_path, b'[1,\n "\xff"]', "some.json")
    with pytest.raises(ReadError, match=r"some.json:2:3: byte 0xFF is not UTF-8"):
        list(json_values(LineFile.at(path, "some.json")))


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"a": [1], "a": []}', ":1:17"),
        ('{"a": {},\n"b": [], "a": 5}', ":2:15"),
        ('{"a": [{"a": 1, "a": 2}], "b": 1, "b": 2}', ""),
    ],
)
def test_what_may_stand_once_is_refused_a_second_time(tmp_path: Path, content: str, place: str) -> None:
    path = write(tmp_path, content, "a.json")
    reading = json_values(LineFile.at(path, str(path)), once=[("a",)])
    if not place:
        assert len(list(reading)) == 3
        return
    with pytest.raises(ReadError, match=f"{place}: “a” stands here a second time"):
        list(reading)
