"""Ask what to export, how it should look, and where to; the writing is the window's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from timeline_app.core.errors import TimelineError
from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_button, add_cancel_button, dialog_column, open_at
from timeline_app.ui.dialogs.export_fields import ChooseFile, ExportFields, ask_for_file
from timeline_app.ui.dialogs.export_preview import WAITING, ExportPreview
from timeline_app.ui.export_subject import ExportSubject
from timeline_app.ui.export_wish import ExportWish, What
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.look import Look
from timeline_app.ui.picture import LARGEST_SIDE_PX

LEAST_WIDTH_PX = 500
USUAL_SIZE_PX = (960, 470)
FORM_PX, MOST_FORM_PX = 440, 680
# Typing a size is waited for before a picture of it is drawn.
PAUSE_MS = 150


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
        self._may_replace: Path | None = None
        self._sample_job = NewestJob(self)
        self._count_job = NewestJob(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self.fields = ExportFields(look, suggestion, choose_file)
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
        self._build()
        self._connect()

    @property
    def wish(self) -> ExportWish:
        """What is asked for as the fields stand."""
        return self.fields.wish(replaces=self._may_replace == self.fields.path)

    def export(self) -> None:
        """Hand the wish over and close, unless something has to be asked or mended first."""
        problem = self._problem()
        if problem:
            self._say(problem)
            return
        path = self.fields.path
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

    def _problem(self) -> str:
        """Return why this cannot be exported, "" when it can."""
        path = self.fields.path
        if not path.name:
            return "Name a file to export to."
        for folder in (self.fields.typed_path, path):
            if folder.is_dir():
                return f"{folder.name} is a folder; name a file in it."
        if not path.absolute().parent.is_dir():
            return f"There is no folder {path.parent}."
        return self._size_problem()

    def _size_problem(self) -> str:
        """Return why a picture of this size cannot be drawn, "" when it can."""
        if self.fields.chosen_what is not What.TIMELINE:
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

    def _draw_sample(self) -> None:
        """Have a sample made of what is asked for now."""
        if not self.isVisible():
            return
        problem = self._size_problem()
        if problem:
            self._sample_job.cancel()
            self.preview.show_problem(problem)
            return
        if self.fields.chosen_what is What.WINDOW:
            self._sample_job.cancel()
            self.preview.show_image(self._window_image(), "As the window stands; the file has the colours chosen here")
            return
        self.preview.tell(WAITING)
        look = Look(self._subject.table, str(self.fields.theme.currentData()))
        room_px, ratio = self.preview.room_px, self.devicePixelRatioF()
        self._sample_job.start(partial(self._subject.sample, self.wish, look, room_px, ratio))

    def _show_failure(self, error: Exception) -> None:
        if not isinstance(error, TimelineError):
            raise error
        self.preview.show_problem(str(error))

    def _build(self) -> None:
        self.setObjectName("export_dialog")
        # What the window shows stays what is exported.
        self.setWindowModality(Qt.WindowModality.WindowModal)
        column = dialog_column(self, "Export", self._look, LEAST_WIDTH_PX)
        form = QWidget()
        form.setFixedWidth(min(self._look.px(FORM_PX), MOST_FORM_PX))
        fields = QVBoxLayout(form)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.addWidget(self.fields)
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
        open_at(self, self._look, USUAL_SIZE_PX)

    def _connect(self) -> None:
        self.fields.changed.connect(lambda: self._pause.start(PAUSE_MS))
        self.fields.retargeted.connect(self._forget_question)
        self._pause.timeout.connect(self._draw_sample)
        self._sample_job.finished.connect(self.preview.show_sample)
        self._sample_job.failed.connect(self._show_failure)
        self._count_job.finished.connect(self.fields.show_counts)
        self._count_job.failed.connect(self._show_failure)
