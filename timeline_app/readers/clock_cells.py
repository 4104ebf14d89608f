"""Read a time of day that stands in a cell of its own, as EDTF has it behind a day."""

from __future__ import annotations

import re

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:h.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?)?"
    r"\s?(?P<word>h|hrs?|uhr|[ap]\.?\s?m\.?)?\s?(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d)?",
    re.IGNORECASE | re.ASCII,
)
# As armies and forms write it. Numbers of other columns look alike, so the column must be called a time.
_DIGITS = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d\d)(?:\s?h(?:rs?)?)?(?P<second>)(?P<word>)(?P<zone>)", re.ASCII)
_HALF_DAY_HOURS = 12
_DAY_HOURS = 24
_HOUR_MINUTES = 60


def clock_of(cell: str, *, is_called_so: bool = False) -> str:
    """Return the time of day of a cell, such as `T14:30Z`, "" for what is none; `1430` is one where it is called so."""
    text = cell.strip()
    match = _CLOCK.fullmatch(text)
    if match is None or not (match["minute"] or match["word"]):
        match = _DIGITS.fullmatch(text) if is_called_so else None
    if match is None:
        return ""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["word"] or "")[:1].lower()
    if half in {"a", "p"} and 1 <= hour <= _HALF_DAY_HOURS:
        hour = hour % _HALF_DAY_HOURS + (_HALF_DAY_HOURS if half == "p" else 0)
    is_midnight = hour == _DAY_HOURS and not minute
    if minute >= _HOUR_MINUTES or int(match["second"] or 0) > _HOUR_MINUTES or (hour >= _DAY_HOURS and not is_midnight):
        return ""
    minutes = f":{minute:02}" if match["minute"] else ""
    seconds = f":{match['second']}" if match["second"] else ""
    return f"T{hour:02}{minutes}{seconds}{_zone(match['zone'] or '')}"


def is_clock(cell: str) -> bool:
    """Tell whether a cell is a time of day, whatever its column is called."""
    return bool(clock_of(cell))


def _zone(written: str) -> str:
    if not written:
        return ""
    return f"{written[:3]}:{written[-2:]}" if written[0] in "+-" else "Z"
