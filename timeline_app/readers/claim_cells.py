"""Read the claims and links of an event back from the cells that exports write."""

from __future__ import annotations

import re
from collections.abc import Mapping

from timeline_app.core.errors import WhenError
from timeline_app.core.event import Claim, Link
from timeline_app.core.when import When, parse
from timeline_app.readers.fields import NUMBER
from timeline_app.readers.list_cells import Entry, entries, text_of

# As the CSV export writes it: troops sent: 10000 to 19000 people (United States, NATO), deaths: 3 (0 to 5) people.
_CLAIM = re.compile(r"(?P<about>[^:]*): (?P<figure>.*?)(?: \((?P<by>[^()]*)\))?", re.DOTALL)
_INTERVAL = re.compile(r"(?P<low>\S+) to (?P<high>\S+)(?: (?P<unit>.*))?", re.DOTALL)
_BOUNDED = re.compile(r"(?P<value>\S+) \((?P<low>\S+) to (?P<high>\S+)\)(?: (?P<unit>.*))?", re.DOTALL)
_BOUNDS = re.compile(r"\S+ to \S+")
_NO_BOUND = "…"


def claims_of(cell: str) -> tuple[Claim, ...]:
    """Return the claims of a cell."""
    return tuple(_claim(entry) for entry in entries(cell))


def links_of(cell: str) -> tuple[Link, ...]:
    """Return the links of a cell, each as `id` or `kind: id`."""
    found = []
    for entry in entries(cell):
        if isinstance(entry, Mapping):
            to, kind = text_of(entry, "to"), text_of(entry, "kind")
        else:
            kind, colon, to = entry.rpartition(": ")
            kind = kind if colon else ""
        if to:
            found.append(Link(to, kind))
    return tuple(found)


def _claim(entry: Entry) -> Claim:
    if isinstance(entry, Mapping):
        by = entry.get("by")
        names = tuple(map(text_of, by)) if isinstance(by, list) else tuple(filter(None, (text_of(by),)))
        return Claim(
            about=text_of(entry, "about"),
            by=names,
            value=text_of(entry, "value"),
            low=text_of(entry, "low"),
            high=text_of(entry, "high"),
            unit=text_of(entry, "unit"),
            when=_date(text_of(entry, "when")),
            source=text_of(entry, "source"),
            excerpt=text_of(entry, "excerpt"),
            reported=text_of(entry, "reported"),
        )
    match = _CLAIM.fullmatch(entry)
    if match is None:
        return Claim(entry)
    figure, by = match["figure"], match["by"] or ""
    if _BOUNDS.fullmatch(by) and NUMBER.fullmatch(figure):
        # What stands behind a figure alone are its bounds, and nobody says it.
        figure, by = f"{figure} ({by})", ""
    return _with_figure(match["about"], tuple(by.split(", ")) if by else (), figure)


def _with_figure(about: str, by: tuple[str, ...], figure: str) -> Claim:
    interval = _BOUNDED.fullmatch(figure) or _INTERVAL.fullmatch(figure)
    if interval is not None:
        told = interval.groupdict("")
        low, high = (text if text != _NO_BOUND else "" for text in (told["low"], told["high"]))
        return Claim(about, by, told.get("value", ""), low, high, told["unit"])
    value, _, unit = figure.partition(" ")
    if NUMBER.fullmatch(value):
        return Claim(about, by, value, unit=unit)
    date = _date(figure)
    return Claim(about, by, when=date) if date is not None else Claim(about, by, figure)


def _date(text: str) -> When | None:
    try:
        return parse(text) if text else None
    except WhenError:
        return None
