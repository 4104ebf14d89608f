"""Read JSON of whatever shape: the longest list of objects in it, of which each is a record and each key a column.

Programs write such files as they please: a list alone, or one in an object with what else there is to say. What is
nested in a record can be mapped by its path (readers/nested_cells.py), and `--map records=data.events` names another
list. An object that is an event itself is the one record, whatever lists of sources or people it has; other lists of
events are told. Records with the columns of ACLED or of UCDP/PRIO, as their APIs give them, are read by the rules of
those (readers/coded_records.py). Of the formats in JSON that are known, each has a reader of its own, which comes
first. Tried on files made by hand, on those of TimelineJS (houston, eras, cosmo) and Wikidata, whose lists it finds
too, and on single events of the Kleptocracy Timeline.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError, WhenError
from timeline_app.core.event import Event, Origin
from timeline_app.readers.coded_records import asked_table, coded_dataset, coded_records
from timeline_app.readers.column_finding import found_columns
from timeline_app.readers.column_names import field_names, simple_name
from timeline_app.readers.event_cells import decode_event
from timeline_app.readers.event_columns import MAP_OPTION, EventColumns, is_event_table
from timeline_app.readers.foreign_record import Draft, finished_dataset
from timeline_app.readers.json_lines import first_records, keys_of
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.nested_cells import NestedCells, nested_paths
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import Reader
from timeline_app.readers.source_file import MEGABYTE, SourceFile, read_source_file
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.table_settings import table_settings
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described, listed, raw, shortened

# Gives the event of a record with its own id, or why it can be none.
EventOf = Callable[[NestedCells, Origin], tuple[Event, str] | str]

_NAME = "json"
_LARGEST_BYTES = 50 * MEGABYTE
_RECORDS_TRIED = 200
_HEAD_RECORDS = 20
_MOST_KEYS = 10_000
_MOST_LISTS = 50
_MOST_PLACES = 20
# Of these an event may have several, each an object.
_LISTED_FIELDS = ("actors", "source", "tags", "url", "links", "excerpts", "claims", "place")
# The root itself, where a list of records has to be named.
_ROOT = "."
_LIST_OF_OBJECTS = re.compile(r"\[\s*(?=\{)")


@dataclass(frozen=True, slots=True)
class _Records:
    """A list of records, and the path that it stands at."""

    path: str
    items: ListNode


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is JSON with a list of records, from the first of them."""
    del name
    text = head.decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    if not text.startswith(("[", "{")) or _are_lines(first_records(head)):
        return 0.0
    found = [record for record in (_whole_record(text), *_head_records(text)) if record]
    if not found:
        return 0.0
    if coded_dataset(keys_of(found)) is not None:
        return 0.9
    return 0.6 if is_event_table(keys_of(found)) else 0.35


