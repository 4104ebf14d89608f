"""Read the timelines of TimelineJS: JSON, JSONP and data of a script of versions 3 and 2, sheets of 3 and 1.

TimelineJS is Knight Lab's, made in 2012 for newsrooms; version 3 of 2015 gave its fields new names: `timeline.date[]`
with `startDate: "1869,9,10"` became `events[]` with `start_date: {year, month, day}`. What both have is read alike:

- The headline is the title, the text the summary, without their HTML; where a slide has no headline, the first line of
  its text or else the caption names it. `group`, in version 2 `tag`, is the type. Eras are events of the type “era”.
- A date is as exact as its parts: a year alone is the year. What the calendar does not have, such as a month 13, is
  told and left out. -44 is 44 BC; of years like -13800000000 there is no other precision than the one that is written.
- `media` (`asset`) is a source: its caption is the title, its credit the author. Links within texts are sources too.
  A quotation in `media` is an excerpt.
- `display_date`, `background`, thumbnails and all else are kept in the field bag, but for `edtf` beside a date and
  `match` of a filter that no longer is, which this program wrote.

The title slide is the timeline's title and summary, and no event. Sheets are told in readers/timelinejs_sheet.py.
Tried on Knight Lab's own examples: Whitney Houston in both versions, eras, and two of cosmological times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from timeline_app.core.dataset import Dataset
from timeline_app.core.event import NOTHING, Event, Excerpt, Origin, Source
from timeline_app.core.when import When
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.edtf_beside import date_beside
from timeline_app.readers.fields import Fields
from timeline_app.readers.foreign_record import (
    Draft,
    bag,
    fields_of,
    finished_dataset,
    first_line,
    mapping_in,
    title_of,
    when_of,
    words_of,
)
from timeline_app.readers.location import location_of
from timeline_app.readers.loose_json import read_loose_json
from timeline_app.readers.match_beside import MATCH, is_possible
from timeline_app.readers.plain_words import PlainWords
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import Reader
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.timelinejs_dates import displayed_date, slide_date
from timeline_app.readers.timelinejs_sheet import is_sheet, sheet_tree
from timeline_app.readers.tree import ListNode, MappingNode, Node, Tree, described

_NAME = "timelinejs"
_LARGEST_BYTES = 50 * MEGABYTE
_ERA = "era"
_EDTF = "edtf"

_EVENTS_IN_HEAD = re.compile(rb"""["']?\b(?:events|eras)["']?\s*+:\s*+\[""")
_DATE_IN_HEAD = re.compile(rb"""["']?\bstart_date["']?\s*+:""")
_TIMELINE_IN_HEAD = re.compile(rb"""[\s{(=]["']?timeline["']?\s*+:\s*+\{""")
_OLD_DATE_IN_HEAD = re.compile(rb"""["']?\bstartDate["']?\s*+:""")


@dataclass(frozen=True, slots=True)
class _Names:
    """What a version calls its fields."""

    events: str
    eras: str
    start: str
    end: str
    group: str
    media: str
    address: str
    id: str


_OLD = _Names("date", "era", "startDate", "endDate", "tag", "asset", "media", "uniqueid")
_NEW = _Names("events", "eras", "start_date", "end_date", "group", "media", "url", "unique_id")


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is a timeline of TimelineJS, from the fields that stand in its first bytes."""
    del name
    if _EVENTS_IN_HEAD.search(head) and _DATE_IN_HEAD.search(head):
        return 0.95
    is_old = _TIMELINE_IN_HEAD.search(head) and _OLD_DATE_IN_HEAD.search(head)
    return 0.95 if is_old or is_sheet(head) else 0.0


def read_timelinejs(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a timeline; its fields have fixed names, so `mapping` is empty.

    Raises ReadError when the text is no data, or there are neither events nor eras in it.
    """
    del mapping
    text = decode_text(source)
    with garbage_collection_paused():
        tree = sheet_tree(text) if is_sheet(source.head) else read_loose_json(text)
        return _Timeline(text, source).read(tree)


class _Timeline:
    """Reads one file."""

    def __init__(self, text: SourceText, source: SourceFile) -> None:
        self._text = text
        self._source = source
        self._problems = ProblemLog(text)
        self._book = SourceBook()
        self._names = _NEW

    def read(self, tree: Tree) -> Dataset:
        """Return the events and eras of the file."""
        self._problems.warn_all(tree.faults)
        root = self._root(tree.root)
        records = sorted(
            (*self._items(root, self._names.events, ""), *self._items(root, self._names.eras, _ERA)),
            key=lambda record: record[0].offset,
        )
        lists = [root.get(key) for key in (self._names.events, self._names.eras)]
        drafts = [self._draft(node, number, kind) for number, (node, kind) in enumerate(records, start=1)]
        title, summary, extra = self._title_slide(root)
        return finished_dataset(
            self._source,
            _NAME,
            drafts,
            [node.offset for node, _ in records],
            self._problems,
            title=title,
            summary=summary,
            sources=self._book.by_key,
            extra=extra,
            records_end=max((node.end_offset for node in lists if isinstance(node, ListNode)), default=0),
        )

    def _root(self, node: Node) -> Fields:
        """Return the fields of the timeline, and set which version's names they have."""
        root = fields_of(node, self._problems) if isinstance(node, MappingNode) else None
        old = mapping_in(root, "timeline", self._problems) if root is not None else None
        if old is not None:
            self._names, root = _OLD, old
        if root is None or not {self._names.events, self._names.eras} & root.node.entries.keys():
            found = described(node) if root is None else "neither"
            raise self._text.error(f"expected a timeline with events or eras; found {found}", node.offset)
        return root

    def _items(self, root: Fields, key: str, kind: str) -> list[tuple[Node, str]]:
        """Return the records of a list, each with the type that it gives them."""
        node = root.get(key)
        if node is not None and not isinstance(node, ListNode):
            root.reject(key, f"{key}: expected a list; found {described(node)}")
        return [(item, kind) for item in node.items] if isinstance(node, ListNode) else []

    def _draft(self, node: Node, number: int, kind: str) -> Draft | None:
        if not isinstance(node, MappingNode):
            self._problems.error(f"expected an event; found {described(node)}; it is left out", node.offset)
            return None
        fields, names = fields_of(node, self._problems), self._names
        start = slide_date(fields, names.start, self._problems)
        end = slide_date(fields, names.end, self._problems)
        shown = when_of(start, end, self._problems, partial(fields.keep, names.end))
        when = (date_beside(fields.text(_EDTF), shown) or shown) if shown is not None else None
        headline, text = self._words(fields)
        media, excerpt = self._media(fields, headline, text)
        title = title_of(headline.text, first_line(text.text), *(one.title or one.author for one in media[:1]))
        if not title and when is not None:
            self._problems.error("headline: expected a text; found nothing; the event is left out", node.offset)
        if when is None or not title:
            return None
        place = mapping_in(fields, "location", self._problems)
        location = location_of(place.text("lat"), place.text("lon")) if place is not None else None
        event = Event(
            id="",
            title=title,
            when=when,
            type=kind or words_of(fields, names.group).text,
            tags=(words_of(fields, names.group).text,) if kind and fields.text(names.group) else (),
            place=place.text("name") if place is not None else "",
            location=location,
            summary=text.text if text.text != title else "",
            excerpts=excerpt,
            own_sources=media,
            origin=Origin(self._source.path.name, self._text.line(node.offset), number),
            extra=self._extra(fields, place, when, is_placed=location is not None),
        )
        return Draft(event, fields.text(names.id).strip(), fields.offset(names.id))

    def _words(self, fields: Fields) -> tuple[PlainWords, PlainWords]:
        """Return headline and text, which version 3 holds in a mapping of their own."""
        within = mapping_in(fields, "text", self._problems) or fields
        return words_of(within, "headline"), words_of(within, "text")

    def _media(self, slide: Fields, *texts: PlainWords) -> tuple[tuple[Source, ...], tuple[Excerpt, ...]]:
        """Return the sources of a slide: what it shows, then where its texts lead to; and the words that it quotes."""
        fields = mapping_in(slide, self._names.media, self._problems)
        caption, credit = words_of(fields, "caption"), words_of(fields, "credit")
        shown = words_of(fields, self._names.address)
        # An address, or else the markup of what is to be shown: a quotation, a frame.
        is_markup = fields is not None and shown.text != fields.text(self._names.address).strip()
        address = next(iter(shown.addresses), "") if is_markup else shown.text
        source = None
        if fields is not None:
            extra = bag(fields, {"caption", "credit"} if is_markup else {"caption", "credit", self._names.address})
            source = self._book.add(title=caption.text, author=credit.text, url=address, extra=extra)
        addresses = [one for words in (*texts, caption, credit) for one in words.addresses if one != address]
        quoted = (Excerpt(shown.text, source.key),) if is_markup and shown.text and source is not None else ()
        return distinct_sources(source, *self._book.add_addresses(addresses)), quoted

    def _extra(self, fields: Fields, place: Fields | None, when: When, *, is_placed: bool) -> Mapping[str, object]:
        names = self._names
        taken = {names.start, names.end, names.group, names.id, "headline", "text"}
        if isinstance(fields.get(names.media), MappingNode):
            taken.add(names.media)
        if when.text == fields.text(_EDTF):
            taken |= {_EDTF, "display_date"}
        if is_possible(fields.text(MATCH)):
            taken |= {MATCH, "display_date"}
        if place is not None and is_placed and not place.node.entries.keys() - {"lat", "lon", "name"}:
            taken.add("location")
        shown = {
            "display_date": displayed_date(fields, names.start, self._problems),
            "end_display_date": displayed_date(fields, names.end, self._problems),
        }
        found = {key: text for key, text in shown.items() if text} | dict(bag(fields, taken))
        return found or NOTHING

    def _title_slide(self, root: Fields) -> tuple[str, str, Mapping[str, object]]:
        """Return the timeline's title, its summary, and what else the file says of it as a whole."""
        names = self._names
        slide = root if names is _OLD else mapping_in(root, "title", self._problems)
        if slide is None:
            return "", "", bag(root, {names.events, names.eras})
        headline, text = self._words(slide)
        self._media(slide, headline, text)
        if names is _OLD:
            return title_of(headline.text), text.text, bag(root, {"headline", "text", names.media, "date", "era"})
        extra = dict(bag(root, {names.events, names.eras, "title"})) | dict(bag(slide, {"text", names.media}))
        return title_of(headline.text), text.text, extra


READER = Reader(
    name=_NAME,
    endings=(".json", ".jsonp", ".csv"),
    description="Timelines of TimelineJS 3 and 2, as JSON, JSONP or a sheet",
    recognised_by="the fields of TimelineJS",
    score=score,
    read=read_timelinejs,
    largest_bytes=_LARGEST_BYTES,
)
