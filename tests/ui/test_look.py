"""A look gives the actors of a table their colours, and tells of another theme or size."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_event, make_table
from timeline_app.ui.look import Look

TABLE = make_table([make_event(actors=["Russia"])])


def test_another_table_brings_colours_and_has_nothing_styled_anew(qtbot: QtBot) -> None:
    look = Look(TABLE, "light")
    neutral = look.theme.neutral
    assert look.actor_colour("Iran").name() == neutral
    with qtbot.assertNotEmitted(look.changed):
        look.set_table(make_table([make_event(actors=["Iran"])]))
    assert look.actor_colour("Iran").name() != neutral


def test_another_theme_or_size_is_told_once(qtbot: QtBot) -> None:
    look = Look(TABLE, "light")
    told: list[tuple[str, float]] = []
    look.changed.connect(lambda: told.append((look.theme.name, look.text_scale)))
    look.set_text_scale(1.5)
    look.set_text_scale(1.5)
    look.set_choice("dark")
    look.set_choice("dark")
    assert told == [("light", 1.5), ("dark", 1.5)]
