"""What can be said of an export: what, which part of it, in which format, how large, and into which file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from timeline_app.ui.dialogs.controls import ChoiceBox, TickBox
from timeline_app.ui.dialogs.dressing import DialogLabel
from timeline_app.ui.dialogs.export_size import SizeFields
from timeline_app.ui.export_wish import WHAT_WORDS, WHICH_WORDS, ExportWish, Format, What, Which, formats_of
from timeline_app.ui.look import Look

LABELS_PX = 72
SCALES = (1, 2, 3, 4)

ChooseFile = Callable[[QWidget, Path, Format], Path | None]


def ask_for_file(parent: QWidget, path: Path, wanted: Format) -> Path | None:
    """Let the user choose where to, starting from a path; None when the user gives up."""
    patterns = " ".join(f"*{ending}" for ending in wanted.endings)
    # The export dialog itself asks before a file is replaced, whichever way its path was given.
    options = QFileDialog.Option.DontConfirmOverwrite
    chosen, _ = QFileDialog.getSaveFileName(
        parent, "Export to", str(path), f"{wanted.label} ({patterns})", options=options
    )
    return Path(chosen) if chosen else None


class ExportFields(QWidget):
    """The fields of an export, of which only those are seen that mean something.

    `changed` says that it would look otherwise now, `retargeted` that it would be another file, or another part.
    """

    changed = Signal()
    retargeted = Signal()

    def __init__(self, look: Look, suggestion: Path, choose_file: ChooseFile) -> None:
        super().__init__()
        self._look = look
        self._choose_file = choose_file
        self._which: dict[What, Which] = {What.EVENTS: Which.PASSING}
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        self.what = ChoiceBox(look)
        self.which = ChoiceBox(look)
        self.format = ChoiceBox(look)
        self.size_fields = SizeFields(look, self)
        self.scale = ChoiceBox(look)
        self.theme = ChoiceBox(look)
        self.guard = TickBox(look)
        self.notes = TickBox(look)
        self.file = QLineEdit(str(suggestion))
        self.choose_button = QPushButton("Choose…")
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
        path = self.typed_path
        if not path.name or path.suffix.lower() in self.chosen_format.endings:
            return path
        return path.with_name(path.name + self.chosen_format.endings[0])

    @property
    def typed_path(self) -> Path:
        """The file as it was typed."""
        return Path(self.file.text().strip()).expanduser()

    def wish(self, *, replaces: bool) -> ExportWish:
        """Return what is asked for as the fields stand; a file in the way is only replaced with `replaces`."""
        is_pdf = self.chosen_what is What.TIMELINE and self.chosen_format.name == "pdf"
        sheet, is_upright = self.size_fields.chosen_sheet if is_pdf else ("", False)
        return ExportWish(
            self.chosen_what,
            self.chosen_format.name,
            self.path,
            self.size_fields.width_px.value(),
            self.size_fields.height_px.value(),
            int(self.scale.currentData()),
            str(self.theme.currentData()),
            replaces=replaces,
            which=Which(self.which.currentData()),
            sheet=sheet,
            is_upright=is_upright,
            pages=self.size_fields.pages.value() if is_pdf else 1,
            is_wide=is_pdf and self.size_fields.is_wide,
            guards=self.guard.isChecked(),
            with_notes=self.notes.isChecked() and self._takes_notes,
        )

    def show_counts(self, counts: Mapping[Which, int]) -> None:
        """Say beside each part how many events it has."""
        for which, words in WHICH_WORDS.items():
            events = "event" if counts[which] == 1 else "events"
            self.which.setItemText(self.which.findData(which.value), f"{words}: {counts[which]:,} {events}")

    @property
    def _takes_notes(self) -> bool:
        return self.chosen_what is What.EVENTS and self.chosen_format.takes_notes

    def _choose(self) -> None:
        chosen = self._choose_file(self, self.path, self.chosen_format)
        if chosen is not None:
            self.file.setText(str(chosen))

    def _follow_what(self) -> None:
        before = self.format.currentData()
        self.format.blockSignals(True)
        self.format.clear()
        for one in formats_of(self.chosen_what):
            self.format.addItem(f"{one.label}: {one.help}", one.name)
        self.format.setCurrentIndex(max(self.format.findData(before), 0))
        self.format.blockSignals(False)
        which = self._which.get(self.chosen_what, Which.SEEN)
        self.which.setCurrentIndex(max(self.which.findData(which.value), 0))
        self._follow_format()

    def _follow_format(self) -> None:
        """Show the fields that mean something, and give the file its ending in place of another format's."""
        path = Path(self.file.text())
        if (
            path.name
            and path.suffix.lower() in _all_endings()
            and path.suffix.lower() not in self.chosen_format.endings
        ):
            self.file.setText(str(path.with_suffix(self.chosen_format.endings[0])))
        self.retargeted.emit()
        self._follow_fields()

    def _follow_fields(self) -> None:
        what, name = self.chosen_what, self.chosen_format.name
        is_paper = name == "pdf" and bool(self.size_fields.chosen_sheet[0])
        visible = {
            "Part": what is not What.WINDOW,
            "Paper": what is What.TIMELINE and name == "pdf",
            "Pages": what is What.TIMELINE and name == "pdf",
            "Size": what is What.TIMELINE and not is_paper,
            "Pixels": what is What.TIMELINE and not is_paper,
            "Scale": what is not What.EVENTS and not is_paper,
            "Colours": what is not What.EVENTS,
            "Formulas": name == "csv",
            "Notes": self._takes_notes,
        }
        for row, is_visible in visible.items():
            for widget in self._rows[row]:
                widget.setVisible(is_visible)
        self.size_fields.layout.setEnabled(self.size_fields.pages.value() > 1)
        self.changed.emit()

    def _remember_which(self) -> None:
        self._which[self.chosen_what] = Which(self.which.currentData())
        self.retargeted.emit()
        self.changed.emit()

    def _fill(self) -> None:
        for what, words in WHAT_WORDS.items():
            self.what.addItem(words, what.value)
        self.what.setCurrentIndex(list(What).index(What.TIMELINE))
        for which, words in WHICH_WORDS.items():
            self.which.addItem(words, which.value)
        for factor in SCALES:
            self.scale.addItem(f"{factor} ×", factor)
        self.scale.setCurrentIndex(SCALES.index(2))
        for text, theme in (("Light", "light"), ("Dark", "dark")):
            self.theme.addItem(text, theme)
        self.theme.setCurrentIndex(int(self._look.theme.is_dark))
        self.guard.setChecked(True)
        for choice in (self.what, self.which, self.format, self.size_fields.preset, self.size_fields.sheet):
            # As wide as its place, not as its longest entry.
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(20)

    def _build(self) -> None:
        sizes = self.size_fields
        look = self._look
        pixels = _row(sizes.width_px, DialogLabel("×", look), sizes.height_px, DialogLabel("pixels", look))
        guard = _row(self.guard, DialogLabel("mark cells that a spreadsheet would run", look))
        rows: tuple[tuple[str, str, QWidget], ...] = (
            ("What", "What", self.what),
            ("Part", "Part", self.which),
            ("Format", "Format", self.format),
            ("Paper", "Paper", sizes.sheet),
            ("Pages", "Pages", _row(sizes.pages, sizes.layout, stretched=sizes.layout)),
            ("Size", "Size", sizes.preset),
            ("Pixels", "", pixels),
            ("Scale", "Scale", _row(self.scale)),
            ("Colours", "Colours", _row(self.theme)),
            ("Formulas", "Formulas", guard),
            ("Notes", "Your notes", _row(self.notes, DialogLabel("write your stars, notes and tags too", look))),
            ("File", "File", _row(self.file, self.choose_button, stretched=self.file)),
        )
        grid = self._grid(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        self.setLayout(grid)

    def _grid(self, rows: Iterable[tuple[str, str, QWidget]]) -> QGridLayout:
        """Return the fields with their names before them, and keep both by the name of the row."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, self._look.px(LABELS_PX))
        for number, (key, text, widget) in enumerate(rows):
            label = DialogLabel(text, self._look)
            label.set_wraps(wraps=False)
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(widget, number, 1)
            self._rows[key] = (label, widget)
        return grid

    def _name_parts(self) -> None:
        self.choose_button.setAutoDefault(False)
        for widget, name in (
            (self.what, "What to export"),
            (self.which, "Which part of it"),
            (self.format, "Format"),
            (self.scale, "Scale"),
            (self.theme, "Colours"),
            (self.guard, "Mark cells that a spreadsheet would run"),
            (self.notes, "Write your stars, notes and tags too"),
            (self.file, "File"),
            (self.choose_button, "Choose a file"),
        ):
            widget.setAccessibleName(name)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(lambda _place: self._follow_what())
        self.which.activated.connect(lambda _place: self._remember_which())
        self.format.currentIndexChanged.connect(lambda _place: self._follow_format())
        self.file.textChanged.connect(lambda _text: self.retargeted.emit())
        self.choose_button.clicked.connect(lambda _checked: self._choose())
        self.size_fields.changed.connect(self._follow_fields)
        for choice in (self.scale, self.theme):
            choice.currentIndexChanged.connect(lambda _place: self._follow_fields())
        for tick in (self.guard, self.notes):
            tick.toggled.connect(lambda _checked: self._follow_fields())


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
