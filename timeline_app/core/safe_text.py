"""Make text from a file safe to show: what is invisible, or turns the line round, is shown by its number."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

_JOINER = "[\u200c\u200d]"

# Controls (Cc) with lone surrogates (Cs), the soft hyphen, line and paragraph separators, every invisible format
# character, the bidirectional controls, the fillers that are drawn as nothing, and the tag characters.
_SUSPECT = (
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)

# Letters of the scripts whose spelling needs joiners (Arabic to Thaana, the scripts of India, Tibetan, Burmese, Khmer,
# Mongolian, Arabic presentation forms), and the symbols that a joiner makes one emoji of.
_JOINED_SCRIPT = "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]"
_JOINED_SYMBOL = "[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"

# Behind a character: it is no joiner that stands between two that need it.
_NOT_MEANT = f"(?!{'|'.join(f'(?<={one}{_JOINER})(?={one})' for one in (_JOINED_SCRIPT, _JOINED_SYMBOL))})"

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"


def safe_text(text: str, *, keep_lines: bool = False) -> str:
    """Return a text with characters that could deceive the eye or a terminal shown like ⟦202E⟧.

    Joiners between letters that need them stay. With `keep_lines` line breaks and tabs stay too.
    """
    return _replaced(text, "\n\t" if keep_lines else "", _numbered)


def safe_letters(text: str) -> str:
    """Return a text of the same length, lines kept, with such characters shown by one mark each."""
    return _replaced(text, "\n\t", lambda _: "\ufffd")


def isolated_text(text: str) -> str:
    """Return a safe text that cannot reorder what is put beside it, for composing a line out of several fields."""
    return f"{_FIRST_STRONG_ISOLATE}{safe_text(text)}{_POP_ISOLATE}"


def _replaced(text: str, kept: str, shown: Callable[[str], str]) -> str:
    if _compiled(_SUSPECT).search(text) is None:
        return text
    but = f"(?<![{kept}])" if kept else ""
    return _compiled(f"{_SUSPECT}{but}{_NOT_MEANT}").sub(lambda match: shown(match.group()), text)


@cache
def _numbered(character: str) -> str:
    return f"⟦{ord(character):04X}⟧"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # When it is first needed: the first picture of a start waits for all that is done while modules are loaded.
    return re.compile(pattern)
