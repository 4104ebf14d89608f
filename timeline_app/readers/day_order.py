"""Which of day, month and year stands first in the dates of a column, told by all of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from timeline_app.core.errors import WhenError

_MONTHS = 12
_DAYS = 31
_YEAR_DIGITS = 4

# A date in three numbers; the year has four digits, since no century is made up.
NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,4})([/.\-])\s?(\d{1,2})\2\s?(\d{1,4})(?![\d/]|[.-]\d)", re.ASCII)


class DayOrder(StrEnum):
    """The order of day, month and year in a date of three numbers."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True)
class OrdersSeen:
    """How many dates of a column can only have the day first, only the month, and how many either; an example of each.

    What is seen of two parts of a column adds up by `|`.
    """

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    examples: tuple[str, str, str] = ("", "", "")

    def __or__(self, other: OrdersSeen) -> OrdersSeen:
        first, second, third = (one or another for one, another in zip(self.examples, other.examples, strict=True))
        return OrdersSeen(
            self.day_first + other.day_first,
            self.month_first + other.month_first,
            self.either + other.either,
            (first, second, third),
        )

    @property
    def decided(self) -> DayOrder | None:
        """The order that all dates allow, None where both or neither is."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return DayOrder.DMY if self.day_first else DayOrder.MDY

    @property
    def is_open(self) -> bool:
        """Whether every date fits both orders, so that only the user can tell."""
        return self.either > 0 and not self.day_first and not self.month_first


def orders_seen(cells: Iterable[str]) -> OrdersSeen:
    """Return what the dates in three numbers tell of their order."""
    counts = [0, 0, 0]
    examples = ["", "", ""]
    for cell in cells:
        for match in NUMERIC.finditer(cell):
            kind = _kind(match)
            if kind is not None:
                counts[kind] += 1
                examples[kind] = examples[kind] or match[0]
    return OrdersSeen(counts[0], counts[1], counts[2], (examples[0], examples[1], examples[2]))


def shared_order(columns: Iterable[OrdersSeen]) -> DayOrder | None:
    """Return the order that columns of one table tell for those that fit both, since one writer wrote all of them.

    None where none of them tells it, or they contradict each other.
    """
    whole = OrdersSeen()
    for seen in columns:
        whole |= seen
    return whole.decided


class MixedOrders:
    """Notices dates of one column of which some can only have the day first and others only the month."""

    def __init__(self) -> None:
        self._seen = OrdersSeen()

    def remark(self, cell: str) -> str:
        """Say what is odd about a date beside those before it, "" for nothing."""
        if cell[:_YEAR_DIGITS].isdigit():
            # Most columns have the year first; this is asked of each of their dates.
            return ""
        found = orders_seen((cell,))
        before, self._seen = self._seen, self._seen | found
        # Of two orders the one that fewer dates have had so far is the odd one.
        if found.day_first and before.month_first > before.day_first:
            return _odd_words(found.examples[0], "day", before.examples[1], "month")
        if found.month_first and before.day_first > before.month_first:
            return _odd_words(found.examples[1], "month", before.examples[0], "day")
        return ""


def numeric_parts(match: re.Match[str], order: DayOrder | None) -> tuple[int, int, int]:
    """Return year, month and day of a match of NUMERIC.

    Raises WhenError where the order decides and is not known, or where the date does not fit it.
    """
    first, _, middle, last = match.groups()
    a, b, c = int(first), int(middle), int(last)
    if len(first) == 4 and len(last) <= 2:
        return a, b, c
    if len(last) != 4:
        raise WhenError(f"“{match[0]}” has no year of four digits; no century is filled in")
    if order is DayOrder.YMD:
        raise WhenError(f"expected the year first; found “{match[0]}”")
    by_day, by_month = _fits(b, a), _fits(a, b)
    if order is not None:
        if not (by_day if order is DayOrder.DMY else by_month):
            raise WhenError(f"expected the {'day' if order is DayOrder.DMY else 'month'} first; found “{match[0]}”")
        return (c, b, a) if order is DayOrder.DMY else (c, a, b)
    if not (by_day or by_month):
        raise WhenError(f"“{match[0]}” is no date, whichever of day and month stands first")
    if by_day and by_month and a != b:
        raise WhenError(f"“{match[0]}” may have the day or the month first, and the column does not tell which")
    return (c, b, a) if by_day else (c, a, b)


def _odd_words(odd: str, first: str, other: str, other_first: str) -> str:
    return f"“{odd}” can only have the {first} first, and “{other}” of the same column only the {other_first}"


def _kind(match: re.Match[str]) -> int | None:
    """Return 0 for a day that stands first, 1 for a month, 2 for either, None for a date that tells nothing."""
    first, _, middle, last = match.groups()
    if len(last) != 4:
        return None
    a, b = int(first), int(middle)
    by_day, by_month = _fits(b, a), _fits(a, b)
    if a == b or not (by_day or by_month):
        return None
    return 2 if by_day and by_month else 0 if by_day else 1


def _fits(month: int, day: int) -> bool:
    return 1 <= month <= _MONTHS and 1 <= day <= _DAYS
