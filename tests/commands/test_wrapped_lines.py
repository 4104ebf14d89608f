"""A text in pieces is broken into the lines that it would have as a whole."""

from __future__ import annotations

import textwrap
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.commands import wrapped_lines as module
from timeline_app.commands.wrapped_lines import wrapped_lines
from timeline_app.core.safe_text import safe_text

TEXTS = st.lists(st.sampled_from([" ", "  ", "\n", "a", "word", "half-word", "x" * 30, "\u202e", "سلام\u200c"])).map(
    "".join
)


def as_a_whole(text: str, columns: int, first: str, further: str) -> list[str]:
    """Break each line of a text at once."""
    return [
        line
        for part in safe_text(text, keep_lines=True).split("\n")
        for line in textwrap.wrap(
            part, columns, initial_indent=first, subsequent_indent=further, break_long_words=False
        )
    ]


@given(TEXTS, st.integers(1, 40), st.sampled_from([("", ""), ("  ", "    ")]))
def test_pieces_do_not_show(text: str, piece: int, indents: tuple[str, str]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_PIECE_CHARACTERS", piece)
        assert list(wrapped_lines(text, 24, *indents)) == as_a_whole(text, 24, *indents)


@pytest.mark.parametrize("words", ["some words ", "\u202ea "])
def test_a_long_text_is_not_held_word_by_word(words: str) -> None:
    text = words * (600_000 // len(words))
    tracemalloc.start()
    try:
        count = sum(1 for _ in wrapped_lines(text, 80, "", ""))
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count > 1_000
    assert peak_bytes < 8 * 1000**2
