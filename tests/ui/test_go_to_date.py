"""A date is read while it is typed; what has two readings is asked about, what has none is refused with the reason."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_dialog
from tests.helpers.tables import make_table
from timeline_app.core.when import When
from timeline_app.ui.dialogs.go_to_date import HINT, GoToDateDialog
from timeline_app.ui.look import Look


@pytest.fixture
def dialog(qtbot: QtBot) -> GoToDateDialog:
    return shown_dialog(qtbot, GoToDateDialog(Look(make_table(), "light")))


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("2024-10-12", "→ 12 October 2024, to the day"),
        ("12 Oct 2024", "→ 12 October 2024, to the day"),
        ("June 2024", "→ June 2024, to the month"),
        ("2024", "→ 2024, to the year"),
        ("44 BC", "→ 44 BC, to the year"),
        ("the 1990s", "→ the 1990s, to the decade"),
    ],
)
def test_a_date_is_shown_in_words_and_enter_goes_there(
    dialog: GoToDateDialog, qtbot: QtBot, typed: str, reading: str
) -> None:
    QTest.keyClicks(dialog.field, typed)
    assert dialog.reading.text() == reading
    assert dialog.field.accessibleDescription() == reading
    with qtbot.waitSignal(dialog.chosen) as chosen:
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    [when] = chosen.args
    assert isinstance(when, When)
    assert when == dialog.when
    assert not dialog.isVisible()


def test_nothing_typed_asks_for_nothing(dialog: GoToDateDialog, qtbot: QtBot) -> None:
    assert dialog.reading.text() == HINT
    with qtbot.assertNotEmitted(dialog.chosen):
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not dialog.go_button.isEnabled()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("last Friday", "“last” counts from today"),
        ("12 October", "names no year"),
        ("2024-02-30", "February 2024"),
        ("x" * 100, "at most 60 characters"),
        ("<img src=/dev/zero>", "not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(
    dialog: GoToDateDialog, qtbot: QtBot, typed: str, reason: str
) -> None:
    QTest.keyClicks(dialog.field, typed)
    assert reason.lower() in dialog.reading.text().lower()
    assert dialog.reading.text().endswith(".")
    with qtbot.assertNotEmitted(dialog.chosen):
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert not dialog.go_button.isEnabled()


@pytest.mark.parametrize(("place", "text"), [(0, "2024-04-03"), (1, "2024-03-04")])
def test_two_readings_are_asked_about_by_click(dialog: GoToDateDialog, qtbot: QtBot, place: int, text: str) -> None:
    QTest.keyClicks(dialog.field, "3/4/2024")
    assert [button.text() for button in dialog.choice_buttons] == ["3 April 2024", "4 March 2024"]
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.mouseClick(dialog.choice_buttons[place], Qt.MouseButton.LeftButton)
    assert chosen.args[0].text == text


def test_two_readings_are_asked_about_by_key(dialog: GoToDateDialog, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.field, "3/4/2024")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    first = dialog.choice_buttons[0]
    assert first.hasFocus()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        QTest.keyClick(first, Qt.Key.Key_Return)
    assert chosen.args[0].text == "2024-04-03"


def test_typing_on_takes_the_question_back(dialog: GoToDateDialog) -> None:
    QTest.keyClicks(dialog.field, "3/4/2024")
    QTest.keyClick(dialog.field, Qt.Key.Key_Backspace)
    assert dialog.choice_buttons == ()
    assert not dialog.choices.isVisible()


def test_escape_leaves_everything_as_it_was(dialog: GoToDateDialog, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.field, "2024")
    with qtbot.assertNotEmitted(dialog.chosen):
        QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_today_plays_no_part(dialog: GoToDateDialog) -> None:
    for typed in ("today", f"{date.today():%d %B}", "10:15"):
        dialog.field.setText(typed)
        assert dialog.when is None