def read_json_records(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a whole file.

    Raises ReadError when it is not JSON, has no list of records, or when only the user can tell what its keys are.
    """
    text = decode_text(source)
    problems = ProblemLog(text)
    root = _root(text, problems)
    records = _records(root, mapping, text)
    _tell_other_lists(root, records, mapping, problems)
    table = _table(records)
    coded = coded_records(table, mapping, source.name)
    columns = found_columns(table, mapping, source.name) if coded is None else EventColumns(table.columns, {})
    event_of = coded.event if coded is not None else partial(_event, columns)
    drafts = [_draft(node, number, event_of, source, problems) for number, node in enumerate(records.items.items, 1)]
    dataset = finished_dataset(
        source,
        _NAME,
        [draft for draft in drafts if draft is not None],
        [node.offset for node in records.items.items],
        problems,
        title=coded.dataset.title if coded is not None else "",
        summary=coded.dataset.summary if coded is not None else "",
        extra=_others(root, records),
        records_end=records.items.end_offset,
        joins_rows=coded is not None and coded.dataset.joins_rows,
    )
    used = {**columns.mapping, "records": records.path}
    return replace(dataset, report=replace(dataset.report, mapping=used))


def open_table(path: Path, name: str, mapping: Mapping[str, str]) -> TableSource:
    """Look at the records of a file; raises ReadError as `read_json_records` does."""
    text = decode_text(read_source_file(path, largest_bytes=_LARGEST_BYTES, name=name))
    return asked_table(_table(_records(_root(text, ProblemLog(text)), mapping, text)), mapping, name)


def _root(text: SourceText, problems: ProblemLog) -> Node:
    tree = read_json(text)
    for message, offset in tree.faults:
        problems.warning(message, offset)
    return tree.root


def _records(root: Node, mapping: Mapping[str, str], text: SourceText) -> _Records:
    """Return the list that is asked for, or else the longest list of objects; raises ReadError where there is none."""
    lists = {one.path: one for one in _lists(root)}
    itself = _record_itself(root)
    asked = table_settings(mapping, text.file).records
    if itself is not None and asked in {"", _ROOT} and all(_is_part(path) for path in lists):
        return itself
    if asked:
        if asked not in lists:
            there = f"there are {listed(lists)}" if lists else "there is none"
            raise ReadError(f"--map records: there is no list of objects at “{shortened(asked)}”; {there}", text.file)
        return lists[asked]
    if not lists:
        raise text.error(f"expected a list of objects, one for each event; found {described(root)}", root.offset)
    return max(lists.values(), key=lambda one: len(one.items.items))


def _record_itself(root: Node) -> _Records | None:
    """Return the root as the only record where it has the title and the date of an event."""
    if not isinstance(root, MappingNode) or not is_event_table(list(root.entries)):
        return None
    return _Records(_ROOT, ListNode(root.offset, [root]))


def _is_part(path: str) -> bool:
    """Tell whether a list is named as a field of an event is, such as its sources."""
    name = simple_name(path.rpartition(".")[2])
    return any(name in field_names(field) for field in _LISTED_FIELDS)


def _tell_other_lists(root: Node, read: _Records, mapping: Mapping[str, str], problems: ProblemLog) -> None:
    """Warn of lists of events that are not read, unless one was asked for by its path."""
    if "records" in mapping:
        return
    others = [one for one in _lists(root) if one.path != read.path and not _is_part(one.path) and _has_events(one)]
    if others:
        paths = listed(f"“{shortened(one.path)}”" for one in others)
        problems.warning(
            f"other lists of events are not read: {paths}; --map records=PATH reads one of them", others[0].items.offset
        )


def _has_events(records: _Records) -> bool:
    return is_event_table(keys_of([_cells(node) for node in records.items.items if isinstance(node, MappingNode)]))


def _lists(root: Node) -> Iterator[_Records]:
    """Give the lists of objects that are in no other list, those that are less deep first."""
    waiting = deque([(_ROOT, root)])
    found = 0
    while waiting and found < _MOST_LISTS:
        path, node = waiting.popleft()
        if isinstance(node, ListNode):
            if any(isinstance(item, MappingNode) for item in node.items):
                found += 1
                yield _Records(path, node)
        elif isinstance(node, MappingNode):
            begin = "" if path == _ROOT else f"{path}."
            waiting.extend((f"{begin}{key}", inner) for key, (_, inner) in node.entries.items())


def _table(records: _Records) -> TableSource:
    cells = [_cells(node) for node in records.items.items if isinstance(node, MappingNode)]
    tried = cells[:_RECORDS_TRIED]
    columns = tuple((keys_of(cells) + nested_paths(tried))[:_MOST_KEYS])
    rows = [[record.get(column) for column in columns] for record in tried]
    return TableSource(columns, rows, partial(_scanned, cells), settings={"records": records.path})


def _scanned(cells: Sequence[NestedCells], names: Sequence[str]) -> Iterator[Sequence[Sequence[str]]]:
    """Give the cells of some columns of all records."""
    yield [[record.get(name) for record in cells] for name in names]


def _cells(node: MappingNode) -> NestedCells:
    """Return the values of a record as texts, what is nested as JSON."""
    return NestedCells(
        {
            key: value.text if isinstance(value, TextNode) else json.dumps(raw(value), ensure_ascii=False)
            for key, (_, value) in node.entries.items()
        }
    )


def _draft(node: Node, number: int, event_of: EventOf, source: SourceFile, problems: ProblemLog) -> Draft | None:
    """Return the event of a record; what is none is told."""
    if not isinstance(node, MappingNode):
        problems.error(f"expected an object; found {described(node)}; it is left out", node.offset)
        return None
    cells = _cells(node)
    origin = Origin(source.path.name, problems.source.line(node.offset), number)
    found = event_of(cells, origin)
    if isinstance(found, str):
        problems.error(f"{found}; the event is left out", node.offset)
        return None
    event, own_id = found
    return Draft(event, own_id, node.offset)


def _event(columns: EventColumns, cells: NestedCells, origin: Origin) -> tuple[Event, str] | str:
    """Return the event of a record with the id that the record gives it, or why it can be none."""
    try:
        event = decode_event(columns, cells, origin)
    except WhenError as error:
        return f"when: {error}"
    if not event.title:
        return "title: expected a text; found nothing"
    return event, event.id if any(cells.get(name) for name in columns.parts("id")) else ""


def _others(root: Node, records: _Records) -> Mapping[str, object]:
    """Return what stands beside the list of records, as far as that is not within the list's own branch."""
    if not isinstance(root, MappingNode) or records.path == _ROOT:
        return {}
    branch = records.path.partition(".")[0]
    return {key: raw(node) for key, (_, node) in root.entries.items() if key != branch}


def _are_lines(first: Sequence[Mapping[str, str] | None]) -> bool:
    """Tell whether several lines are an object each, which is another format."""
    return len(first) > 1 and first[0] is not None and first[1] is not None


def _whole_record(text: str) -> Mapping[str, str]:
    """Return the text as one record that is an event itself, nothing where it is none."""
    try:
        record = json.JSONDecoder().raw_decode(text)[0] if text.startswith("{") else None
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) and is_event_table(list(record)) else {}


def _head_records(text: str) -> Iterator[Mapping[str, str]]:
    """Give the first records of the first list of objects that has any, as far as they are whole."""
    decoder = json.JSONDecoder()
    for begin in list(_LIST_OF_OBJECTS.finditer(text))[:_MOST_PLACES]:
        place = begin.end()
        for _ in range(_HEAD_RECORDS):
            try:
                record, place = decoder.raw_decode(text, place)
            except (ValueError, RecursionError):
                break
            if isinstance(record, dict):
                yield NestedCells({key: str(value) for key, value in record.items()})
            following = re.compile(r"\s*,\s*").match(text, place)
            if following is None:
                break
            place = following.end()


READER = Reader(
    name=_NAME,
    endings=(".json",),
    description="Lists of events as JSON, of whatever shape",
    recognised_by="a list of objects in JSON whose keys name a title and a date",
    score=score,
    read=read_json_records,
    largest_bytes=_LARGEST_BYTES,
    options=(MAP_OPTION,),
    table=open_table,
)
