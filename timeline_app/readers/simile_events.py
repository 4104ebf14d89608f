"""Make events of the records of SIMILE Timeline, in XML or JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from timeline_app.core.errors import WhenError
from timeline_app.core.event import Event, Origin
from timeline_app.readers.foreign_record import Draft, first_line, title_of
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.simile_dates import BOUNDS, read_bounds
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.tree import MappingNode, Node, TextNode, described, is_nothing, raw
from timeline_app.readers.xml_tree import Element

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


class EventReader:
    """Reads the events of one file, one after another; `book` collects their sources."""

    def __init__(self, problems: ProblemLog, file_name: str) -> None:
        self.book = SourceBook()
        self._problems = problems
        self._file_name = file_name

    def of_element(self, element: Element, number: int) -> Draft | None:
        """Return the event of an element; why there is none is told."""
        return self._draft(_of_element(element, self._markup_in(element)), number)

    def of_node(self, node: Node, number: int) -> Draft | None:
        """Return the event of an object; why there is none is told."""
        if not isinstance(node, MappingNode):
            self._problems.error(f"expected an event; found {described(node)}; it is left out", node.offset)
            return None
        return self._draft(_of_node(node), number)

    def _markup_in(self, element: Element) -> str:
        """Return what stands in an element: its characters, or its markup where that was not escaped."""
        if not element.children:
            return element.text
        text = self._problems.source.text
        begin = _START_TAG.match(text, element.offset)
        end = text.find("</event", element.offset)
        return text[begin.end() : end].strip() if begin else element.text

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
        link = self.book.add(url=fields.get("link", "").strip())
        addresses = (*title.addresses, *text.addresses)
        event = Event(
            id="",
            title=own_title,
            when=found.when,
            type=fields.get("classname", "").strip(),
            summary=text.text if text.text != own_title else "",
            own_sources=distinct_sources(link, *self.book.add_addresses(addresses)),
            origin=Origin(self._file_name, self._problems.source.line(record.offset), number),
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


def _of_node(node: MappingNode) -> _Record:
    named = {_LONG_NAMES.get(key, key): entry for key, (_, entry) in node.entries.items()}
    fields = {key: entry.text for key, entry in named.items() if isinstance(entry, TextNode)}
    taken = {key for key in _TAKEN | {"description"} if key in fields}
    is_instant = fields.get("isDuration") == _NO or fields.get("durationEvent") == _NO
    others = {key: raw(entry) for key, entry in named.items() if key not in taken and not is_nothing(entry)}
    offsets = {key: entry.offset for key, entry in named.items()}
    return _Record(node.offset, fields, fields.get("description", ""), others, offsets, is_instant)
