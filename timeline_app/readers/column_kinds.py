"""What the cells of a column are: dates, numbers, coordinates, addresses, words, texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from timeline_app.core.errors import WhenError
from timeline_app.readers.blank_cells import filled
from timeline_app.readers.clock_cells import is_clock
from timeline_app.readers.day_order import NUMERIC
from timeline_app.readers.fields import NUMBER
from timeline_app.readers.written_dates import LONGEST_DATE, edtf_of
from timeline_app.readers.year_months import year_and_month

_ENOUGH = 0.9
_LONG_TEXT = 80
_FEW_VALUES = 0.3
_WEB = ("http://", "https://", '["http://', '["https://')
_DECIMAL = re.compile(r"[+-]?\d{1,3}[.,]\d+", re.ASCII)
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_POINT = re.compile(r"\(?[+-]?\d{1,3}\.\d+\s*[,; ]\s*[+-]?\d{1,3}\.\d+\)?|POINT ?\(.*\)", re.ASCII)


class ColumnKind(StrEnum):
    """What nearly all cells of a column are."""

    NOTHING = "nothing"
    DATE = "dates"
    YEAR = "years"
    CLOCK = "times of day"
    NUMBER = "numbers"
    POINT = "coordinates"
    ADDRESS = "addresses"
    TEXT = "texts"
    NAME = "names"
    WORDS = "words"


def kind_of(cells: Sequence[str]) -> ColumnKind:
    """Return what nearly all of some cells are that say something."""
    values = [text for cell in cells if (text := filled(cell).strip())]
    if not values:
        return ColumnKind.NOTHING
    checks = (
        (ColumnKind.ADDRESS, _is_address),
        (ColumnKind.YEAR, _is_year),
        (ColumnKind.CLOCK, is_clock),
        (ColumnKind.NUMBER, _is_number),
        (ColumnKind.POINT, _is_point),
        (ColumnKind.DATE, is_date),
    )
    for kind, check in checks:
        if sum(map(check, values)) >= _ENOUGH * len(values):
            return kind
    if sum(map(len, values)) > _LONG_TEXT * len(values):
        return ColumnKind.TEXT
    return ColumnKind.WORDS if len(set(values)) <= _FEW_VALUES * len(values) else ColumnKind.NAME


def is_date(cell: str) -> bool:
    """Tell whether a cell is a date, also one of which only the column can tell what stands first; no bare number."""
    text = cell.strip()
    if len(text) > LONGEST_DATE or NUMBER.fullmatch(text):
        return bool(re.fullmatch(r"[12]\d{3}[01]\d[0-3]\d", text, re.ASCII))
    if NUMERIC.fullmatch(text) is not None or ("/" in text and year_and_month(text)):
        return True
    try:
        return bool(edtf_of(text))
    except WhenError:
        return NUMERIC.match(text) is not None


def _is_address(text: str) -> bool:
    return text.startswith(_WEB)


def _is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None


def _is_number(text: str) -> bool:
    return not is_date(text) and (NUMBER.fullmatch(text) is not None or _DECIMAL.fullmatch(text) is not None)


def _is_point(text: str) -> bool:
    return _POINT.fullmatch(text) is not None
