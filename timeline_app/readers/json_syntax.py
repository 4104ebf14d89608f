"""How values are written that are gone through one by one: as JSON has it, or as another syntax does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from timeline_app.readers.json_tree import NO_JSON, SPACE, WORD, read_json_value
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import Tree

# Returns the value at a place of a text, its end, and what is told of a key that stands twice in it, unless the decoder
# notices that. Raises ReadError, JSONDecodeError or RecursionError where there is none.
Scan = Callable[[str, int, json.JSONDecoder], tuple[object, int, str]]

# What may stand behind the digits of a number that is not yet whole, as far as it has been read.
_NUMBER_GOES_ON = re.compile(r"[-+.eE\d]*")


@dataclass(frozen=True, slots=True)
class Syntax:
    """What is written between values, and what reads one of them, or the name of a field.

    `name` begins messages; `space` is white space with its comments, `word` what is quoted where something else was
    expected; `closed` are the characters with which values begin that have an end of their own. `check` and `check_key`
    raise ReadError that says why there is no value, or no name, at the beginning of a text.
    """

    name: str
    space: re.Pattern[str]
    word: re.Pattern[str]
    value: Scan
    key: Scan
    check: Callable[[SourceText], Tree]
    check_key: Callable[[SourceText], object]
    going_on: re.Pattern[str]
    quotes: str = '"'
    closed: str = '{["'
    has_plain_keys: bool = False
    takes_last_comma: bool = False
    has_comments: bool = False

    def goes_on(self, text: str, end: int) -> bool:
        """Tell whether a value that seems to end there may go on behind a text that is not all there is."""
        return self.going_on.fullmatch(text, end) is not None


def _json_value(text: str, begin: int, decoder: json.JSONDecoder) -> tuple[object, int, str]:
    return *decoder.raw_decode(text, begin), ""


JSON_SYNTAX = Syntax(
    name=NO_JSON,
    space=SPACE,
    word=WORD,
    value=_json_value,
    key=_json_value,
    check=read_json_value,
    check_key=read_json_value,
    going_on=_NUMBER_GOES_ON,
)
