"""How large a picture is to be: a size that is used often or any other, or sheets of paper and their number."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from timeline_app.scene.paper import MOST_PAGES, SHEETS_MM
from timeline_app.ui.dialogs.controls import ChoiceBox, NumberBox
from timeline_app.ui.look import Look
from timeline_app.ui.picture import LARGEST_SIDE_PX, SMALLEST_SIDE_PX

DEFAULT_PX = (1600, 900)
OWN_SIZE = "Any size"
PRESETS_PX = {
    "Screen": DEFAULT_PX,
    "Article": (1200, 675),
    "Square": (1080, 1080),
    "Full HD": (1920, 1080),
    "Poster": (3200, 2000),
    "Long strip": (6000, 900),
}
SHEET_NAMES = {name: name.upper() if name.startswith("a") else name.title() for name in SHEETS_MM}


class SizeFields(QObject):
    """The fields for the size of a picture; `changed` tells that one of them was."""

    changed = Signal()

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preset = ChoiceBox(look)
        self.width_px = _side_field(DEFAULT_PX[0], look)
        self.height_px = _side_field(DEFAULT_PX[1], look)
        self.sheet = ChoiceBox(look)
        self.pages = NumberBox(look)
        self.pages.setRange(1, MOST_PAGES)
        self.layout = ChoiceBox(look)
        self._fill()
        for widget, name in (
            (self.preset, "Size"),
            (self.width_px, "Width in pixels"),
            (self.height_px, "Height in pixels"),
            (self.sheet, "Paper"),
            (self.pages, "Pages"),
            (self.layout, "How the pages lie"),
        ):
            widget.setAccessibleName(name)
        self.preset.currentIndexChanged.connect(lambda _place: self._follow_preset())
        for number in (self.width_px, self.height_px, self.pages):
            number.valueChanged.connect(lambda _value: self._follow_size())
        for choice in (self.sheet, self.layout):
            choice.currentIndexChanged.connect(lambda _place: self.changed.emit())

    @property
    def chosen_sheet(self) -> tuple[str, bool]:
        """The sheet of paper, "" for none, and whether it stands upright."""
        name, _, way = str(self.sheet.currentData()).partition(" ")
        return name, way == "upright"

    @property
    def is_wide(self) -> bool:
        """Whether the pages are to lie side by side as one."""
        return self.pages.value() > 1 and self.layout.currentData() == "wide"

    def _fill(self) -> None:
        for name, (width_px, height_px) in PRESETS_PX.items():
            self.preset.addItem(f"{name}: {width_px} × {height_px}", (width_px, height_px))
        self.preset.addItem(OWN_SIZE, None)
        self.sheet.addItem("Size in pixels", "")
        for name, words in SHEET_NAMES.items():
            self.sheet.addItem(f"{words}, on its side", name)
            self.sheet.addItem(f"{words}, upright", f"{name} upright")
        self.layout.addItem("Pages one after the other", "pages")
        self.layout.addItem("One wide page", "wide")

    def _follow_preset(self) -> None:
        size_px = self.preset.currentData()
        if size_px is not None:
            for field, value in zip((self.width_px, self.height_px), size_px, strict=True):
                field.blockSignals(True)
                field.setValue(value)
                field.blockSignals(False)
            self.changed.emit()

    def _follow_size(self) -> None:
        """Name the size that is given, where it has a name."""
        size_px = (self.width_px.value(), self.height_px.value())
        sizes = [*PRESETS_PX.values()]
        self.preset.blockSignals(True)
        self.preset.setCurrentIndex(sizes.index(size_px) if size_px in sizes else len(sizes))
        self.preset.blockSignals(False)
        self.changed.emit()


def _side_field(value_px: int, look: Look) -> NumberBox:
    field = NumberBox(look)
    field.setRange(SMALLEST_SIDE_PX, LARGEST_SIDE_PX)
    field.setSingleStep(100)
    field.setValue(value_px)
    return field
