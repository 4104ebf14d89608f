"""Read days as tables are full of, YYYY-MM-DD, from the bytes in which they stand, a million at a time."""

from __future__ import annotations

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array, NDArray, UInt8Array
from timeline_app.core.calendar import days_from_civil_array, days_in_month_array
from timeline_app.core.text_column import words_of

DAY_LETTERS = len("2024-06-19")
NO_DAY = np.iinfo(np.int32).min

_MONTHS = 12
_ALL_YEARS = range(10_000)
# A word of eight bytes is "2024-06-", its first letter in the lowest byte. These take its zeros and hyphens away, find
# what is no digit then, and leave the digits.
_ZEROS = np.uint64(0x2D30302D30303030)
_ABOVE_NINE = np.uint64(0x0006060006060606)
_NOT_A_DIGIT = np.uint64(0xFFF0F0FFF0F0F0F0)
_DAY_ZEROS, _DAY_ABOVE_NINE, _NOT_A_DAY_DIGIT = np.uint64(0x3030), np.uint64(0x0606), np.uint64(0xF0F0)
_BYTE = np.uint64(0xFF)


class PlainDays:
    """The days of some years, from 0000 to 9999, each month looked up in a table."""

    def __init__(self, years: range = _ALL_YEARS) -> None:
        self._first_month = years.start * _MONTHS
        months = np.arange(years.start * _MONTHS, years.stop * _MONTHS)
        year, month_of_year = months // _MONTHS, months % _MONTHS + 1
        self._first_days = days_from_civil_array(year, month_of_year, np.ones_like(months)).astype(np.int32)
        self._lengths = days_in_month_array(year, month_of_year).astype(np.int32)

    def at(self, content: UInt8Array, begins: Int64Array) -> Int32Array:
        """Return the days since 1970-01-01 that stand in ten bytes from some places on, NO_DAY where that is no day."""
        words = words_of(content)
        months = _months(words[begins])
        months -= self._first_month
        # The word that ends with the day's two letters.
        days = _days_of_month(words[begins + 2] >> np.uint64(48))
        good = (months >= 0) & (months < len(self._lengths)) & (days >= 1)
        months[~good] = 0
        good &= days <= self._lengths[months]
        return np.where(good, self._first_days[months] + days - 1, NO_DAY)


def _months(words: NDArray[np.uint64]) -> Int32Array:
    """Return the months since January of the year 0 that words like "2024-06-" name, -1 for what is none."""
    digits = words ^ _ZEROS
    bad = ((digits + _ABOVE_NINE) | digits) & _NOT_A_DIGIT != 0
    # In every other byte, a digit's ten times and the next digit.
    pairs = digits * np.uint64(10) + (digits >> np.uint64(8))
    years = (pairs & _BYTE) * np.uint64(100) + (pairs >> np.uint64(16) & _BYTE)
    months = (pairs >> np.uint64(40) & _BYTE).astype(np.int32)
    bad |= (months < 1) | (months > _MONTHS)
    return np.where(bad, -1, years.astype(np.int32) * _MONTHS + months - 1)


def _days_of_month(words: NDArray[np.uint64]) -> Int32Array:
    """Return the numbers that words of two letters name, 0 for what is none."""
    digits = words ^ _DAY_ZEROS
    bad = ((digits + _DAY_ABOVE_NINE) | digits) & _NOT_A_DAY_DIGIT != 0
    numbers = (digits & _BYTE) * np.uint64(10) + (digits >> np.uint64(8))
    return np.where(bad, 0, numbers.astype(np.int32))
