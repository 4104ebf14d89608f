"""What an HTML page knows of its events: a tree of plain values in which every word that needs a date is ready.

Times are whole seconds as in core.when, "past" or "future" without bound. The page computes with 64-bit floats, which
are exact to 285 million years either way and lose seconds beyond. Actors, sources and citations stand once and are
named by their numbers. What an event does not have is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from timeline_app.core.basis_words import dating_words
from timeline_app.core.citation import citation, event_citation, line_field, source_details, source_heading
from timeline_app.core.claim_figures import ClaimGroup, ClaimRow, claim_groups, claim_summaries, tick_words
from timeline_app.core.claim_notes import NOBODY, claim_notes
from timeline_app.core.counts import Companions
from timeline_app.core.event import Event, Excerpt, Source
from timeline_app.core.field_words import field_words
from timeline_app.core.filter import Filter, FilterResult
from timeline_app.core.lanes import LANE_LIMIT, OTHERS
from timeline_app.core.marked_words import MarkKind, marked_words
from timeline_app.core.marks import shape_of
from timeline_app.core.memberships import Belonging
from timeline_app.core.palette import LIGHT, ColourBook
from timeline_app.core.place_words import place_words
from timeline_app.core.safe_text import safe_text
from timeline_app.core.short_dates import short_words
from timeline_app.core.source_origins import independence_words
from timeline_app.core.table import EventTable
from timeline_app.core.told_story import ToldStory
from timeline_app.core.verified_words import VERIFIED_WORDS, check_words
from timeline_app.core.when import FUTURE_S, PAST_S, When, in_words
from timeline_app.writers.event_words import note_words
from timeline_app.writers.filter_words import filter_words
from timeline_app.writers.page_tale import tale_tree
from timeline_app.writers.web_links import web_link

MARKED_CHARACTERS = 20_000
_UNBOUNDED: Mapping[int, str] = {PAST_S: "past", FUTURE_S: "future"}

Tree = dict[str, Any]


def page_data(table: EventTable, wanted: Filter, result: FilterResult, story: ToldStory | None = None) -> Tree:
    """Return what the page knows of the events that pass, in time order, and of a story."""
    tree = _PageData(table, result).tree(wanted)
    return tree if story is None else tree | {"tale": tale_tree(story, table, result)}


class _Numbered:
    """Gives each different value a number, in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.values: list[Any] = []

    def number(self, value: Any) -> int:
        known = self._numbers.setdefault(repr(value), len(self.values))
        if known == len(self.values):
            self.values.append(value)
        return known


