"""Cite the words of a source so that an editor can find them: who wrote what, where and when, and the words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from timeline_app.core.errors import WhenError
from timeline_app.core.event import Event, Excerpt, Source
from timeline_app.core.safe_text import isolated_text, safe_text
from timeline_app.core.when import in_words, parse

# Hebrew, Arabic and their neighbours, with the presentation forms and the right-to-left planes.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def citation(excerpt: Excerpt, source: Source | None) -> str:
    """Return author, “title”, publisher, dates, address and place in the text, then the excerpt in quotation marks.

    Plain text in one line. A field that runs from right to left is isolated, so that it cannot reorder its neighbours.
    """
    words = f"“{line_field(excerpt.text)}”"
    parts = [*source_fields(source), excerpt.locator] if source else [excerpt.source, excerpt.locator]
    told = ", ".join(line_field(part) for part in parts if part.strip())
    return f"{told}: {words}" if told else words


def event_citation(event: Event) -> str:
    """Return the title and date of an event, for one that quotes no source."""
    return f"{line_field(event.title)} ({in_words(event.when)})"


def source_fields(source: Source) -> list[str]:
    """Return what is known of a source in the order of a citation, without what is empty."""
    fields = [
        source.author,
        f"“{source.title.strip()}”" if source.title.strip() else "",
        source.publisher,
        date_words(source.published),
        f"retrieved {date_words(source.retrieved)}" if source.retrieved else "",
        source.url,
    ]
    return [field for field in fields if field.strip()] or [source.key]


def source_heading(source: Source) -> str:
    """Return what a source is called: its title, or whose page an address leads to, or else its key."""
    return source.title or (source.publisher if source.url else "") or source.key


def source_details(source: Source | None, locator: str) -> list[str]:
    """Return what is told of a source beside its name: publisher, dates, place in the text, without what is empty.

    A publisher that the source is called by is not told again.
    """
    parts = [locator]
    if source is not None:
        retrieved = f"retrieved {date_words(source.retrieved)}" if source.retrieved else ""
        publisher = source.publisher if source.publisher != source_heading(source) else ""
        parts = [publisher, date_words(source.published), retrieved, locator]
    return [part for part in parts if part.strip()]


def quiet_lines(details: Iterable[str]) -> list[str]:
    """Return details in one line, but for those from right to left: in a line of its own each leaves dates in order."""
    lines: list[list[str]] = []
    is_alone = True
    for detail in details:
        was_alone, is_alone = is_alone, _RIGHT_TO_LEFT.search(detail) is not None
        if was_alone or is_alone:
            lines.append([])
        lines[-1].append(detail)
    return [" · ".join(line) for line in lines]


def date_words(edtf: str) -> str:
    """Say a source's date in words, as it is written where it is not EDTF."""
    try:
        return in_words(parse(edtf)) if edtf else ""
    except WhenError:
        return edtf


def line_field(text: str) -> str:
    """Return a field as a part of a line: safe, and isolated where it runs from right to left."""
    flat = " ".join(text.split())
    return isolated_text(flat) if _RIGHT_TO_LEFT.search(flat) else safe_text(flat)
