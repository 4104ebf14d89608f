"""From a step of a story to what is on screen, and back."""

from __future__ import annotations

from timeline_app.core.edtf_second import edtf_second
from timeline_app.core.errors import FilterError
from timeline_app.core.lanes import Grouping
from timeline_app.core.story import StoryStep
from timeline_app.query import format_query, parse_query
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.saved_view import MOST_REMEMBERED
from timeline_app.ui.session import Move, Session


def step_of(session: Session, text: str = "") -> StoryStep:
    """Return the present view as a step: filter, lanes, stretch of time, what is selected."""
    view = session.viewport
    return StoryStep(
        text,
        format_query(session.wanted),
        session.grouping.value,
        edtf_second(view.left_s),
        edtf_second(view.right_s - 1),
        tuple(session.table.event(row).id for row in session.selection[-MOST_REMEMBERED:]),
    )


def show_step(session: Session, step: StoryStep) -> str:
    """Look as a step says, as one change that undo takes back; return a sentence on what makes no sense, else ""."""
    problems = []
    rows = [session.table.row_of(event_id) for event_id in step.selection]
    found = tuple(row for row in rows if row is not None)
    if len(found) < len(rows):
        missing = len(rows) - len(found)
        problems.append(f"{missing:,} of its events {'is' if missing == 1 else 'are'} not in the open files")
    with session.one_step():
        try:
            session.set_filter(parse_query(step.query))
        except FilterError as error:
            problems.append(f"its filter cannot be understood: {error}")
        if step.lanes in set(Grouping):
            session.set_grouping(Grouping(step.lanes))
        if step.view_s is None:
            session.fit_all()
        else:
            first_s, last_s = step.view_s
            session.set_viewport(Viewport.fit(first_s, last_s + 1, session.viewport.width_px, margin=0.0), Move.JUMP)
        session.set_selection(found)
    return f"Of this step, {', and '.join(problems)}." if problems else ""
