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

Tried on the assassination of John F. Kennedy and on the history of Christianity, which came with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import WhenError
from timeline_app.core.event import Event, Origin
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.foreign_record import Draft, finished_dataset, first_line, title_of
from timeline_app.readers.loose_json import read_loose_json
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import Reader
from timeline_app.readers.simile_dates import BOUNDS, read_bounds
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described, is_nothing, raw
from timeline_app.readers.xml_tree import Element, decode_xml, read_xml

_NAME = "simile"
_LARGEST_BYTES = 50 * MEGABYTE

_XML_IN_HEAD = re.compile(rb"<data\b[^<>]{0,2000}>")
_XML_EVENT_IN_HEAD = re.compile(rb"""<event\s[^<>]{0,4000}?\bstart\s*=\s*["']""")
_EVENTS_IN_HEAD = re.compile(rb"""["']?\bevents["']?\s*+:\s*+\[""")
_FORMAT_IN_HEAD = re.compile(rb"""["']?\b(?:dateTimeFormat|wikiURL|wikiSection)["']?\s*+:""")
_START_IN_HEAD = re.compile(rb"""[{,\s]["']?(?:start|s)["']?\s*+:\s*+(?:["']|new\s+Date)""")

_START_TAG = re.compile(r"""<event(?:[^<>"']|"[^"]*"|'[^']*')*+>""")
_LONG_NAMES = {"s": "start", "ls": "latestStart", "ee": "earliestEnd", "e": "end", "t": "title", "d": "isDuration"}
_LONG_NAMES |= {"de": "description", "c": "color", "eid": "eventID"}
_TAKEN = frozenset({*BOUNDS, "title", "link", "classname", "id", "isDuration", "durationEvent"})
_YES, _NO = "true", "false"


@dataclass(frozen=True, slots=True)
class _Record:
    """One event of either form: its fields by their long names, its text, and what else it holds."""

    offset: int
    fields: Mapping[str, str]
    text: str
    others: Mapping[str, object]
    offsets: Mapping[str, int]
    is_instant: bool


def score(head: bytes, name: str) -> float:
    """Tell how likely a file holds events of SIMILE Timeline, from its first elements or fields."""
    del name
    if _XML_IN_HEAD.search(head) and _XML_EVENT_IN_HEAD.search(head):
        return 0.95
    if not (_EVENTS_IN_HEAD.search(head) and _START_IN_HEAD.search(head)):
        return 0.0
    return 0.95 if _FORMAT_IN_HEAD.search(head) else 0.6


