"""The year of an EDTF date: four digits, unspecified digits, expanded, exponential, with significant digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import Final

from timeline_app.core.calendar import DAY_S
from timeline_app.core.errors import WhenError
from timeline_app.core.when_value import Precision, iso_year

YEAR_LIMIT: Final = 2**61 // (366 * DAY_S)  # 72.9 billion years: every second of these years lies within ±2**61

_YEAR = re.compile(
    r"""(?: Y (?P<long> [+-]? [0-9]+ ) (?: E (?P<exponent> [0-9]+ ) )?
          | (?P<expanded> [+-] [0-9]{5,} )
          | (?P<plain> -? [0-9X]{4} )
        ) (?: S (?P<significant> [0-9]+ ) )?""",
    re.VERBOSE,
)
_PRECISION_BY_UNSPECIFIED = (Precision.AGE, Precision.MILLENNIUM, Precision.CENTURY, Precision.DECADE)
_PRECISION_BY_UNKNOWN_DIGITS = (Precision.YEAR, Precision.DECADE, Precision.CENTURY, Precision.MILLENNIUM)


@dataclass(frozen=True, slots=True)
class Year:
    """A year or a set of years, all astronomical: what was written, and the first and the last that it can be.

    `pattern` holds the digits where some are X; `estimate` the year that stands before S, the count of significant
    digits.
    """

    text: str
    first: int
    last: int
    precision: Precision
    pattern: str = ""
    estimate: int | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether not one digit is known."""
        return set(self.pattern) == {"X"}

    def candidates(self) -> list[int]:
        """List the years that fit the pattern, in time order; only for a pattern or a single year."""
        if not self.pattern:
            return [self.first]
        sign = -1 if self.pattern.startswith("-") else 1
        choices = ("0123456789" if digit == "X" else digit for digit in self.pattern.lstrip("-"))
        years = [sign * int("".join(digits)) for digits in product(*choices)]
        return [year for year in years[::sign] if year or sign == 1]


def read_year(text: str, begin: int, end: int) -> tuple[Year, int]:
    """Read the year that begins here, and give it with the position behind it; raises WhenError."""
    match = _YEAR.match(text, begin, end)
    if match is None:
        raise WhenError(_expected_year(text[begin:end]), begin)
    if match["plain"] is None:
        year = _long_year(match, begin)
    elif "X" in match["plain"]:
        year = _unspecified_year(match)
    else:
        _refuse_run_together(text, match.end(), end)
        year = _plain_year(match, begin)
    return year, match.end()


def _expected_year(rest: str) -> str:
    if not rest:
        return "expected a date such as 2024, 2024-06 or 2024-06-19, but nothing is written"
    if rest[0] == "Y":
        return "expected the digits of a year after Y, as in Y170000002 or Y-17E7"
    return "expected a year of four digits, as in 2024 or -0043"


def _refuse_run_together(text: str, position: int, end: int) -> None:
    if position < end and text[position].isdigit():
        raise WhenError(
            "a year has four digits and a hyphen behind it; a longer one begins with Y, as in Y170000002", position
        )


def _plain_year(match: re.Match[str], begin: int) -> Year:
    if match["plain"] == "-0000":
        raise WhenError("the year 0, which is 1 BC, is written 0000", begin)
    return _with_significance(match, int(match["plain"]), match["plain"])


def _long_year(match: re.Match[str], begin: int) -> Year:
    digits = match["long"] or match["expanded"]
    exponent = (match["exponent"] or "0").lstrip("0") or "0"
    mantissa = digits.lstrip("+-").lstrip("0")
    if len(exponent) > 2 or len(mantissa) + int(exponent) > len(str(YEAR_LIMIT)):
        raise WhenError(_out_of_range(), begin)
    year = int(digits) * 10 ** int(exponent)
    if abs(year) > YEAR_LIMIT:
        raise WhenError(_out_of_range(), begin)
    if match["exponent"] is not None:
        written = f"Y{int(digits)}E{exponent}"
    else:
        written = iso_year(year) if abs(year) <= 9999 else f"Y{year}"
    return _with_significance(match, year, written)


def _out_of_range() -> str:
    return f"year out of range: expected one within {YEAR_LIMIT // 10**9} billion years of year 0"


def _with_significance(match: re.Match[str], year: int, written: str) -> Year:
    if match["significant"] is None:
        return Year(written, year, year, Precision.YEAR)
    known = int(match["significant"])
    digits = len(str(abs(year)))
    if not 1 <= known <= digits:
        raise WhenError(f"expected 1 to {digits} significant digits, as the year has", match.start("significant"))
    width = 10 ** (digits - known)
    low = abs(year) // width * width
    first, last = (low, low + width - 1) if year >= 0 else (-low - width + 1, -low)
    unknown = digits - known
    precision = _PRECISION_BY_UNKNOWN_DIGITS[unknown] if unknown < 4 else Precision.AGE
    return Year(f"{written}S{known}", first, last, precision, estimate=year)


def _unspecified_year(match: re.Match[str]) -> Year:
    pattern = match["plain"]
    if match["significant"] is not None:
        raise WhenError("S needs a year whose digits are all given", match.start("significant") - 1)
    digits = pattern.lstrip("-")
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    precision = _PRECISION_BY_UNSPECIFIED[digits.index("X")]
    if pattern.startswith("-"):
        return Year(pattern, -high, -low if low else -1, precision, pattern)
    return Year(pattern, low, high, precision, pattern)
