"""Write the date of a coded dataset that stands in columns of year, month and day as EDTF."""

from __future__ import annotations

import re

from timeline_app.core.errors import WhenError
from timeline_app.core.when import parse
from timeline_app.readers.civil_text import date_text
from timeline_app.readers.tree import shortened

_WHOLE = re.compile(r"(-?\d{1,9})(?:\.0{1,6})?", re.ASCII)
_MONTHS = 12
_LAST_YEAR = 9_999
# Longer ones are no years or counts, and of very long ones Python makes no number.
_LONGEST_NUMBER = 10


def whole_number(cell: str) -> str:
    """Return a whole number without the zeros that a data frame puts behind it, another text as it is."""
    match = _WHOLE.fullmatch(cell.strip())
    return match[1] if match is not None else cell.strip()


def is_number(text: str) -> bool:
    """Tell whether a text is a whole number of a length that a year or a count may have."""
    return text.isdecimal() and len(text) <= _LONGEST_NUMBER


def parted_date(year: str, month: str, day: str) -> str:
    """Return the day, or the month or the year where no more is known, as it is written where it is no such number.

    What is empty, zero or negative is not known; without a year that is "".
    """
    written = [whole_number(cell) for cell in (year, month, day)]
    known = next((place for place, text in enumerate(written) if _is_unknown(text)), len(written))
    parts = [int(text) for text in written[:known] if is_number(text)]
    if len(parts) < known or (known and parts[0] > _LAST_YEAR):
        return "-".join(written[:known])
    if known == 0:
        return ""
    return date_text(parts[0], parts[1] if known > 1 else None, parts[2] if known > 2 else None)


def fault_of_parts(names: tuple[str, str, str], year: str, month: str, day: str) -> str:
    """Return why columns of these names tell no date, "" where they tell one."""
    counted = whole_number(year)
    if is_number(counted) and int(counted) > _LAST_YEAR:
        return f'{names[0]}: expected a year of four digits; found "{shortened(year.strip(), 40)}"'
    number = whole_number(month)
    # Months beyond the twelfth would be seasons and quarters.
    if not (_is_unknown(number) or (is_number(number) and int(number) <= _MONTHS)):
        return f'{names[1]}: expected a number from 0 to 12; found "{shortened(month.strip(), 40)}"'
    try:
        parse(parted_date(year, month, day))
    except WhenError as error:
        return f"{', '.join(names)}: {error}"
    return ""


def _is_unknown(text: str) -> bool:
    return not text or text.startswith("-") or set(text) == {"0"}
