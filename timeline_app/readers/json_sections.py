"""Go through large JSON of a known layout: what stands beside its lists of records, then the records one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from timeline_app.core.dataset import Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.json_lists import Beside
from timeline_app.readers.json_nodes import plain_node
from timeline_app.readers.json_values import json_values
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.single_records import SingleRecord
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import ListNode, Node

# The keys that lead to a list of records.
ListPath = tuple[str, ...]

# Of data that a script holds, which are read whole: the memory for the tree of them stays below 512 MB.
LARGEST_SCRIPT_BYTES = 16 * MEGABYTE
_BEGIN_JSON = (b"{", b"[")


def check_is_json(file: LineFile) -> None:
    """Raise ReadError for a large file that is no JSON from its first character on, such as the data of a script."""
    if not file.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_BEGIN_JSON):
        limit = LARGEST_SCRIPT_BYTES // MEGABYTE
        message = f"expected JSON, which begins with “{{” or “[”, in a file of {limit} MB or more; found something else"
        raise ReadError(message, file.name, 1, 1)


def tree_beside(file: LineFile, paths: Collection[ListPath]) -> tuple[Node, list[Problem]]:
    """Return what a file says beside its records, without places: the lists at some paths are empty in it.

    What is told of it is told with `unplaced`. The problems are of what is too large to be kept. Raises ReadError for
    what is not JSON to its end, and for a second list at one of the paths.
    """
    check_is_json(file)
    beside, root = Beside(), None
    for value in json_values(file, gives_empty=True, once=paths):
        if not value.path:
            root = ListNode(0) if value.is_item else plain_node(value.value)
        elif value.is_item and value.path in paths:
            beside.take(replace(value, is_item=False, value=[], text=""))
        else:
            beside.take(value)
    return plain_node(beside.kept) if root is None else root, beside.left_out(file.name)


def unplaced(file: LineFile) -> SourceText:
    """Return the text of a file of which it is not known where anything stands: places in it are line and column 0."""
    return SourceText("", file.name, 0, 0)


def listed_records(file: LineFile, lists: Mapping[ListPath, Mapping[str, str]]) -> Iterator[SingleRecord]:
    """Give the items of some lists in the order of the file, each with what stands beside all of its list."""
    for value in json_values(file):
        if value.is_item and value.path in lists:
            yield SingleRecord(value.text, value.line, value.column, value.bytes_read, lists[value.path])
