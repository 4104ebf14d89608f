"""The strip above the timeline that shows it as it could be known on a day, and plays it from day to day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from timeline_app.core.calendar import DAY_S
from timeline_app.core.errors import FilterError
from timeline_app.core.lags import LagCounts, lag_counts, rows_of_lag
from timeline_app.core.table import LARGE
from timeline_app.core.when import in_words, iso_bound, parse
from timeline_app.scene.axis_words import AxisWords
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.look import Look
from timeline_app.ui.panels.close_button import CloseButton
from timeline_app.ui.panels.knowledge_slider import KnowledgeSlider
from timeline_app.ui.panels.lag_histogram import LagHistogram, words_of
from timeline_app.ui.panels.text_button import TextButton, Tone
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.session import Session

STEP_MS = 900
# Day after day, decades would take hours: of many days the steps are longer, and quicker.
MOST_SLOW_STEPS = 40
MOST_STEPS = 150
QUICK_STEP_MS = 300
WORDS_PX = 160


class KnowledgeStrip(QWidget):
    """A slider over the days on which things became known, with a button that plays them, and the lags to them below.

    `listed` carries the rows of the events of one class of lags, and words that say which. Where motion is to be
    reduced, as `keeps_still` tells, the button goes on by a single day.
    """

    close_clicked = Signal()
    listed = Signal(object, str)

    def __init__(
        self,
        session: Session,
        look: Look,
        words: AxisWords,
        keeps_still: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._keeps_still = keeps_still
        self.slider = KnowledgeSlider(look, words, self)
        self.play_button = TextButton("Play", look, self, tone=Tone.LINK)
        self.close_button = CloseButton("Close the axis of knowledge", look, self)
        self.words = PlainLabel("", self)
        self._timer = QTimer(self)
        self.setObjectName("knowledge_strip")
        self.setAccessibleName("As known on")
        self.lags = LagHistogram(look, self)
        self._lag_words = PlainLabel("", self)
        self._lag_words.set_wraps(wraps=True)
        self._lag_job = NewestJob(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 2)
        column.setSpacing(4)
        self._add_row(column, self.play_button, self.slider, self.words, self.close_button)
        self._add_row(column, self.lags, self._lag_words)
        self._lag_job.finished.connect(self._take_lags)
        self.lags.class_clicked.connect(self._list)
        self._timer.timeout.connect(self.play_on)
        self.play_button.clicked.connect(self._toggle_play)
        self.close_button.clicked.connect(self.close_clicked)
        self.slider.day_chosen.connect(self._ask)
        session.table_changed.connect(self._take_table)
        session.wanted_changed.connect(self._follow)
        session.lanes_changed.connect(self._count_lags)
        look.changed.connect(self._restyle)
        self._take_table()
        self._restyle()

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def set_shown(self, *, shown: bool) -> None:
        """Show the strip; hidden, it asks for everything that is known."""
        self._stop()
        self.setVisible(shown)
        if shown:
            self._follow()
            self._count_lags()
            (self.close_button if self.slider.isHidden() else self.slider).setFocus()
        else:
            self._session.set_filter(replace(self._session.wanted, as_of=""))

    def play_on(self) -> None:
        """Go on to the next day on which something became known, or of many days to a later one; after the last, stop.

        A day whose picture is still to come is waited for.
        """
        if not self._session.is_settled:
            return
        self.slider.step(self.slider.stride(MOST_STEPS))
        if not self.slider.has_later:
            self._stop()

    @staticmethod
    def _add_row(column: QVBoxLayout, *widgets: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget, 1 if isinstance(widget, (KnowledgeSlider, LagHistogram)) else 0)
        column.addLayout(row)

    def _count_lags(self) -> None:
        """Count the lags of what passes now, as long as somebody sees them."""
        table, result = self._session.table, self._session.result
        if self.isHidden():
            return
        count = partial(lag_counts, table, result)
        if len(table) > LARGE:
            # The picture of the day goes before.
            self._lag_job.start_later(count)
        else:
            self._lag_job.start(count, in_background=False)

    def _take_lags(self, found: LagCounts) -> None:
        self.lags.set_counts(found)
        unknown = f" · {found.unknown:,} without" if found.unknown else ""
        self._lag_words.setText(f"lag to first report{unknown}")

    def _list(self, number: int) -> None:
        rows = rows_of_lag(self._session.table, self._session.result, number)
        self.listed.emit(rows, words_of(number, len(rows)))

    def _toggle_play(self) -> None:
        if self.is_playing:
            self._stop()
            return
        if not self.slider.has_later:
            self.slider.begin()
        if self._keeps_still():
            self.slider.step(1)
            return
        self.play_on()
        if self.slider.has_later:
            self._timer.start(STEP_MS if self.slider.stride(MOST_SLOW_STEPS) == 1 else QUICK_STEP_MS)
            self._name_button()

    def _stop(self) -> None:
        self._timer.stop()
        self._name_button()

    def _name_button(self) -> None:
        self.play_button.setText("Pause" if self.is_playing else "Next" if self._keeps_still() else "Play")

    def _ask(self, day: int) -> None:
        """Ask for what was known on a day; on the last one, that is everything."""
        date = iso_bound(day * DAY_S, with_time=False) if day < self.slider.maximum() else None
        self._session.set_filter(replace(self._session.wanted, as_of=date or ""))

    def _take_table(self) -> None:
        self._stop()
        self.slider.set_known(self._session.table.known)
        has_dates = self.slider.maximum() > self.slider.minimum()
        self.slider.setEnabled(has_dates)
        self.play_button.setEnabled(has_dates)
        # An axis of nothing would look as if it were broken.
        for part in (self.slider, self.play_button, self.lags, self._lag_words):
            part.setHidden(self._session.table.known is None)
        self._follow()

    def _follow(self) -> None:
        """Show the day that the filter asks for."""
        wanted = self._session.wanted
        try:
            day = wanted.known_day()
        except FilterError:  # Whoever set such a filter was told.
            return
        self.slider.setValue(self.slider.maximum() if day is None else day)
        known = self._session.table.known
        if known is None:
            self.words.setText("Nothing in what is open says since when an event was known.")
        else:
            undated = known.undated
            without = f" · {undated:,} undated" if undated else ""
            self.words.setText(f"{in_words(parse(wanted.as_of)) if wanted.as_of else 'all that is known'}{without}")
        self.slider.setAccessibleDescription(self.words.text())

    def _restyle(self) -> None:
        for label in (self.words, self._lag_words):
            label.setFont(self._look.small())
            label.set_colour(QColor(self._look.theme.muted))
            label.setMinimumWidth(self._look.px(WORDS_PX))
        # In two lines, so that the bars beside it have room for what stands below them.
        self._lag_words.setMaximumWidth(self._look.px(WORDS_PX))
