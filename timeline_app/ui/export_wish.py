"""What can be exported, of which part, in which format, and what the user asked for of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from timeline_app.writers import writers
from timeline_app.writers.registry import WITH_NOTES


class What(StrEnum):
    """What can be exported."""

    EVENTS = "events"
    TIMELINE = "timeline"
    WINDOW = "window"


class Which(StrEnum):
    """Which events: those that pass the filter within the view, all that pass it, or all there are."""

    SEEN = "seen"
    PASSING = "passing"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name, what people call it, the endings of its files, what it is good for.

    `takes_notes`: the user's own notes have a place in it.
    """

    name: str
    label: str
    endings: tuple[str, ...]
    help: str
    takes_notes: bool = False


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What the user asked for; the size is for the timeline, scale and theme for it and the window.

    `replaces`: a file in the way may go. `sheet` is the paper that the pages of a PDF fill, "" for their own size;
    `is_wide` puts the pages side by side as one. `guards`: cells that look like formulas get a mark.
    `with_notes`: the user's own notes go along.
    """

    what: What
    format: str
    path: Path
    width_px: int
    height_px: int
    scale: int
    theme: str
    replaces: bool
    which: Which = Which.SEEN
    sheet: str = ""
    is_upright: bool = False
    pages: int = 1
    is_wide: bool = False
    guards: bool = True
    with_notes: bool = False


PICTURES = (
    Format("png", "PNG", (".png",), "a picture in pixels"),
    Format("svg", "SVG", (".svg",), "a picture in vectors, for drawing programs and the web"),
    Format("pdf", "PDF", (".pdf",), "a picture in vectors, for print"),
)
WHAT_WORDS: Mapping[What, str] = MappingProxyType(
    {
        What.EVENTS: "The events",
        What.TIMELINE: "A picture of the timeline",
        What.WINDOW: "A picture of the whole window",
    }
)
WHICH_WORDS: Mapping[Which, str] = MappingProxyType(
    {
        Which.SEEN: "What I see",
        Which.PASSING: "All that passes the filter",
        Which.ALL: "Everything, whatever the filter",
    }
)


def formats_of(what: What) -> tuple[Format, ...]:
    """Return the formats that something can be exported in."""
    if what is What.EVENTS:
        return tuple(
            Format(
                writer.name,
                writer.label or writer.name.upper(),
                writer.endings,
                writer.description,
                writer.takes(WITH_NOTES),
            )
            for writer in writers()
        )
    return PICTURES
