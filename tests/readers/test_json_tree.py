"""JSON is read by the rules of JSON, each value as its text with its place."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.errors import ReadError
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import ListNode, MappingNode, raw
from timeline_app.readers.tree_builder import DEEPEST

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=20
)
DOCUMENTS = st.lists(VALUES, max_size=5) | st.dictionaries(TEXTS, VALUES, max_size=5)


def tree_of(text: str) -> object:
    return raw(read_json(SourceText(text)).root)


def as_text(value: object) -> object:
    """Return a value with every scalar as the text that JSON writes for it."""
    if isinstance(value, dict):
        return {key: as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value)


@given(DOCUMENTS, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_what_python_writes_is_read_as_it_was(document: object, indent: int | str | None, ascii_only: bool) -> None:
    assert tree_of(json.dumps(document, indent=indent, ensure_ascii=ascii_only)) == as_text(document)


@given(st.text('{}[]:,"\\u0 truefalsn1-.e\n\t', max_size=12))
def test_it_accepts_exactly_what_the_standard_library_accepts(text: str) -> None:
    try:
        json.loads(text)
    except ValueError:
        with pytest.raises(ReadError):
            read_json(SourceText(text))
    else:
        read_json(SourceText(text))


def test_escapes() -> None:
    assert tree_of(r'["\/", "\ud83d\ude00", "\u0041", "\"\\\b\f\n\r\t", "\u2028"]') == [
        "/",
        "😀",
        "A",
        '"\\\b\f\n\r\t',
        "\u2028",
    ]


def test_numbers_and_words_stay_as_they_are_written() -> None:
    text = "[0, -0, 10.50, 1E+400, 12345678901234567890123, true, false, null, NaN, -Infinity]"
    expected = "0 -0 10.50 1E+400 12345678901234567890123 true false  NaN -Infinity"
    assert tree_of(text) == expected.split(" ")
    assert math.isinf(float("1E+400"))


def test_offsets_are_those_of_the_values_and_of_the_keys() -> None:
    text = '{"é": 1,\n "b": [2, "x"] , "c": {}}'
    root = read_json(SourceText(text)).root
    assert isinstance(root, MappingNode)
    places = {key: (key_offset, node.offset) for key, (key_offset, node) in root.entries.items()}
    assert places == {
        "é": (text.index('"é"'), text.index("1")),
        "b": (text.index('"b"'), text.index("[2")),
        "c": (text.index('"c"'), text.index("{}")),
    }
    items = root.entries["b"][1]
    assert isinstance(items, ListNode)
    assert items.end_offset == text.index("]") + 1


def test_the_first_of_two_equal_keys_is_used_and_the_second_reported() -> None:
    tree = read_json(SourceText('{"a": 1,\n"a": 2}'))
    assert raw(tree.root) == {"a": "1"}
    assert tree.faults == [('"a" is given twice here; the first, on line 1, is used', 9)]


UNCLOSED = "this is not JSON: expected the closing quotation mark"
BAD = [
    ("", "1:1: this is not JSON: expected a value; found the end of the file"),
    ("[1 2]", '1:4: this is not JSON: expected “,” or “]”; found "2"'),
    ("[1,]", '1:4: this is not JSON: expected a value; found "]"'),
    ('{"a" 1}', '1:6: this is not JSON: expected “:” after the name of a field; found "1"'),
    ("{a: 1}", '1:2: this is not JSON: expected the name of a field in double quotes; found "a"'),
    ("{'a': 1}", "1:2: this is not JSON: expected the name of a field in double quotes; found \"'a'\""),
    ('{"a": 1,}', '1:9: this is not JSON: expected the name of a field in double quotes; found "}"'),
    ("[1]\n[2]", '2:1: this is not JSON: expected the end of the file; found "["'),
    ("[01]", '1:2: this is not JSON: expected a value; found "01"'),
    ("[+1]", '1:2: this is not JSON: expected a value; found "+1"'),
    ("[truest]", '1:2: this is not JSON: expected a value; found "truest"'),
    ('["a\nb"]', f"1:4: {UNCLOSED} of the text that begins on line 1, column 2; found a line break"),
    ('["a', f"1:4: {UNCLOSED} of the text that begins on line 1, column 2; found the end of the file"),
    ('["\\x"]', '1:3: this is not JSON: expected one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000; found "\\x"'),
    ('["\\ud83d"]', "1:2: expected pairs of \\uD800 to \\uDFFF; found half of a character"),
    ("// note\n{}", '1:1: this is not JSON: expected a value; found "//"'),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_what_is_not_json_is_refused_at_its_place(text: str, message: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_json(SourceText(text, "a.json"))
    assert str(refused.value) == f"a.json:{message}"


def test_depth_is_bounded() -> None:
    assert tree_of("[" * DEEPEST + "]" * DEEPEST)
    with pytest.raises(ReadError, match=f"nested deeper than {DEEPEST} levels"):
        tree_of("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
