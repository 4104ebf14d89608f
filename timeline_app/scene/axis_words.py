"""How dates are written on the axis: what every language is asked for, and English."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Protocol

MANY_YEARS = 1_000
YEARS_WITH_SEPARATORS = 10_000


class AxisWords(Hashable, Protocol):
    """How dates are written on the axis, in the user's language; years are astronomical."""

    def year(self, year: int) -> str:
        """Write a year: "2024", "44 BC", "13.8 bn BC"."""

    def month(self, month: int) -> str:
        """Write a month in short: "Jun"."""

    def month_of_year(self, year: int, month: int) -> str:
        """Write a month with its year: "June 2024"."""

    def day(self, year: int, month: int, day: int) -> str:
        """Write a whole date: "19 June 2024"."""

    def day_of_month(self, month: int, day: int) -> str:
        """Write a day and its month in short: "19 Jun"."""

    def clock(self, hour: int, minute: int, second: int | None) -> str:
        """Write a time of day: "14:30", or "14:30:15" where a second is given."""


class EnglishWords:
    """The axis in English, for pictures and where the user's language is not known."""

    months = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
              "November", "December")  # fmt: skip

    def year(self, year: int) -> str:
        """Write a year; round figures of ages in millions (m) or billions (bn), and as core.date_words says them."""
        if year >= 1:
            era = "AD " if year < 500 else ""
            return f"{era}{year}" if year < YEARS_WITH_SEPARATORS else f"{year:,}"
        if year > -YEARS_WITH_SEPARATORS or year % MANY_YEARS:
            return f"{1 - year} BC" if 1 - year < YEARS_WITH_SEPARATORS else f"{1 - year:,} BC"
        for size, unit in ((1_000_000_000, "bn"), (1_000_000, "m")):
            if -year >= size and -year % (size // 1_000) == 0:
                return f"{-year / size:g} {unit} BC"
        return f"{-year:,} BC"

    def month(self, month: int) -> str:
        """Write a month in three letters."""
        return self.months[month - 1][:3]

    def month_of_year(self, year: int, month: int) -> str:
        """Write a month and its year."""
        return f"{self.months[month - 1]} {self.year(year)}"

    def day(self, year: int, month: int, day: int) -> str:
        """Write day, month and year."""
        return f"{day} {self.month_of_year(year, month)}"

    def day_of_month(self, month: int, day: int) -> str:
        """Write a day and its month in three letters."""
        return f"{day} {self.month(month)}"

    def clock(self, hour: int, minute: int, second: int | None) -> str:
        """Write a time of day on 24 hours."""
        return f"{hour:02}:{minute:02}" if second is None else f"{hour:02}:{minute:02}:{second:02}"
