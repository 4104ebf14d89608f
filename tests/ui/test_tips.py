"""What is said beside the pointer: of a count how many, when and who, exactly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import make_canvas
from tests.helpers.small_conflict import small_table
from tests.helpers.troops import DISPUTED
from timeline_app.core.arrays import Int32Array
from timeline_app.core.filter import Filter, evaluate
from timeline_app.loading import load_table
from timeline_app.scene.clusters import Cluster
from timeline_app.scene.hit import Hit
from timeline_app.ui import tips
from timeline_app.ui.timeline.accessible_words import event_description
from timeline_app.ui.timeline.column_hit import Column
from timeline_app.ui.tips import TimelineTips, tip_text

TABLE = small_table()
ALL = evaluate(Filter(), TABLE)


def cluster(*rows: int, kind: type[Cluster] = Cluster) -> Cluster:
    members: Int32Array = np.array(rows, np.int32)
    return kind(0, 50.0, 50.0, 64.0, len(rows), rows[0], rows[-1], lambda: members, lambda asked: asked)


def test_a_count_says_how_many_when_and_who() -> None:
    assert tip_text(Hit(cluster=cluster(2, 3, 4)), TABLE, ALL).splitlines() == [
        "3 events, 1 to 24 October 2024, 3 actors",
        "",
        "Training",
        "Move to Kursk",
        "Summit",
        "Double click opens them",
    ]


def test_a_column_says_how_many_begin_in_it_and_when() -> None:
    lines = tip_text(Hit(cluster=cluster(2, 3, 4, kind=Column)), TABLE, ALL).splitlines()
    assert lines[0] == "3 events begin 1 to 23 October 2024, 3 actors"
    assert lines[2:5] == ["Training", "Move to Kursk", "Summit"]
    assert tip_text(Hit(cluster=cluster(4, kind=Column)), TABLE, ALL).startswith("1 event begins 23 October 2024, ")


def test_a_count_says_how_many_of_it_pass_only_possibly() -> None:
    result = evaluate(Filter(until="2024-10-23"), TABLE)
    words = tip_text(Hit(cluster=cluster(2, 3, 4)), TABLE, result).splitlines()
    assert words[0] == "3 events, 1 to 24 October 2024, 3 actors (2 + 1 possible)"


def test_of_many_the_most_important_titles_are_said() -> None:
    words = tip_text(Hit(cluster=cluster(*range(8))), TABLE, ALL).splitlines()
    assert words[0].startswith("8 events, ")
    assert words[0].endswith(", 7 actors")
    assert words[2:] == ["Pact", "Raid", "Election", "Training", "Move to Kursk", "and 3 more; double click opens them"]


def test_one_event_alone() -> None:
    assert tip_text(Hit(row=0), TABLE, ALL) == "Pact\nJune 2024\n\n“in June”"
    assert tip_text(Hit(), TABLE, ALL) == ""


def test_very_many_are_looked_through_in_the_background(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(tips, "LARGE", 2)
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, _widget: said.append(words))
    monkeypatch.setattr(tips, "tooltip_markup", lambda words, **_options: words)
    canvas = make_canvas(qtbot, TABLE)
    TimelineTips(canvas)
    canvas.tip_wanted.emit(Hit(cluster=cluster(2, 3, 4)), QPointF(5, 5))
    assert said == ["3 events"]
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[1].startswith("3 events, 1 to 24 October 2024, 3 actors")
    canvas.tip_wanted.emit(Hit(cluster=cluster(2, 3, 4)), QPointF(5, 5))
    canvas.tip_wanted.emit(None, None)
    canvas.tip_wanted.emit(Hit(row=0), QPointF(5, 5))
    assert said[2:] == ["3 events", "Pact\nJune 2024\n\n“in June”"]


def test_as_known_on_a_day_nothing_is_said_that_came_later(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, words, _widget: said.append(words))
    monkeypatch.setattr(tips, "tooltip_markup", lambda words, **_options: words)
    path = tmp_path / "troops.yaml"
    path.write_text(DISPUTED, encoding="utf-8")
    canvas = make_canvas(qtbot, load_table([path]))
    TimelineTips(canvas)
    hit = Hit(row=canvas.session.table.row_of("troops"))
    canvas.tip_wanted.emit(hit, QPointF(5, 5))
    canvas.session.set_filter(Filter(as_of="2024-10"))
    canvas.tip_wanted.emit(hit, QPointF(5, 5))
    summary = "troops 10000 to 12000: 2 speakers, 2 figures"
    assert said == [f"Troops\nOctober 2024\n{summary}\n\n“by then”", "Troops\nOctober 2024"]
    assert "by then" not in event_description(canvas.session, hit.row or 0)
