"""Read the date of a feature of GeoJSON: from its properties, or from the “when” that some add to a feature.

GeoJSON itself knows no time. The formats of gazetteers (GeoJSON-T, Linked Places) put `when: {timespans: [{start: {in:
…}, end: {…}}]}` beside the geometry; others `when: {start, stop}`. Servers of maps give milliseconds since 1970.
Tracks, and what Leaflet plays back, have a list of times among their properties, one for each point of the geometry:
`times`, `coordTimes`, also within `coordinateProperties`, or `linestringTimestamps`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from timeline_app.core.edtf import LENGTH_LIMIT
from timeline_app.core.errors import WhenError
from timeline_app.core.when import parse
from timeline_app.readers.civil_text import interval_text
from timeline_app.readers.script_dates import ScriptDate, date_of_milliseconds, days_or_times, script_date
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, text_in

_MILLISECONDS = re.compile(r"-?\d{11,14}", re.ASCII)
_ISO = re.compile(r"[+-]?\d{4,6}(?:-\d|\d{4}\b)", re.ASCII)
_TIMES = ("times", "coordTimes", "linestringTimestamps")
_WITHIN = "coordinateProperties"
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
        found = [_bounds(item) for item in spans[1].items if isinstance(item, MappingNode)]
        first = interval_text(*found[0]) if found else ""
        return first if len(found) < 2 else _from_first_to_last(found) or first
    return interval_text(*_bounds(node))


def _bounds(span: MappingNode) -> tuple[str, str]:
    """Return the start and the end of a time in EDTF."""
    bounds = plain_dates({"start": _bound(span, _STARTS), "end": _bound(span, _ENDS)})
    return bounds["start"], bounds["end"]


def _from_first_to_last(spans: Sequence[tuple[str, str]]) -> str:
    """Return the time from the first start to the last end of several, "" for none, and where any is no date."""
    try:
        starts = sorted((parse(start) for start, _ in spans), key=lambda when: when.start_earliest_s)
        ends = sorted((parse(end or start) for start, end in spans), key=lambda when: when.end_latest_s)
    except WhenError:
        return ""
    return interval_text(starts[0].text, ends[-1].text) if spans else ""


def times_text(properties: Node) -> str:
    """Return the time from the first to the last of those that a feature lists, "" where it lists none."""
    entries = properties.entries if isinstance(properties, MappingNode) else {}
    listed = next((entries[name][1] for name in _TIMES if name in entries), None)
    if listed is None:
        return times_text(entries[_WITHIN][1]) if _WITHIN in entries else ""
    times = plain_dates({str(number): text for number, text in enumerate(_texts(listed))})
    return _from_first_to_last([(text, "") for text in times.values()])


def _texts(listed: Node) -> list[str]:
    """Return the texts in a list, and in the lists in it."""
    if isinstance(listed, ListNode):
        return [text for item in listed.items for text in _texts(item)]
    return [listed.text] if isinstance(listed, TextNode) and listed.text.strip() else []


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
