"""Read the date of a feature of GeoJSON: from its properties, or from the “when” that some add to a feature.

GeoJSON itself knows no time. The formats of gazetteers (GeoJSON-T, Linked Places) put `when: {timespans: [{start: {in:
…}, end: {…}}]}` beside the geometry; others `when: {start, stop}`. Servers of maps give milliseconds since 1970.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from timeline_app.core.edtf import LENGTH_LIMIT
from timeline_app.readers.civil_text import interval_text
from timeline_app.readers.script_dates import ScriptDate, date_of_milliseconds, days_or_times, script_date
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, text_in

_MILLISECONDS = re.compile(r"-?\d{11,14}", re.ASCII)
_ISO = re.compile(r"[+-]?\d{4,6}(?:-\d|\d{4}\b)", re.ASCII)
_STARTS, _ENDS = ("start", "datetime", "in"), ("end", "stop")


def plain_dates(written: Mapping[str, str]) -> dict[str, str]:
    """Return the dates of one feature in EDTF, as days where all times are midnight.

    What is in no form that is surely meant is returned as it stands, for its reader to take or to refuse.
    """
    dates = {name: date for name, text in written.items() if (date := _date(text.strip())) is not None}
    return {**written, **days_or_times(dates)}


def when_text(node: Node) -> str:
    """Return the date of a “when” in EDTF, "" where it has none."""
    if isinstance(node, TextNode):
        return node.text.strip()
    if not isinstance(node, MappingNode):
        return ""
    spans = node.entries.get("timespans")
    if spans is not None and isinstance(spans[1], ListNode):
        first = next((item for item in spans[1].items if isinstance(item, MappingNode)), None)
        return when_text(first) if first is not None else ""
    bounds = plain_dates({"start": _bound(node, _STARTS), "end": _bound(node, _ENDS)})
    return interval_text(bounds["start"], bounds["end"])


def _bound(node: MappingNode, names: tuple[str, ...]) -> str:
    """Return one end of a time: a text, or `{in}`, or `{earliest, latest}`."""
    value = next((node.entries[name][1] for name in names if name in node.entries), None)
    if isinstance(value, TextNode):
        return value.text.strip()
    if not isinstance(value, MappingNode):
        return ""
    within, earliest, latest = (text_in(value, name) for name in ("in", "earliest", "latest"))
    if within or not (earliest or latest):
        return within
    return earliest if earliest == latest else f"[{earliest}..{latest}]"


def _date(text: str) -> ScriptDate | None:
    if len(text) > LENGTH_LIMIT:
        return None
    if _MILLISECONDS.fullmatch(text):
        return date_of_milliseconds(int(text))
    # Of dates with slashes nobody knows which comes first, the day or the month.
    return script_date(text) if _ISO.match(text) else None
