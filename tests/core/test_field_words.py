"""Fields beyond the format are told in one line each, whatever they hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.field_words import MOST_CHARACTERS, field_words

PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
TREES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner), max_leaves=20)


def test_fields_are_told_in_their_order() -> None:
    fields = {
        "where_prec": 2,
        "note": "two\nlines",
        "empty": "",
        "missing": None,
        "clear": True,
        "codes": ["a", "", "b"],
        "position": {"x": 1.5, "unknown": None, "of": ["map", "chart"]},
    }
    assert field_words(fields) == [
        ("where prec", "2"),
        ("note", "two lines"),
        ("clear", "yes"),
        ("codes", "a, b"),
        ("position", "x: 1.5, of: map, chart"),
    ]


def test_what_is_long_or_deep_is_cut() -> None:
    [(_, words)] = field_words({"a": "x" * 1_000})
    assert words == "x" * (MOST_CHARACTERS - 1) + "…"
    tree: object = "end"
    for _ in range(2_000):
        tree = [tree]
    assert field_words({"deep": tree}) == [("deep", "…")]


@given(st.dictionaries(st.text(max_size=8), TREES))
def test_any_field_is_one_line(fields: dict[str, object]) -> None:
    for name, words in field_words(fields):
        assert "\n" not in name
        assert words
        assert "\n" not in words
        assert len(words) <= MOST_CHARACTERS
