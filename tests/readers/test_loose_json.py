"""Data as JavaScript writes it: the same tree as JSON, with its places, and nothing run."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.errors import ReadError
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.loose_json import read_loose_json
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import MappingNode, raw

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def value_of(text: str) -> object:
    return raw(read_loose_json(SourceText(text, "a.json")).root)


@given(VALUES, st.booleans())
def test_json_gives_the_same_as_it_does_strictly(value: object, escaped: bool) -> None:
    text = json.dumps(value, ensure_ascii=escaped)
    if any(0xD800 <= ord(character) < 0xE000 for character in text):
        return
    assert value_of(text) == raw(read_json(SourceText(text)).root)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a: 1, 'b': 'it\\'s', \"c\": [1, 2,],}", {"a": "1", "b": "it's", "c": ["1", "2"]}),
        ("// first\n{/* a { */ a: 'x' /* ] */, // y\n}", {"a": "x"}),
        ("callback({a: 1});", {"a": "1"}),
        ("(  [1]  )", ["1"]),
        ("var data = {a: 1};\n", {"a": "1"}),
        ("window.my.data = [1]", ["1"]),
        ("const items = new vis.DataSet([1, 2]);", ["1", "2"]),
        ("export default {a: undefined}", {"a": ""}),
        (
            "{a: new Date(2024, 5, 19), b: new Date('2024-06-19')}",
            {"a": "new Date(2024, 5, 19)", "b": "new Date('2024-06-19')"},
        ),
        (
            "{a: +1.5e3, b: -.5, c: 0xFF, d: NaN, $e: true, 1: null}",
            {"a": "+1.5e3", "b": "-.5", "c": "0xFF", "d": "NaN", "$e": "true", "1": ""},
        ),
        (r"['\x41\u00e9\u{1F600}\ud83d\ude00\0\v\q']", ["Aé😀😀\x0bq"]),
        ("['one \\\n line']", ["one  line"]),
    ],
)
def test_what_javascript_allows(text: str, value: object) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a.json:1:1: this is no data in JSON: expected a value; found the end of the file"),
        ("{a: run()}", 'a.json:1:5: this is no data in JSON: expected a value; found "run()"'),
        ("{a: 1", "a.json:1:6: this is no data in JSON: expected “,” or “}”; found the end of the file"),
        ("{a 1}", 'a.json:1:4: this is no data in JSON: expected “:” after the name of a field; found "1"'),
        ("[1 2]", 'a.json:1:4: this is no data in JSON: expected “,” or “]”; found "2"'),
        ("[,]", 'a.json:1:2: this is no data in JSON: expected a value; found ","'),
        ("{'a\nb': 1}", "a.json:1:2: expected the closing quotation mark of the text that begins here"),
        ("['\\ud800']", "a.json:1:2: expected pairs of \\uD800 to \\uDFFF; found half of a character"),
        ("callback({a: 1}", "a.json:1:16: this is no data in JSON: expected “)”; found the end of the file"),
        ("{} x", 'a.json:1:4: this is no data in JSON: expected the end of the file; found "x"'),
        ("{} /* open", 'a.json:1:4: this is no data in JSON: expected the end of the file; found "/*"'),
        ("[" * 65, "a.json:1:65: nested deeper than 64 levels; a timeline needs no more than six"),
    ],
)
def test_what_is_no_data_is_refused_at_its_place(text: str, message: str) -> None:
    with pytest.raises(ReadError) as refusal:
        value_of(text)
    assert str(refusal.value) == message


def test_more_of_a_script_is_told_and_not_read() -> None:
    tree = read_loose_json(SourceText("var items = [1];\nvar groups = [2];"))
    assert raw(tree.root) == ["1"]
    assert tree.faults == [("what follows here is more of the script and is not read; expected data alone", 17)]


def test_places_are_those_of_the_file() -> None:
    root = read_loose_json(SourceText("cb({\n  a: 'x'})")).root
    assert isinstance(root, MappingNode)
    assert (root.offset, root.entries["a"][0], root.entries["a"][1].offset) == (3, 7, 10)
