"""Says that events of calendars repeat and are shown once, and lets each time of them be shown, or once again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from timeline_app.core.errors import TimelineError
from timeline_app.core.opened import ReadAs
from timeline_app.core.table import EventTable
from timeline_app.readers.calendar_words import EACH, ONCE, REPEATS, SHOWN_ONCE
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.notice_bar import NoticeBar
from timeline_app.ui.reopened_view import ReopenedView

SHOW_EACH = "Show each time"
SHOW_ONCE = "Show once"
EACH_IS_SHOWN = "Each time of what repeats is shown"


class RepeatsNotice(QObject):
    """Tells in a bar what repeats; `changed` says that there may be something else to show.

    The calendars are read anew, looked at as before, and what was chosen is remembered for calendars of their names.
    """

    changed = Signal()

    def __init__(self, window: MainWindow, bar: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._bar = bar
        self._view = ReopenedView(window.session, window.files, self)
        self._not_saved = ""
        window.session.table_changed.connect(self._tell)
        self._view.settled.connect(self._take_opened)
        bar.link_clicked.connect(self.toggle)
        self._tell()

    @property
    def shows_each(self) -> bool:
        """Whether each time of what repeats is shown, of one calendar at least."""
        return bool(self._expanded)

    @property
    def can_toggle(self) -> bool:
        """Whether something repeats that is open."""
        return bool(self._expanded or repeating(self._window.session.table))

    def toggle(self) -> None:
        """Show each time of what repeats, in all calendars, or once where each is shown."""
        files = self._window.files
        if files.is_busy or not self.can_toggle:
            return
        expanded = self._expanded
        paths = expanded or [Path(name) for name in repeating(self._window.session.table)]
        mapping = {REPEATS: ONCE if expanded else EACH}
        readers = {path: files.read_as.get(path, ReadAs()).reader for path in paths}
        self._view.keep()
        self._remember(readers, mapping)
        files.add_files(paths, {path: ReadAs(reader, mapping) for path, reader in readers.items()})

    @property
    def _expanded(self) -> list[Path]:
        reports = self._window.session.table.files
        return [Path(report.path) for report in reports if report.mapping.get(REPEATS) == EACH]

    def _remember(self, readers: dict[Path, str], mapping: dict[str, str]) -> None:
        """Keep what was chosen; where that cannot be it holds this once, which is said once it is shown."""
        # What tells tables apart is not needed at a start.
        from timeline_app.readers.propose import signature_of

        saved = self._window.services.mappings
        for path, reader in readers.items():
            try:
                if saved is not None:
                    saved.save(signature_of(path, reader=reader or None), mapping)
            except TimelineError as error:
                self._not_saved = f"Shown; {error}"

    def _tell(self) -> None:
        counts = repeating(self._window.session.table)
        self._bar.link_button.setText(SHOW_ONCE if self.shows_each else SHOW_EACH)
        self._bar.link_button.updateGeometry()
        self._bar.say(EACH_IS_SHOWN if self.shows_each else once_words(sum(counts.values())))
        self.changed.emit()

    def _take_opened(self) -> None:
        if self._not_saved:
            self._window.show_message(self._not_saved)
            self._not_saved = ""
        self._tell()


def repeating(table: EventTable) -> Counter[str]:
    """Return how many events of each file repeat and are shown once."""
    return Counter(problem.file for problem in table.problems if problem.message == SHOWN_ONCE)


def once_words(count: int) -> str:
    """Say how many events repeat, "" for none."""
    if not count:
        return ""
    return "1 event repeats; it is shown once" if count == 1 else f"{count:,} events repeat; each is shown once"
