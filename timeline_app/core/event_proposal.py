"""What words of a document propose for a new event: a title, a date, the actors that they name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from timeline_app.core.actors import Gazetteer
from timeline_app.core.dataset import Dataset, FileReport
from timeline_app.core.date_mentions import full_dates
from timeline_app.core.errors import WhenError
from timeline_app.core.event import ActorRef, Basis, Event, Excerpt, Source
from timeline_app.core.relative_date import deductions
from timeline_app.core.when import parse

LONGEST_TITLE = 80
_MOST_NAME_WORDS = 5
_MOST_PHRASE_WORDS = 4
# One word that is a date by itself; “may” and “march” are not, and a month behind a number is a day of it.
_DAYS_ALONE = frozenset(
    {
        *("today", "yesterday", "tomorrow"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    }
)
_MOST_WORDS = 2_000
_SENTENCE_END = re.compile(r"(?<=[.!?…])[”\"’')]*\s")
_POSSESSIVE = re.compile("['’]s$")
_WORD = re.compile(r"\S+")
_AROUND_NAMES = " \t\n“”\"‘’'()[],.;:!?…—–-"


@dataclass(frozen=True, slots=True)
class EventProposal:
    """A title, a date as EDTF, "" where the words tell none, how the date is known, and who is named.

    Of a date that was inferred by a rule `phrase` is the words that it was inferred from, and `rule` says how.
    """

    title: str
    when: str = ""
    basis: Basis = Basis.STATED
    phrase: str = ""
    rule: str = ""
    actors: tuple[str, ...] = ()


def proposal(words: str, source: Source, gazetteer: Gazetteer) -> EventProposal:
    """Return what words of a source propose; a relative date hangs on the date of the source, never on today."""
    plain = " ".join(words.split())
    found = EventProposal(_title(plain), actors=_named_actors(plain, gazetteer))
    dates = list(full_dates(plain))
    return replace(found, when=dates[0]) if dates else _inferred(found, plain, source)


def proposed_event(found: EventProposal, excerpt: Excerpt) -> Event:
    """Return the event of a proposal as a person left it; raises WhenError for a date that cannot be read."""
    is_by_rule = found.basis is Basis.INFERRED and found.phrase != ""
    return Event(
        "",
        found.title,
        parse(found.when),
        basis=found.basis,
        basis_note=f"“{found.phrase}” means {found.rule}" if is_by_rule else "",
        phrase=found.phrase if is_by_rule else "",
        anchor=excerpt.source if is_by_rule else "",
        actors=tuple(ActorRef(name, written=name) for name in found.actors),
        excerpts=(excerpt,),
    )


def more_of_event(event: Event, excerpt: Excerpt) -> Event:
    """Return an event of another file that is the same event, and quotes one more excerpt for it."""
    return Event(event.id, event.title, event.when, basis=event.basis, excerpts=(excerpt,))


def notes_of(events: tuple[Event, ...], sources: dict[str, Source], title: str) -> Dataset:
    """Return events as a timeline of their own, to be opened beside the one that they were found in."""
    report = FileReport("", "native", len(events), len(events), 0, "")
    return Dataset(title, events, report, sources=sources)


def _title(plain: str) -> str:
    sentence = _SENTENCE_END.split(plain, maxsplit=1)[0].strip(_AROUND_NAMES)
    if len(sentence) <= LONGEST_TITLE:
        return sentence
    return sentence[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def _inferred(found: EventProposal, plain: str, source: Source) -> EventProposal:
    """Return a proposal with the date that its first relative phrase means, the one that looks back."""
    try:
        dateline = parse(source.published)
    except WhenError:
        return found
    places = [match.span() for match in _WORD.finditer(plain)][:_MOST_WORDS]
    for first in range(len(places)):
        for last in range(min(first + _MOST_PHRASE_WORDS, len(places)), first, -1):
            phrase = plain[places[first][0] : places[last - 1][1]].strip(_AROUND_NAMES)
            says_enough = " " in phrase or phrase.casefold() in _DAYS_ALONE
            meant = deductions(phrase, dateline) if says_enough else ()
            if meant:
                rule = f"{meant[0].rule}, since the source is dated {source.published}"
                return replace(found, when=meant[0].when, basis=Basis.INFERRED, phrase=phrase, rule=rule)
    return found


def _named_actors(plain: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the canonical names of those who are named, each once, in the order of the words."""
    words = [_POSSESSIVE.sub("", word.strip(_AROUND_NAMES)) for word in plain.split()]
    names: dict[str, None] = {}
    first = 0
    while first < min(len(words), _MOST_WORDS):
        longest = first + 1
        for last in range(min(first + _MOST_NAME_WORDS, len(words)), first, -1):
            spelling = " ".join(words[first:last])
            # A name begins with a capital, where its script has them; “us” is not the United States.
            name = gazetteer.resolve(spelling) if spelling and not spelling[0].islower() else None
            if name is not None and len(spelling) > 1:
                names[name] = None
                longest = last
                break
        first = longest
    return tuple(names)
