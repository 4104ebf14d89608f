"""The fonts that come with the program load under their own names and have the glyphs they promise."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont, QTextLayout
from PySide6.QtWidgets import QApplication

from timeline_app.paths import resource
from timeline_app.ui.look import SANS, SERIF

FONT_FILES = sorted(resource("fonts").glob("*.ttf"))
FAMILIES = ("Timeline Sans", "Timeline Serif", "Timeline Symbols")


@pytest.fixture(scope="module")
def families(qapp: QApplication) -> list[str]:
    """Load the fonts that come with the program, and give the families that Qt knows them by."""
    found: set[str] = set()
    for file in FONT_FILES:
        number = QFontDatabase.addApplicationFont(str(file))
        assert number >= 0, file
        found.update(QFontDatabase.applicationFontFamilies(number))
    return sorted(found)


def test_the_fonts_that_come_with_the_program_load_under_their_own_names(families: list[str]) -> None:
    assert families == list(FAMILIES)
    assert set(QFontDatabase.styles("Timeline Sans")) == {"Regular", "Italic", "Bold"}
    assert set(QFontDatabase.styles("Timeline Serif")) == {"Regular", "Italic"}


@pytest.mark.parametrize("family", FAMILIES[:2])
@pytest.mark.parametrize(
    "sample", ["Zürich Łódź Ağrı İ ə", "Žižek ș ő ñ", "Nguyễn", "Παλμύρα", "Київ Їжак Ґ Қазақ Ў", "“–—…€₴₽«»•²"]
)
def test_text_of_europe_and_central_asia_has_a_glyph_for_every_letter(
    family: str, sample: str, families: list[str]
) -> None:
    assert missing_letters(family, sample) == ""


def test_arrows_shapes_and_brackets_have_glyphs(families: list[str]) -> None:
    assert missing_letters("Timeline Symbols", "←↑→↓↔⇄▲▼▶◀▸◂◆◇●○■□⟦⟧✓✗★☆⚠") == ""


@pytest.mark.parametrize("family", FAMILIES[:2])
def test_digits_are_of_one_width_and_letters_are_kerned(family: str, families: list[str]) -> None:
    metrics = QFontMetricsF(QFont(family, 12))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
    assert metrics.horizontalAdvance("AV") < metrics.horizontalAdvance("A") + metrics.horizontalAdvance("V")


def test_a_symbol_does_not_make_its_line_higher(families: list[str]) -> None:
    assert QFontMetricsF(QFont("Timeline Symbols", 12)).height() == QFontMetricsF(QFont("Timeline Sans", 12)).height()


def test_fonts_carry_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in resource("fonts/OFL.txt").read_text(encoding="utf-8")
    assert sum(file.stat().st_size for file in FONT_FILES) < 1_100_000


def missing_letters(family: str, sample: str) -> str:
    """Give the letters of the sample that the family has no glyph for, so that another font would be taken."""
    font = QRawFont.fromFont(QFont(family, 12))
    assert font.familyName() == family
    return "".join(letter for letter in sample if letter != " " and not font.supportsCharacter(ord(letter)))


@pytest.mark.parametrize(
    ("writing", "sample"),
    [
        (QFontDatabase.WritingSystem.Korean, "조선민주주의인민공화국"),
        (QFontDatabase.WritingSystem.SimplifiedChinese, "中国俄罗斯"),
        (QFontDatabase.WritingSystem.Arabic, "الحوثيون"),
        (QFontDatabase.WritingSystem.Cyrillic, "Суджа Курськ"),
    ],
    ids=["Hangul", "Han", "Arabic", "Cyrillic"],
)
@pytest.mark.parametrize("chain", [SANS, SERIF], ids=["sans", "serif"])
def test_the_chain_of_families_has_a_glyph_for_every_letter(
    chain: tuple[str, ...], writing: QFontDatabase.WritingSystem, sample: str, families: list[str]
) -> None:
    if not QFontDatabase.families(writing):
        pytest.skip(f"no font of this machine has {writing.name} letters; set-up says which package brings them")
    font = QFont()
    font.setFamilies(list(chain))
    layout = QTextLayout(f"Kim {sample} 2024", font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    missing = [run.rawFont().familyName() for run in layout.glyphRuns() if 0 in run.glyphIndexes()]
    assert missing == []
