"""Tests of texts end to end: as they were given, and found again by their hashes, wherever they lie."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.text_column import TextColumn, stretch_hashes, text_hash, words_of

TEXTS = st.lists(st.text(max_size=40).filter(lambda text: text.isprintable()) | st.sampled_from(("", "\0", "\0\0")))


@given(TEXTS)
def test_texts_come_back(texts: list[str]) -> None:
    column = TextColumn.of(texts)
    assert len(column) == len(texts)
    assert column.texts(range(len(texts))) == texts
    assert column.lengths.tolist() == [len(text.encode()) for text in texts]


@given(TEXTS)
def test_a_column_hashes_as_a_single_text_does(texts: list[str]) -> None:
    column = TextColumn.of([*texts, "x" * 256, "x" * 257, "é" * 5_000])
    hashes = column.hashes().tolist()
    assert hashes == [text_hash(text) for text in (*texts, "x" * 256, "x" * 257, "é" * 5_000)]
    assert column.hashes_of(np.array([len(texts)])).tolist() == hashes[len(texts) : len(texts) + 1]


def test_other_texts_have_other_hashes() -> None:
    texts = [f"synthetic-{number}" for number in range(100_000)]
    texts += ["\0" * length for length in range(300)] + ["a" * length for length in range(1, 300)]
    assert len(set(TextColumn.of(texts).hashes().tolist())) == len(texts)


def test_what_stands_around_a_text_does_not_matter() -> None:
    content = np.frombuffer(b"(Storm Corps), (Storm Corps)" + bytes(8), np.uint8)
    hashes = stretch_hashes(content, np.array([1, 16]), np.array([11, 11]))
    assert hashes.tolist() == [text_hash("Storm Corps")] * 2


def test_words_are_read_at_any_place() -> None:
    column = TextColumn.of(["2024-06-19"])
    assert words_of(column.content)[[0, 2]].tobytes() == b"2024-06-24-06-19"


def test_there_may_be_no_texts_and_no_letters() -> None:
    assert TextColumn.of([]).hashes().tolist() == []
    assert TextColumn.empty(2).texts([0, 1]) == ["", ""]
    assert TextColumn.empty(2).hashes().tolist() == [text_hash("")] * 2
