"""Make events of the slides of TimelineJS, by the names that the fields of a version have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from timeline_app.core.event import NOTHING, Event, Excerpt, Origin, Source
from timeline_app.core.shown_digest import BESIDE
from timeline_app.core.when import When
from timeline_app.readers.edtf_beside import date_beside
from timeline_app.readers.fields import Fields
from timeline_app.readers.foreign_record import (
    Draft,
    bag,
    fields_of,
    first_line,
    mapping_in,
    title_of,
    when_of,
    words_of,
)
from timeline_app.readers.location import location_of
from timeline_app.readers.match_beside import MATCH, is_possible
from timeline_app.readers.plain_words import PlainWords, plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.timelinejs_dates import DATE_PARTS, displayed_date, slide_date
from timeline_app.readers.told_beside import NOTHING_BESIDE, ToldBeside
from timeline_app.readers.tree import MappingNode, Node, TextNode, described, is_nothing, raw

_EDTF = "edtf"
_WORDS = frozenset({"headline", "text"})
_CITE = re.compile(r"<cite\b[^<>]*>(.{0,1000}?)</cite>", re.IGNORECASE | re.DOTALL)
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class SlideNames:
    """What a version calls the lists of a timeline and the fields of a slide."""

    events: str
    eras: str
    start: str
    end: str
    group: str
    media: str
    address: str
    id: str


VERSION_2 = SlideNames("date", "era", "startDate", "endDate", "tag", "asset", "media", "uniqueid")
VERSION_3 = SlideNames("events", "eras", "start_date", "end_date", "group", "media", "url", "unique_id")


class SlideReader:
    """Reads slides of one version, one after another; `book` collects their sources."""

    def __init__(self, names: SlideNames, problems: ProblemLog, file_name: str) -> None:
        self.book = SourceBook()
        self._names = names
        self._problems = problems
        self._file_name = file_name

    def draft(self, node: Node, number: int, kind: str) -> Draft | None:
        """Return the event of a slide, of a type where its list gives it one; why there is none is told."""
        if not isinstance(node, MappingNode):
            self._problems.error(f"expected an event; found {described(node)}; it is left out", node.offset)
            return None
        fields, names = fields_of(node, self._problems), self._names
        start = slide_date(fields, names.start, self._problems)
        end = slide_date(fields, names.end, self._problems)
        shown = when_of(start, end, self._problems, partial(fields.keep, names.end))
        when = (date_beside(fields.text(_EDTF), shown) or shown) if shown is not None else None
        told = self._told(fields)
        headline, text = self.words(fields)
        media, excerpt = self.media(fields, headline, text, told)
        # An era is drawn without a headline too.
        named = (one.title or one.author for one in media[:1])
        title = title_of(headline.text, first_line(text.text), *named, kind)
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
            origin=Origin(self._file_name, self._problems.source.line(node.offset), number),
            extra=self._extra(fields, place, when, told, is_placed=location is not None),
        )
        return Draft(told.applied(event), fields.text(names.id).strip(), fields.offset(names.id))

    def words(self, fields: Fields) -> tuple[PlainWords, PlainWords]:
        """Return headline and text, which version 3 holds in a mapping of their own."""
        within = mapping_in(fields, "text", self._problems) or fields
        return words_of(within, "headline"), words_of(within, "text")

    def media(
        self, slide: Fields, headline: PlainWords, text: PlainWords, told: ToldBeside = NOTHING_BESIDE
    ) -> tuple[tuple[Source, ...], tuple[Excerpt, ...]]:
        """Return the sources of a slide: what it shows, then where its texts lead to; and the words that it quotes.

        Those that are told beside it are left out.
        """
        fields = mapping_in(slide, self._names.media, self._problems)
        caption, credit = words_of(fields, "caption"), words_of(fields, "credit")
        written = fields.text(self._names.address) if fields is not None else self._text_of_media(slide)
        # Behind a quotation stands within its markup who said it.
        said_by = _CITE.search(written)
        shown = plain_words(_CITE.sub("", written))
        # An address, or else the markup of what is to be shown: a quotation, a frame.
        is_markup = shown.text != written.strip()
        address = next(iter(shown.addresses), "") if is_markup else shown.text
        source = None
        if fields is not None:
            extra = bag(fields, {"caption", "credit"} if is_markup else {"caption", "credit", self._names.address})
            if extra or not told.is_unchanged("sources"):
                author = credit.text or (plain_words(said_by[1]).text if said_by is not None else "")
                source = self.book.add(title=caption.text, author=author, url=address, extra=extra)
        elif address.startswith(_WEB):
            source = self.book.add(url=address)
        words = () if told.is_unchanged("summary") else (headline, text)
        addresses = [one for text in (*words, caption, credit) for one in text.addresses if one != address]
        quoted = (Excerpt(shown.text, source.key if source is not None else ""),) if is_markup and shown.text else ()
        return distinct_sources(source, *self.book.add_addresses(addresses)), quoted

    def _text_of_media(self, slide: Fields) -> str:
        """Return the medium of a slide that names its address alone, "" for any other."""
        return node.text if isinstance(node := slide.get(self._names.media), TextNode) else ""

    def _told(self, fields: Fields) -> ToldBeside:
        """Return what this program tells beside a slide of it."""
        node = fields.get(BESIDE)
        if node is None:
            return NOTHING_BESIDE
        texts = mapping_in(fields, "text", self._problems) or fields
        media = mapping_in(fields, self._names.media, self._problems)
        place = mapping_in(fields, "location", self._problems)
        words = (media.text(key) for key in (self._names.address, "caption", "credit")) if media is not None else ()
        shown = {
            "title": texts.text("headline"),
            "summary": texts.text("text"),
            "type": fields.text(self._names.group),
            "sources": " ".join(words),
        }
        if place is not None:
            shown |= {"place": place.text("name"), "location": f"{place.text('lat')} {place.text('lon')}"}
        return ToldBeside.of(raw(node), shown)

    def _extra(
        self, fields: Fields, place: Fields | None, when: When, told: ToldBeside, *, is_placed: bool
    ) -> Mapping[str, object]:
        names = self._names
        taken = {names.start, names.end, names.group, names.id, "headline", "text"}
        known = {names.start: DATE_PARTS, names.end: DATE_PARTS, "text": _WORDS}
        taken -= {key for key, parts in known.items() if _says_more(fields.get(key), parts)}
        if isinstance(fields.get(names.media), MappingNode) or self._text_of_media(fields).startswith(_WEB):
            taken.add(names.media)
        if when.text == fields.text(_EDTF):
            taken |= {_EDTF, "display_date"}
        if told.record:
            taken.add(BESIDE)
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


def _says_more(node: Node | None, known: frozenset[str]) -> bool:
    """Return whether a mapping says anything under other names than these."""
    entries = node.entries if isinstance(node, MappingNode) else {}
    return any(key not in known and not is_nothing(value) for key, (_, value) in entries.items())
