"""What may be asked of a picture, checked before Qt is loaded to draw it."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from timeline_app.commands.inputs import similar_ids
from timeline_app.commands.qt_runtime import require_qt
from timeline_app.core.errors import FilterError, UsageError
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.lanes import Grouping
from timeline_app.core.table import EventTable
from timeline_app.scene.paper import MOST_PAGES, sheet_mm, sheet_px
from timeline_app.writers import write_file

Kind = Literal["png", "svg", "pdf"]
Theme = Literal["light", "dark"]

PICTURE_FORMATS: Mapping[Kind, str] = MappingProxyType(
    {
        "png": "a picture in pixels",
        "svg": "a picture in vectors, for drawing programs and the web",
        "pdf": "a picture in vectors, for print",
    }
)

_SIZE = re.compile(r"([1-9]\d{1,4})x([1-9]\d{1,4})", re.ASCII)
_SMALLEST_PX, _LARGEST_PX = 200, 16_000
_DEFAULT_SIZE_PX = (1600, 900)
_LARGEST_SCALE = 8.0


@dataclass(frozen=True, slots=True)
class PictureWishes:
    """How a picture is to look; `view_from` and `view_to` are EDTF texts, "" for as far as the events go.

    `sheet_mm` is the sheet of paper that each page fills, None for pages of the size in pixels.
    """

    size_px: tuple[int, int]
    scale: float
    theme: Theme
    view_from: str
    view_to: str
    select: str | None
    lanes: str
    whole_window: bool
    pages: int
    sheet_mm: tuple[float, float] | None


def picture_kind(path: Path, name: str | None) -> Kind | None:
    """Return the kind of picture that a name or else the ending of a path asks for, None for no picture."""
    asked = name or path.suffix.lower().removeprefix(".")
    return next((kind for kind in PICTURE_FORMATS if kind == asked), None)


def picture_wishes(arguments: argparse.Namespace) -> PictureWishes:
    """Return how the picture is to look; raises UsageError for what cannot be drawn."""
    _check_pages(arguments)
    scale = _scale(arguments.scale) if arguments.scale else 1.0
    across = (arguments.pages or 1) if arguments.wide else 1
    size_px = _size_px(arguments.size) if arguments.size else _DEFAULT_SIZE_PX
    sheet = sheet_mm(arguments.page, is_upright=arguments.portrait, across=across) if arguments.page else None
    return PictureWishes(
        size_px=sheet_px(sheet, scale) if sheet is not None else (size_px[0] * across, size_px[1]),
        scale=scale,
        theme=arguments.theme or "light",
        view_from=arguments.view_from or "",
        view_to=arguments.view_to or "",
        select=arguments.select,
        lanes=arguments.lanes or "",
        whole_window=arguments.window,
        pages=1 if arguments.wide else arguments.pages or 1,
        sheet_mm=sheet,
    )


def _check_pages(arguments: argparse.Namespace) -> None:
    """Refuse pages that contradict each other; raises UsageError."""
    if arguments.pages is not None and not 1 <= arguments.pages <= MOST_PAGES:
        raise UsageError(f"--pages takes a number from 1 to {MOST_PAGES}; found {arguments.pages}")
    if arguments.page and arguments.size:
        raise UsageError("--page tells the size of the sheet; --size is for pages of any size")
    for name, needed in (("portrait", "page"), ("wide", "pages")):
        if getattr(arguments, name) and not getattr(arguments, needed):
            raise UsageError(f"--{name} needs --{needed}")
    if arguments.window and (arguments.page or arguments.pages):
        raise UsageError("--window is one page, as large as the window; --page and --pages are for the timeline")


def write_picture_file(
    table: EventTable,
    wanted: Filter,
    path: Path,
    kind: Kind,
    wishes: PictureWishes,
    *,
    force: bool,
) -> None:
    """Draw the picture and put it in place whole; raises UsageError or WriteError."""
    view_s = view_range_s(table, wanted, wishes)
    selected = _selected_row(table, wishes.select) if wishes.select is not None else None
    require_qt("a picture needs")
    # Qt is loaded only for pictures, so that all other exports work without it.
    from timeline_app.pictures import picture_bytes
    from timeline_app.ui.picture_wish import PictureKind, PictureWish  # The package of the window.

    wish = PictureWish(
        kind=PictureKind(kind),
        width_px=wishes.size_px[0],
        height_px=wishes.size_px[1],
        scale=wishes.scale,
        view_s=view_s,
        selected=selected,
        grouping=Grouping(wishes.lanes) if wishes.lanes else None,
        pages=wishes.pages,
        sheet_mm=wishes.sheet_mm,
    )
    picture = picture_bytes(table, wanted, wish, theme=wishes.theme, whole_window=wishes.whole_window)
    write_file(path, [picture], force=force, inputs=[Path(file.path) for file in table.files])


def view_range_s(table: EventTable, wanted: Filter, wishes: PictureWishes) -> tuple[int, int] | None:
    """Return the first and last second of the picture, None where the events decide; raises UsageError."""
    if not (wishes.view_from or wishes.view_to):
        return None
    extent_s = table.extent_of(evaluate(wanted, table).rows)
    try:
        first_s, last_s = Filter(since=wishes.view_from, until=wishes.view_to).range_s()
    except FilterError as error:
        raise UsageError(f"--view-from and --view-to: {error}") from error
    if extent_s is not None:
        first_s = first_s if wishes.view_from else min(extent_s[0], last_s)
        last_s = last_s if wishes.view_to else max(extent_s[1], first_s)
    if first_s >= last_s:
        raise UsageError("the picture would end before it begins; see --view-from and --view-to")
    return first_s, last_s


def _selected_row(table: EventTable, event_id: str) -> int:
    row = table.row_of(event_id)
    if row is None:
        raise UsageError(f"there is no event “{event_id}” to select{similar_ids(event_id, table)}")
    return row


def _size_px(text: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(text)
    size_px = (int(match[1]), int(match[2])) if match else (0, 0)
    if not all(_SMALLEST_PX <= side_px <= _LARGEST_PX for side_px in size_px):
        limits = f"each from {_SMALLEST_PX} to {_LARGEST_PX}"
        raise UsageError(f"--size takes WIDTHxHEIGHT, {limits}, as in 1600x900; found “{text}”")
    return size_px


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = math.nan
    if not 0.25 <= scale <= _LARGEST_SCALE:
        raise UsageError(f"--scale takes a number from 0.25 to {_LARGEST_SCALE:g}; found “{text}”")
    return scale
