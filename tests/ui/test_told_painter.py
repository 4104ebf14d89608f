"""Relations and competing dates of the selected event are drawn beside it, and go with the selection."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import make_canvas, painted
from tests.helpers.tables import make_event, make_table
from timeline_app.core.event import Claim, Link
from timeline_app.core.filter import Filter
from timeline_app.core.when import parse

DISPUTED = Claim("date", by=("Kyiv",), when=parse("2024-06-22"))
TABLE = make_table(
    [
        make_event("Pact", "2024-06-01", actors=["Russia"], links=[Link("raid", "contradicts")]),
        make_event("Raid", "2024-06-20", actors=["Ukraine"], claims=[DISPUTED]),
        make_event("Vote", "2024-07-01", actors=["Ukraine"]),
    ]
)


def test_what_is_told_of_the_selected_event_is_drawn(qtbot: QtBot) -> None:
    canvas = make_canvas(qtbot, TABLE)
    pictures = []
    for row in (0, 1, 2):
        canvas.session.set_selection((row,))
        with_told = painted(canvas)
        told = canvas.highlights.told
        assert (told is None) == (row == 2)
        pictures.append((with_told, told))
    links, dates = (told for _, told in pictures[:2])
    assert links is not None
    assert dates is not None
    assert [(relation.row, relation.kind) for relation in links.relations] == [(1, "contradicts")]
    assert [told.speakers for told in dates.dates] == ["Kyiv"]
    canvas.session.set_selection(())
    assert canvas.highlights.told is None
    singles = canvas.frame.singles
    ends = [float(singles.middle_px[np.flatnonzero(singles.rows == row)[0]]) for row in (0, 1)]
    accent = [picture.copy(int(sum(ends) / 2) - 30, 0, 60, canvas.height()) for picture, _ in pictures]
    assert accent[0] != accent[2], "a curve runs between the two events"
    foot = [picture.copy(0, canvas.height() - 24, canvas.width(), 24) for picture, _ in pictures]
    assert foot[1] != foot[2], "a bracket stands at the foot"


def test_what_is_told_follows_the_day_that_is_asked_for(qtbot: QtBot) -> None:
    early = Claim("killed", value="3", reported="2024-06-21")
    late = Claim("date", by=("Kyiv",), when=parse("2024-06-22"), reported="2024-11-01")
    canvas = make_canvas(qtbot, make_table([make_event("Raid", "2024-06-20", claims=[early, late])]))
    canvas.session.set_selection((0,))
    told = canvas.highlights.told
    assert told is not None
    canvas.session.set_filter(Filter(as_of="2024-07"))
    assert canvas.highlights.told is None
    canvas.session.set_filter(Filter())
    assert canvas.highlights.told == told
