"""Read the dates that people and spreadsheets write in cells, as EDTF.

EDTF comes first and means what it means everywhere. Then come numbers (20240619, serial days of spreadsheets, seconds
since 1970), names of months in ten languages, ranges such as “9-12 March, 1999” and “1914-18”, and words around a date
such as “c.”, “before” and “ongoing”. What a cell does not say is never filled in: a date without a year is refused,
and so is one of which the column does not tell whether the day or the month stands first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from timeline_app.core.calendar import days_in_month
from timeline_app.core.errors import WhenError
from timeline_app.core.when import parse
from timeline_app.readers.centuries import century_beside, century_of
from timeline_app.readers.civil_text import date_text, year_of_era, year_text
from timeline_app.readers.date_asides import is_persian, is_remark, without_asides
from timeline_app.readers.date_numbers import DateNumbers, date_of_number
from timeline_app.readers.date_parts import DateParts, date_parts
from timeline_app.readers.date_wordings import plainly_worded, says_east_asian_part
from timeline_app.readers.day_order import DayOrder
from timeline_app.readers.durations import with_duration
from timeline_app.readers.iso_weeks import week_of
from timeline_app.readers.month_words import ABOUT, ONGOING, folded, joined_months
from timeline_app.readers.tree import shortened
from timeline_app.readers.two_calendars import in_new_style
from timeline_app.readers.year_months import year_and_month

LONGEST_DATE = 120

_MINUS = "-\u2212"

_PLAIN = re.compile(r"-?\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?!00)\d\d(?:T\d\d:\d\d(?::\d\d)?)?)?)?", re.ASCII)
_DATE_AND_TIME = re.compile(
    r"(-?\d{4,}-\d\d-\d\d) (\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|UTC|[+-]\d\d(?::?\d\d)?)?", re.ASCII
)
_WORDS_BEHIND_TIME = re.compile(r"\d{4,}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)? ?([^\W\d]\S*)", re.ASCII)
# What is written in these signs alone was likely meant as EDTF, and is wrong as that.
_AS_EDTF = re.compile(r"(?=.*\d{4})[-\d/.:,TZXYESW~?%+\[\]{}]+", re.ASCII)
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "〜": "~", "～": "~", "،": ","})
_PARENTHESES = re.compile(r"(.*\S)\s*\(([^()]{1,60})\)")
_BETWEEN = re.compile(r"(?:between|zwischen|entre|между|між) (.+?) (?:and|und|et|y|и|та|і) (.+)")
_EITHER = re.compile(
    r"(?:(?:either|entweder|soit|либо|або|albo) )?(.+?) (?:or|oder|ou|soit|o|или|либо|або|lub|albo) (.+)"
)
_BOTH = re.compile(r"(.+?) ?(?:&| and | und | et | y | и | та | і ) ?(.+)")
_BEFORE = re.compile(
    r"(?:before|by|not? later than|vor|avant|antes del?|до|قبل) (.+)|pre[ -](\d.*)|< ?(\d.*)|(.+) or (?:earlier|before)"
)
_AFTER = re.compile(
    r"(?:after|not? (?:before|earlier than)|nach|apres|despues del?|после|після|بعد) (.+)|post[ -](\d.*)|> ?(\d.*)"
    r"|(.+) or (?:later|after)"
)
_SINCE = re.compile(
    r"(?:since|from|seit|ab|depuis|a partir d[eu]|desde|с|от|з|від|منذ) (.+)|(.+?) (?:onwards?|on)|(.+?) ?-"
)
_UNTIL = re.compile(r"(?:until|till|up to|bis|jusqu'(?:au|en|a)|hasta|по) (.+)|- ?(.+)")
_FROM = re.compile(r"(?:from|von|vom|du|de|desde|с|з|من) (?=.*\d)|[自从從]\s*(?=\d)")
_SEPARATOR = re.compile(
    r"\s*~\s*|\s*\.\.+\s*|\s+-+\s+|\s+(?:to|until|till|through|thru|bis|au|a|al|hasta|по|до|إلى)\s+|\s*(?:[至到]|부터)\s*|(?<=\S)-(?=\S)|\s*/\s*"
)
_DECADE = re.compile(r"(?:the )?(\d{3})0'?s")
_MONTH_OF_YEAR = re.compile(r"(0?[1-9]|1[0-2])[/.-](\d{4})")
_HALF = re.compile(r"(?:the )?(first|1st|second|2nd) half (?:of )?(\d{4})|h([12])[ /-]?(\d{4})|(\d{4})[ /-]?h([12])")
# “1939-45”, of which EDTF makes nothing.
_YEARS = re.compile(r"(\d{2})(\d{2}) ?[-/] ?(\d{2})")
# Zeros are parts that are not known; of the year itself there are none.
_ZEROS = re.compile(r"(-?(?!0000)\d{4})-(0?0(?=-)|(?:0?[1-9]|1[0-2])(?=-0?0$))-\d{1,2}", re.ASCII)
_ORDINAL_DAY = re.compile(r"(\d{4})-(00[1-9]|0[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6])", re.ASCII)
_COMPACT_INSTANT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)", re.ASCII)
_BARE_YEAR = re.compile(r"([-\u2212]?)(\d{1,6})(?:\.0+)?", re.ASCII)
# Of EDTF these are quarters, thirds and halves of a year, which nobody writes so by hand.
_LIKE_LATER_YEAR = re.compile(r"(\d{2})(\d{2})-(2[5-9]|3\d|4[01])", re.ASCII)
# Which part of a year, a month, a decade or a century is meant, of which only the whole is a date.
_WHICH_PART = re.compile(
    r"^(?:(?:on|at|in|im|en|au|a|в|во|на|у) )?(?:the )?(?:very )?"
    r"(?:overnight|night|evening|afternoon|morning|dawn|dusk|nuit|matin|soir|noche|madrugada|nacht|ночь|early|late|mid|middle|beginning|start|end|debut|mi|fin|anfang|mitte|ende|principios|comienzos|inicios|mediados"
    r"|fines|finales|начал[оае]|середин[аеуі]|кон(?:ец|це)|почат(?:ок|ку)|кінець|кінці|наприкінці|(?:нач|кон|сер|поч|кін)\.)"
    r"(?:[ -](?:of|on|in|del?|du|des|vom|zum|на|с))?(?: the)?,?[ -](?=.*\d)"
)
_QUARTER = re.compile(r"q([1-4])[ /-]?(\d{4})|(\d{4})[ /-]?q([1-4])")
_UNSURE = re.compile(r"(?:possibly|probably|perhaps|maybe|wahrscheinlich|возможно) +(.+)|(.+?) ?(?:\(\?\)|\?)")


def edtf_of(
    cell: str, order: DayOrder | None = None, numbers: DateNumbers | None = None, *, year: int | None = None
) -> str:
    """Return a written date as EDTF, "" for an empty cell.

    `order` is that of the column, None where it does not tell; `numbers` says what bare numbers count, None for what
    their digits allow; `year` is what another cell says of a date without one. Raises WhenError for what is no date.
    """
    written = cell.strip()
    told = date_of_number(written, numbers) if numbers is not None else None
    if not written or told is not None or _PLAIN.fullmatch(written):
        return told or written
    database = _DATE_AND_TIME.fullmatch(written)
    if database is not None:
        return f"{database[1]}T{database[2]}{_zone_text(database[3] or '')}"
    compact = _COMPACT_INSTANT.fullmatch(written)
    if compact is not None:
        return "{}-{}-{}T{}:{}:{}{}".format(*compact.groups())
    numbered = _of_numbers(written) or (order is DayOrder.YMD and year_and_month(written))
    if numbered:
        return numbered
    if written[0] in _MINUS and (year_before := bare_year(written)):
        return year_before
    if _is_later_year(_LIKE_LATER_YEAR.fullmatch(written)):
        return f"{written[:4]}/{written[:2]}{written[5:]}"
    try:
        return parse(written).text
    except WhenError as error:
        fault = error
    is_short = len(written) <= LONGEST_DATE
    if is_persian(written):
        raise WhenError(f"“{shortened(written)}” has a year of the Persian calendar, which is not converted")
    found = (
        date_of_number(written, None) or _Reading(order, year).read(without_asides(_tidied(written)))
        if is_short
        else None
    )
    if found is None:
        raise fault if not is_short or _AS_EDTF.fullmatch(written) else _no_date(written)
    return found


def is_written_date(cell: str) -> bool:
    """Tell whether a cell is a date that needs no column to be read."""
    try:
        return bool(edtf_of(cell))
    except WhenError:
        return False


def _of_numbers(written: str) -> str:
    """Return the date of a year with parts that are not known, as in 1914-08-00, and of a day of a year, else ""."""
    zeros, ordinal = _ZEROS.fullmatch(written), _ORDINAL_DAY.fullmatch(written)
    if zeros is not None:
        month = int(zeros[2])
        return zeros[1] if not month else f"{zeros[1]}-{month:02}"
    if ordinal is not None:
        year, day = int(ordinal[1]), int(ordinal[2])
        month = next((month for month in range(1, 13) if day <= _days_before(year, month + 1)), 0)
        return date_text(year, month, day - _days_before(year, month)) if month else ""
    return ""


def _days_before(year: int, month: int) -> int:
    """Return how many days of a year lie before a month, of which the thirteenth begins the next year."""
    return sum(days_in_month(year, one) for one in range(1, month))


def bare_year(cell: str) -> str:
    """Return the EDTF of a cell that is a year and nothing else, "" for any other: -44 is 44 BC, and 0 is none."""
    match = _BARE_YEAR.fullmatch(cell.strip())
    year = int(f"{'-' if match[1] else ''}{match[2]}") if match is not None else 0
    return year_text(year_of_era(year)) if year else ""


def _is_later_year(match: re.Match[str] | None) -> bool:
    """Tell whether two digits behind a year are those of a later one."""
    return match is not None and match[3] > match[2]


def _no_date(written: str) -> WhenError:
    """Return the error that words are no date."""
    zone = _WORDS_BEHIND_TIME.fullmatch(written)
    if zone is not None:
        return WhenError(f"“{zone[1]}” is no zone that is known; expected Z or an offset, as in +02:00")
    found = shortened(written)
    return WhenError(f"expected a date, such as 2024-06-19, “19 June 2024” or “1914-1918”; found “{found}”")


def _zone_text(zone: str) -> str:
    """Return a zone as EDTF has it: databases leave out its minutes, or the colon before them."""
    if not zone or zone in {"Z", "UTC"}:
        return "Z" if zone else ""
    return f"{zone[:3]}:{zone[3:].removeprefix(':') or '00'}"


def ongoing(cell: str) -> bool:
    """Tell whether a cell says that something goes on."""
    return cell.strip().strip("-–— .").casefold() in ONGOING


class _Reading:
    """Reads one cell, with what its column and its row say."""

    def __init__(self, order: DayOrder | None, year: int | None) -> None:
        self._order = order
        self._year = year

    def read(self, text: str) -> str | None:
        """Return the EDTF of a folded text, None for what is no date."""
        if new_style := in_new_style(text, self.one_style):
            return new_style
        aside = _PARENTHESES.fullmatch(text)
        if aside is not None and not aside[2].startswith("?"):
            found = self.read(aside[1])
            return with_duration(found, aside[2]) if found is not None else None
        return self._fixed(text) or self._single(text) or self._between(text) or self._range(text) or self._open(text)

    def one_style(self, text: str) -> str | None:
        """Return the EDTF of what is a date in one calendar."""
        return self._single(text) or self._range(text)

    def _fixed(self, text: str) -> str | None:
        """Return decades, centuries, halves, quarters and weeks of years, and months in numbers."""
        decade, years, quarter = _DECADE.fullmatch(text), _YEARS.fullmatch(text), _QUARTER.fullmatch(text)
        month, half = _MONTH_OF_YEAR.fullmatch(text), _HALF.fullmatch(text)
        if decade is not None:
            return f"{decade[1]}X"
        if years is not None:
            return f"{years[1]}{years[2]}/{years[1]}{years[3]}" if _is_later_year(years) else None
        if quarter is not None:
            return f"{quarter[2] or quarter[3]}-{32 + int(quarter[1] or quarter[4])}"
        if half is not None:
            is_first = "1" in (half[3], half[6]) or half[1] in {"first", "1st"}
            return f"{half[2] or half[4] or half[5]}-{40 if is_first else 41}"
        return f"{month[2]}-{int(month[1]):02}" if month is not None else century_of(text) or week_of(text) or None

    def _single(self, text: str) -> str | None:
        """Return a single date with what qualifies it."""
        if text.startswith("-") or text.endswith("-"):
            return None
        plain, qualifier = _qualified(text)
        fixed = self._fixed(plain) if plain != text else None
        if fixed is not None:
            first, *last = fixed.split("/")
            return "/".join((f"{first}{qualifier}", *last))
        parts = self._parts(plain)
        if parts is None or (not parts.is_whole and parts.month is None):
            return None
        return f"{parts.text}{qualifier}"

    def _parts(self, text: str) -> DateParts | None:
        parts = date_parts(text, self._order)
        if parts is None or parts.is_whole or self._year is None or parts.month is None:
            return parts
        return replace(parts, year=self._year)

    def _between(self, text: str) -> str | None:
        """Return one date of several that may be meant, or both of two that follow each other."""
        match = _BETWEEN.fullmatch(text)
        sides = self._sides(match[1], match[2]) if match is not None else None
        if sides is not None:
            return f"[{sides[0].strip('~?')}..{sides[1].strip('~?')}]"
        match = _EITHER.fullmatch(text)
        sides = self._sides(match[1], match[2]) if match is not None else None
        if sides is not None:
            return f"[{','.join(side.strip('~?') for side in sides)}]"
        match = _BOTH.fullmatch(text)
        sides = self._sides(match[1], match[2]) if match is not None else None
        return "/".join(sides) if sides is not None and _adjoin(*sides) else None

    def _range(self, text: str) -> str | None:
        """Return the time from one date to another, of which each may have what the other leaves out."""
        beginning = _FROM.match(text)
        whole = text[beginning.end() :] if beginning is not None else text
        for left, right in _split(whole):
            if ongoing(right):
                start = self.read(left)
                return f"{start}/.." if start is not None and "/" not in start else None
            sides = self._sides(left, right)
            if sides is not None:
                return sides[0] if sides[0] == sides[1] else f"{sides[0]}/{sides[1]}"
        return None

    def _open(self, text: str) -> str | None:
        """Return what begins or ends at a time that is not told."""
        for pattern, before, after in (
            (_BEFORE, "[..", "]"),
            (_AFTER, "[", "..]"),
            (_SINCE, "", "/.."),
            (_UNTIL, "/", ""),
        ):
            match = pattern.fullmatch(text)
            inner = next(filter(None, match.groups()), None) if match is not None else None
            found = self._single(inner) if inner is not None else None
            if found is not None:
                return f"{before}{found}{after}"
        return None

    def _sides(self, left: str, right: str) -> tuple[str, str] | None:
        """Return the two ends of a range, None where one of them is no date."""
        (first_text, first_mark), (last_text, last_mark) = _qualified(left), _qualified(right)
        fixed = self._fixed(first_text), self._fixed(last_text)
        if fixed[1] is not None and (begin := fixed[0] or century_beside(first_text, fixed[1])):
            return f"{begin}{first_mark}", f"{fixed[1]}{last_mark}"
        first, last = date_parts(first_text, self._order), date_parts(last_text, self._order)
        if first is None or last is None:
            return None
        first, last = _completed(first, last, self._year)
        if not (first.is_whole and last.is_whole):
            return None
        return f"{first.text}{first_mark}", f"{last.text}{last_mark}"


def _adjoin(first: str, last: str) -> bool:
    """Tell whether a date ends where another begins, so that nothing is told of a time between that nobody named."""
    return parse(first).end_latest_s + 1 == parse(last).start_earliest_s


def _completed(first: DateParts, last: DateParts, year: int | None) -> tuple[DateParts, DateParts]:
    """Return two ends of a range, each with those parts that only the other has."""
    is_year = first.year is not None and first.month is None and first.day is None
    if is_year and first.year is not None and last.year is None and last.month is None and last.day is not None:
        return first, replace(last, year=_abbreviated(first.year, last.day), day=None)
    if last.year is not None and last.year <= 0 and last.has_era and first.year is not None and not first.has_era:
        first = replace(first, year=year_of_era(-first.year))
    given = first.year if first.year is not None else last.year if last.year is not None else year
    if first.month is None and first.day is not None:
        first = replace(first, month=last.month)
    if last.month is None and last.day is not None:
        last = replace(last, month=first.month)
    first = first if first.year is not None or first.month is None else replace(first, year=last.year or given)
    last = last if last.year is not None or last.month is None else replace(last, year=given)
    return first, last


def _abbreviated(first: int, digits: int) -> int | None:
    """Return the later year of “1914-18”, None where it would be no later one."""
    scale = 10 if digits < 10 else 100
    found = first - first % scale + digits
    return found if found > first > 0 else None


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Give the ways in which a text is two with a sign or a word of ranges between."""
    matches = sorted(
        _SEPARATOR.finditer(text), key=lambda match: ("-", "/").index(match[0]) + 1 if match[0] in "-/" else 0
    )
    for match in matches[:8]:
        left, right = text[: match.start()].strip(" ,"), text[match.end() :].strip(" ,").removesuffix("까지")
        if left and right:
            yield left, right


