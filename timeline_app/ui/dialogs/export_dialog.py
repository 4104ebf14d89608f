"""Ask what to export, how it should look, and where to; the writing is the window's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from timeline_app.core.errors import TimelineError
from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.controls import ChoiceBox, TickBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_button, add_cancel_button, dialog_column
from timeline_app.ui.dialogs.export_preview import WAITING, ExportPreview
from timeline_app.ui.dialogs.export_size import SizeFields
from timeline_app.ui.export_subject import ExportSubject
from timeline_app.ui.export_wish import WHAT_WORDS, WHICH_WORDS, ExportWish, Format, What, Which, formats_of
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.look import Look
from timeline_app.ui.picture import LARGEST_SIDE_PX

LEAST_WIDTH_PX = 500
USUAL_SIZE_PX = (960, 470)
FORM_PX, MOST_FORM_PX, LABELS_PX = 440, 680, 72
SCALES = (1, 2, 3, 4)
# Typing a size is waited for before a picture of it is drawn.
PAUSE_MS = 150

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


class ExportDialog(QDialog):
    """Collects an ExportWish and hands it over by `wanted`; a file in the way is only replaced after a second press.

    What it would look like is shown beside it, worked out in the background; `window_image` draws the window.
    """

    wanted = Signal(object)

    def __init__(
        self,
        look: Look,
        suggestion: Path,
        subject: ExportSubject,
        window_image: Callable[[], QImage],
        parent: QWidget | None = None,
        *,
        choose_file: ChooseFile = ask_for_file,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._subject = subject
        self._window_image = window_image
        self._choose_file = choose_file
        self._may_replace: Path | None = None
        self._which: dict[What, Which] = {What.EVENTS: Which.PASSING}
        self._sample_job = NewestJob(self)
        self._count_job = NewestJob(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self.what = ChoiceBox(look)
        self.which = ChoiceBox(look)
        self.format = ChoiceBox(look)
        self.size_fields = SizeFields(look, self)
        self.scale = ChoiceBox(look)
        self.theme = ChoiceBox(look)
        self.guard = TickBox(look)
        self.file = QLineEdit(str(suggestion))
        self.choose_button = QPushButton("Choose…")
        self.preview = ExportPreview(look)
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
        self._rows: dict[str, tuple[QWidget, ...]] = {}
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
    def wish(self) -> ExportWish:
        """What is asked for as the fields stand."""
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
            replaces=self._may_replace == self.path,
            which=Which(self.which.currentData()),
            sheet=sheet,
            is_upright=is_upright,
            pages=self.size_fields.pages.value() if is_pdf else 1,
            is_wide=is_pdf and self.size_fields.is_wide,
            guards=self.guard.isChecked(),
        )

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
        wish = self.wish
        self.accept()
        self.wanted.emit(wish)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pause.start(0)
        self._count_job.start(self._subject.counts)

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
        return self._size_problem()

    def _size_problem(self) -> str:
        """Return why a picture of this size cannot be drawn, "" when it can."""
        if self.chosen_what is not What.TIMELINE:
            return ""
        picture = self._subject.picture_wish(self.wish)
        longest_px = round(max(picture.width_px, picture.height_px) * picture.scale)
        if longest_px <= LARGEST_SIDE_PX:
            return ""
        return f"At this scale a side has {longest_px:,} pixels; {LARGEST_SIDE_PX:,} is the most."

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
        self._forget_question()
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
        }
        for row, is_visible in visible.items():
            for widget in self._rows[row]:
                widget.setVisible(is_visible)
        self.size_fields.layout.setEnabled(self.size_fields.pages.value() > 1)
        self._pause.start(PAUSE_MS)

    def _remember_which(self) -> None:
        self._which[self.chosen_what] = Which(self.which.currentData())
        self._forget_question()
        self._pause.start(PAUSE_MS)

    def _show_counts(self, counts: Mapping[Which, int]) -> None:
        for which, words in WHICH_WORDS.items():
            events = "event" if counts[which] == 1 else "events"
            self.which.setItemText(self.which.findData(which.value), f"{words}: {counts[which]:,} {events}")

    def _draw_sample(self) -> None:
        """Have a sample made of what is asked for now."""
        if not self.isVisible():
            return
        problem = self._size_problem()
        if problem:
            self._sample_job.cancel()
            self.preview.show_problem(problem)
            return
        if self.chosen_what is What.WINDOW:
            self._sample_job.cancel()
            self.preview.show_image(self._window_image(), "As the window stands; the file has the colours chosen here")
            return
        self.preview.tell(WAITING)
        look = Look(self._subject.table, str(self.theme.currentData()))
        room_px, ratio = self.preview.room_px, self.devicePixelRatioF()
        self._sample_job.start(partial(self._subject.sample, self.wish, look, room_px, ratio))

    def _show_failure(self, error: Exception) -> None:
        if not isinstance(error, TimelineError):
            raise error
        self.preview.show_problem(str(error))

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
        column = dialog_column(self, "Export", self._look, LEAST_WIDTH_PX)
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
            ("File", "File", _row(self.file, self.choose_button, stretched=self.file)),
        )
        form = QWidget()
        form.setFixedWidth(min(self._look.px(FORM_PX), MOST_FORM_PX))
        fields = QVBoxLayout(form)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.addLayout(self._grid(rows))
        fields.addWidget(self.notice)
        fields.addStretch()
        beside = QHBoxLayout()
        beside.setSpacing(24)
        beside.addWidget(form)
        beside.addWidget(self.preview, 1)
        add_cancel_button(self.buttons, self)
        column.addLayout(beside, 1)
        column.addWidget(self.buttons)
        self.notice.hide()
        self.setMinimumWidth(self.minimumSizeHint().width())
        self.resize(*USUAL_SIZE_PX)

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
        self.setObjectName("export_dialog")
        # What the window shows stays what is exported.
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.choose_button.setAutoDefault(False)
        for widget, name in (
            (self.what, "What to export"),
            (self.which, "Which part of it"),
            (self.format, "Format"),
            (self.scale, "Scale"),
            (self.theme, "Colours"),
            (self.guard, "Mark cells that a spreadsheet would run"),
            (self.file, "File"),
            (self.choose_button, "Choose a file"),
        ):
            widget.setAccessibleName(name)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(lambda _place: self._follow_what())
        self.which.activated.connect(lambda _place: self._remember_which())
        self.format.currentIndexChanged.connect(lambda _place: self._follow_format())
        self.file.textChanged.connect(lambda _text: self._forget_question())
        self.choose_button.clicked.connect(lambda _checked: self._choose())
        self.size_fields.changed.connect(self._follow_fields)
        for choice in (self.scale, self.theme):
            choice.currentIndexChanged.connect(lambda _place: self._follow_fields())
        self.guard.toggled.connect(lambda _checked: self._follow_fields())
        self._pause.timeout.connect(self._draw_sample)
        self._sample_job.finished.connect(self.preview.show_sample)
        self._sample_job.failed.connect(self._show_failure)
        self._count_job.finished.connect(self._show_counts)
        self._count_job.failed.connect(self._show_failure)


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
