"""Find the words of an excerpt that carry the event's date, and those that name its actors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from timeline_app.core.actors import Gazetteer
from timeline_app.core.date_mentions import date_mentions
from timeline_app.core.event import Event

ACTORS_LIMIT: Final = 50

_QUOTED = re.compile(r"[“\"]([^“”\"]{2,80})[”\"]")
_WORD_BEFORE = re.compile(r"([\w.’'-]+)\s+$")
_WORD_BEHIND = re.compile(r"\s+([\w.’'-]*\w)")
_APOSTROPHE = re.compile("['’]")
_NEIGHBOURHOOD = 40
# Scripts that write names without spaces around them, or hang endings on to them.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class MarkKind(StrEnum):
    """Why words are marked."""

    DATE = "date"
    ACTOR = "actor"


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of a text, from `start` up to but not including `end`; `actor` is the canonical name of who is named."""

    start: int
    end: int
    kind: MarkKind
    actor: str = ""


def marked_words(text: str, event: Event, gazetteer: Gazetteer) -> tuple[Marked, ...]:
    """Return the marked words in the order of the text; none overlaps another.

    Words carry the date if they name a time at which the event may have begun or ended, or if the note on how the date
    is known quotes them. Where two marks would overlap, a date goes before a name, and the longer before the shorter.
    """
    dates = [Marked(start, end, MarkKind.DATE) for start, end in _date_words(text, event)]
    names = list(_actor_words(text, event, gazetteer))
    kept: dict[int, Marked] = {}
    taken = bytearray(len(text))
    for mark in [*_longest_first(dates), *_longest_first(names)]:
        if not any(taken[mark.start : mark.end]):
            taken[mark.start : mark.end] = b"\x01" * (mark.end - mark.start)
            kept[mark.start] = mark
    return tuple(kept[start] for start in sorted(kept))


def _longest_first(marks: Iterable[Marked]) -> list[Marked]:
    return sorted(marks, key=lambda mark: (mark.start - mark.end, mark.start))


def _date_words(text: str, event: Event) -> Iterator[tuple[int, int]]:
    yield from date_mentions(text, event.when)
    told = [event.phrase] if event.phrase else _QUOTED.findall(event.basis_note)
    phrases = [" ".join(phrase.split()) for phrase in told]
    if phrases:
        pattern = _any_of(phrases, re.IGNORECASE)
        yield from (match.span() for match in pattern.finditer(text))


def _actor_words(text: str, event: Event, gazetteer: Gazetteer) -> Iterator[Marked]:
    names: dict[str, str] = {}
    for ref in event.actors[:ACTORS_LIMIT]:
        entry = gazetteer.get(ref.name)
        for spelling in (ref.name, ref.written, *(entry.other_names if entry else ())):
            if len(spelling) > 1:
                names.setdefault(_plain(spelling), ref.name)
    if not names:
        return
    for match in _any_of(names).finditer(text):
        name = names[_plain(match.group())]
        if not _is_part_of_another(text, match, name, gazetteer):
            yield Marked(*match.span(), MarkKind.ACTOR, name)


def _any_of(phrases: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """Return a pattern for whole words of any of the phrases, whatever their apostrophes and spaces."""
    alternatives = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(_whole_words(phrase) for phrase in alternatives), flags)


def _whole_words(phrase: str) -> str:
    words = r"\s+".join(_APOSTROPHE.sub("['’]", re.escape(word)) for word in phrase.split())
    before = "" if _UNSPACED.match(phrase[0]) or not phrase[0].isalnum() else r"(?<!\w)"
    behind = "" if _UNSPACED.match(phrase[-1]) or not phrase[-1].isalnum() else r"(?!\w)"
    return f"{before}{words}{behind}"


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def _is_part_of_another(text: str, match: re.Match[str], name: str, gazetteer: Gazetteer) -> bool:
    """Say whether the words belong to a longer name of somebody else, as “Korea” does in “North Korea”."""
    before = _WORD_BEFORE.search(text, max(0, match.start() - _NEIGHBOURHOOD), match.start())
    behind = _WORD_BEHIND.match(text, match.end(), match.end() + _NEIGHBOURHOOD)
    longer = [f"{before.group(1)} {match.group()}"] if before else []
    longer += [f"{match.group()} {behind.group(1)}"] if behind else []
    return any(gazetteer.resolve(spelling) not in {None, name} for spelling in longer)
