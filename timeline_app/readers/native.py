"""Read the native format: a timeline as a YAML file, or as the same tree in JSON.

Format 1 is the first. Its quirk is that every value is the text that was written, typed by its field and never by YAML:
`no` is a word, `2024-06` a month, `010` is not eight. What begins with a brace is read by the rules of JSON, unless
the file is called .yaml. What is wrong with a value is told with its place; an event is left out only when it has no
title or no date that can be read. Tried on the timeline that comes with the program, and on 10,000 events made from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from timeline_app.core.dataset import Dataset, FileReport
from timeline_app.core.event import Event
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.documents import Documents
from timeline_app.readers.fields import Fields
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.native_actors import read_actors
from timeline_app.readers.native_between import placed_dates
from timeline_app.readers.native_event import EventRecord, RecordContext
from timeline_app.readers.native_ids import event_ids
from timeline_app.readers.native_sources import read_sources
from timeline_app.readers.native_stories import read_stories
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import Reader
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.tree import ListNode, MappingNode, Node, Tree, described, raw, shortened

_NAME = "native"
_YAML_ENDINGS = (".yaml", ".yml")
LARGEST_BYTES = 50 * MEGABYTE

KEYS = frozenset({"timeline_format", "title", "summary", "sources", "actors", "events", "stories"})
_FORMAT = "1"
# As the name of a field: at the beginning of a line, or after a brace or a comma.
_FORMAT_IN_HEAD = re.compile(rb"""(?:^(?:\xEF\xBB\xBF)?|[\r\n]|[{,]\s*+)["']?timeline_format["']?[ \t]*+:""")
_EVENTS_IN_HEAD = re.compile(rb"""(?:^(?:\xEF\xBB\xBF)?|[\r\n])events[ \t]*+:\s""")


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is a native timeline, from its first bytes and, in a doubtful case, its name."""
    # Long heads without the words take such patterns longer than all that is asked after them.
    if b"timeline_format" in head and _FORMAT_IN_HEAD.search(head):
        return 1.0
    # Without the line that names the format it is refused, but in words that say what is missing.
    return 0.2 if name.lower().endswith(_YAML_ENDINGS) and _EVENTS_IN_HEAD.search(head) else 0.0


def read_native(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a native timeline; its fields have fixed names, so `mapping` is empty.

    Raises ReadError when the text is not YAML or JSON, or is in a format that this version does not understand.
    """
    del mapping
    text = decode_text(source)
    with garbage_collection_paused():
        return _read_tree(_tree(text, source.path.name), text, source)


def _tree(text: SourceText, name: str) -> Tree:
    """Return the tree of a file: what begins with a brace is JSON, unless it is called YAML."""
    begins_with_brace = text.text.lstrip(" \t\r\n").startswith(("{", "["))
    if begins_with_brace and not name.lower().endswith(_YAML_ENDINGS):
        return read_json(text)
    # Imported on use: PyYAML takes longer to import than a short command takes to run.
    from timeline_app.readers.yaml_tree import read_yaml

    return read_yaml(text)


def _read_tree(tree: Tree, text: SourceText, source: SourceFile) -> Dataset:
    root = _checked_root(tree.root, text)
    problems = ProblemLog(text)
    problems.warn_all(tree.faults)
    fields = Fields(root, KEYS, "a timeline", problems)
    sources_node = fields.get("sources")
    sources = read_sources(fields, problems)
    documents = Documents(source.path.parent, sources, sources_node, problems)
    records = _records(fields, problems)
    events = _read_events(records.items, RecordContext(source.path.name, sources, documents, problems))
    title = fields.text("title") or source.path.stem
    summary = fields.text("summary")
    actors = read_actors(fields, problems)
    stories = read_stories(fields, {event.id for event in events}, problems)
    loaded = len(events)
    read = len(records.items)
    return Dataset(
        title=title,
        events=events,
        report=FileReport(source.name, _NAME, read, loaded, read - loaded, source.sha256),
        summary=summary,
        sources=documents.with_documents(sources),
        actors=actors,
        problems=problems.finish([node.offset for node in records.items], records.end_offset),
        extra=fields.extra,
        stories=stories,
    )


def _checked_root(root: Node, text: SourceText) -> MappingNode:
    """Return the root of a timeline; raise ReadError when it is not one, or not of a format that is understood."""
    if not isinstance(root, MappingNode):
        raise text.error(
            f"expected a timeline, beginning with timeline_format: {_FORMAT}; found {described(root)}", root.offset
        )
    entry = root.entries.get("timeline_format")
    if entry is None:
        raise text.error(f"expected timeline_format: {_FORMAT}, which says how the file is to be read", root.offset)
    node = entry[1]
    if raw(node) != _FORMAT:
        message = (
            f"timeline_format: expected {_FORMAT}, the only format that this version reads; found {described(node)}"
        )
        raise text.error(message, node.offset)
    return root


def _records(fields: Fields, problems: ProblemLog) -> ListNode:
    node = fields.get("events")
    if isinstance(node, ListNode):
        return node
    offset = fields.offset("events")
    found = "nothing" if node is None else described(node)
    problems.error(f"events: expected a list of events; found {found}", offset)
    return ListNode(offset)


def _read_events(nodes: list[Node], context: RecordContext) -> tuple[Event, ...]:
    """Return the events that can be shown, with links that lead nowhere reported."""
    events: list[Event] = []
    link_offsets: list[tuple[str, int]] = []
    ids = event_ids(nodes, context.problems)
    context = replace(context, placed=placed_dates(nodes, ids, context.problems))
    for number, (node, event_id) in enumerate(zip(nodes, ids, strict=True), start=1):
        if isinstance(node, MappingNode):
            record = EventRecord(node, number, context)
            event = record.read(event_id)
            if event is not None:
                events.append(event)
                link_offsets += record.link_offsets
        else:
            context.problems.error(f"expected an event with title and when; found {described(node)}", node.offset)
    _report_lost_links(link_offsets, {event.id for event in events}, context.problems)
    return tuple(events)


def _report_lost_links(link_offsets: list[tuple[str, int]], ids: set[str], problems: ProblemLog) -> None:
    for target, offset in link_offsets:
        if target not in ids:
            problems.warning(f'to: expected the id of an event of this file; found "{shortened(target)}"', offset)


READER = Reader(
    name=_NAME,
    endings=(*_YAML_ENDINGS, ".json"),
    description="Timelines with sources, excerpts and claims, as YAML or JSON",
    recognised_by="a timeline with the line “timeline_format: 1”",
    score=score,
    read=read_native,
    largest_bytes=LARGEST_BYTES,
)
