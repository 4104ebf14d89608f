"""Read the event records of a native timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from timeline_app.core.datelines import contradicted_by, dateline_of
from timeline_app.core.errors import WhenError
from timeline_app.core.event import (
    USUAL_IMPORTANCE,
    ActorRef,
    Basis,
    Between,
    Claim,
    Event,
    Excerpt,
    Link,
    Location,
    Origin,
    Source,
    Verified,
)
from timeline_app.core.when import When, parse
from timeline_app.readers.documents import Documents
from timeline_app.readers.fields import NUMBER, Fields, offset_within
from timeline_app.readers.native_between import Placed
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.tree import MappingNode, Node, TextNode, described, listed, shortened

EVENT_KEYS = frozenset(
    {
        "id",
        "title",
        "when",
        "basis",
        "basis_note",
        "phrase",
        "anchor",
        "type",
        "actors",
        "place",
        "location",
        "importance",
        "summary",
        "tags",
        "sources",
        "links",
        "excerpts",
        "claims",
        "note",
    }
)
_ACTOR_KEYS = frozenset({"name", "role"})
_LOCATION_KEYS = frozenset({"lat", "lon"})
_LINK_KEYS = frozenset({"to", "kind"})
_EXCERPT_KEYS = frozenset({"source", "text", "locator", "language", "translation"})
_CLAIM_KEYS = frozenset({"about", "value", "low", "high", "unit", "by", "when", "source", "excerpt", "reported"})

_EXPECTED_DATE = "expected a date such as 2024-06-19"


@dataclass(frozen=True, slots=True)
class RecordContext:
    """What reading a record needs to know of the rest of its file; `placed` are dates that other events tell, by id."""

    file_name: str
    sources: Mapping[str, Source]
    documents: Documents
    problems: ProblemLog
    placed: Mapping[str, Placed] = field(default_factory=dict)


class EventRecord:
    """Reads one record; made anew for each."""

    def __init__(self, node: MappingNode, number: int, context: RecordContext) -> None:
        self._number = number
        self._context = context
        self._problems = context.problems
        self._fields = Fields(node, EVENT_KEYS, "an event", context.problems)
        self.link_offsets: list[tuple[str, int]] = []

    def read(self, event_id: str) -> Event | None:
        """Return the event under the id that it was given; None when it has no title or no date that can be read."""
        fields = self._fields
        title = self._title()
        when, between = self._placed(event_id) or (self._when(), None)
        basis = fields.choice("basis", Basis.STATED, Basis.INFERRED)
        texts = {key: fields.text(key) for key in ("basis_note", "phrase", "anchor", "type", "place", "summary")}
        actors = fields.items("actors", self._actor)
        location = self._location()
        importance = self._importance()
        tags = fields.texts("tags")
        sources = fields.items("sources", self._source)
        links = fields.items("links", self._link)
        excerpts = fields.items("excerpts", self._excerpt)
        claims = fields.items("claims", self._claim)
        if fields.get("note") is not None:
            fields.keep("note")  # Somebody else's, to be shown and written again as it stands.
        # Only now, so that everything that is wrong with a record is told at once.
        if title is None or when is None:
            return None
        event = Event(
            id=event_id,
            title=title,
            when=when,
            basis=basis,
            basis_note=texts["basis_note"],
            phrase=texts["phrase"],
            anchor=texts["anchor"],
            between=between,
            type=texts["type"],
            actors=actors,
            place=texts["place"],
            location=location,
            importance=importance,
            summary=texts["summary"],
            tags=tags,
            links=links,
            excerpts=excerpts,
            claims=claims,
            own_sources=sources,
            origin=Origin(self._context.file_name, self._problems.source.line(fields.node.offset), self._number),
            extra=fields.extra,
        )
        self._check_reckoning(event)
        return event

    def _check_reckoning(self, event: Event) -> None:
        """Report an anchor that is no dateline, and a date that the words do not give from which it is reckoned."""
        if event.anchor and dateline_of(event, self._context.sources.get) is None:
            expected = "expected the key of a source that has a date, or a date such as 2024-11-01"
            found = f'found "{shortened(event.anchor)}"'
            self._problems.warning(f"anchor: {expected}; {found}", self._fields.offset("anchor"))
        meant = contradicted_by(event, self._context.sources.get)
        if meant:
            dates = " or ".join(deduced.when for deduced in meant)
            message = f'phrase: "{shortened(event.phrase)}" means {dates} by its dateline; expected when to hold that'
            self._problems.warning(f"{message}; found {event.when.text}", self._fields.offset("phrase"))

    def _title(self) -> str | None:
        node = self._fields.get("title")
        if isinstance(node, TextNode) and node.text.strip():
            return node.text
        self._reject_record("title: expected a text", "title", node)
        return None

    def _placed(self, event_id: str) -> tuple[When | None, Between | None] | None:
        """Return the date that other events tell, None for one that is told by itself."""
        if isinstance(self._fields.get("when"), MappingNode):
            return self._context.placed.get(event_id, (None, None))  # What cannot be placed has been reported.
        return None

    def _when(self) -> When | None:
        node = self._fields.get("when")
        if not isinstance(node, TextNode):
            self._reject_record(f"when: {_EXPECTED_DATE}", "when", node)
            return None
        try:
            when = parse(node.text)
        except WhenError as error:
            self._problems.error(
                f"when: {error}; the event is left out", offset_within(node, error.position, self._problems)
            )
            return None
        if when.note:
            self._problems.note(f"when: {when.note}", node.offset)
        return when

    def _reject_record(self, expected: str, key: str, node: Node | None) -> None:
        """Say why an event cannot be shown, at the field, or at the record when there is no such field."""
        entry = self._fields.node.entries.get(key)
        found = "nothing" if node is None else described(node)
        offset = entry[1].offset if entry is not None else self._fields.node.offset
        self._problems.error(f"{expected}; found {found}; the event is left out", offset)

    def _actor(self, node: Node) -> ActorRef | None:
        if isinstance(node, MappingNode):
            fields = Fields(node, _ACTOR_KEYS, "an actor", self._problems)
            name = fields.text("name")
            role = fields.text("role")
            if fields.extra:
                self._fields.keep("actors")
            if name.strip():
                return ActorRef(name.strip(), role, name)
        elif isinstance(node, TextNode) and node.text.strip():
            return ActorRef(node.text.strip(), "", node.text)
        self._problems.warning(f"actors: expected a name, or {{name, role}}; found {described(node)}", node.offset)
        return None

    def _location(self) -> Location | None:
        node = self._fields.get("location")
        if node is None:
            return None
        if not isinstance(node, MappingNode):
            self._fields.reject("location", f"location: expected {{lat, lon}} in degrees; found {described(node)}")
            return None
        fields = Fields(node, _LOCATION_KEYS, "a location", self._problems)
        latitude = fields.number("lat", -90, 90)
        longitude = fields.number("lon", -180, 180)
        for key in ("lat", "lon"):
            if fields.get(key) is None:
                self._problems.warning(f"location: expected {{lat, lon}} in degrees; found no {key}", node.offset)
        if latitude is not None and longitude is not None and not fields.extra:
            return Location(latitude, longitude)
        self._fields.keep("location")
        return Location(latitude, longitude) if latitude is not None and longitude is not None else None

    def _importance(self) -> int:
        node = self._fields.get("importance")
        if node is None:
            return USUAL_IMPORTANCE
        if isinstance(node, TextNode) and node.text in {"1", "2", "3", "4", "5"}:
            return int(node.text)
        expected = "importance: expected a whole number from 1 to 5"
        self._fields.reject("importance", f"{expected}; found {described(node)}; taken as {USUAL_IMPORTANCE}")
        return USUAL_IMPORTANCE

    def _source(self, node: Node) -> Source | None:
        key = self._fields.item_text("sources", node)
        if key and key not in self._context.sources:
            self._report_unknown_key("sources", key, node.offset)
        return self._context.sources.get(key) if key else None

    def _link(self, node: Node) -> Link | None:
        if isinstance(node, MappingNode):
            fields = Fields(node, _LINK_KEYS, "a link", self._problems)
            to = fields.text("to")
            kind = fields.text("kind")
            if fields.extra:
                self._fields.keep("links")
            if to:
                self.link_offsets.append((to, fields.offset("to")))
                return Link(to, kind)
        self._problems.warning(
            f"links: expected {{to, kind}} with the id of an event; found {described(node)}", node.offset
        )
        return None

    def _excerpt(self, node: Node) -> Excerpt | None:
        if not isinstance(node, MappingNode):
            self._problems.warning(f"excerpts: expected {{source, text, …}}; found {described(node)}", node.offset)
            return None
        fields = Fields(node, _EXCERPT_KEYS, "an excerpt", self._problems)
        text = fields.text("text")
        source = self._source_key(fields)
        if not source:
            message = "source: expected the key of the source that these words are taken from; found nothing"
            self._problems.note(message, node.offset)
        if not text.strip():
            self._problems.warning("excerpts: expected the words of the source under text; found nothing", node.offset)
            return None
        looked_up = self._context.documents.look_up(source, text, "text", fields.offset("text"))
        return Excerpt(
            text=text,
            source=source,
            locator=fields.text("locator"),
            language=fields.text("language"),
            translation=fields.text("translation"),
            verified=looked_up.verified,
            extra=fields.extra,
            found=looked_up.found,
        )

    def _claim(self, node: Node) -> Claim | None:
        if not isinstance(node, MappingNode):
            self._problems.warning(f"claims: expected {{about, value, by, …}}; found {described(node)}", node.offset)
            return None
        fields = Fields(node, _CLAIM_KEYS, "a claim", self._problems)
        about = fields.text("about")
        if not about:
            self._problems.warning("about: expected what the claim is about; found nothing", node.offset)
        if all(fields.get(key) is None for key in ("value", "low", "high", "when")):
            self._problems.warning("claims: expected one of value, low, high, when; found none of them", node.offset)
        low, high = self._figures(fields)
        source, words = self._source_key(fields), fields.text("excerpt")
        looked_up = None
        if words.strip():
            looked_up = self._context.documents.look_up(source, words, "excerpt", fields.offset("excerpt"))
        return Claim(
            about=about,
            by=fields.texts("by", or_single=True),
            value=fields.text("value"),
            low=low,
            high=high,
            unit=fields.text("unit"),
            when=fields.when("when"),
            source=source,
            excerpt=words,
            reported=fields.date_text("reported"),
            extra=fields.extra,
            verified=looked_up.verified if looked_up is not None else Verified.NO_DOCUMENT,
            found=looked_up.found if looked_up is not None else None,
        )

    def _figures(self, fields: Fields) -> tuple[str, str]:
        """Return the bounds of a claim as they are written; what is no number, or the wrong way round, is reported."""
        bounds = (fields.text("low"), fields.text("high"))
        for key, written in zip(("low", "high"), bounds, strict=True):
            if written and not NUMBER.fullmatch(written):
                message = f'{key}: expected a number without thousands separators; found "{shortened(written)}"'
                self._problems.warning(message, fields.offset(key))
        low, high = bounds
        if NUMBER.fullmatch(low) and NUMBER.fullmatch(high) and float(low) > float(high):
            message = f"high: expected a number from {shortened(low)} up; found {shortened(high)}"
            self._problems.warning(message, fields.offset("high"))
        return bounds

    def _source_key(self, fields: Fields) -> str:
        """Return the key of a source; one that the file does not define is reported and returned all the same."""
        key = fields.text("source")
        if key and key not in self._context.sources:
            self._report_unknown_key("source", key, fields.offset("source"))
        return key

    def _report_unknown_key(self, field: str, key: str, offset: int) -> None:
        known = listed(self._context.sources) or "of which there are none"
        message = f'{field}: expected a key of sources, {shortened(known, 120)}; found "{shortened(key)}"'
        self._problems.warning(message, offset)
