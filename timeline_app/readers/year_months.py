"""Tell columns of years with months, “2022/12”, from those of years up to later ones, “1914/18”, by all rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_YEAR_AND_NUMBER = re.compile(r"(\d{2})(\d{2})[/.](\d{1,2})", re.ASCII)
# What may stand between months without telling anything of them.
_YEAR_FIRST = re.compile(r"\d{4}(?:([-/.])\d{1,2}\1\d{1,2})?", re.ASCII)
_MONTHS = range(1, 13)


def year_and_month(cell: str) -> str:
    """Return the EDTF of a year with a month behind a slash or a point, "" for what cannot be one."""
    match = _YEAR_AND_NUMBER.fullmatch(cell.strip())
    if match is None or int(match[3]) not in _MONTHS or not _is_in_full(match):
        return ""
    return f"{match[1]}{match[2]}-{int(match[3]):02}"


@dataclass(frozen=True, slots=True)
class YearMonthsSeen:
    """How many cells can only be a year with a month, how many may be, and how many are something else.

    What is seen of two parts of a column adds up by `|`.
    """

    surely: int = 0
    perhaps: int = 0
    others: int = 0

    def __or__(self, other: YearMonthsSeen) -> YearMonthsSeen:
        return YearMonthsSeen(self.surely + other.surely, self.perhaps + other.perhaps, self.others + other.others)

    @property
    def are_months(self) -> bool:
        """Whether every cell is a year with a month, or may be, and one of them nothing else."""
        return self.surely > 0 and not self.others


def year_months_seen(cells: Iterable[str]) -> YearMonthsSeen:
    """Return what some cells tell: the 12 of 2022/12 is no later year, the 18 of 1914/18 no month."""
    surely = perhaps = others = 0
    for cell in cells:
        text = cell.strip()
        match = _YEAR_AND_NUMBER.fullmatch(text)
        if match is not None and year_and_month(text):
            is_later_year = len(match[3]) == len(match[2]) and match[3] > match[2]
            surely, perhaps = surely + (not is_later_year), perhaps + is_later_year
        elif text and _YEAR_FIRST.fullmatch(text) is None:
            others += 1
    return YearMonthsSeen(surely, perhaps, others)


def _is_in_full(match: re.Match[str]) -> bool:
    """Tell whether a month behind a point has two digits, since 2022.1 is a number that may have lost a zero."""
    return "." not in match[0] or len(match[3]) > 1
