"""How what is about to be exported looks: a small picture, the first rows of a table, or the first lines of a file."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from timeline_app.ui.dialogs.dressing import DialogLabel, Voice
from timeline_app.ui.dialogs.export_rows import RowsModel, rows_view
from timeline_app.ui.export_sample import Sample
from timeline_app.ui.look import Look

LEAST_PX = (300, 280)
WAITING = "Working out how it will look…"


class _ImageView(QWidget):
    """A picture in the middle of its room, with a thin edge."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._image: QImage | None = None

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, or nothing."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        theme = self._look.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.field))
            if self._image is None or self._image.isNull():
                return
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._image.deviceIndependentSize()
            share = min(1.0, (self.width() - 2) / size.width(), (self.height() - 2) / size.height())
            width, height = size.width() * share, size.height() * share
            corner = QPointF(round((self.width() - width) / 2), round((self.height() - height) / 2))
            target = QRectF(corner.x(), corner.y(), width, height)
            painter.drawImage(target, self._image)
            painter.setPen(QColor(theme.rule))
            painter.drawRect(target.adjusted(-0.5, -0.5, 0.5, 0.5))


class ExportPreview(QWidget):
    """Shows a sample, and beneath it what there is to say of it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.image_view = _ImageView(look)
        self._rows = RowsModel(self)
        self.rows_view = rows_view(self._rows, look)
        self._is_prose = False
        self.text_view = QPlainTextEdit()
        self.text_view.setReadOnly(True)
        self.text_view.setTabChangesFocus(True)
        self.text_view.setAccessibleName("The first lines of the file")
        self.image_view.setAccessibleName("How the picture will look")
        self.note = DialogLabel(WAITING, look, Voice.NOTE)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.image_view)
        self._stack.addWidget(self.text_view)
        self._stack.addWidget(self.rows_view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(holder, 1)
        column.addWidget(self.note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(*LEAST_PX)
        look.changed.connect(self._restyle)
        self._restyle()

    @property
    def room_px(self) -> tuple[int, int]:
        """The pixels that a picture has room in."""
        size = self.image_view.size().expandedTo(QSize(*LEAST_PX))
        return size.width() - 2, size.height() - 2

    def show_sample(self, sample: Sample) -> None:
        """Show how the file will look."""
        self.image_view.show_image(sample.image)
        self._rows.set_rows(sample.rows)
        self._is_prose = sample.is_prose
        self._restyle()
        self.text_view.setPlainText(sample.text)
        view = self.image_view if sample.image is not None else self.rows_view if sample.rows else self.text_view
        self._stack.setCurrentWidget(view)
        self.tell(sample.note)

    def show_image(self, image: QImage, note: str) -> None:
        """Show a picture of any size, smaller where it has no room."""
        ratio = self.devicePixelRatioF()
        room = QSize(*self.room_px) * ratio
        smooth = Qt.TransformationMode.SmoothTransformation
        fitted = image.scaled(room.boundedTo(image.size()), Qt.AspectRatioMode.KeepAspectRatio, smooth)
        fitted.setDevicePixelRatio(ratio)
        self.show_sample(Sample(fitted, note=note))

    def show_problem(self, text: str) -> None:
        """Say why there is nothing to show."""
        self.show_sample(Sample())
        self.tell(text)

    def tell(self, text: str) -> None:
        """Say something beneath the sample."""
        self.note.setText(text)

    def _restyle(self) -> None:
        self.text_view.setFont(self._look.body() if self._is_prose else self._code_font())
        wrap = QPlainTextEdit.LineWrapMode
        self.text_view.setLineWrapMode(wrap.WidgetWidth if self._is_prose else wrap.NoWrap)
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.image_view.update()

    def _code_font(self) -> QFont:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self._look.small().pixelSize())
        return font
