"""Read TimeMap, the map of incidents of Forensic Architecture (2018) that Bellingcat and others have made their own.

Its data are three lists in three files, `events.json`, `sources.json` and `associations.json`, as its server makes them
of a spreadsheet, so that all values are texts. An event names its sources and associations by their ids; the other two
files are read with an `events.json` that they lie beside, as the companions of any table are
(readers/table_companions.py). Also read: one file with the three lists under their names, sources by their ids instead
of in a list, and the first version's names `desc`, `lat`, `long`, `source` and `filters`. What Bellingcat gives out of
its map of civilian harm (`ukr-civharm-….json`) is one list of events that have within them their sources, `[{"id": …,
"path": …, "description": …}]`, and filters, `[{"key": "Type of area affected", "value": "Residential"}]`. The order of
a date is a setting of each map: it is told from all dates of the file, where they tell, and is else that of the
original, month first, with a warning. A file of 16 MB or more is read event by event (readers/timemap_scan.py). Tried
on files made by hand from the project's documentation, up to a million events.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset
from timeline_app.core.event import Source
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.foreign_record import Draft, finished_dataset, kept_beside
from timeline_app.readers.json_nodes import json_drafts, plain_node
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.record_reader import record_reader
from timeline_app.readers.single_records import DraftOf, SingleDecoder, single_batches
from timeline_app.readers.source_book import SourceBook
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.timemap_events import OPEN_ORDER, DateOrder, EventReader, source_of
from timeline_app.readers.timemap_scan import (
    ASSOCIATION_MARK,
    LISTS,
    NO_EVENTS,
    NO_LISTS,
    SOURCE_MARK,
    MapScan,
    kind_of_list,
)
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described, raw, text_in

_NAME = "timemap"
_DAY_FIRST = "is_day_first"

_JSON_IN_HEAD = re.compile(rb"\A(?:\xEF\xBB\xBF)?\s*[\[{]")


def score(head: bytes, name: str) -> float:
    """Tell how likely a file holds data of TimeMap, from the names of the fields in it."""
    del name
    if not _JSON_IN_HEAD.match(head):
        return 0.0
    fields = set(re.findall(rb'"([a-z_]{2,20})"\s*:', head))
    if b"date" in fields and (
        {b"description", b"associations", b"sources"} <= fields or {b"desc", b"lat", b"long", b"category"} <= fields
    ):
        return 0.9
    if {b"date", b"description", b"sources", b"path", b"filters", b"key", b"value"} <= fields:
        return 0.9
    return 0.9 if {b"title", b"paths", b"url"} <= fields or {b"id", b"mode", b"filter_paths"} <= fields else 0.0


def read_timemap(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read the events and sources of a file; raises ReadError when it is not JSON, or has neither."""
    del mapping
    text = decode_text(source)
    problems = ProblemLog(text)
    with garbage_collection_paused():
        tree = read_json(text)
        problems.warn_all(tree.faults)
        lists = _lists(tree.root)
        if not any(lists.values()):
            raise text.error(f"{NO_LISTS}; found {described(tree.root)}", tree.root.offset)
        events, associations = lists["events"], lists["associations"]
        reader = _event_reader(
            source.path.name,
            problems,
            lists,
            is_day_first=_is_day_first(events, problems),
        )
        drafts = [reader.draft(node, number) for number, node in enumerate(events, start=1)]
        if not events:
            problems.note(NO_EVENTS, tree.root.offset)
        return finished_dataset(
            source,
            _NAME,
            drafts,
            [node.offset for node in events],
            problems,
            sources={**reader.book.by_key, **reader.sources},
            extra=_said_beside(tree.root, associations),
            records_end=_end_of_events(tree.root),
        )


def _event_reader(
    file_name: str, problems: ProblemLog, lists: Mapping[str, Sequence[Node]], *, is_day_first: bool
) -> EventReader:
    """Return what reads the events of a file by what its other lists say."""
    found = (source_of(node, problems, is_day_first=is_day_first) for node in lists["sources"])
    sources: dict[str, Source] = {}
    for one in filter(None, found):
        sources.setdefault(one.key, one)
    titles: dict[str, str] = {}
    for node in lists["associations"]:
        if text_in(node, "title"):
            titles.setdefault(text_in(node, "id"), text_in(node, "title"))
    return EventReader(file_name, problems, SourceBook(), sources, titles, is_day_first)


