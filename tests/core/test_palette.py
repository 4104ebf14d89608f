"""Text and marks can be read on their ground in both themes, and an actor keeps its colour."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.helpers.tables import make_event, make_table
from timeline_app.core.palette import DARK, LIGHT, ColourBook, Theme

LEAST_TEXT_CONTRAST = 4.5
LEAST_MARK_CONTRAST = 3.0
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, after WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@THEMES
def test_all_text_can_be_read(theme: Theme) -> None:
    for ground in (theme.background, theme.panel, theme.field):
        for colour in (theme.ink, theme.muted, theme.link, theme.good, theme.warning, theme.neutral, *theme.actors):
            assert contrast(colour, ground) >= LEAST_TEXT_CONTRAST, (colour, ground)
    assert contrast(theme.ink, theme.accent_tint) >= LEAST_TEXT_CONTRAST
    assert contrast(theme.background, theme.accent) >= LEAST_TEXT_CONTRAST


@THEMES
def test_marks_and_focus_rings_stand_out(theme: Theme) -> None:
    for colour in (theme.accent, theme.bar_passing, theme.warning):
        assert contrast(colour, theme.background) >= LEAST_MARK_CONTRAST, colour
    for tint in theme.actors:
        assert contrast(tint, theme.accent_tint) >= LEAST_MARK_CONTRAST, tint


@THEMES
def test_actors_have_ten_different_colours(theme: Theme) -> None:
    assert len(set(theme.actors)) == len(theme.actors) == 10
    assert all(one != other for one, other in combinations(theme.actors, 2))
    assert theme.is_dark == (theme is DARK)


def test_the_most_frequent_actors_come_first_and_the_filter_changes_nothing() -> None:
    table = make_table(
        [make_event("a", actors=["Iran"]), make_event("b", actors=["Russia", "Iran"]), make_event("c", actors=["Iran"])]
    )
    book = ColourBook.of(table)
    assert book.numbers == {"Iran": 0, "Russia": 1}
    assert book.colour("Iran", LIGHT) == LIGHT.actors[0]
    assert book.colour("Russia", DARK) == DARK.actors[1]
    assert book.colour("nobody", LIGHT) == LIGHT.neutral


def test_colours_are_used_again_beyond_the_tenth_actor() -> None:
    book = ColourBook({f"actor {number}": number for number in range(12)})
    assert book.colour("actor 11", LIGHT) == LIGHT.actors[1]
