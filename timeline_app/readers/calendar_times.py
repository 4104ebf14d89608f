"""Read the dates, times and durations of iCalendar into EDTF.

The end of what lasts whole days is the day after the last one; the end of anything else is the moment at which it ends.
A time without a zone is local; one with a zone that nobody knows is taken as local too, and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from timeline_app.core.errors import WhenError
from timeline_app.readers.calendar_lines import Component, Property
from timeline_app.readers.calendar_zones import Zones
from timeline_app.readers.civil_text import clock_parts, date_text, interval_text
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.tree import shortened

# With the signs of ISO 8601 and an offset from UTC, which the format does not have and programs write all the same.
_TIME = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d{1,9})?)?(?:(Z)|([+-]\d\d):?(\d\d))?)?", re.ASCII
)
_ALL_DAY = "X-MICROSOFT-CDO-ALLDAYEVENT"
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Time:
    """A date, or a time of day: how far it is ahead of UTC is None where it is local; `zone` is its zone by name."""

    local: datetime
    is_date: bool
    offset: timedelta | None
    zone: str = ""

    @property
    def edtf(self) -> str:
        """The time in EDTF; in UTC where its offset is no whole minutes, as before zones were agreed upon."""
        local, offset = self.local, self.offset
        if offset is not None and offset % timedelta(minutes=1):
            local, offset = local - offset, timedelta()
        clock = () if self.is_date else clock_parts(local.hour, local.minute, local.second)
        return date_text(local.year, local.month, local.day, clock) + _zone(offset)


@dataclass(frozen=True, slots=True)
class Period:
    """When something happens, and the end that could not be read, where there is one."""

    start: Time
    end: Time | None = None
    left_out: Property | None = None

    @property
    def is_plainly_in_order(self) -> bool:
        """Whether the end comes after the beginning by the same clock."""
        end = self.end
        return end is not None and end.offset == self.start.offset and end.local >= self.start.local

    @property
    def edtf(self) -> str:
        """The period in EDTF."""
        end = self.end
        if end is not None and end.is_date:
            # An end on the same day is a common mistake for one on the next.
            end = replace(end, local=end.local - _ONE_DAY) if end.local > self.start.local else end
        return self.start.edtf if end is None else interval_text(self.start.edtf, end.edtf)


class Times:
    """Reads the times of the components of one calendar."""

    def __init__(self, zones: Zones, problems: ProblemLog) -> None:
        self._zones = zones
        self._problems = problems

    def period(self, component: Component) -> Period:
        """Return when something happens; an end that cannot be read is reported and left out.

        Raises WhenError when there is no beginning that can be read.
        """
        begin = component.first("DTSTART", "DUE", "COMPLETED")
        if begin is None:
            raise WhenError("DTSTART: expected a date or a time; found nothing")
        start = self._time(begin)
        is_all_day = component.text_of(_ALL_DAY).upper() == "TRUE"
        written = component.first("DTEND", "DUE", "DURATION") if begin.name == "DTSTART" else None
        if written is None:
            return Period(_as_day(start) if is_all_day else start)
        end = self._end(written, start)
        if is_all_day and end is not None and _is_midnight(start) and _is_midnight(end):
            # Outlook writes days from midnight to midnight, and says so beside.
            return Period(_as_day(start), _as_day(end))
        return Period(start, end, None if end else written)

    def moved(self, period: Period, local: datetime, length: timedelta | None = None) -> Period:
        """Return a period as it is when it begins at another local time, and lasts as long, or so long.

        Raises WhenError for an end out of range.
        """
        start = self._at(period.start, local)
        try:
            if length is not None:
                return Period(start, self._at(period.start, local + length))
            if period.end is None:
                return Period(start, None, period.left_out)
            end_local = period.end.local + (local - period.start.local)
        except OverflowError as error:
            raise WhenError(f"expected an end before the year 10000 of what begins on {local.date()}") from error
        return Period(start, self._at(period.end, end_local), period.left_out)

    def lengths_of(self, component: Component, like: Time) -> dict[datetime, timedelta]:
        """Return how long further times last that are periods with an end of their own, by their local beginnings."""
        found: dict[datetime, timedelta] = {}
        for written in component.all("RDATE"):
            for first, slash, last in (text.partition("/") for text in written.texts):
                try:
                    start = self._time(replace(written, value=first)) if slash else None
                    if start is None:
                        continue
                    is_length = last.strip()[:1] in {"P", "+", "-"}
                    part = replace(written, value=last)
                    end = _after(start, part) if is_length else self._time(part)
                    begins, ends = self._local_like(start, like), self._local_like(end, like)
                except (WhenError, OverflowError):
                    # A beginning that is none is told by `locals_of`; an end that is none leaves it the usual length.
                    continue
                if ends > begins:
                    found[begins] = ends - begins
        return found

    def offset_at(self, time: Time, local: datetime) -> timedelta | None:
        """Return how far the zone of a time is ahead of UTC at another local time."""
        return self._zones.offset(time.zone, local) if time.zone else time.offset

    def locals_of(self, components: Iterable[Component], name: str, like: Time) -> Iterator[datetime]:
        """Give the local times, in the zone of another time, that properties of a name hold; what is none is told."""
        for written in (one for component in components for one in component.all(name)):
            for text in written.texts:
                part = replace(written, value=text.partition("/")[0])
                try:
                    yield self._local_like(self._time(part), like)
                except (WhenError, OverflowError) as error:
                    self._problems.warning(f"{error}; it is left out", written.offset)

    def _local_like(self, time: Time, like: Time) -> datetime:
        if time.is_date or time.offset is None or like.offset is None:
            return time.local if not time.is_date or like.is_date else datetime.combine(time.local, like.local.time())
        utc = time.local - time.offset
        return utc + (self.offset_at(like, utc + like.offset) or timedelta())

    def _at(self, time: Time, local: datetime) -> Time:
        return replace(time, local=local, offset=self.offset_at(time, local))

    def _end(self, written: Property, start: Time) -> Time | None:
        try:
            end = _after(start, written) if written.name == "DURATION" else self._time(written)
        except WhenError as error:
            self._problems.warning(f"{error}; the end is left out", written.offset)
            return None
        if end.is_date != start.is_date or (end.offset is None) != (start.offset is None):
            kind = "a date" if start.is_date else "a local time" if start.offset is None else "a time with a zone"
            message = f'{written.name}: expected {kind}, as the beginning is; found "{shortened(written.value)}"'
            self._problems.warning(f"{message}; the end is left out", written.offset)
            return None
        return end

    def _time(self, written: Property) -> Time:
        """Return a date or a time; raises WhenError when it is none."""
        match = _TIME.fullmatch(written.value.strip())
        if match is None:
            expected = f"{written.name}: expected a date or a time such as 20240619T143000"
            raise WhenError(f'{expected}; found "{shortened(written.value)}"')
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
        # ISO 8601 ends a day at 24:00, which is when the next one begins.
        ends_day = (hour, minute, second) == (24, 0, 0)
        try:
            # A leap second counts as the one before it.
            local = datetime(year, month, day, 0 if ends_day else hour, minute, 59 if second == 60 else second)
            local += _ONE_DAY if ends_day else timedelta()
        except (ValueError, OverflowError) as error:
            raise WhenError(f'{written.name}: "{shortened(written.value)}" is no date: {error}') from error
        if match[4] is None:
            return Time(local, is_date=True, offset=None)
        own = _own_offset(match)
        offset = self._offset(written, local) if own is None else own
        zone = "" if own is not None or offset is None else written.parameters.get("TZID", "")
        return Time(local, is_date=False, offset=offset, zone=zone)

    def _offset(self, written: Property, local: datetime) -> timedelta | None:
        name = written.parameters.get("TZID", "")
        if not name:
            return None
        offset = self._zones.offset(name, local)
        if offset is None:
            message = f'TZID: expected a zone that is known; found "{shortened(name)}"; taken as a local time'
            self._problems.warning(message, written.offset)
        return offset


def _own_offset(match: re.Match[str]) -> timedelta | None:
    """Return how far a time is ahead of UTC by what stands behind it, None where nothing does."""
    if match[8] is None:
        return timedelta() if match[7] else None
    minutes = int(match[8][1:]) * 60 + int(match[9])
    return timedelta(minutes=-minutes if match[8][0] == "-" else minutes)


def _is_midnight(time: Time) -> bool:
    return time.local.time() == datetime.min.time()


def _as_day(time: Time) -> Time:
    """Return the day that begins then; a time that is no midnight stays one."""
    return replace(time, is_date=True, offset=None, zone="") if _is_midnight(time) else time


def _after(start: Time, written: Property) -> Time:
    """Return the end of what begins then and lasts so long; raises WhenError for no duration, or one out of range.

    It keeps the offset of the beginning: days of 24 hours, and so the right moment unless the clocks are changed
    between the two.
    """
    match = _DURATION.fullmatch(written.value.strip())
    if match is None or not any(match.groups()[1:]):
        message = f'{written.name}: expected a duration such as P1DT2H; found "{shortened(written.value)}"'
        raise WhenError(message)
    weeks, days, hours, minutes, seconds = (int((part or "0")[:18]) for part in match.groups()[1:])
    try:
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        end = start.local - length if match[1] == "-" else start.local + length
    except OverflowError as error:
        message = f'{written.name}: expected a duration of fewer than 10,000 years; found "{shortened(written.value)}"'
        raise WhenError(message) from error
    return Time(end, start.is_date, start.offset, start.zone)


def _zone(offset: timedelta | None) -> str:
    if offset is None:
        return ""
    if not offset:
        return "Z"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{'-' if offset < timedelta() else '+'}{hours:02}:{minutes:02}"
