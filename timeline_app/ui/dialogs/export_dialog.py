"""Ask what to export, how it should look, and where to; the writing is the window's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.controls import ChoiceBox, NumberBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_button, add_cancel_button, dialog_column
from timeline_app.ui.look import Look
from timeline_app.ui.picture import LARGEST_SIDE_PX, SMALLEST_SIDE_PX
from timeline_app.writers import writers

WIDTH_PX = 520
DEFAULT_WIDTH_PX, DEFAULT_HEIGHT_PX = 1600, 900
SCALES = (1, 2, 3, 4)


class What(StrEnum):
    """What can be exported."""

    EVENTS = "events"
    TIMELINE = "timeline"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name, the endings of its files, and what it is good for."""

    name: str
    endings: tuple[str, ...]
    help: str


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What the user asked for; the size is for the timeline, scale and theme for it and the window.

    `replaces`: a file in the way may go.
    """

    what: What
    format: str
    path: Path
    width_px: int
    height_px: int
    scale: int
    theme: str
    replaces: bool


WHAT_WORDS = {
    What.EVENTS: "The events that pass the filter",
    What.TIMELINE: "A picture of the timeline",
    What.WINDOW: "A picture of the whole window",
}
PNG = Format("png", (".png",), "a picture in pixels")
SVG = Format("svg", (".svg",), "a picture in vectors, for drawing programs and the web")
PDF = Format("pdf", (".pdf",), "a picture in vectors, for print")

ChooseFile = Callable[[QWidget, Path, Format], Path | None]


def formats_of(what: What) -> tuple[Format, ...]:
    """Return the formats that something can be exported in."""
    if what is What.EVENTS:
        return tuple(Format(writer.name, writer.endings, writer.description) for writer in writers())
    return PNG, SVG, PDF


def ask_for_file(parent: QWidget, path: Path, wanted: Format) -> Path | None:
    """Let the user choose where to, starting from a path; None when the user gives up."""
    patterns = " ".join(f"*{ending}" for ending in wanted.endings)
    # The export dialog itself asks before a file is replaced, whichever way its path was given.
    options = QFileDialog.Option.DontConfirmOverwrite
    chosen, _ = QFileDialog.getSaveFileName(
        parent, "Export to", str(path), f"{wanted.name.upper()} ({patterns})", options=options
    )
    return Path(chosen) if chosen else None


class ExportDialog(QDialog):
    """Collects an ExportWish and hands it over by `wanted`; a file in the way is only replaced after a second press."""

    wanted = Signal(object)

    def __init__(
        self, look: Look, suggestion: Path, choose_file: ChooseFile = ask_for_file, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._choose_file = choose_file
        self._may_replace: Path | None = None
        self.what = ChoiceBox(look)
        self.format = ChoiceBox(look)
        self.width_px = _side_field(DEFAULT_WIDTH_PX, look)
        self.height_px = _side_field(DEFAULT_HEIGHT_PX, look)
        self.scale = ChoiceBox(look)
        self.theme = ChoiceBox(look)
        self.file = QLineEdit(str(suggestion))
        self.choose_button = QPushButton("Choose…")
        self.format_help = DialogLabel("", look, Voice.NOTE)
        self.notice = DialogLabel("", look, Voice.WARNING)
        self.buttons = ButtonBox()
        self.export_button = add_button(
            self.buttons,
            "Export",
            self.export,
            name="export",
            role=QDialogButtonBox.ButtonRole.AcceptRole,
            is_default=True,
        )
        self._fill()
        self._build()
        self._name_parts()
        self._connect()
        self._follow_what()

    @property
    def chosen_what(self) -> What:
        """What is to be exported."""
        return What(self.what.currentData())

    @property
    def chosen_format(self) -> Format:
        """The format it is to be written in."""
        return formats_of(self.chosen_what)[max(self.format.currentIndex(), 0)]

    @property
    def path(self) -> Path:
        """The file it goes to, with the ending of the format where none was typed that means it."""
        path = self._typed_path
        if not path.name or path.suffix.lower() in self.chosen_format.endings:
            return path
        return path.with_name(path.name + self.chosen_format.endings[0])

    @property
    def _typed_path(self) -> Path:
        return Path(self.file.text().strip()).expanduser()

    def export(self) -> None:
        """Hand the wish over and close, unless something has to be asked or mended first."""
        problem = self._problem()
        if problem:
            self._say(problem)
            return
        path = self.path
        if path.exists() and self._may_replace != path:
            self._may_replace = path
            self.export_button.setText("Replace")
            self._say(f"{path.name} exists already. Press Replace to write over it, or choose another name.")
            return
        self.accept()
        self.wanted.emit(
            ExportWish(
                self.chosen_what,
                self.chosen_format.name,
                path,
                self.width_px.value(),
                self.height_px.value(),
                int(self.scale.currentData()),
                str(self.theme.currentData()),
                replaces=self._may_replace == path,
            )
        )

    def _choose(self) -> None:
        chosen = self._choose_file(self, self.path, self.chosen_format)
        if chosen is not None:
            self.file.setText(str(chosen))

    def _problem(self) -> str:
        """Return why this cannot be exported, "" when it can."""
        path = self.path
        if not path.name:
            return "Name a file to export to."
        for folder in (self._typed_path, path):
            if folder.is_dir():
                return f"{folder.name} is a folder; name a file in it."
        if not path.absolute().parent.is_dir():
            return f"There is no folder {path.parent}."
        longest_px = max(self.width_px.value(), self.height_px.value()) * int(self.scale.currentData())
        if self.chosen_what is What.TIMELINE and longest_px > LARGEST_SIDE_PX:
            return f"At this scale a side has {longest_px:,} pixels; {LARGEST_SIDE_PX:,} is the most."
        return ""

    def _say(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.setVisible(bool(text))
        self.export_button.setAccessibleDescription(text)

    def _forget_question(self) -> None:
        """Ask anew before replacing a file once the wish is another one."""
        self._may_replace = None
        self.export_button.setText("Export")
        self._say("")

    def _follow_what(self) -> None:
        before = self.format.currentText()
        self.format.blockSignals(True)
        self.format.clear()
        for one in formats_of(self.chosen_what):
            self.format.addItem(one.name.upper(), one.name)
        self.format.setCurrentIndex(max(self.format.findText(before), 0))
        self.format.blockSignals(False)
        for widget in self._size_row:
            widget.setVisible(self.chosen_what is What.TIMELINE)
        for widget in self._look_row:
            widget.setVisible(self.chosen_what is not What.EVENTS)
        self._follow_format()

    def _follow_format(self) -> None:
        """Say what the format is good for, and give the file its ending in place of another format's."""
        help_text = self.chosen_format.help
        self.format_help.setText(f"{help_text[:1].upper()}{help_text[1:]}.")
        path = Path(self.file.text())
        if (
            path.name
            and path.suffix.lower() in _all_endings()
            and path.suffix.lower() not in self.chosen_format.endings
        ):
            self.file.setText(str(path.with_suffix(self.chosen_format.endings[0])))
        self._forget_question()

    def _fill(self) -> None:
        for what, words in WHAT_WORDS.items():
            self.what.addItem(words, what.value)
        self.what.setCurrentIndex(list(What).index(What.TIMELINE))
        for factor in SCALES:
            self.scale.addItem(f"{factor} ×", factor)
        self.scale.setCurrentIndex(SCALES.index(2))
        for text, theme in (("Light", "light"), ("Dark", "dark")):
            self.theme.addItem(text, theme)
        self.theme.setCurrentIndex(int(self._look.theme.is_dark))

    def _build(self) -> None:
        column = dialog_column(self, "Export", self._look, WIDTH_PX)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        size = _row(self.width_px, DialogLabel("×", self._look), self.height_px, DialogLabel("pixels", self._look))
        look_row = _row(self.scale, self.theme)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("What", self.what),
            ("Format", self.format),
            ("", self.format_help),
            ("Size", size),
            ("Scale and colours", look_row),
            ("File", _row(self.file, self.choose_button, stretched=self.file)),
        )
        labels: dict[str, DialogLabel] = {}
        for number, (text, widget) in enumerate(rows):
            if text:
                labels[text] = DialogLabel(text, self._look)
                labels[text].set_wraps(wraps=False)
                grid.addWidget(labels[text], number, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(widget, number, 1)
        self._size_row = (labels["Size"], size)
        self._look_row = (labels["Scale and colours"], look_row)
        add_cancel_button(self.buttons, self)
        column.addLayout(grid)
        column.addWidget(self.notice)
        column.addStretch()
        column.addWidget(self.buttons)
        self.notice.hide()

    def _name_parts(self) -> None:
        self.setObjectName("export_dialog")
        self.choose_button.setAutoDefault(False)
        for widget, name in (
            (self.what, "What to export"),
            (self.format, "Format"),
            (self.width_px, "Width in pixels"),
            (self.height_px, "Height in pixels"),
            (self.scale, "Scale"),
            (self.theme, "Colours"),
            (self.file, "File"),
            (self.choose_button, "Choose a file"),
        ):
            widget.setAccessibleName(name)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(lambda _place: self._follow_what())
        self.format.currentIndexChanged.connect(lambda _place: self._follow_format())
        self.file.textChanged.connect(lambda _text: self._forget_question())
        self.choose_button.clicked.connect(lambda _checked: self._choose())


def _side_field(value_px: int, look: Look) -> NumberBox:
    field = NumberBox(look)
    field.setRange(SMALLEST_SIDE_PX, LARGEST_SIDE_PX)
    field.setSingleStep(100)
    field.setValue(value_px)
    return field


def _row(*widgets: QWidget, stretched: QWidget | None = None) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        if isinstance(widget, DialogLabel):
            widget.set_wraps(wraps=False)
        row.addWidget(widget, int(widget is stretched))
    if stretched is None:
        row.addStretch()
    return holder


def _all_endings() -> frozenset[str]:
    return frozenset(_endings(one for what in What for one in formats_of(what)))


def _endings(formats: Iterable[Format]) -> Iterable[str]:
    for one in formats:
        yield from one.endings
