"""Which columns a file of the UCDP GED has: by its header, or without one by what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from timeline_app.readers.delimited import column_names

_FEWEST_COLUMNS = 6
# Names that hardly any other table has.
_OWN_NAMES = frozenset(
    {
        *("active_year", "code_status", "type_of_violence", "conflict_new_id", "dyad_new_id", "dyad_name", "side_a"),
        *("side_b", "source_article", "source_office", "where_prec", "where_coordinates", "priogrid_gid"),
        *("event_clarity", "date_prec", "date_end", "deaths_civilians", "gwnoa", "conflict_name"),
    }
)
# What columns were called in the first releases, and in shapefiles, where names have ten letters at most.
_OLDER = {
    "event_id": "id",
    "best_est": "best",
    "high_est": "high",
    "low_est": "low",
    "type_of_vi": "type_of_violence",
    "active_yea": "active_year",
    "code_statu": "code_status",
    "conflict_n": "conflict_name",
    "source_art": "source_article",
    "source_off": "source_office",
    "source_dat": "source_date",
    "source_hea": "source_headline",
    "where_coor": "where_coordinates",
    "where_desc": "where_description",
    "event_clar": "event_clarity",
    "deaths_civ": "deaths_civilians",
    "deaths_unk": "deaths_unknown",
    "priogrid_g": "priogrid_gid",
}
_BEFORE_ESTIMATES = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id"),
    *("conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a"),
    *("side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office"),
    *("source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description"),
    *("adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region"),
    *("event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians"),
    "deaths_unknown",
)
WHOLE_NUMBERS = frozenset(
    name
    for name in (*_BEFORE_ESTIMATES, "best", "high", "low", "gwnoa", "gwnob")
    if name.endswith(("id", "_prec", "_clarity", "sources")) or name.startswith(("deaths", "gwno", "year", "active"))
) | {"best", "high", "low", "type_of_violence"}
# Releases have had the three estimates in these orders.
_ORDERS = tuple(
    (*_BEFORE_ESTIMATES, *estimates, "gwnoa", "gwnob")
    for estimates in (("best", "high", "low"), ("low", "best", "high"), ("best", "low", "high"))
)
_WHOLE = r"-?\d+"
_DAY = r"\d{4}-\d\d-\d\d(?:[ T]00:00(?::00(?:\.0+)?)?)?"
_KINDS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.ASCII)
    for name, pattern in {
        **dict.fromkeys(("id", "best", "high", "low", "deaths_a", "deaths_civilians"), _WHOLE),
        **dict.fromkeys(("date_start", "date_end"), _DAY),
        **dict.fromkeys(("latitude", "longitude"), r"-?\d+(?:\.\d*)?"),
        "year": r"\d{4}",
        "type_of_violence": "[123]",
        "where_prec": "[1-7]",
        "event_clarity": "[12]",
        "date_prec": "[1-5]",
        "geom_wkt": r"POINT.*|",
    }.items()
}


def is_header(cells: Sequence[str]) -> bool:
    """Tell whether a row names the columns of the GED."""
    names = set(header_columns(cells))
    return "date_start" in names and len(names & _OWN_NAMES) >= _FEWEST_COLUMNS


def header_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that a header names, as they are called today."""
    names = [cell.strip().casefold() for cell in cells]
    known = {None, *names}
    return column_names([name if _OLDER.get(name) in known else _OLDER[name] for name in names])


def headerless_columns(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the columns of a file without header, in the order that its rows bear out; none when no order does."""
    whole = [row for row in rows if len(row) == len(_ORDERS[0])]
    if not whole or len(whole) < len(rows) / 2:
        return ()
    return next((order for order in _ORDERS if all(_bears_out(row, order) for row in whole)), ())


def _bears_out(row: Sequence[str], order: Sequence[str]) -> bool:
    cells = dict(zip(order, map(str.strip, row), strict=True))
    if not all(pattern.fullmatch(cells[name]) for name, pattern in _KINDS.items()):
        return False
    return int(cells["low"]) <= int(cells["best"]) <= int(cells["high"])
