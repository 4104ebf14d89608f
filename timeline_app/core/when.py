"""The public door to dates: reading EDTF, the four bounds that a date gives, and saying it in words."""

from __future__ import annotations

from timeline_app.core.calendar import FUTURE_S, PAST_S
from timeline_app.core.when_column import WhenColumn, WhenFlag, flags_of, parse_column
from timeline_app.core.when_parse import parse
from timeline_app.core.when_value import Precision, When, bounds_iso, iso_bound, sort_key
from timeline_app.core.when_words import in_words

__all__ = [
    "FUTURE_S",
    "PAST_S",
    "Precision",
    "When",
    "WhenColumn",
    "WhenFlag",
    "bounds_iso",
    "flags_of",
    "in_words",
    "iso_bound",
    "parse",
    "parse_column",
    "sort_key",
]
