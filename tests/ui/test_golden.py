"""A few pictures that a person has looked at; REWRITE_GOLDEN=1 makes them anew, to be looked at again."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.helpers.canvases import bundled, make_look
from tests.helpers.pictures import share_apart
from tests.helpers.scenes import synthetic_table
from tests.helpers.tables import make_event, make_table
from timeline_app.core.filter import Filter, FilterResult, evaluate
from timeline_app.core.lanes import Grouping, build_lanes
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.scene.frame import Canvas, Measures, build_frame
from timeline_app.scene.guides import datelines
from timeline_app.scene.layout import Layouts
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.timeline.painter import FramePainter, Highlights
from timeline_app.ui.timeline.title_measure import title_extents

FOLDER = Path(__file__).resolve().parents[1] / "golden"
REWRITE = os.environ.get("REWRITE_GOLDEN") == "1"
WIDTH_PX, HEIGHT_PX = 760, 440
LARGEST_SHARE = 0.005


@dataclass(frozen=True, slots=True)
class Golden:
    """What one picture shows: a table, of which no event passes surely where `possible`, over a stretch of time."""

    table: Callable[[], EventTable]
    first: str
    last: str
    theme: str = "light"
    text_scale: float = 1.0
    possible: bool = False
    max_lines: int = 6
    limit: int = 12
    highlights: Highlights = field(default_factory=Highlights)


def doubtful() -> EventTable:
    """Return an event of every kind of date, in lanes of their own for sure and for possible ones."""
    whens = {
        "summit": ["2024-06-19", "2024-06-19?", "2024-06-19~"],
        "attack": ["2024-06-12/2024-06-24", "2024-06", "2024-05~/2024-07"],
        "supply": ["2024-06-15/..", "../2024-06-25", "2024-06-10/"],
        "election": ["2024-05-25", "2024-06-20T12:00/2024-06-28T12:00"],
        "statement": ["2024-07-01", "2024-07-02?"],
    }
    events = [
        make_event(f"{kind} {when}", when, type_=kind, actors=[kind.capitalize()], importance=5 if place == 0 else 3)
        for kind, dates in whens.items()
        for place, when in enumerate(dates)
    ]
    return make_table(events)


def crowd() -> EventTable:
    return synthetic_table(4_000, first="2014")


POINTED = Highlights(selected=(10,), pointer_px=420.0, pointer_label="1 Oct 2024")
GOLDEN = {
    "bundled-light": Golden(bundled, "2024-05", "2025-02", max_lines=14, highlights=Highlights(selected=(10,))),
    "bundled-dark": Golden(bundled, "2024-05", "2025-02", "dark", max_lines=14, highlights=POINTED),
    "doubt-light": Golden(doubtful, "2024-05-15", "2024-07-20"),
    "possible-dark-large": Golden(doubtful, "2024-05-15", "2024-07-20", "dark", 1.5, possible=True),
    "crowd-light": Golden(crowd, "2014", "2024", max_lines=4, limit=4),
}


def drawn(golden: Golden) -> QImage:
    table = golden.table()
    look = make_look(table, golden.theme, golden.text_scale)
    painter = FramePainter(look, safe_text)
    result = evaluate(Filter(), table)
    if golden.possible:
        result = FilterResult(len(table), surely=np.zeros(len(table), np.bool_))
    lanes = build_lanes(table, result, Filter(), Grouping.ACTOR, limit=golden.limit)
    extents = title_extents(table, painter.title_font)
    span_s = parse(golden.first).start_earliest_s, parse(golden.last).end_latest_s
    view = Viewport.fit(*span_s, WIDTH_PX, margin=0.0)
    canvas = Canvas(HEIGHT_PX, 0, Measures.at(golden.text_scale), EnglishWords(), datelines(table))
    layouts = Layouts(lanes, extents, golden.max_lines)
    layouts.prepare(view, None)
    frame = build_frame(table, layouts, result.certain, view, canvas)
    image = QImage(QSize(WIDTH_PX, HEIGHT_PX), QImage.Format.Format_RGB32)
    with QPainter(image) as on_image:
        painter.paint(on_image, frame, table, Grouping.ACTOR, golden.highlights)
    return image


@pytest.mark.parametrize("name", list(GOLDEN))
def test_the_timeline_looks_as_it_did(name: str, qapp: QApplication) -> None:
    image, file = drawn(GOLDEN[name]), FOLDER / f"{name}.png"
    if REWRITE:
        assert image.save(str(file))
    kept = QImage(str(file))
    assert kept.size() == image.size(), f"{file.name} is missing or of another size: set REWRITE_GOLDEN=1 and look"
    assert share_apart(image, kept) < LARGEST_SHARE


def test_the_comparison_sees_a_moved_title(qapp: QApplication) -> None:
    image = drawn(GOLDEN["bundled-light"])
    moved = image.copy(-3, 0, WIDTH_PX, HEIGHT_PX)
    assert share_apart(image, moved) > LARGEST_SHARE
    assert share_apart(image, image.copy()) == 0


def test_no_picture_is_kept_that_nothing_compares(qapp: QApplication) -> None:
    assert {file.stem for file in FOLDER.glob("*.png")} == set(GOLDEN)
