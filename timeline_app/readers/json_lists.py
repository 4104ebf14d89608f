"""Find out which lists of objects JSON holds, and go through the records of one of them.

A list has a path: the keys that lead to it, `data.events`, and `[]` for the items of a list that it stands in, as in
`countries[].events`; `.` is the whole file. What jq would take, `.countries[].events[]`, names the same list. Records
that stand in those of another list come with the plain values around them, each under its own path.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from timeline_app.core.dataset import Level, Problem
from timeline_app.readers.column_names import field_names, simple_name
from timeline_app.readers.json_lines import Cells, object_cells
from timeline_app.readers.json_reading import JsonValue
from timeline_app.readers.json_values import json_values, values_within, whole_json
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.tree import shortened

ROOT = "."
LOOKED_AT_BYTES = 64 * MEGABYTE
RECORDS_TRIED = 200
MOST_LISTS = 50
MOST_KEYS = 10_000
# How deep lists may stand in one another, and in how many items of each it is looked for them.
_DEEPEST_LIST = 4
_ITEMS_ENTERED = 200
_MOST_CHARACTERS_TRIED = 4 * MEGABYTE
_MOST_CHARACTERS_BESIDE = MEGABYTE
_IN_LIST = "[]"
# Of these an event may have several, each an object.
_LISTED_FIELDS = ("actors", "source", "tags", "url", "links", "excerpts", "claims", "place")


class ValuesOf(Protocol):
    """Goes through a file from its beginning, as json_values does."""

    def __call__(self, *, gives_empty: bool = ...) -> Iterator[JsonValue]:
        """Give the values."""
        ...


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """A file of JSON or data like it: `values` goes through it from its beginning, `whole` gives it as one value.

    `notes` are about the file, known once it was gone through.
    """

    file: str
    values: ValuesOf
    whole: Callable[[], JsonValue]
    notes: Callable[[], Sequence[Problem]] = tuple


@dataclass(slots=True)
class RecordList:
    """A list of objects: its path, its first records, the keys of all that were looked at, and how many these were."""

    path: str
    first: JsonValue
    count: int = 0
    records: list[Cells] = field(default_factory=list)
    keys: dict[str, None] = field(default_factory=dict)
    characters: int = 0

    @property
    def is_nested(self) -> bool:
        """Whether it stands in the records of another list, in each of them."""
        return _IN_LIST in self.path

    def take(self, item: JsonValue, found: dict[str, object]) -> None:
        """Take another record."""
        self.count += 1
        if len(self.keys) < MOST_KEYS:
            self.keys.update(dict.fromkeys(found))
        if len(self.records) < RECORDS_TRIED and self.characters < _MOST_CHARACTERS_TRIED:
            self.characters += len(item.text)
            try:
                self.records.append(object_cells(found, item.text))
            except ValueError:
                # Told when it is read.
                return


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What JSON holds as far as it was looked at: its lists by their paths, and the keys of the whole.

    `beside` is what stands there besides the items of lists, and the lists, by the keys of the whole; what is too large
    to be kept is missing there. `root` is the first value.
    """

    lists: Mapping[str, RecordList]
    keys: tuple[str, ...]
    beside: Mapping[str, object]
    root: JsonValue | None
    is_whole: bool


def json_document(file: LineFile) -> JsonDocument:
    """Return a file that is read as JSON."""
    return JsonDocument(file.name, partial(json_values, file), partial(whole_json, file))


def plain_path(written: str) -> str:
    """Return the path of a list as it is known here, however it is written."""
    path = written.strip()
    if path.startswith(".") and len(path) > 1:
        path = path[1:]
    while path.endswith(_IN_LIST):
        path = path.removesuffix(_IN_LIST)
    return path or ROOT


def first_look(document: JsonDocument, asked: str = "") -> FirstLook:
    """Look at the beginning of a file, or all of it where it is not large; raises ReadError for what is not JSON.

    Where a list is asked for, it is looked on until that has been found.
    """
    lists: dict[str, RecordList] = {}
    beside = Beside()
    root, is_whole = None, True
    for value in document.values():
        root = root or value
        beside.take(value)
        if value.is_item:
            for path, item in _all_items(value, document.file, lists):
                _take_record(lists, path, item)
        if value.bytes_read > LOOKED_AT_BYTES and (not asked or asked in lists):
            is_whole = False
            break
    return FirstLook(lists, tuple(beside.keys), beside.kept, root, is_whole)


def records_at(document: JsonDocument, path: str) -> Iterator[JsonValue]:
    """Give the items of the list at a path, or of all lists there."""
    outer, *inner = path.split(_IN_LIST)
    for value in document.values():
        if value.is_item and list_path(value.path) == (outer or ROOT):
            yield from _items_at(value, outer or ROOT, inner, document.file)


