"""The questions for files to read and to write, which the system's own dialogs ask over a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from timeline_app.readers import readers
from timeline_app.ui.main_window import MainWindow

AskNewFile = Callable[[MainWindow, Path], Path | None]


def ask_for_files(window: MainWindow, title: str) -> Sequence[Path]:
    """Let the user choose files to open; none when the user gives up."""
    start = window.files.paths[0].parent if window.files.paths else Path.home()
    names, _ = QFileDialog.getOpenFileNames(window, title, str(start), ";;".join(file_kinds()))
    return [Path(name) for name in names]


def ask_for_new_file(parent: QWidget, suggestion: Path) -> Path | None:
    """Let the user name a file that is to be written, in a dialog over `parent`; None when the user gives up.

    Whether one of that name may be written again is for the writer to say, so the system does not ask.
    """
    kinds, option = "Timelines (*.yaml *.yml)", QFileDialog.Option.DontConfirmOverwrite
    name, _ = QFileDialog.getSaveFileName(parent, "Save to a file of your own", str(suggestion), kinds, options=option)
    return Path(name) if name else None


def ask_for_story_file(window: MainWindow, suggestion: Path) -> Path | None:
    """Let the user name a file for a story, whose ending tells how; None when the user gives up.

    A name without such an ending gets that of the chosen kind. Where it then is that of a file that is there, the user
    is asked anew: the system has only asked whether the file of the shorter name may be written over.
    """
    # The formats are those of the dialog only.
    from timeline_app.ui.story_export import ENDINGS

    kinds = ";;".join(f"{name} (*{ending})" for name, ending in ENDINGS.items())
    name, kind = QFileDialog.getSaveFileName(window, "Export the story", str(suggestion), kinds)
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in ENDINGS.values():
        return path
    path = path.with_name(path.name + ENDINGS.get(kind.partition(" (")[0], ENDINGS["Markdown"]))
    return ask_for_story_file(window, path) if path.exists() else path


def ask_for_report(window: MainWindow, suggestion: Path) -> Path | None:
    """Let the user name a file for what differs, as text or as JSON; None when the user gives up."""
    name, _ = QFileDialog.getSaveFileName(window, "Save what differs", str(suggestion), "Text (*.txt);;JSON (*.json)")
    return Path(name) if name else None


def file_kinds() -> tuple[str, ...]:
    """Return the kinds of files to choose from, as Qt writes them: all that can be read comes first."""
    endings = dict.fromkeys(f"*{ending}" for reader in readers() for ending in reader.endings)
    return (f"Timelines and tables ({' '.join(endings)})", "All files (*)")
