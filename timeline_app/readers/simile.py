"""Read the events of SIMILE Timeline, as XML, as JSON and as data of a script.

SIMILE Timeline came from MIT in 2006, the first timeline of the web that zoomed; its event files are still about. XML
is `<data><event start="…" title="…">text</event></data>`, JSON `{"events": [{"start": …}]}`, often with single quotes,
with names of one letter, and with `new Date(…)`.

- `title` is the title, the text of the element or `description` the summary, without the HTML in it.
- Dates are those of JavaScript's parser; “200 BC” and single years are the year, negative ones as JavaScript counts
  them, where -43 is 44 BC. Where all times of an event are midnight, they are days, which had to be written so.
- start ≤ latestStart ≤ earliestEnd ≤ end are the four bounds of what lasted. What is an instant happened at one time
  between start and end: in XML whatever is not said to be a duration, in JSON what is said not to be one. (The original
  reads `isDuration` of JSON the other way round; what is read here is what the word says.)
- `link` is a source, as are the links within texts; `classname` is the type; pictures, colours and all else are kept.

A file of 16 MB or more is read event by event.

Tried on the assassination of John F. Kennedy and on the history of Christianity, which came with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset, Problem
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.foreign_record import Draft, finished_dataset, kept_beside
from timeline_app.readers.json_nodes import json_drafts
from timeline_app.readers.json_sections import ListPath, listed_records, tree_beside, unplaced
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.loose_json import read_loose_json
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.record_reader import record_reader
from timeline_app.readers.script_file import ScriptFile
from timeline_app.readers.simile_events import EventReader
from timeline_app.readers.single_records import NOTHING_BESIDE, DraftOf, SingleDecoder, single_batches
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.tree import ListNode, MappingNode, Node, described, raw
from timeline_app.readers.xml_records import ElementPath, beside_records, xml_drafts, xml_file, xml_records
from timeline_app.readers.xml_tree import Element, decode_xml, read_xml

_NAME = "simile"
_EVENT_ELEMENTS: dict[ElementPath, Mapping[str, str]] = {("data", "event"): NOTHING_BESIDE}
_EVENT_LISTS: dict[ListPath, Mapping[str, str]] = {(): NOTHING_BESIDE, ("events",): NOTHING_BESIDE}
_IS_XML = "is_xml"

_XML_IN_HEAD = re.compile(rb"<data\b[^<>]{0,2000}>")
_XML_EVENT_IN_HEAD = re.compile(rb"""<event\s[^<>]{0,4000}?\bstart\s*=\s*["']""")
_EVENTS_IN_HEAD = re.compile(rb"""["']?\bevents["']?\s*+:\s*+\[""")
_FORMAT_IN_HEAD = re.compile(rb"""["']?\b(?:dateTimeFormat|wikiURL|wikiSection)["']?\s*+:""")
_OWN_IN_HEAD = re.compile(
    rb"""["']?\b(?:isDuration|durationEvent|latestStart|earliestEnd|eventID|classname|tapeImage|textColor|link|icon|ls|ee|de)"""
    rb"""["']?\s*+:"""
)
_START_IN_HEAD = re.compile(rb"""[{,\s]["']?(?:start|s)["']?\s*+:\s*+(?:["']|new\s+Date)""")


def score(head: bytes, name: str) -> float:
    """Tell how likely a file holds events of SIMILE Timeline, from its first elements or fields."""
    del name
    if _XML_IN_HEAD.search(head) and _XML_EVENT_IN_HEAD.search(head):
        return 0.95
    if not (_EVENTS_IN_HEAD.search(head) and _START_IN_HEAD.search(head)):
        return 0.0
    if _FORMAT_IN_HEAD.search(head):
        return 0.95
    # Titles and starts alone are those of any list of events.
    return 0.6 if _OWN_IN_HEAD.search(head) else 0.5


def read_simile(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read the events; their fields have fixed names, so `mapping` is empty.

    Raises ReadError when the text is neither XML nor data, or there is no list of events in it.
    """
    del mapping
    is_xml = _is_xml(source.head)
    text = decode_xml(source) if is_xml else decode_text(source)
    problems = ProblemLog(text)
    reader = EventReader(problems, source.path.name)
    extra: dict[str, object]
    with garbage_collection_paused():
        if is_xml:
            root = _xml_root(text)
            elements = list(root.all("event"))
            drafts = [reader.of_element(element, number) for number, element in enumerate(elements, start=1)]
            offsets, extra = [element.offset for element in elements], dict(root.attributes)
        else:
            tree = read_loose_json(text)
            problems.warn_all(tree.faults)
            nodes, extra = _json_events(tree.root, text)
            drafts = [reader.of_node(node, number) for number, node in enumerate(nodes, start=1)]
            offsets = [node.offset for node in nodes]
        return finished_dataset(source, _NAME, drafts, offsets, problems, sources=reader.book.by_key, extra=extra)


def _is_xml(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff"))


def _xml_root(text: SourceText) -> Element:
    """Return the element around the events."""
    root = read_xml(text)
    if root.name != "data":
        raise text.error(f'expected an element "data" with events; found "{root.name[:60]}"', root.offset)
    return root


def _json_events(root: Node, text: SourceText) -> tuple[list[Node], dict[str, object]]:
    """Return the events of a file, and what else it says."""
    events = root.entries["events"][1] if isinstance(root, MappingNode) and "events" in root.entries else root
    if not isinstance(events, ListNode):
        raise text.error(f"expected a list of events; found {described(events)}", events.offset)
    extra = {key: raw(node) for key, (_, node) in root.entries.items()} if isinstance(root, MappingNode) else {}
    extra.pop("events", None)
    return events.items, extra


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a large file; raises ReadError as `read_simile` does."""
    del mapping
    extra: dict[str, object]
    left_out: list[Problem] = []
    is_xml = _is_xml(file.raw_head)
    if is_xml:
        text = xml_file(file)
        extra = dict(_xml_root(beside_records(text, _EVENT_ELEMENTS)).attributes)
        records = partial(xml_records, text, _EVENT_ELEMENTS)
    else:
        script = ScriptFile(file)
        beside, left_out = tree_beside(script, _EVENT_LISTS)
        left_out += script.notes
        _, extra = _json_events(beside, unplaced(script))
        records = partial(listed_records, script, _EVENT_LISTS)
    return FileStream(
        file.path.stem,
        MappingProxyType({_IS_XML: is_xml, "extra": kept_beside(extra)}),
        file.total_bytes,
        lambda: single_batches(records(), file.name, file.path.name, _drafts_of(is_xml=is_xml), left_out),
    )


def _decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes events of single records."""
    return SingleDecoder(_drafts_of(is_xml=bool(layout[_IS_XML])))


def _drafts_of(*, is_xml: bool) -> DraftOf:
    """Return what makes an event of the text of a record."""
    return xml_drafts(_draft_of_element) if is_xml else json_drafts(_draft_of_node, is_loose=True)


def _draft_of_element(element: Element, _beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
    return EventReader(problems, "").of_element(element, number)


def _draft_of_node(node: Node, _beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
    return EventReader(problems, "").of_node(node, number)


READER = record_reader(
    name=_NAME,
    endings=(".xml", ".json"),
    description="Events of SIMILE Timeline, as XML or JSON",
    recognised_by="the events of SIMILE Timeline",
    score=score,
    whole=read_simile,
    stream=_stream,
    decoder=_decoder,
)
