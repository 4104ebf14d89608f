"""Read the four bounds of SIMILE Timeline, start ≤ latestStart ≤ earliestEnd ≤ end, as one date in EDTF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from timeline_app.core.edtf import LENGTH_LIMIT
from timeline_app.core.errors import WhenError
from timeline_app.core.when import When, parse
from timeline_app.readers.civil_text import year_text
from timeline_app.readers.script_dates import ScriptDate, days_or_times, script_date
from timeline_app.readers.tree import shortened

BOUNDS = ("start", "latestStart", "earliestEnd", "end")
_YEAR = re.compile(
    r"(?P<about>c\.|ca\.|circa|about|~)?\s*(?P<era_before>AD|CE)?\s*(?P<year>-?\d{1,12})\s*"
    r"(?P<era>AD|A\.D\.|CE|C\.E\.|BC|B\.C\.|BCE|B\.C\.E\.)?\s*(?P<doubt>\?)?",
    re.IGNORECASE | re.ASCII,
)
# ISO 8601 in its short form, as the loader of SIMILE takes it; 13800000, which is no such day, is a year.
_BASIC = re.compile(
    r"(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?(?:\d\d)?)?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Read:
    """The date of an event, and what of its bounds was wrong and is left out, with why."""

    when: When
    left_out: Mapping[str, str]


def read_bounds(written: Mapping[str, str], *, is_instant: bool) -> Read:
    """Return the date that up to four bounds give.

    An instant happened at one time between its start and its end; anything else lasted from one to the other. Raises
    WhenError when there is no start that can be read.
    """
    dates, faults = _dates(written)
    if "start" not in dates:
        raise WhenError(faults.get("start", "expected a start; found nothing"))
    return bounded(days_or_times(dates), faults, is_instant=is_instant)


def bounded(texts: dict[str, str], faults: Mapping[str, str], *, is_instant: bool = False) -> Read:
    """Return the date of a start and up to three other bounds in EDTF, and why others are left out.

    Where the bounds contradict one another, fewer of them count. Raises WhenError when not even the start is a date.
    """
    error = WhenError("")
    for kept in _fewer(texts):
        try:
            when = parse(_interval(kept, is_instant=is_instant))
        except WhenError as fault:
            error = fault if not str(error) else error
        else:
            return Read(when, {**faults} | {name: str(error) for name in texts if name not in kept})
    raise error


def _dates(written: Mapping[str, str]) -> tuple[dict[str, ScriptDate], dict[str, str]]:
    """Return the bounds that can be read, and why the others cannot."""
    dates: dict[str, ScriptDate] = {}
    faults: dict[str, str] = {}
    for name in BOUNDS:
        text = written.get(name, "").strip()
        if not text:
            continue
        date = _basic(text) or _year(text) or script_date(text)
        if date is None:
            faults[name] = f'expected a date such as "May 20 1961 00:00:00 GMT-0600"; found "{shortened(text)}"'
            continue
        try:
            parse(date.text)
        except WhenError as error:
            faults[name] = str(error)
        else:
            dates[name] = date
    return dates, faults


def _basic(written: str) -> ScriptDate | None:
    """Return a day, with its time, that is written without signs between its parts."""
    match = _BASIC.fullmatch(written)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    clock = f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour is not None else ""
    return script_date(f"{year}-{month}-{day}{clock}")


def _year(written: str) -> ScriptDate | None:
    """Return a year alone: of an era, or else astronomical, as JavaScript counts."""
    match = _YEAR.fullmatch(written) if len(written) <= LENGTH_LIMIT else None
    if match is None:
        return None
    number = int(match["year"])
    is_before = (match["era"] or "").upper().startswith("B")
    if is_before and number < 1:
        return None
    doubt = ("%" if match["about"] else "?") if match["doubt"] else ("~" if match["about"] else "")
    return ScriptDate(f"{year_text(1 - number if is_before else number)}{doubt}")


def _fewer(texts: dict[str, str]) -> Iterator[dict[str, str]]:
    """Give all bounds, then fewer, for where they contradict one another."""
    yield texts
    yield {name: text for name, text in texts.items() if name in {"start", "end"}}
    yield {"start": texts["start"]}


def _interval(texts: Mapping[str, str], *, is_instant: bool) -> str:
    start = texts["start"]
    latest_start, earliest_end, end = (texts.get(name, "") for name in BOUNDS[1:])
    if is_instant:
        return _between(start, end or earliest_end or latest_start)
    first = _between(start, latest_start)
    if not end:
        return f"{first}/[{earliest_end}..]" if earliest_end else first
    last = _between(earliest_end, end)
    return last if first == last else f"{first}/{last}"


def _between(first: str, last: str) -> str:
    if first == last or not (first and last):
        return first or last
    # Refuses what is the wrong way round, which a set does not mind.
    parse(f"{first}/{last}")
    return f"[{first}..{last}]"
