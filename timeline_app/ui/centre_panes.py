"""What stands in the middle of a window, which is all that its first picture needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline_app.core.safe_text import safe_text
from timeline_app.ui.look import Look
from timeline_app.ui.navigation import Navigator
from timeline_app.ui.rows_that_fit import rows_that_fit
from timeline_app.ui.session import Session
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_follower import canvas_options
from timeline_app.ui.timeline.canvas import TimelineCanvas
from timeline_app.ui.timeline.overview import Overview
from timeline_app.ui.window_files import FileOpener

if TYPE_CHECKING:
    from timeline_app.ui.main_window import MainWindow
    from timeline_app.ui.services import Services


@dataclass(frozen=True, slots=True)
class CentrePanes:
    """The timeline and the overview, with what moves about in them and what opens other files."""

    navigator: Navigator
    files: FileOpener
    timeline: TimelineCanvas
    overview: Overview


def make_centre_panes(
    window: MainWindow, session: Session, look: Look, settings: Settings, services: Services
) -> CentrePanes:
    """Return new ones for a session."""
    options = canvas_options(settings, services.now_s(), rows_that_fit(window.height(), look.text_scale))
    timeline = TimelineCanvas(session, look, services.words, safe_text, options)
    return CentrePanes(
        navigator=Navigator(session, timeline.show_in_lane),
        files=FileOpener(services.load, services.paths, session.table, window),
        timeline=timeline,
        overview=Overview(session, look, services.words),
    )
