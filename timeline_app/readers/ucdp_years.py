"""What the yearly datasets of UCDP have in common: whole years, versions, regions, and dates beside the year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from timeline_app.core.errors import WhenError
from timeline_app.core.event import Claim
from timeline_app.core.when import When, parse
from timeline_app.readers.tree import shortened
from timeline_app.readers.ucdp_ged_when import plain_day

_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_VERSION = re.compile(r"(?:(\d\d)\.\d{1,2}|[\d.]{1,5}-(\d{4})[a-z]?)", re.ASCII)
_REGIONS = {"1": "Europe", "2": "Middle East", "3": "Asia", "4": "Africa", "5": "Americas"}
_KNOWN_TO_THE_DAY = "1"
_DATES = {
    "first death of the conflict": ("start_date", "start_prec"),
    "start of the episode": ("start_date2", "start_prec2"),
    "end of the episode": ("ep_end_date", "ep_end_prec"),
}


def whole_year(year: str) -> str:
    """Return a year as the time from its first day to its last, in EDTF."""
    written = year.strip()
    return f"{written}-01-01/{written}-12-31"


def fault_of_year(year: str) -> str:
    """Return why a cell is no year, "" for one."""
    written = year.strip()
    if _YEAR.fullmatch(written):
        return ""
    found = f'"{shortened(written, 40)}"' if written else "nothing"
    return f"year: expected four digits; found {found}"


def released(version: str) -> str:
    """Return the year in which a version of a dataset appeared, "" for what is no version."""
    match = _VERSION.fullmatch(version.strip())
    return (match[2] or f"20{match[1]}") if match is not None else ""


def regions_of(codes: str) -> Iterator[str]:
    """Give the regions of a cell of codes, those that are words already as they are."""
    for code in codes.split(","):
        yield _REGIONS.get(code.strip(), "" if code.strip().isdecimal() else code)


def claims_of_dates(cell: Callable[[str], str], publisher: str, dataset: str) -> Iterator[Claim]:
    """Give what a record says of the beginning and the end of its conflict, what is not exact as approximate."""
    for about, (date, precision) in _DATES.items():
        when = _date(cell(date), cell(precision))
        if when is not None:
            yield Claim(about, (publisher,), when=when, source=dataset)


def _date(written: str, precision: str) -> When | None:
    """Return a date beside the year, None where there is none that can be read; it is kept as it is then."""
    day = plain_day(written)
    if not day:
        return None
    try:
        return parse(day if precision == _KNOWN_TO_THE_DAY else f"{day}~")
    except WhenError:
        return None
