"""Go through large JSON of a known layout: what stands beside its lists of records, then the records one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from timeline_app.core.dataset import Problem
from timeline_app.readers.json_lists import Beside
from timeline_app.readers.json_nodes import plain_node
from timeline_app.readers.json_reading import JsonValue
from timeline_app.readers.single_records import SingleRecord
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import ListNode, Node

# The keys that lead to a list of records.
ListPath = tuple[str, ...]


class ValueSource(Protocol):
    """A file whose values are gone through."""

    @property
    def name(self) -> str:
        """What the file is called in messages."""

    def values(self, *, gives_empty: bool = False, once: Collection[ListPath] = ()) -> Iterator[JsonValue]:
        """Give the values from the beginning, as json_values does."""


def tree_beside(file: ValueSource, paths: Collection[ListPath]) -> tuple[Node, list[Problem]]:
    """Return what a file says beside its records, without places: the lists at some paths are empty in it.

    What is told of it is told with `unplaced`. The problems are of what is too large to be kept. Raises ReadError for
    what is not JSON to its end, and for a second list at one of the paths.
    """
    beside, root = Beside(), None
    for value in file.values(gives_empty=True, once=paths):
        if not value.path:
            root = ListNode(0) if value.is_item else plain_node(value.value)
        elif value.is_item and value.path in paths:
            beside.take(replace(value, is_item=False, value=[], text=""))
        else:
            beside.take(value)
    return plain_node(beside.kept) if root is None else root, beside.left_out(file.name)


def unplaced(file: ValueSource) -> SourceText:
    """Return the text of a file of which it is not known where anything stands: places in it are line and column 0."""
    return SourceText("", file.name, 0, 0)


def listed_records(file: ValueSource, lists: Mapping[ListPath, Mapping[str, str]]) -> Iterator[SingleRecord]:
    """Give the items of some lists in the order of the file, each with what stands beside all of its list."""
    for value in file.values():
        if value.is_item and value.path in lists:
            yield SingleRecord(value.text, value.line, value.column, value.bytes_read, lists[value.path])
