"""Read YAML into a tree in which every value is the text that was written.

PyYAML gives the events; types are not guessed, so that `no`, `010` and `2024-06` stay what they are. Aliases, which can
be made to blow up, have no use here and are refused, as is a second document. Tried on PyYAML 6.0.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import yaml

from timeline_app.core.errors import ReadError
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import ListNode, MappingNode, Tree, shortened
from timeline_app.readers.tree_builder import TreeBuilder

# What YAML 1.1 allows in a file; the parser itself names only the byte.
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7E\x85\xA0-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\U00010000-\U0010FFFF]")

# Of the wheels of PyYAML all have the C parser, of the builds of distributions not all.
_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

_IN_PLAIN_WORDS = {
    "mapping values are not allowed in this context": (
        "a colon stands where no field can begin; put a text that contains “: ” in quotes, and check the indentation"
    ),
    "could not find expected ':'": "expected a colon and a space after the name of a field",
    "did not find expected key": "expected the name of a field; check the indentation and the quotes before it",
    "did not find expected '-' indicator": "expected a list item beginning with “- ”; check the indentation",
    "did not find expected ',' or ']'": "expected “,” or “]”: a list in brackets is not closed",
    "did not find expected ',' or '}'": "expected “,” or “}”: a mapping in braces is not closed",
    "did not find expected node content": "expected a value",
    "found unexpected end of stream": "expected the closing quotation mark; the file ends before it",
    "found unknown escape character": "unknown escape; inside double quotes write “\\\\” for a backslash",
    "found character that cannot start any token": (
        "a value cannot begin with this character; put it in quotes, and indent with spaces, not with tabs"
    ),
    "found a tab character where an indentation space is expected": "indent with spaces, not with tabs",
    "found a tab character that violates indentation": "indent with spaces, not with tabs",
    "did not find expected <document start>": "expected the end of the file; something follows the timeline",
}


def read_yaml(source: SourceText) -> Tree:
    """Read the one document of a YAML text.

    Raises ReadError with line and column for what is not YAML, for aliases, and for what nests too deeply.
    """
    unprintable = _UNPRINTABLE.search(source.text)
    if unprintable:
        message = f"the character U+{ord(unprintable[0]):04X} cannot stand in YAML; expected text"
        raise source.error(message, unprintable.start())
    builder = TreeBuilder(source)
    try:
        _build(yaml.parse(source.text, Loader=_LOADER), builder, source)
    except yaml.YAMLError as error:
        raise _read_error(error, source) from error
    return builder.finish()


def _build(events: Iterable[Any], builder: TreeBuilder, source: SourceText) -> None:
    """Hand each event of the parser to the builder; `Any` because the stubs allow for events without a place."""
    documents = 0
    scalar = yaml.ScalarEvent
    for event in events:
        kind = type(event)
        if kind is scalar:
            builder.add_text(event.value, event.start_mark.index)
            if event.tag is not None:
                _note_tag(event.tag, event.start_mark.index, builder)
        elif kind is yaml.MappingStartEvent:
            builder.open(MappingNode(event.start_mark.index))
        elif kind is yaml.SequenceStartEvent:
            builder.open(ListNode(event.start_mark.index))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            builder.close(event.start_mark.index)
        elif kind is yaml.AliasEvent:
            message = f"“*{event.anchor}” is an alias; write out what it stands for"
            raise source.error(message, event.start_mark.index)
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise source.error("a second document begins here; expected one timeline", event.start_mark.index)


def _note_tag(tag: str, offset: int, builder: TreeBuilder) -> None:
    """Say that a type written into the file, such as `!!int`, changes nothing."""
    if tag != "!":
        builder.fault(f"the tag {shortened(tag)} is ignored; every value is read as text", offset)


def _read_error(error: yaml.YAMLError, source: SourceText) -> ReadError:
    """Put what the parser says in plain words, at the place of the fault."""
    problem = getattr(error, "problem", None)
    mark = getattr(error, "problem_mark", None)
    if problem is None or mark is None:
        return ReadError(f"this is not YAML: {' '.join(str(error).split())}", source.file)
    message = _IN_PLAIN_WORDS.get(problem, f"this is not YAML: {problem}")
    begun = getattr(error, "context_mark", None)
    if begun is not None and begun.index < mark.index:
        line, column = source.place(begun.index)
        message = f"{message} (begun on line {line}, column {column})"
    return source.error(message, mark.index)
