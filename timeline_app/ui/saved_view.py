"""From what is on screen to what is remembered of it, and back."""

from __future__ import annotations

from timeline_app.core.errors import FilterError
from timeline_app.core.lanes import Grouping
from timeline_app.query import format_query, parse_query
from timeline_app.scene.viewport import COARSEST_SECONDS_PER_PX, FARTHEST_S, FINEST_SECONDS_PER_PX, Viewport
from timeline_app.ui.session import Move, Session
from timeline_app.ui.workspace import SavedView, SavedViewport

MOST_REMEMBERED = 1_000


def view_of(session: Session) -> SavedView:
    """Return what is to be remembered of a session: filter, lanes, stretch of time, what was selected last."""
    viewport = session.viewport
    return SavedView(
        query=format_query(session.wanted),
        grouping=session.grouping.value,
        viewport=SavedViewport(viewport.left_s, viewport.left_part, viewport.seconds_per_px),
        selection=tuple(session.table.event(row).id for row in session.selection[-MOST_REMEMBERED:]),
    )


def show_view(session: Session, view: SavedView) -> str:
    """Bring a remembered view back, as far as it still makes sense; return a sentence on what does not, else ""."""
    problem = ""
    try:
        session.set_filter(parse_query(view.query))
    except FilterError as error:
        problem = f"The remembered filter cannot be understood: {error}."
    if view.grouping in set(Grouping):
        session.set_grouping(Grouping(view.grouping))
    found = map(session.table.row_of, view.selection)
    session.set_selection(tuple(row for row in found if row is not None))
    viewport = _viewport(view.viewport, session.viewport.width_px)
    if viewport is not None:
        session.set_viewport(viewport, Move.JUMP)
    return problem


def _viewport(saved: SavedViewport | None, width_px: int) -> Viewport | None:
    """Return the same left edge and scale at another width, None for what no window could show."""
    if saved is None or abs(saved.left_s) > FARTHEST_S or not 0 <= saved.left_part < 1:
        return None
    if not FINEST_SECONDS_PER_PX <= saved.seconds_per_px <= COARSEST_SECONDS_PER_PX:
        return None
    return Viewport(saved.left_s, saved.left_part, saved.seconds_per_px, width_px)
