"""In the window groups have the members of each event's time: lanes, counts, matrix and card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.groups_in_time import GROUPS_IN_TIME, TAKEN
from tests.helpers.shown import shown_window
from timeline_app.core.filter import Filter
from timeline_app.ui.dialogs.actor_card_dialog import ActorCardDialog
from timeline_app.ui.dialogs.dressing import DialogLabel
from timeline_app.ui.dialogs.meetings_dialog import MeetingsDialog
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.count_delegate import COUNTED_ROLE


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    path = tmp_path / "groups.yaml"
    path.write_text(GROUPS_IN_TIME, encoding="utf-8")
    yield from shown_window(qtbot, path)


@pytest.mark.parametrize("group", TAKEN)
def test_the_window_shows_members_of_the_time_everywhere(qtbot: QtBot, window: MainWindow, group: str) -> None:
    session, taken = window.session, TAKEN[group]
    session.set_filter(Filter(members=True))
    counted = window.actors_panel.model.index_of(group).data(COUNTED_ROLE)
    assert counted.count == len(taken)
    session.set_filter(Filter(actors=(group,), members=True))
    ids = {row: session.table.event(row).id for row in session.result.rows.tolist()}
    assert {name: "certain" if session.result.certain[row] else "possible" for row, name in ids.items()} == taken
    lane = {"NATO": "Finland", "BRICS": "Iran"}[group]
    (shown,) = (one for one in session.lanes.lanes if one.title == lane)
    of_member = {name for name in taken if name.startswith(lane.lower())}
    assert {ids[row] for row in shown.rows.tolist()} == of_member
    assert {ids[row] for row in shown.possible.tolist()} == {f"{lane.lower()}-vague"}
    certain = sum(match == "certain" for match in taken.values())
    words = f"match: {certain} certain + {len(taken) - certain} possible"
    qtbot.waitUntil(lambda: words in window.status_line.counts_label.text())


def test_the_matrix_counts_members_of_the_time(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_filter(Filter(members=True))
    dialog = MeetingsDialog(window.session, window.look)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.model.matrix is not None)
    assert dialog.model.matrix is not None
    names = dialog.model.matrix.names

    def events(first: str, second: str) -> str:
        return str(dialog.model.index(names.index(first), names.index(second)).data(Qt.ItemDataRole.DisplayRole))

    # Sweden met NATO at its summit, and by Finland once that had joined; it was no member itself.
    assert events("NATO", "Sweden") == "2"
    assert (events("Finland", "Sweden"), events("NATO", "NATO")) == ("2", str(len(TAKEN["NATO"])))
    dialog.choose(dialog.model.index(names.index("NATO"), names.index("Sweden")))
    rows = window.session.result.rows.tolist()
    assert {window.session.table.event(row).id for row in rows} == {"nato-2022", "finland-2023"}


@pytest.mark.parametrize(
    ("group", "told"),
    [("NATO", "Finland (since 4 April 2023)"), ("NATO", "Sweden (since 7 March 2024)"), ("BRICS", "Iran (since 1 Jan")],
)
def test_the_card_tells_every_member_with_its_time(qtbot: QtBot, window: MainWindow, group: str, told: str) -> None:
    card = ActorCardDialog(group, window.session, window.look)
    qtbot.addWidget(card)
    card.show()
    qtbot.waitUntil(lambda: any(told in label.text() for label in card.findChildren(DialogLabel)))