class _PageData:
    """Makes the tree, and numbers what stands in it once."""

    def __init__(self, table: EventTable, result: FilterResult) -> None:
        self._table = table
        self._rows = result.rows.tolist()
        self._events = [table.event(row) for row in self._rows]
        self._surely = [bool(result.certain_if_passing[row]) for row in self._rows]
        counts = Counter(name for event in self._events for name in dict.fromkeys(actor.name for actor in event.actors))
        names = sorted(counts, key=lambda name: -counts[name])
        self._actors = {name: number for number, name in enumerate(names)}
        self._numbers = {event.id: number for number, event in reversed(list(enumerate(self._events)))}
        self._parts = Companions.of(table).parts
        self._dated_wholes: dict[str, list[tuple[int, Belonging]]] = {}
        for whole, code in ((self._actors[name], table.actors.codes[name]) for name in names):
            for one in self._parts.get(code, ()):
                if one.is_dated:
                    self._dated_wholes.setdefault(one.name, []).append((whole, one))
        self._sources = _Numbered()
        self._citations = _Numbered()

    def tree(self, wanted: Filter) -> Tree:
        """Return everything, the events last, so that what they name has its number."""
        table = self._table
        events = [
            self._event(event, certain=certain) for event, certain in zip(self._events, self._surely, strict=True)
        ]
        names = [Path(report.path).name for report in table.files]
        return {
            "title": safe_text(table.title or ", ".join(names) or "Conflict timeline"),
            "summary": _text(table.summary),
            "loaded": len(table),
            "filter": safe_text(filter_words(wanted)),
            "lanes": {"limit": LANE_LIMIT, "others": OTHERS},
            "actors": self._actor_list(),
            "sources": self._sources.values,
            "citations": self._citations.values,
            "events": events,
        }

    def _actor_list(self) -> list[Tree]:
        table = self._table
        colours = ColourBook.of(table).numbers
        listed = []
        for name in self._actors:
            entry = table.gazetteer.get(name)
            own_parts = sorted(one.name for one in self._parts.get(table.actors.codes[name], ()) if not one.is_dated)
            listed.append(
                _told(
                    name=safe_text(name),
                    colour=colours[name] % len(LIGHT.actors),
                    also=[safe_text(other) for other in entry.other_names] if entry else (),
                    parts=[self._actors[part] for part in own_parts if part in self._actors],
                )
            )
        return listed

    def _taking_along(self, event: Event) -> list[int]:
        """Return those who take the event along since one of its actors is a part of them at its time."""
        wholes = [whole for actor in event.actors for whole in self._dated_wholes.get(actor.name, ())]
        return sorted({number for number, one in wholes if one.may_hold(event.when)})

    def _event(self, event: Event, *, certain: bool) -> Tree:
        known, note = dating_words(event, partial(self._table.source_of, event))
        quoted = {excerpt.source for excerpt in event.excerpts}
        unquoted = [source for source in event.own_sources if source.key not in quoted]
        return _told(
            id=event.id,
            title=safe_text(event.title),
            bounds=_bounds(event.when),
            open=_open_ends(event.when),
            when=safe_text(in_words(event.when)),
            short=safe_text(short_words(event.when)),
            known=known,
            note=safe_text(note),
            approximate=event.when.approximate,
            uncertain=event.when.uncertain,
            possible=not certain,
            span=event.when.is_span,
            type=safe_text(event.type),
            shape=str(shape_of(event.type)),
            importance=event.importance,
            actors=[_without_end(self._actors[one.name], safe_text(one.role)) for one in event.actors],
            along=self._taking_along(event),
            summary=_text(event.summary),
            place=safe_text(place_words(event)),
            tags=[safe_text(tag) for tag in event.tags],
            excerpts=[self._excerpt(event, excerpt) for excerpt in event.excerpts],
            claims=[self._claims(event, group) for group in claim_groups(event.claims)],
            disputed=[safe_text(line) for line in claim_summaries(event.claims)],
            independence=independence_words(event, partial(self._table.source_of, event)),
            sources=[self._source(source.key, source) for source in unquoted],
            links=self._links(event),
            noted=[[name, _text(words)] for name, words in note_words(event)],
            fields=[[safe_text(name), safe_text(words)] for name, words in field_words(event.extra)],
            citation="" if event.excerpts else event_citation(event),
        )

    def _links(self, event: Event) -> list[list[Any]]:
        """Return the numbers of the linked events that are on the page, each with the kind of the link."""
        return [
            _without_end(self._numbers[link.to], safe_text(link.kind.replace("-", " ")))
            for link in event.links
            if link.to in self._numbers
        ]

    def _excerpt(self, event: Event, excerpt: Excerpt) -> Tree:
        source = self._table.source_of(event, excerpt.source)
        document = source.document if source is not None else None
        return _told(
            words=self._marked(event, excerpt),
            lang=excerpt.language,
            translation=_text(excerpt.translation.strip()),
            source=self._source(excerpt.source, source),
            locator=safe_text(excerpt.locator),
            check=safe_text(check_words(excerpt.verified, document) or VERIFIED_WORDS[excerpt.verified]),
            # The words themselves stand above; the page puts them between the quotation marks.
            citation=self._citations.number(citation(replace(excerpt, text=""), source)),
        )

    def _marked(self, event: Event, excerpt: Excerpt) -> list[Any]:
        """Cut an excerpt into its words: a bare text, [text] that carries the date, [text, actor] that names one."""
        shown = _text(excerpt.text)
        marks = marked_words(shown, event, self._table.gazetteer) if len(shown) <= MARKED_CHARACTERS else ()
        pieces: list[Any] = []
        end = 0
        for mark in marks:
            pieces.append(shown[end : mark.start])
            words = shown[mark.start : mark.end]
            pieces.append([words] if mark.kind is MarkKind.DATE else [words, self._actors[mark.actor]])
            end = mark.end
        return [piece for piece in [*pieces, shown[end:]] if piece]

    def _source(self, key: str, source: Source | None) -> int:
        if source is None:
            return self._sources.number({"name": safe_text(key) or "no source given"})
        link = web_link(source.url)
        told = _told(
            title=safe_text(source_heading(source)),
            author=safe_text(source.author),
            details=" · ".join(map(line_field, source_details(source, ""))),
            # A name that is not ASCII may look like another: then the address is shown as it goes over the wire.
            url=link if link and not source.url.isascii() else safe_text(source.url.strip()),
            link=link,
            lang=source.language,
        )
        return self._sources.number(told)

    def _claims(self, event: Event, group: ClaimGroup) -> Tree:
        about = safe_text(group.about[:1].upper() + group.about[1:] or "Claim")
        ticks = [[group.axis.share(value), tick_words(value)] for value in group.axis.ticks] if group.axis else ()
        rows = [self._claim(event, row, group) for row in group.rows]
        return _told(about=about, summary=safe_text(group.summary), ticks=ticks, rows=rows)

    def _claim(self, event: Event, row: ClaimRow, group: ClaimGroup) -> Tree:
        by = row.claim.by
        figures = (row.value, row.low, row.high) if group.axis and row.has_figures else ()
        return _told(
            by=safe_text(", ".join(by) or NOBODY),
            actor=next((self._actors[name] for name in by if name in self._actors), None),
            words=safe_text(row.words),
            figures=[
                figure if figure is None or group.axis is None else group.axis.share(figure) for figure in figures
            ],
            notes=[safe_text(note) for note in claim_notes(row.claim, event, self._table)],
        )


def _told(**fields: Any) -> Tree:
    """Return the fields that say something; the number 0 does."""
    return {name: value for name, value in fields.items() if value or (value == 0 and value is not False)}


def _without_end(number: int, words: str) -> list[Any]:
    """Return a number with its words, alone where there are none."""
    return [number, words] if words else [number]


def _text(text: str) -> str:
    """Return a text of several lines that cannot deceive the eye."""
    return safe_text(text.replace("\r\n", "\n").replace("\r", "\n"), keep_lines=True)


def _bounds(when: When) -> list[int | str]:
    bounds_s: Sequence[int] = (
        when.start_earliest_s,
        when.start_latest_s,
        when.end_earliest_s,
        when.end_latest_s,
    )
    return [_UNBOUNDED.get(bound_s, bound_s) for bound_s in bounds_s]


def _open_ends(when: When) -> str:
    """Name the ends that are open: "start", "end", or both."""
    ends: Mapping[str, bool] = {"start": when.open_start, "end": when.open_end}
    return " ".join(name for name, is_open in ends.items() if is_open)