def read_simile(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read the events; their fields have fixed names, so `mapping` is empty.

    Raises ReadError when the text is neither XML nor data, or there is no list of events in it.
    """
    del mapping
    is_xml = source.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff"))
    text = decode_xml(source) if is_xml else decode_text(source)
    with garbage_collection_paused():
        return _Events(text, source).read(is_xml=is_xml)


class _Events:
    """Reads one file."""

    def __init__(self, text: SourceText, source: SourceFile) -> None:
        self._text = text
        self._source = source
        self._problems = ProblemLog(text)
        self._book = SourceBook()

    def read(self, *, is_xml: bool) -> Dataset:
        """Return the events of the file."""
        records, extra = self._of_xml() if is_xml else self._of_json()
        numbered = enumerate(records, start=1)
        drafts = [self._draft(record, number) for number, record in numbered if isinstance(record, _Record)]
        return finished_dataset(
            self._source,
            _NAME,
            drafts,
            [record.offset for record in records],
            self._problems,
            sources=self._book.by_key,
            extra=extra,
        )

    def _of_xml(self) -> tuple[list[_Record | Node], Mapping[str, object]]:
        root = read_xml(self._text)
        if root.name != "data":
            raise self._text.error(f'expected an element "data" with events; found "{root.name[:60]}"', root.offset)
        records = [_of_element(element, self._markup_in(element)) for element in root.all("event")]
        return [*records], dict(root.attributes)

    def _markup_in(self, element: Element) -> str:
        """Return what stands in an element: its characters, or its markup where that was not escaped."""
        if not element.children:
            return element.text
        begin = _START_TAG.match(self._text.text, element.offset)
        end = self._text.text.find("</event", element.offset)
        return self._text.text[begin.end() : end].strip() if begin else element.text

    def _of_json(self) -> tuple[list[_Record | Node], Mapping[str, object]]:
        tree = read_loose_json(self._text)
        self._problems.warn_all(tree.faults)
        root = tree.root
        events = root.entries["events"][1] if isinstance(root, MappingNode) and "events" in root.entries else root
        if not isinstance(events, ListNode):
            raise self._text.error(f"expected a list of events; found {described(events)}", events.offset)
        extra = {key: raw(node) for key, (_, node) in root.entries.items()} if isinstance(root, MappingNode) else {}
        extra.pop("events", None)
        return [self._of_node(node) for node in events.items], extra

    def _of_node(self, node: Node) -> _Record | Node:
        if not isinstance(node, MappingNode):
            self._problems.error(f"expected an event; found {described(node)}; it is left out", node.offset)
            return node
        named = {_LONG_NAMES.get(key, key): entry for key, (_, entry) in node.entries.items()}
        fields = {key: entry.text for key, entry in named.items() if isinstance(entry, TextNode)}
        taken = {key for key in _TAKEN | {"description"} if key in fields}
        is_instant = fields.get("isDuration") == _NO or fields.get("durationEvent") == _NO
        others = {key: raw(entry) for key, entry in named.items() if key not in taken and not is_nothing(entry)}
        offsets = {key: entry.offset for key, entry in named.items()}
        return _Record(node.offset, fields, fields.get("description", ""), others, offsets, is_instant)

    def _draft(self, record: _Record, number: int) -> Draft | None:
        fields = record.fields
        text, title = plain_words(record.text), plain_words(fields.get("title", ""))
        own_title = title_of(title.text, first_line(text.text))
        try:
            found = read_bounds(fields, is_instant=record.is_instant)
        except WhenError as error:
            offset = record.offsets.get("start", record.offset)
            self._problems.error(f"start: {error}; the event is left out", offset)
            return None
        if not own_title:
            self._problems.error("title: expected a text; found nothing; the event is left out", record.offset)
            return None
        for name, why in found.left_out.items():
            self._problems.warning(f"{name}: {why}; left out", record.offsets.get(name, record.offset))
        link = self._book.add(url=fields.get("link", "").strip())
        addresses = (*title.addresses, *text.addresses)
        event = Event(
            id="",
            title=own_title,
            when=found.when,
            type=fields.get("classname", "").strip(),
            summary=text.text if text.text != own_title else "",
            own_sources=distinct_sources(link, *self._book.add_addresses(addresses)),
            origin=Origin(self._source.path.name, self._text.line(record.offset), number),
            extra={name: fields[name] for name in found.left_out} | dict(record.others),
        )
        return Draft(event, fields.get("id", "").strip(), record.offsets.get("id", record.offset))


def _of_element(element: Element, markup: str) -> _Record:
    fields = element.attributes
    is_instant = fields.get("isDuration") != _YES and fields.get("durationEvent") != _YES
    described_as = fields.get("description", "")
    text = markup or described_as
    taken = _TAKEN | ({"description"} if text == described_as else set())
    others = {key: value for key, value in fields.items() if key not in taken and value}
    return _Record(element.offset, fields, text, others, {}, is_instant)


READER = Reader(
    name=_NAME,
    endings=(".xml", ".json"),
    description="Events of SIMILE Timeline, as XML or JSON",
    recognised_by="the events of SIMILE Timeline",
    score=score,
    read=read_simile,
    largest_bytes=_LARGEST_BYTES,
)
