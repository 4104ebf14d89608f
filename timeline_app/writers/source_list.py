"""The sources of a timeline under one key each, those that stand on single events among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from timeline_app.core.event import Event, Source
from timeline_app.writers.plain_values import plain
from timeline_app.writers.records import cited_keys, json_text, source_record

_LONGEST_KEY = 80


class SourceList:
    """Collects what events are taken from: first every event is added, then the list and its keys are there.

    A source of an event's own keeps its key where that means the same in all events. Where it does not, as with "source
    1" of each record of a coded dataset, it is called by its publisher and day. Sources that say the same are one.
    """

    def __init__(self, of_table: Mapping[str, Source]) -> None:
        self._of_table = of_table
        self._own: dict[str, Source] = {}
        self._cited: set[str] = set()

    def add(self, event: Event) -> None:
        """Take in the sources of an event."""
        for source in event.own_sources:
            content = _content(source)
            if content in self._table_keys:
                self._cited.add(self._table_keys[content])
            else:
                self._own.setdefault(content, source)
        cited = {*cited_keys(event), event.anchor} if event.anchor in self._of_table else {*cited_keys(event)}
        self._cited.update(cited.difference(source.key for source in event.own_sources))

    def by_key(self, *, complete: bool) -> dict[str, Source]:
        """Return the sources by key: all of the table's when `complete`, else those that were cited; then the own."""
        needed = set(self._of_table) if complete else self._with_origins(self._cited)
        chosen = {key: source for key, source in self._of_table.items() if key in needed}
        return chosen | {self._own_keys[content]: source for content, source in self._own.items()}

    def new_keys(self, event: Event) -> dict[str, str]:
        """Return what the keys of an event's own sources have become."""
        known = self._own_keys if event.own_sources else {}
        # Of two with the same key it means the first.
        contents = {source.key: _content(source) for source in reversed(event.own_sources)}
        return {key: known.get(content) or self._table_keys[content] for key, content in contents.items()}

    def _with_origins(self, keys: Iterable[str]) -> set[str]:
        """Return keys with those of the sources that theirs go back to."""
        needed: set[str] = set()
        waiting = [key for key in keys if key in self._of_table]
        while waiting:
            key = waiting.pop()
            if key not in needed and key in self._of_table:
                needed.add(key)
                waiting.append(self._of_table[key].origin)
        return needed

    @cached_property
    def _table_keys(self) -> dict[str, str]:
        return {_content(source): key for key, source in reversed(tuple(self._of_table.items()))}

    @cached_property
    def _own_keys(self) -> dict[str, str]:
        """The key of each source of events' own, by its content; none means anything else to any event."""
        meanings = Counter(source.key for source in self._own.values())
        taken = {*self._of_table, *self._cited}
        last_numbers: Counter[str] = Counter()
        keys: dict[str, str] = {}
        for content, source in self._own.items():
            wanted = _written_key(source.key if meanings[source.key] == 1 else _told_apart(source))
            key = wanted
            while key in taken:
                last_numbers[wanted] += 1
                key = f"{wanted} ({last_numbers[wanted] + 1})"
            taken.add(key)
            keys[content] = key
        return keys


def _content(source: Source) -> str:
    """Return what a source says as a text; one that says nothing is told by its key alone."""
    told = {name: value for name, value in source_record(source).items() if value and name != "key"}
    extra = plain(source.extra)
    return json_text([told, extra] if told or extra else source.key)


def _told_apart(source: Source) -> str:
    """Return a source's publisher, or else its own key, with the day of publication: a second is nothing to read."""
    day = source.published.partition("T")[0]
    return " ".join(filter(None, (source.publisher or source.key, day)))


def _written_key(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_KEY].rstrip() or "source"
