"""Layouts are made once a level, for very many events behind the scenes, and never wait for ever."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.scenes import Scene, make_scene, numbered, synthetic_table
from timeline_app.core.lanes import LaneSet
from timeline_app.scene.rows import Extents, Layout, lay_out
from timeline_app.ui.jobs import LARGE
from timeline_app.ui.timeline import layouts
from timeline_app.ui.timeline.layouts import MOST_KEPT, LayoutKeeper


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note the level of each layout that is made."""
    levels: list[int] = []

    def noted(lanes: LaneSet, extents: Extents, level: int, max_lines: int) -> Layout:
        levels.append(level)
        return lay_out(lanes, extents, level, max_lines)

    monkeypatch.setattr(layouts, "lay_out", noted)
    return levels


def keeper_of(scene: Scene) -> LayoutKeeper:
    keeper = LayoutKeeper()
    keeper.set_lanes(scene.lanes, scene.extents, scene.max_lines)
    return keeper


def test_few_events_are_laid_out_at_once_and_once_a_level(qtbot: QtBot, made: list[int]) -> None:
    keeper = keeper_of(make_scene(numbered(["2024-06-01", "2024-06-02"])))
    for level in (3, 4, 3, 4):
        assert keeper.layout(level).level == level
    assert made == [3, 4]


def test_the_oldest_layouts_are_dropped(qtbot: QtBot, made: list[int]) -> None:
    keeper = keeper_of(make_scene(numbered(["2024-06-01"])))
    for level in range(MOST_KEPT + 1):
        keeper.layout(level)
    keeper.layout(0)
    assert made.count(0) == 2
    keeper.layout(MOST_KEPT)
    assert made.count(MOST_KEPT) == 1


def test_other_lanes_are_laid_out_anew(qtbot: QtBot) -> None:
    keeper = keeper_of(make_scene(numbered(["2024-06-01"])))
    assert keeper.layout(3).shown == 1
    scene = make_scene(numbered(["2024-06-01", "2025-06-01"]))
    keeper.set_lanes(scene.lanes, scene.extents, scene.max_lines)
    assert keeper.layout(3).shown == 2


def test_very_many_events_get_the_nearest_level_first_and_the_right_one_soon(qtbot: QtBot, made: list[int]) -> None:
    keeper = keeper_of(make_scene(synthetic_table(LARGE + 1_000)))
    assert keeper.layout(20).level == 20
    with qtbot.waitSignal(keeper.ready):
        for _ in range(50):  # a pan asks for the same level again and again
            assert keeper.layout(17).level == 20
    assert keeper.layout(17).level == 17
    assert made == [20, 17]


def test_the_level_asked_for_last_is_the_one_that_comes(qtbot: QtBot) -> None:
    keeper = keeper_of(make_scene(synthetic_table(LARGE + 1_000)))
    keeper.layout(20)
    with qtbot.waitSignal(keeper.ready):
        for level in (19, 18, 17, 10):
            keeper.layout(level)
    assert keeper.layout(10).level == 10


def test_a_layout_of_lanes_that_are_gone_is_dropped(qtbot: QtBot) -> None:
    keeper = keeper_of(make_scene(synthetic_table(LARGE + 1_000)))
    keeper.layout(20)
    keeper.layout(12)
    other = make_scene(numbered(["2024-06-01"]))
    keeper.set_lanes(other.lanes, other.extents, other.max_lines)
    assert keeper.layout(12).shown == 1


def test_a_layout_that_fails_is_told_and_can_be_asked_for_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = keeper_of(make_scene(synthetic_table(LARGE + 1_000)))
    keeper.layout(20)

    def fail(*_values: object) -> Layout:
        raise ArithmeticError("planned")

    with monkeypatch.context() as patch, qtbot.captureExceptions() as caught:
        patch.setattr(layouts, "lay_out", fail)
        keeper.layout(17)
        qtbot.waitUntil(lambda: bool(caught))
    assert [str(value) for _, value, _ in caught] == ["planned"]
    with qtbot.waitSignal(keeper.ready):
        keeper.layout(17)


def test_lanes_come_first(qtbot: QtBot) -> None:
    with pytest.raises(RuntimeError, match="set_lanes"):
        LayoutKeeper().layout(3)
