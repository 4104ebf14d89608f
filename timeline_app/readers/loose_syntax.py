"""How values are written in the data of a script: what loose JSON allows, in the time of JSON as long as it is that."""

from __future__ import annotations

import json
import re

from timeline_app.readers.json_syntax import Syntax
from timeline_app.readers.loose_json import (
    LOOSE_SPACE,
    LOOSE_WORD,
    NO_DATA,
    check_loose_key,
    check_loose_value,
    loose_key_at,
    loose_value_at,
)
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import raw

# What a name, a number or a date goes on with, as far as it has been read.
_GOES_ON = re.compile(r"[-+.\w$]*")
_TWICE = re.compile('"(.*)" is given twice')
_STRING = re.compile(r'"[^"\\\x00-\x1f]*+"')


def loose_syntax() -> Syntax:
    """Return the syntax of one text; once that was no JSON, values are no longer tried as such."""
    return Syntax(
        name=NO_DATA,
        space=LOOSE_SPACE,
        word=LOOSE_WORD,
        value=_LooseValues().value_at,
        key=_key_at,
        check=check_loose_value,
        check_key=check_loose_key,
        going_on=_GOES_ON,
        quotes="\"'`",
        closed="{[\"'`",
        has_plain_keys=True,
        takes_last_comma=True,
        has_comments=True,
    )


class _LooseValues:
    """Reads the values of one text."""

    def __init__(self) -> None:
        self._is_json = True

    def value_at(self, text: str, begin: int, decoder: json.JSONDecoder) -> tuple[object, int, str]:
        """Return the value at a place, as a Scan does; raises ReadError for none."""
        if self._is_json:
            try:
                return *decoder.raw_decode(text, begin), ""
            except (ValueError, RecursionError):
                pass
        tree, end = loose_value_at(SourceText(text), begin)
        # Where a piece of the text ends, JSON is not whole either.
        self._is_json = self._is_json and end >= len(text)
        twice = next((found[1] for message, _ in tree.faults if (found := _TWICE.match(message)) is not None), "")
        return raw(tree.root), end, twice


def _key_at(text: str, begin: int, decoder: json.JSONDecoder) -> tuple[object, int, str]:
    """Return the name of a field at a place, with its end; raises ReadError for none."""
    del decoder
    plain = _STRING.match(text, begin)
    name, end = (plain[0][1:-1], plain.end()) if plain is not None else loose_key_at(SourceText(text), begin)
    return name, end, ""
