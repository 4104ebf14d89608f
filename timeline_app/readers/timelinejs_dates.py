"""Read the dates of TimelineJS: of version 3 in named parts, of version 2 in one text.

Years before 1 are negative and counted without a year 0, since -44 is shown as 44 BCE. Numbers may be texts, with
blanks and thousands separators in them, as spreadsheets write them, and months may be named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from timeline_app.core.calendar import days_in_month
from timeline_app.core.edtf import LENGTH_LIMIT
from timeline_app.readers.civil_text import date_text, year_of_era
from timeline_app.readers.fields import Fields
from timeline_app.readers.foreign_record import DatedText, fields_of
from timeline_app.readers.month_words import MONTHS, folded
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.tree import MappingNode, TextNode, described, shortened

_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.0{1,10})?", re.ASCII)
_SEPARATORS = re.compile(r"[\s,_\u00a0\u202f]+")
_UNICODE_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
# Each part may stand only behind all before it, and lies between two numbers.
_PARTS = (("month", 1, 12), ("day", 1, 31), ("hour", 0, 24), ("minute", 0, 59), ("second", 0, 60))
_BEFORE = {"month": "year", "day": "month", "hour": "day", "minute": "hour", "second": "minute"}
_NAMES = ("year", *(name for name, _, _ in _PARTS), "millisecond")
_DISPLAYED = ("display_date", "display_text")
DATE_PARTS = frozenset({*_NAMES, *_DISPLAYED})

_COMMAS = re.compile(r"[+-]?\d{1,12}\s*(?:,\s*\d{0,9}\s*){0,6}", re.ASCII)
_SLASHES = re.compile(
    r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4,})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp])?[Mm]?)?", re.ASCII
)
_NOW = "now"
_OPEN = ".."
_HALF_DAY_HOURS = 12


def slide_date(fields: Fields, key: str, problems: ProblemLog) -> DatedText:
    """Return the date under a key in EDTF, an empty one where there is none; what is wrong with a part is told."""
    node = fields.get(key)
    if node is None:
        return DatedText("", fields.offset(key))
    if isinstance(node, MappingNode):
        parts = fields_of(node, problems)
        return DatedText(_of_parts(fields, key, {name: parts.text(name) for name in _NAMES}, problems), node.offset)
    if isinstance(node, TextNode):
        return DatedText(_of_text(fields, key, node.text, problems), node.offset)
    fields.reject(key, f"{key}: expected a date with a year; found {described(node)}")
    return DatedText("", node.offset)


def displayed_date(fields: Fields, key: str, problems: ProblemLog) -> str:
    """Return the words in which a date is to be shown, as it says itself."""
    node = fields.get(key)
    if not isinstance(node, MappingNode):
        return ""
    parts = fields_of(node, problems)
    return next(filter(None, map(parts.text, _DISPLAYED)), "")


def _of_parts(fields: Fields, key: str, written: Mapping[str, str], problems: ProblemLog) -> str:
    """Return a date as far as its parts can be read; a year that cannot is returned, for its reader to refuse."""
    year = _number(written["year"])
    if year is None:
        return written["year"].strip()
    found: list[int] = []
    is_complete = True
    for name, lowest, most in _PARTS:
        part = written.get(name, "")
        number = MONTHS.get(folded(part.strip())) if name == "month" else None
        number = _number(part) if number is None else number
        highest = days_in_month(year_of_era(year), found[0]) if name == "day" and is_complete else most
        is_good = number is not None and lowest <= number <= highest
        if part.strip() and not (is_good and is_complete):
            before = "" if is_complete else f" after the {_BEFORE[name]}"
            expected = f"{key}: expected a {name} from {lowest} to {highest}{before}"
            problems.warning(f'{expected}; found "{shortened(part)}"; left out', fields.offset(key))
            fields.keep(key)
        is_complete = is_complete and is_good
        if is_complete and number is not None:
            found.append(number)
    month, day = ([*found, None, None])[:2]
    text = date_text(year_of_era(year), month, day, found[2:])
    thousandths = _number(written.get("millisecond", ""))
    return f"{text}.{thousandths:03}" if thousandths and 0 < thousandths < 1_000 and len(found) == len(_PARTS) else text


def _of_text(fields: Fields, key: str, written: str, problems: ProblemLog) -> str:
    """Return a date of version 2; what is in none of its forms is returned as it stands, for its reader to refuse."""
    text = written.translate(_UNICODE_MINUS).strip()
    if len(text) > LENGTH_LIMIT:
        return text
    if text.lower() == _NOW:
        return _OPEN
    if _COMMAS.fullmatch(text):
        return _of_parts(fields, key, dict(zip(_NAMES, text.split(","), strict=False)), problems)
    slashes = _SLASHES.fullmatch(text)
    return text if slashes is None else _of_parts(fields, key, _named(slashes), problems)


def _named(match: re.Match[str]) -> dict[str, str]:
    """Return the parts of a date that begins with its month, as dates with slashes do in this format."""
    first, second, year, hour, minute, second_of_minute, half = match.groups(default="")
    if hour and half and 1 <= int(hour) <= _HALF_DAY_HOURS:
        hour = str(int(hour) % _HALF_DAY_HOURS + (_HALF_DAY_HOURS if half in "Pp" else 0))
    month, day = (first, second) if first else (second, "")
    return {"year": year, "month": month, "day": day, "hour": hour, "minute": minute, "second": second_of_minute}


def _number(written: str) -> int | None:
    if len(written) > LENGTH_LIMIT:
        return None
    text = _SEPARATORS.sub("", written.translate(_UNICODE_MINUS))
    return int(text.partition(".")[0]) if _NUMBER.fullmatch(text) else None
