"""What is remembered of a window comes back in another, as far as it still makes sense."""

from __future__ import annotations

import pytest

from tests.helpers.tables import make_event, make_table
from timeline_app.core.filter import Filter, Match
from timeline_app.core.lanes import Grouping
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.saved_view import show_view, view_of
from timeline_app.ui.session import Session
from timeline_app.ui.workspace import SavedView, SavedViewport


@pytest.fixture
def session(qapp: object) -> Session:
    assert qapp is not None
    return Session(make_table([make_event(f"Event {n}", f"20{10 + n}-05", actors=["Russia"]) for n in range(8)]))


def test_a_view_comes_back_in_another_window(session: Session) -> None:
    wanted = Filter(actors=("Russia", 'The "Quoted", one'), match=Match.ANY, since="2012", find=("two words", "x"))
    session.set_filter(wanted)
    session.set_grouping(Grouping.TYPE)
    session.set_selection((3, 1))
    session.set_viewport(Viewport(-(2**40), 0.5, 12_345.5, 800))
    other = Session(session.table)
    other.set_width(333)
    assert show_view(other, view_of(session)) == ""
    assert (other.wanted, other.grouping, other.selection) == (wanted, Grouping.TYPE, (3, 1))
    assert other.viewport == Viewport(-(2**40), 0.5, 12_345.5, 333)


def test_what_makes_no_sense_any_more_is_left_out(session: Session) -> None:
    before = session.viewport
    view = SavedView("from:2024-99", "by colour", SavedViewport(2**70, 0.0, 1.0), ("gone", "event-2"))
    assert show_view(session, view).startswith("The remembered filter cannot be understood: ")
    assert (session.wanted, session.grouping, session.selection) == (Filter(), Grouping.ACTOR, (2,))
    assert session.viewport == before


@pytest.mark.parametrize(
    "viewport", [SavedViewport(0, 1.0, 1.0), SavedViewport(0, 0.0, 0.0), SavedViewport(0, 0.0, float("inf"))]
)
def test_a_viewport_that_no_window_could_show_is_left_out(session: Session, viewport: SavedViewport) -> None:
    before = session.viewport
    show_view(session, SavedView(viewport=viewport))
    assert session.viewport == before
