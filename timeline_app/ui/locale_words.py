"""Dates on the axis in the user's language and habit, as far as Qt knows them."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QTime

from timeline_app.scene.axis_words import EnglishWords

LAST_QT_YEAR = 9_999
LEAP_YEAR = 2_000


class LocaleWords(EnglishWords):
    """The axis words of a locale; years before 1 or beyond 9999, which few locales have words for, stay English."""

    def __init__(self, locale: QLocale) -> None:
        self._locale = locale

    @classmethod
    def of_system(cls) -> LocaleWords:
        """Return the words of the user's own language."""
        return cls(QLocale())

    def month(self, month: int) -> str:
        """Write a month in short, as it stands alone."""
        return self._locale.standaloneMonthName(month, QLocale.FormatType.ShortFormat)

    def month_of_year(self, year: int, month: int) -> str:
        """Write a month and its year."""
        name = self._locale.standaloneMonthName(month, QLocale.FormatType.LongFormat)
        return f"{name} {self.year(year)}"

    def day(self, year: int, month: int, day: int) -> str:
        """Write a whole date, with its weekday where the locale does."""
        if not 1 <= year <= LAST_QT_YEAR:
            return super().day(year, month, day)
        return self._locale.toString(QDate(year, month, day), QLocale.FormatType.LongFormat)

    def day_of_month(self, month: int, day: int) -> str:
        """Write a day and its month in short, in the order of the locale."""
        pattern = self._locale.dateFormat(QLocale.FormatType.LongFormat).replace("dddd", "")
        order = "MMM d" if 0 <= pattern.find("M") < pattern.find("d") else "d MMM"
        return self._locale.toString(QDate(LEAP_YEAR, month, day), order)

    def clock(self, hour: int, minute: int, second: int | None) -> str:
        """Write a time of day on 24 hours, which an investigation's notes are kept in everywhere."""
        pattern = "HH:mm" if second is None else "HH:mm:ss"
        return self._locale.toString(QTime(hour, minute, second or 0), pattern)
