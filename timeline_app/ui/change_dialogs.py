"""The dialogs of a window about what differs: from another file or day, and under another dateline of a source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from timeline_app.core.datelines import dateline_of
from timeline_app.core.errors import TimelineError
from timeline_app.core.table import EventTable
from timeline_app.ui.dateline_saves import DatelineSaves, write_with_dateline
from timeline_app.ui.file_questions import AskNewFile, ask_for_report
from timeline_app.ui.file_writer import MOST_AT_ONCE
from timeline_app.ui.main_window import MainWindow

if TYPE_CHECKING:
    from timeline_app.core.dateline_change import DatelineChange
    from timeline_app.core.differences import Differences


class ChangeDialogs:
    """Shows them over one window and carries out what is decided in them; `ask_report` may be replaced in tests."""

    def __init__(
        self,
        window: MainWindow,
        ask_files: Callable[[str], Sequence[Path]],
        ask_new_file: AskNewFile,
        show: Callable[[QDialog], None],
        tell: Callable[[str, Sequence[str]], None],
    ) -> None:
        self._window = window
        self._ask_files = ask_files
        self._ask_new_file = ask_new_file
        self._show = show
        self._tell = tell
        self.ask_report: AskNewFile = ask_for_report
        self.datelines = DatelineSaves(window.session, window.files, window)

    def show_comparison(self) -> None:
        """Compare the open timeline with an older file, or what was known of it on two dates."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.comparison_dialog import ComparisonDialog

        window = self._window
        dialog = ComparisonDialog(window.session, window.services.load, self._ask_older_file, window.look, window)
        dialog.compared.connect(window.timeline.show_compared)
        dialog.time_wanted.connect(window.navigator.go_to_date)
        dialog.save_wanted.connect(self._save_comparison)
        self._show(dialog)

    def _ask_older_file(self) -> Path | None:
        return next(iter(self._ask_files("Compare with an older file")), None)

    def _save_comparison(self, found: Differences) -> None:
        from timeline_app.ui.comparing import save_comparison  # loaded with the dialog that leads here

        path = self.ask_report(self._window, Path.home() / "differences.txt")
        if path is None:
            return
        inputs = [Path(report.path) for report in self._window.session.table.files]
        differing = len(found.added) + len(found.changed) + len(found.withdrawn)
        self._window.writer.write(
            path.name,
            partial(save_comparison, found, path, inputs),
            lambda saved: self._window.show_message(f"Saved to {saved}"),
            self._tell_not_saved,
            in_background=differing > MOST_AT_ONCE,
        )

    def _tell_not_saved(self, error: TimelineError) -> None:
        self._tell("Nothing was saved", [str(error)])

    def show_dateline(self, key: str = "") -> None:
        """Ask when a source appeared, the one that the date of the selected event hangs on if no other is named."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.dateline_dialog import DatelineDialog

        session = self._window.session
        source = session.table.source_by_key.get(key or self._dateline_key())
        if source is None or not source.published:
            self._tell(
                "There is no dateline to change", ["The selected event quotes no source that says when it appeared."]
            )
            return
        dialog = DatelineDialog(source, session, self._window.look, self._window)
        dialog.agreed.connect(self._save_dateline)
        self._show(dialog)

    def _dateline_key(self) -> str:
        session = self._window.session
        if session.current is None:
            return ""
        event = session.table.event(session.current)
        hangs_on = dateline_of(event, partial(session.table.source_of, event))
        quoted = (excerpt.source for excerpt in event.excerpts if excerpt.source)
        return hangs_on.source if hangs_on is not None and hangs_on.source else next(quoted, "")

    def _save_dateline(self, change: DatelineChange) -> None:
        paths = self._window.files.paths
        path = self._ask_new_file(self._window, _free_path(paths[0].parent if paths else Path.home()))
        if path is None:
            return
        table = self._window.session.table
        self._window.writer.write(
            path.name,
            partial(write_with_dateline, table, change, path),
            partial(self._open_saved, table),
            self._tell_not_saved,
            in_background=len(table) > MOST_AT_ONCE,
        )

    def _open_saved(self, table: EventTable, saved: Path) -> None:
        """Open what was saved instead of the table that it was made of, where that is what is open still."""
        if self._window.session.table is not table or self._window.files.is_busy:
            self._window.show_message(f"Saved to {saved}")
            return
        self.datelines.take(saved)
        self._window.show_message(f"Saved to {saved}, and opened; undo opens what was open before")


def _free_path(folder: Path) -> Path:
    """Return a name that no file has yet: what is there, such as what was saved with the dateline before, stays."""
    names = chain(["another-dateline.yaml"], (f"another-dateline-{number}.yaml" for number in count(2)))
    return next(path for name in names if not (path := folder / name).exists())
