"""What an event is: dated, sourced, with actors, excerpts and claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from timeline_app.core.found_words import FoundWords
from timeline_app.core.notes import Note
from timeline_app.core.source_document import SourceDocument
from timeline_app.core.when import When

NOTHING: Mapping[str, object] = MappingProxyType({})
# What an event is of that says nothing of its importance.
USUAL_IMPORTANCE = 3


class Basis(StrEnum):
    """How the date of an event is known."""

    STATED = "stated"
    INFERRED = "inferred"
    BACKGROUND = "background"


class Verified(StrEnum):
    """Whether an excerpt stands in the document that its source names."""

    EXACT = "exact"
    NORMALISED = "normalised"
    NEAR = "near"
    MISSING = "missing"
    NO_DOCUMENT = "no-document"


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that events are taken from; `published` and `retrieved` are EDTF.

    `origin` is what it goes back to, by the key of another source or by name: see core/source_origins.py.
    `document` is what became of the `file` that it names when its timeline was read.
    """

    key: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    published: str = ""
    retrieved: str = ""
    file: str = ""
    sha256: str = ""
    extra: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    origin: str = ""
    document: SourceDocument | None = field(default=None, compare=False)


NO_SOURCES: Mapping[str, Source] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The exact words of a source that support an event; `found` is where they stand in the source's document."""

    text: str
    source: str = ""
    locator: str = ""
    language: str = ""
    translation: str = ""
    verified: Verified = Verified.NO_DOCUMENT
    extra: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    found: FoundWords | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says about an event: a figure, an interval of figures, or a date.

    `value`, `low` and `high` keep the number as written; `when` is set for claims about the date. `found` is where the
    words of the claim stand in the source's document.
    """

    about: str
    by: tuple[str, ...] = ()
    value: str = ""
    low: str = ""
    high: str = ""
    unit: str = ""
    when: When | None = None
    source: str = ""
    excerpt: str = ""
    reported: str = ""
    extra: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    verified: Verified = field(default=Verified.NO_DOCUMENT, compare=False)
    found: FoundWords | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor taking part in an event, by canonical name; `written` is what the file says."""

    name: str
    role: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from one event to another of the same timeline."""

    to: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Between:
    """A date told by other events of the same timeline, by their ids: after one, before one, or both."""

    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A point on the Earth in degrees, WGS 84."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an event was read: file name, line from 1, record from 1."""

    file: str = ""
    line: int = 0
    record: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event; `extra` holds what the file says beyond the format, to be written back.

    `own_sources` are publications that the event as a whole is taken from: a coded dataset names some for each record.
    `other_origins` are where other files tell of the same event. `phrase` are the words of a source that the date was
    reckoned from, as in “last week”, and `anchor` is what they were counted from, the key of a source or a date in
    EDTF; see core/datelines.py. `between` are the events that the date was worked out from, where it was.
    `note` is what a person keeps of the event, where it is to be written; see core/noted_view.py.
    """

    id: str
    title: str
    when: When
    basis: Basis = Basis.STATED
    basis_note: str = ""
    type: str = ""
    actors: tuple[ActorRef, ...] = ()
    place: str = ""
    location: Location | None = None
    importance: int = USUAL_IMPORTANCE
    summary: str = ""
    tags: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    claims: tuple[Claim, ...] = ()
    own_sources: tuple[Source, ...] = ()
    origin: Origin = field(default_factory=Origin)
    extra: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    other_origins: tuple[Origin, ...] = ()
    phrase: str = ""
    anchor: str = ""
    between: Between | None = None
    note: Note | None = None


def origins(event: Event) -> tuple[Origin, ...]:
    """Return where the files tell of an event, the file first that it is named by."""
    return event.origin, *event.other_origins


def made_id(record: int) -> str:
    """Return the id of an event that has none, from the number of its record."""
    return f"event-{record}"


def has_own_id(event: Event) -> bool:
    """Return whether the id is one that the file gives: none made of a record's number, nor with one for joining."""
    made = made_id(event.origin.record)
    return event.id != made and not (event.id.startswith(f"{made}-") and event.id[len(made) + 1 :].isdecimal())


def source_names(event: Event, of_table: Mapping[str, Source] = NO_SOURCES) -> tuple[str, ...]:
    """Return the names that an event's sources are filtered by, each once.

    They are the keys, but the publishers of those sources of its own that are not among the sources of its table.
    """
    own = {
        source.key: source.key if of_table.get(source.key) == source else source.publisher or source.key
        for source in event.own_sources
    }
    cited = [excerpt.source for excerpt in event.excerpts] + [claim.source for claim in event.claims]
    return tuple(dict.fromkeys(own.get(key, key) for key in (*own, *cited) if key))
