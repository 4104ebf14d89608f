"""A look tells apart what has the whole application styled anew from what only changes colours of actors."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_event, make_table
from timeline_app.ui.look import Look

TABLE = make_table([make_event(actors=["Russia"])])


def test_another_table_changes_colours_and_not_the_style(qtbot: QtBot) -> None:
    look = Look(TABLE, "light")
    neutral = look.theme.neutral
    assert look.actor_colour("Iran").name() == neutral
    told: list[str] = []
    look.restyled.connect(lambda: told.append("restyled"))
    look.changed.connect(lambda: told.append("changed"))
    look.set_table(make_table([make_event(actors=["Iran"])]))
    assert told == ["changed"]
    assert look.actor_colour("Iran").name() != neutral
    look.set_text_scale(1.5)
    look.set_choice("dark")
    assert told == ["changed", "restyled", "changed", "restyled", "changed"]
