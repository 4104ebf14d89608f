"""What could deceive the eye is shown by its number; what people write is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.safe_text import isolated_text, safe_letters, safe_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-01-02 \u202e10-20-4202", "2024-01-02 ⟦202E⟧10-20-4202"),
        ("\x1b[31mred", "⟦001B⟧[31mred"),
        ("Rus\u200bsia", "Rus⟦200B⟧sia"),
        ("a\u200db", "a⟦200D⟧b"),
        ("\u200dstart and end\u200d", "⟦200D⟧start and end⟦200D⟧"),
        ("two\nlines", "two⟦000A⟧lines"),
        ("\ud800", "⟦D800⟧"),
        ("\U000e0041", "⟦E0041⟧"),
        ("\u2066left\u2069", "⟦2066⟧left⟦2069⟧"),
        ("\ufeffmark", "⟦FEFF⟧mark"),
    ],
)
def test_deceiving_characters_are_shown(text: str, shown: str) -> None:
    assert safe_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "“Pyongyang’s” – naïve, Škoda, Việt Nam",
        "북한군이 러시아에 파병되었다",
        "می\u200cخواهم",
        "क्\u200dष",
        "👩\u200d🚀",
        "עברית וערבית العربية",
        "",
    ],
)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert safe_text(text) == text


def test_lines_stay_only_where_asked() -> None:
    assert safe_text("one\n\ttwo\r", keep_lines=True) == "one\n\ttwo⟦000D⟧"


def test_an_isolated_text_closes_what_it_opens() -> None:
    assert isolated_text("x\u2069y") == "\u2068x⟦2069⟧y\u2069"


@given(st.text(st.characters()))
def test_nothing_invisible_is_left(text: str) -> None:
    left = safe_text(text)
    joiners = left.count("\u200c") + left.count("\u200d")
    assert sum(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in left) == 0
    assert joiners <= text.count("\u200c") + text.count("\u200d")
    assert safe_text(left) == left


def test_a_letter_for_a_letter() -> None:
    assert safe_letters("one\n\ttwo\r\u202e") == "one\n\ttwo\ufffd\ufffd"
    assert safe_letters("می\u200cخواهم") == "می\u200cخواهم"