def list_path(keys: tuple[str, ...]) -> str:
    """Return the path of the list that some keys lead to."""
    return ".".join(keys) or ROOT


def names_part(path: str) -> bool:
    """Tell whether a list is named as a field of an event is, such as its sources."""
    name = simple_name(path.rpartition(".")[2])
    return any(name in field_names(known) for known in _LISTED_FIELDS)


def _items_at(item: JsonValue, path: str, inner: list[str], file: str) -> Iterator[JsonValue]:
    """Give an item, or where a path leads further into it, those of the lists there."""
    if not inner:
        yield item
        return
    wanted = _within(path) + inner[0]
    for found, one in _items_within(item, path, file):
        if found == wanted:
            yield from _items_at(one, found, inner[1:], file)


def _all_items(item: JsonValue, file: str, lists: Mapping[str, RecordList]) -> Iterator[tuple[str, JsonValue]]:
    """Give an item with the path of its list, and the items of the lists in it, as far as it is looked into them."""
    waiting = [(list_path(item.path), item)]
    while waiting:
        path, one = waiting.pop()
        yield path, one
        known = lists.get(path)
        if known is not None and known.count <= _ITEMS_ENTERED and path.count(_IN_LIST) < _DEEPEST_LIST:
            waiting += _items_within(one, path, file)


def _items_within(item: JsonValue, path: str, file: str) -> Iterator[tuple[str, JsonValue]]:
    """Give the items of the lists in an object, with the plain values around them, and the paths of their lists."""
    if not isinstance(item.value, dict) or "[" not in item.text:
        return
    within = _within(path)
    values = list(values_within(item, file))
    around = {f"{within}.{list_path(one.path)}": one.value for one in values if not one.is_item}
    for one in values:
        if one.is_item:
            yield f"{within}.{list_path(one.path)}", _with_values(one, around)


def _within(path: str) -> str:
    return _IN_LIST if path == ROOT else f"{path}{_IN_LIST}"


def _with_values(item: JsonValue, more: Mapping[str, object]) -> JsonValue:
    """Return an object with more values."""
    if not isinstance(item.value, dict) or not more:
        return item
    own = item.text.rstrip().removesuffix("}").rstrip()
    comma = "" if own.endswith("{") else ", "
    text = f"{own}{comma}{json.dumps(more).removeprefix('{')}"
    return replace(item, value={**item.value, **more}, text=text)


def _take_record(lists: dict[str, RecordList], path: str, item: JsonValue) -> None:
    if not isinstance(item.value, dict):
        return
    if path not in lists:
        if len(lists) >= MOST_LISTS:
            return
        lists[path] = RecordList(path, item)
    lists[path].take(item, item.value)


class Beside:
    """Puts together what stands in the object that a file is, by its keys, as far as it is not too large to be kept."""

    def __init__(self) -> None:
        """With nothing taken yet; `keys` are all that were met."""
        self.keys: dict[str, None] = {}
        self._kept: dict[str, object] = {}
        self._sizes: dict[str, int] = {}

    @property
    def kept(self) -> dict[str, object]:
        """What is kept."""
        return {key: value for key, value in self._kept.items() if self._sizes[key] <= _MOST_CHARACTERS_BESIDE}

    def left_out(self, file: str) -> list[Problem]:
        """Return what is told of what is too large to be kept."""
        return [
            Problem(
                f"“{shortened(key)}” beside the records has more than {_MOST_CHARACTERS_BESIDE:,} characters; left out",
                file,
                level=Level.WARNING,
            )
            for key, size in self._sizes.items()
            if size > _MOST_CHARACTERS_BESIDE
        ]

    def take(self, value: JsonValue) -> None:
        """Take another value."""
        if not value.path:
            return
        first, *others = value.path
        self.keys[first] = None
        self._sizes[first] = self._sizes.get(first, 0) + len(value.text)
        if self._sizes[first] > _MOST_CHARACTERS_BESIDE:
            self._kept.pop(first, None)
            return
        inside: dict[str, object] = self._kept
        for key, following in zip((first, *others), (*others, None), strict=True):
            if following is None:
                _put(inside, key, value)
                return
            within = inside.setdefault(key, {})
            if not isinstance(within, dict):
                return
            inside = within


def _put(inside: dict[str, object], key: str, value: JsonValue) -> None:
    if not value.is_item:
        inside[key] = _in_texts(value.value)
        return
    items = inside.setdefault(key, [])
    if isinstance(items, list):
        items.append(_in_texts(value.value))


def _in_texts(value: object) -> object:
    """Return a value with all that is plain as the text that was written."""
    if isinstance(value, dict):
        return {key: _in_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_in_texts(inner) for inner in value]
    return value if isinstance(value, str) else "" if value is None else str(value).lower()
