"""Say how the date of an event was reckoned from the words of a source and from when the source appeared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from timeline_app.core.errors import WhenError
from timeline_app.core.event import Event, Source
from timeline_app.core.relative_date import Deduction, deductions, supporting
from timeline_app.core.when import When, in_words, parse

SourceOf = Callable[[str], Source | None]


@dataclass(frozen=True, slots=True)
class Dateline:
    """The date that a relative date hangs on; `source` is the key of the source that appeared then, "" without one."""

    when: When
    source: str = ""


def dateline_of(event: Event, source_of: SourceOf) -> Dateline | None:
    """Return what the date of an event hangs on: its anchor, else when the first source that it quotes appeared.

    None where that is not known.
    """
    key = event.anchor or next((excerpt.source for excerpt in event.excerpts if excerpt.source), "")
    source = source_of(key) if key else None
    written = source.published if source is not None else event.anchor
    try:
        return Dateline(parse(written), key if source is not None else "") if written else None
    except WhenError:
        return None


def reckoning_words(event: Event, source_of: SourceOf) -> str:
    """Say by which words, dateline and rule a date was reckoned, or by which events; "" for one that was not."""
    if event.between is not None:
        sides = (("after", event.between.after), ("before", event.between.before))
        return "worked out: " + ", ".join(f"{side} “{name}”" for side, name in sides if name)
    if not event.phrase:
        return ""
    found = f"“{event.phrase}” → {in_words(event.when)}"
    dateline = dateline_of(event, source_of)
    if dateline is None:
        return found
    day = in_words(dateline.when)
    because = f"because the source is dated {day}" if dateline.source else f"counted from {day}"
    deduced = supporting(event.phrase, dateline.when, event.when)
    return f"{found}, {because}" + (f" ({deduced.rule})" if deduced is not None else "")


def contradicted_by(event: Event, source_of: SourceOf) -> tuple[Deduction, ...]:
    """Return what the phrase of an event may mean where that agrees with its date in no way, else nothing."""
    dateline = dateline_of(event, source_of) if event.phrase else None
    if dateline is None or supporting(event.phrase, dateline.when, event.when) is not None:
        return ()
    return deductions(event.phrase, dateline.when)