def _is_day_first(events: Sequence[Node], problems: ProblemLog) -> bool:
    """Tell from all dates whether the day stands first; where they leave it open, say so."""
    order = DateOrder()
    dated = [node for node in events if order.take(text_in(node, "date"))]
    if order.is_open:
        problems.warning(OPEN_ORDER, dated[0].offset)
    return order.is_day_first


def _said_beside(root: Node, associations: Sequence[Node]) -> dict[str, object]:
    """Return what a file says besides its events and sources."""
    extra: dict[str, object] = {"associations": [raw(node) for node in associations]} if associations else {}
    if isinstance(root, MappingNode) and not root.entries.keys().isdisjoint(LISTS):
        others = {key: raw(node) for key, (_, node) in root.entries.items() if key not in LISTS}
        return {**others, **extra}
    return extra


def _lists(root: Node) -> dict[str, Sequence[Node]]:
    """Return the events, the sources and the associations of a file, each told by its fields."""
    found: dict[str, Sequence[Node]] = dict.fromkeys(LISTS, ())
    if isinstance(root, MappingNode) and not root.entries.keys().isdisjoint(LISTS):
        for name in LISTS:
            if name in root.entries:
                found[name] = _members(root.entries[name][1])
        return found
    members = _members(root)
    kind = kind_of_list(frozenset(key for node in members if isinstance(node, MappingNode) for key in node.entries))
    if kind:
        found[kind] = members
    return found


def _end_of_events(root: Node) -> int | None:
    """Return where the list of events ends, None where it is none."""
    entry = root.entries.get("events") if isinstance(root, MappingNode) else None
    node = root if entry is None else entry[1]
    return node.end_offset if isinstance(node, ListNode) else None


def _members(node: Node) -> Sequence[Node]:
    """Return the items of a list, or the values of a mapping by ids, each with its id."""
    if isinstance(node, ListNode):
        return node.items
    if not isinstance(node, MappingNode):
        return ()
    members: list[Node] = []
    for key, (offset, value) in node.entries.items():
        if isinstance(value, MappingNode):
            entries = (
                value.entries if "id" in value.entries else {"id": (offset, TextNode(key, offset)), **value.entries}
            )
            members.append(replace(value, entries=entries))
        else:
            members.append(value)
    return members


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a large file; raises ReadError as `read_timemap` does."""
    del mapping
    scan = MapScan.of(file)
    drafts = _drafts_by(is_day_first=scan.is_day_first)
    return FileStream(
        file.path.stem,
        MappingProxyType({_DAY_FIRST: scan.is_day_first, "extra": kept_beside(scan.beside)}),
        file.total_bytes,
        lambda: single_batches(scan.records(file), file.name, file.path.name, drafts, scan.notes),
    )


def _decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes events of single records."""
    return SingleDecoder(_drafts_by(is_day_first=bool(layout[_DAY_FIRST])))


def _drafts_by(*, is_day_first: bool) -> DraftOf:
    """Return what makes an event of the text of a record, and of what is told of what it names."""

    def draft(node: Node, beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
        # What is wrong with sources was told where they stand.
        silent = ProblemLog(SourceText("", ""))
        told = (
            source_of(plain_node(json.loads(text)), silent, is_day_first=is_day_first)
            for key, text in beside.items()
            if key.startswith(SOURCE_MARK)
        )
        sources = {source.key: source for source in told if source is not None}
        titles = {
            key.removeprefix(ASSOCIATION_MARK): title
            for key, title in beside.items()
            if key.startswith(ASSOCIATION_MARK)
        }
        return EventReader("", problems, SourceBook(), sources, titles, is_day_first).draft(node, number)

    return json_drafts(draft)


READER = record_reader(
    name=_NAME,
    endings=(".json",),
    description="Events and sources of TimeMap",
    recognised_by="events or sources of TimeMap",
    score=score,
    whole=read_timemap,
    stream=_stream,
    decoder=_decoder,
)
