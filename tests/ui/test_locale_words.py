"""The axis speaks the user's language, and its labels never collide there either."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from tests.helpers.canvases import make_look
from tests.helpers.tables import make_table
from timeline_app.core.when import parse
from timeline_app.scene.ticks import build_axis
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.locale_words import LocaleWords

LANGUAGES = ("en_GB", "en_US", "de_DE", "fr_FR", "uk_UA", "ru_RU", "ko_KR", "zh_CN", "fi_FI", "pt_BR", "ar_EG")


def words_of(language: str) -> LocaleWords:
    return LocaleWords(QLocale(language))


def test_english_dates() -> None:
    words = words_of("en_GB")
    assert words.month(6) == "Jun"
    assert words.month_of_year(2024, 6) == "June 2024"
    assert words.day(2024, 6, 19).replace(",", "") == "Wednesday 19 June 2024"
    assert (words.clock(9, 5, None), words.clock(14, 30, 7)) == ("09:05", "14:30:07")


def test_german_and_korean_dates() -> None:
    assert words_of("de_DE").day(2024, 6, 19) == "Mittwoch, 19. Juni 2024"
    assert "2024" in words_of("ko_KR").day(2024, 6, 19)
    assert words_of("ko_KR").month(6) == "6월"


@pytest.mark.parametrize(
    ("language", "short"), [("en_GB", "19 Jun"), ("en_US", "Jun 19"), ("de_DE", "19 Juni"), ("ko_KR", "6월 19")]
)
def test_a_short_day_stands_in_the_order_of_the_locale(language: str, short: str) -> None:
    assert words_of(language).day_of_month(6, 19).replace(".", "") == short
    assert "29" in words_of(language).day_of_month(2, 29)


def test_what_a_locale_has_no_words_for_stays_english() -> None:
    words = words_of("de_DE")
    assert words.year(-43) == "44 BC"
    assert words.day(-43, 3, 15) == "15 März 44 BC"
    assert words.month_of_year(-13_800_000_000, 1) == "Januar 13.8 bn BC"
    assert words.day(12_345, 3, 15).endswith("12,345")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_labels_as_drawn_never_collide(language: str, text_scale: float, qapp: QApplication) -> None:
    words = words_of(language)
    look = make_look(make_table(), text_scale=text_scale)
    bold, plain = QFontMetricsF(look.small(bold=True)), QFontMetricsF(look.small())
    for date in ("2024-06-19", "-0043-03-15"):
        for power in range(-10, 90):
            view = Viewport(parse(date).start_earliest_s, 0.0, 2.0 ** (power / 2), 1400)
            axis = build_axis(view, words, text_scale)
            for ticks, metrics in ((axis.major, bold), (axis.minor, plain)):
                labelled = [tick for tick in ticks if tick.label]
                for one, other in pairwise(labelled):
                    room_px = other.x_px - one.x_px
                    assert metrics.horizontalAdvance(one.label) <= room_px, (one, other, power)
