"""Carries out on a window what the user sets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from timeline_app.ui.rows_that_fit import rows_that_fit
from timeline_app.ui.settings_table import (
    LANE_ROWS,
    LANES,
    REDUCED_MOTION,
    ROWS_AS_FIT,
    SHOW_TITLES,
    SHOW_TODAY,
    TEXT_SIZE,
    THEME,
    TIME_ZONE,
    WHEEL,
)
from timeline_app.ui.timeline.canvas import CanvasOptions

if TYPE_CHECKING:
    from timeline_app.ui.main_window import MainWindow
    from timeline_app.ui.settings import Settings


class SettingsFollower(QObject):
    """Keeps one window as its settings say."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def take(self, key: str) -> None:
        """Carry out the setting of this key, which has changed."""
        window = self._window
        settings = window.settings
        if key == THEME.key:
            window.look.set_choice(settings.get(THEME))
        elif key == TEXT_SIZE.key:
            window.look.set_text_scale(settings.get(TEXT_SIZE) / 100)
            self.fit_rows()
        elif key == LANES.key:
            window.session.set_lane_limit(settings.get(LANES))
        elif key == TIME_ZONE.key:
            self.show_zone()
        else:
            fitting = rows_that_fit(window.height(), window.look.text_scale)
            window.timeline.set_options(canvas_options(settings, window.services.now_s(), fitting))

    def set_lines(self, lines: int) -> None:
        """Set how many rows a lane has, or as many as it may have."""
        if LANE_ROWS.span is not None:
            self._window.settings.set(LANE_ROWS, max(ROWS_AS_FIT + 1, min(lines, LANE_ROWS.span.highest)))

    def fit_rows(self) -> None:
        """Give lanes the rows that the window has room for, unless the user wants so many."""
        window = self._window
        if window.settings.get(LANE_ROWS) == ROWS_AS_FIT:
            fitting = rows_that_fit(window.height(), window.look.text_scale)
            window.timeline.set_options(replace(window.timeline.options, max_lines=fitting))

    def show_zone(self) -> None:
        """Show instants in the zone that is set."""
        from zoneinfo import ZoneInfo  # loaded once the first picture is painted, which tells no instants

        zone = ZoneInfo(self._window.settings.get(TIME_ZONE))
        self._window.excerpt_pane.set_zone(zone)
        self._window.event_table.set_zone(zone)


def canvas_options(settings: Settings, now_s: int, fitting_rows: int) -> CanvasOptions:
    """Return what the settings mean for the timeline in a window that has room for so many rows."""
    rows = settings.get(LANE_ROWS)
    return CanvasOptions(
        max_lines=fitting_rows if rows == ROWS_AS_FIT else rows,
        wheel_zooms=settings.get(WHEEL) == "zoom",
        reduced_motion=reduced_motion(settings.get(REDUCED_MOTION)),
        show_titles=settings.get(SHOW_TITLES),
        today_s=now_s if settings.get(SHOW_TODAY) else None,
    )


def reduced_motion(choice: str) -> bool:
    """Return whether jumps should happen at once, by the user's choice or else the system's."""
    if choice != "system":
        return choice == "on"
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility() if hasattr(hints, "accessibility") else None
    preference = getattr(accessibility, "motionPreference", None)
    return preference is not None and preference().name == "ReducedMotion"
