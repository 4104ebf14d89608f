"""What a calendar says of itself: its name, its description, and whatever else stands before its records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from timeline_app.readers.calendar_lines import Component
from timeline_app.readers.calendar_record import RECORDS, kept_properties
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog

NO_CALENDAR = "expected a calendar, beginning with BEGIN:VCALENDAR; found none"
_NAMES = ("X-WR-CALNAME", "NAME")
_DESCRIPTIONS = ("X-WR-CALDESC", "DESCRIPTION")
_ZONE = "VTIMEZONE"


@dataclass(frozen=True, slots=True)
class CalendarHead:
    """The title and the summary of the calendars of a file, and what else the first of them says."""

    title: str
    summary: str
    extra: Mapping[str, object]

    @classmethod
    def of(cls, components: Iterable[Component]) -> CalendarHead | None:
        """Return what the calendars among the outermost components of a file say, None where there is none."""
        calendars = [one for one in components if one.name == "VCALENDAR"]
        if not calendars:
            return None
        return cls(
            _first_text(calendars, _NAMES),
            plain_words(_first_text(calendars, _DESCRIPTIONS)).text,
            kept_properties(calendars[0].properties, {*_NAMES, *_DESCRIPTIONS}),
        )


def tell_what_is_no_record(components: Iterable[Component], problems: ProblemLog) -> None:
    """Say of what else a calendar holds, such as when somebody is free, that it is passed over."""
    others = [one for calendar in components for one in calendar.children if one.name not in {*RECORDS, _ZONE}]
    for name in dict.fromkeys(one.name for one in others):
        same = [one for one in others if one.name == name]
        problems.note(f"{name}: no event, to-do or journal; passed over ({len(same):,})", same[0].offset)


def _first_text(components: Iterable[Component], names: Sequence[str]) -> str:
    return next(filter(None, (component.text_of(*names) for component in components)), "")
