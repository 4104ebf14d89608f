"""How the window looks at present: theme, fonts, actor colours, with a signal when that changes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication

from timeline_app.core.palette import DARK, LIGHT, ColourBook, Theme
from timeline_app.core.table import EventTable

SANS = (
    "Timeline Sans",
    "Timeline Symbols",
    "Noto Sans",
    "Noto Sans CJK KR",
    "Noto Sans Arabic",
    "Segoe UI",
    "Malgun Gothic",
    "Helvetica Neue",
    "sans-serif",
)
SERIF = (
    "Timeline Serif",
    "Timeline Symbols",
    "Noto Serif",
    "Noto Serif CJK KR",
    "Noto Naskh Arabic",
    "Georgia",
    "Batang",
    "Times New Roman",
    "serif",
)
BODY_PX = 13
SMALL_PX = 12
TITLE_PX = 20
QUOTE_PX = 17


def register_fonts(files: Iterable[Path]) -> None:
    """Make the fonts that come with the program known to Qt; raises OSError for a file Qt cannot use."""
    for file in files:
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise OSError(f"{file.name} is not a font that Qt can use")


class Look(QObject):
    """The present theme ("light", "dark" or "system" by choice), fonts at the user's text size, actor colours.

    `changed` tells of another theme or size. Other actors come with another table, which whoever shows them follows.
    """

    changed = Signal()

    def __init__(self, table: EventTable, choice: str = "system", text_scale: float = 1.0) -> None:
        super().__init__()
        self._choice = choice
        self._text_scale = text_scale
        self._colours = ColourBook.of(table)
        self._theme = self._chosen_theme()
        self._fonts: dict[tuple[tuple[str, ...], int, bool], QFont] = {}
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow_system)

    @property
    def theme(self) -> Theme:
        """The colours in force."""
        return self._theme

    @property
    def colours(self) -> ColourBook:
        """Which actor has which of the theme's colours."""
        return self._colours

    @property
    def text_scale(self) -> float:
        """Size of all text, 1 is 100 %."""
        return self._text_scale

    def set_choice(self, choice: str) -> None:
        """Choose "light", "dark" or "system"."""
        self._choice = choice
        self._follow_system()

    def set_text_scale(self, scale: float) -> None:
        """Make all text so many times as large."""
        if scale != self._text_scale:
            self._text_scale = scale
            self.changed.emit()

    def set_table(self, table: EventTable) -> None:
        """Give the actors of another table their colours, before it is shown."""
        self._colours = ColourBook.of(table)

    def actor_colour(self, name: str) -> QColor:
        """Return the colour of an actor under the present theme."""
        return QColor(self._colours.colour(name, self._theme))

    def body(self, *, bold: bool = False) -> QFont:
        """Return the font of most text."""
        return self._font(SANS, BODY_PX, bold=bold)

    def small(self, *, bold: bool = False) -> QFont:
        """Return the font of axis labels, counts and notes."""
        return self._font(SANS, SMALL_PX, bold=bold)

    def title(self) -> QFont:
        """Return the font of an event's title in the excerpt pane."""
        return self._font(SANS, TITLE_PX, bold=True)

    def quote(self) -> QFont:
        """Return the serif that a source's own words are set in."""
        return self._font(SERIF, QUOTE_PX)

    def px(self, length: float) -> int:
        """Scale a length that belongs to text with the text size."""
        return round(length * self._text_scale)

    def _font(self, families: tuple[str, ...], size_px: int, *, bold: bool = False) -> QFont:
        kind = (families, self.px(size_px), bold)
        if kind not in self._fonts:
            font = QFont()
            font.setFamilies(list(families))
            font.setPixelSize(self.px(size_px))
            font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
            self._fonts[kind] = font
        # A copy, which whoever asked may change.
        return QFont(self._fonts[kind])

    def _chosen_theme(self) -> Theme:
        if self._choice == "system":
            return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    def _follow_system(self) -> None:
        theme = self._chosen_theme()
        if theme != self._theme:
            self._theme = theme
            self.changed.emit()