def _qualified(text: str) -> tuple[str, str]:
    """Return a date without the words that make it less sure, and the sign of EDTF for them."""
    unsure = _UNSURE.fullmatch(text)
    mark = ""
    if unsure is not None:
        text, mark = (unsure[1] or unsure[2]).strip(), "?"
    about = text.startswith("~")
    rest = text.removeprefix("~").strip()
    word = re.match(r"([^\W\d]+)\.?\s*(?=\S)", rest)
    if word is not None and word[1] in ABOUT:
        about, rest = True, rest[word.end() :]
    whole = _WHICH_PART.sub("", rest if about else text, count=1)
    return whole, ("%" if mark else "~") if about else mark


def says_more(cell: str) -> bool:
    """Tell whether a cell says more than its date: “late 1999”, “6 June 1944, at dawn”, “2001-09-11 08:46 EDT”."""
    text = cell.strip()
    if text[:1].isdigit() and text[-1:].isdigit() and "(" not in text and "[" not in text:
        # Nearly all dates, beside which nothing stands.
        return False
    if len(text) > LONGEST_DATE:
        return False
    tidied = _tidied(text)
    aside = _PARENTHESES.fullmatch(tidied)
    has_aside = aside is not None and is_remark(aside[2])
    is_part = not text[:1].isdigit() and _WHICH_PART.match(tidied) is not None
    return (
        has_aside
        or is_part
        or bool(in_new_style(tidied, _Reading(None, None).one_style))
        or without_asides(tidied) != tidied
        or says_east_asian_part(text)
    )


def _tidied(written: str) -> str:
    """Return a text as dates are compared: lower case, plain dashes, one blank, European digits."""
    text = "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter
        for letter in unicodedata.normalize("NFKC", written)
    )
    return plainly_worded(" ".join(joined_months(folded(text)).translate(_DASHES).split()))
