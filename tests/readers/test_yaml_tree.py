"""YAML becomes a tree of texts with their places, by whichever parser PyYAML was built with."""

from __future__ import annotations

import re

import pytest
import yaml

from timeline_app.core.errors import ReadError
from timeline_app.readers import yaml_tree
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import MappingNode, TextNode, raw
from timeline_app.readers.tree_builder import DEEPEST
from timeline_app.readers.yaml_tree import read_yaml

LOADERS = [yaml.BaseLoader] + ([yaml.CBaseLoader] if yaml.__with_libyaml__ else [])


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__, autouse=True)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "_LOADER", request.param)


def tree_of(text: str) -> object:
    return raw(read_yaml(SourceText(text)).root)


def test_every_value_is_text() -> None:
    assert tree_of("a: [no, 010, {b: ~}, 'x', |\n  y\n  z\n ]\n".replace("|\n  y\n  z\n ", "null")) == {
        "a": ["no", "010", {"b": "~"}, "x", "null"]
    }
    assert tree_of("a: |\n  b\n  c\nd: >-\n  e\n  f\n") == {"a": "b\nc\n", "d": "e f"}


def test_an_empty_text_says_nothing() -> None:
    assert tree_of("") == tree_of("# only a comment\n") == ""


def test_offsets_are_those_of_the_values_and_of_the_keys() -> None:
    text = "é: 1\n😀: 'two'\nlist:\n- three\n"
    root = read_yaml(SourceText(text)).root
    assert isinstance(root, MappingNode)
    values = {key: (key_offset, node.offset) for key, (key_offset, node) in root.entries.items()}
    assert values == {
        "é": (0, text.index("1")),
        "😀": (text.index("😀"), text.index("'two'")),
        "list": (text.index("list"), text.index("- three")),
    }


def test_the_first_of_two_equal_keys_is_used_and_the_second_reported() -> None:
    text = "a: {b: 1, b: {c: 2}}\na: 3\n"
    tree = read_yaml(SourceText(text))
    assert raw(tree.root) == {"a": {"b": "1"}}
    assert tree.faults == [
        ('"b" is given twice here; the first, on line 1, is used', text.index("b: {")),
        ('"a" is given twice here; the first, on line 1, is used', text.index("a: 3")),
    ]


def test_a_tag_changes_nothing_and_is_reported() -> None:
    tree = read_yaml(SourceText("a: !!python/object:os.system x\nb: ! y\n"))
    assert raw(tree.root) == {"a": "x", "b": "y"}
    assert tree.faults == [
        ("the tag tag:yaml.org,2002:python/object:os.system is ignored; every value is read as text", 3)
    ]


def test_an_anchor_without_an_alias_is_harmless() -> None:
    assert tree_of("a: &x [1]\n") == {"a": ["1"]}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_depth_is_bounded(opening: str) -> None:
    closing = {"[": "]", "{a: ": "}", "- ": ""}[opening]
    assert tree_of(opening * DEEPEST + "x" + closing * DEEPEST)
    with pytest.raises(ReadError, match=f"nested deeper than {DEEPEST} levels"):
        tree_of(opening * (DEEPEST + 1) + "x" + closing * (DEEPEST + 1))


def test_the_number_of_values_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline_app.readers.tree_builder.MOST_NODES", 10)
    assert tree_of("[a, b, c, d, e, f, g, h, i]")
    with pytest.raises(ReadError, match=re.escape("more than 10 values in one file")):
        tree_of("[a, b, c, d, e, f, g, h, i, j]")


def test_nothing_at_all_is_a_text() -> None:
    assert isinstance(read_yaml(SourceText("")).root, TextNode)
