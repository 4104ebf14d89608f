"""Read the YAML text of a gazetteer into actor entries, event by event and every scalar as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import yaml

from timeline_app.core.actors import DEFAULT_KIND, ActorEntry
from timeline_app.core.errors import ReadError
from timeline_app.core.memberships import Membership

FORMAT = "1"
SIZE_LIMIT_BYTES = 4 * 1024 * 1024

_TEXT_KEYS = frozenset({"kind", "since", "until", "note"})
_LIST_KEYS = frozenset({"iso", "aliases", "demonyms", "metonyms"})
_BELONGING_KEYS = frozenset({"members", "part_of"})
_MEMBERSHIP_KEYS = frozenset({"name", "since", "until"})

# Of the wheels of PyYAML all have the C parser, of the builds of distributions not all.
_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader


def read_entries(content: bytes, file: str = "") -> tuple[ActorEntry, ...]:
    """Return the entries of a gazetteer, in its order; `file` names it in messages.

    Raises ReadError with line and column for what is not YAML, for an unknown key, for a key or a name that stands
    twice, for a wrong kind of value, and for YAML aliases, which have no use here and can be made to blow up.
    """
    if len(content) > SIZE_LIMIT_BYTES:
        raise ReadError(f"a gazetteer has at most {SIZE_LIMIT_BYTES:,} bytes, this has {len(content):,}", file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ReadError("expected text in UTF-8", file, line) from error
    return _Document(text, file).entries()


class _Mark(Protocol):
    """What the marks of both parsers, C and Python, have in common; counted from 0."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


class _Document:
    """The stream of one document's YAML events, taken from the left; never deeper than the format is."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def entries(self) -> tuple[ActorEntry, ...]:
        """Return everything that the document defines."""
        self._expect(yaml.StreamStartEvent, "a file")
        self._expect(yaml.DocumentStartEvent, "gazetteer_format and actors")
        seen_format = False
        entries: tuple[ActorEntry, ...] = ()
        for key, key_event in self._keys("a mapping with gazetteer_format and actors"):
            if key == "gazetteer_format":
                seen_format = True
                if (written := self._text(key)) != FORMAT:
                    raise self._error(f"gazetteer_format {written!r} is not known, expected {FORMAT}", key_event)
            elif key == "actors":
                entries = tuple(self._entry(name) for name, _ in self._keys("actors by name"))
            else:
                raise self._unknown_key(key, ("gazetteer_format", "actors"), key_event)
        end = self._expect(yaml.DocumentEndEvent, "the end of the document")
        self._expect(yaml.StreamEndEvent, "one document only")
        if not seen_format:
            raise self._error(f"expected gazetteer_format: {FORMAT}", end)
        return entries

    def _entry(self, name: str) -> ActorEntry:
        texts: dict[str, str] = {}
        lists: dict[str, tuple[str, ...]] = {}
        memberships: dict[str, tuple[Membership, ...]] = {}
        for key, event in self._keys(f"a mapping that describes {name}"):
            if key in _TEXT_KEYS:
                texts[key] = self._text(key)
            elif key in _LIST_KEYS:
                lists[key] = tuple(self._scalar(item, "text") for item in self._items(f"a list of {key}"))
            elif key in _BELONGING_KEYS:
                memberships[key] = self._memberships(key)
            else:
                raise self._unknown_key(key, sorted(_TEXT_KEYS | _LIST_KEYS | _BELONGING_KEYS), event)
        return ActorEntry(
            name,
            kind=texts.get("kind", DEFAULT_KIND),
            iso=lists.get("iso", ()),
            aliases=lists.get("aliases", ()),
            demonyms=lists.get("demonyms", ()),
            metonyms=lists.get("metonyms", ()),
            since=texts.get("since", ""),
            until=texts.get("until", ""),
            part_of=memberships.get("part_of", ()),
            members=memberships.get("members", ()),
            note=texts.get("note", ""),
        )

    def _memberships(self, key: str) -> tuple[Membership, ...]:
        """Return what stands after a key: a list, or for a whole, of which there is mostly one, that alone."""
        start = self._next()
        if isinstance(start, yaml.SequenceStartEvent):
            return tuple(map(self._membership, self._rest_of_list()))
        if key == "members":
            raise self._error("expected a list of members", start)
        return (self._membership(start),)

    def _membership(self, start: yaml.Event) -> Membership:
        """Return a member that is a name alone, or a mapping that starts with this event."""
        if isinstance(start, yaml.ScalarEvent):
            return Membership(self._scalar(start, "a name"))
        values: dict[str, str] = {}
        for key, event in self._keys("a name or {name, since, until}", start):
            if key not in _MEMBERSHIP_KEYS:
                raise self._unknown_key(key, sorted(_MEMBERSHIP_KEYS), event)
            values[key] = self._text(key)
        if "name" not in values:
            raise self._error("a member or a whole needs a name", start)
        return Membership(values["name"], values.get("since", ""), values.get("until", ""))

    def _keys(self, what: str, start: yaml.Event | None = None) -> Iterator[tuple[str, yaml.Event]]:
        """Yield the keys of a mapping; the caller takes each value before it asks for the next key."""
        start = start or self._next()
        if not isinstance(start, yaml.MappingStartEvent):
            raise self._error(f"expected {what}", start)
        seen: set[str] = set()
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._scalar(event, "a key")
            if key in seen:
                raise self._error(f"{key} stands here twice", event)
            seen.add(key)
            yield key, event

    def _items(self, what: str) -> Iterator[yaml.Event]:
        """Yield the event that each item of a list starts with; the caller takes the rest of the item."""
        self._expect(yaml.SequenceStartEvent, what)
        yield from self._rest_of_list()

    def _rest_of_list(self) -> Iterator[yaml.Event]:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield event

    def _text(self, key: str) -> str:
        return self._scalar(self._next(), f"text after {key}")

    def _scalar(self, event: yaml.Event, what: str) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._error(f"expected {what}", event)
        text = str(event.value).strip()
        if not text:
            raise self._error(f"expected {what}, found nothing", event)
        return text

    def _expect(self, kind: type[yaml.Event], what: str) -> yaml.Event:
        event = self._next()
        if not isinstance(event, kind):
            raise self._error(f"expected {what}", event)
        return event

    def _next(self) -> yaml.Event:
        try:
            return next(self._events)
        except yaml.MarkedYAMLError as error:
            line, column = _place(error.problem_mark)
            raise ReadError(f"not YAML: {error.problem or error}", self._file, line, column) from error
        except yaml.YAMLError as error:
            raise ReadError(f"not YAML: {' '.join(str(error).split())}", self._file) from error

    def _unknown_key(self, key: str, known: tuple[str, ...] | list[str], event: yaml.Event) -> ReadError:
        return self._error(f"unknown key {key}, expected one of {', '.join(known)}", event)

    def _error(self, message: str, event: yaml.Event) -> ReadError:
        return ReadError(message, self._file, *_place(event.start_mark))


def _place(mark: _Mark | None) -> tuple[int, int]:
    """Return line and column from 1, or zeros where PyYAML knows no place."""
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)
