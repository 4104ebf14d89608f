"""Text without what typesetting changes of it, and where each of its letters stands in the text as it is set.

What typesetting changes: kinds and widths of white space, quotation marks and dashes, ligatures and other forms of the
same letters, characters that Unicode writes in two ways, invisible characters, hyphens at the ends of lines, and what
Markdown writes for it: asterisks and underscores around words, brackets around those that lead somewhere.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from functools import cache

_SINGLE_QUOTES = "‘’‚‛‹›′`´"
_DOUBLE_QUOTES = "“”„‟«»″"
_DASHES = "‐‑‒–—―−"
_SOFT_HYPHEN = "\u00ad"
# Each becomes one character, so that places stay what they are.
_PLAIN = str.maketrans(
    dict.fromkeys(_SINGLE_QUOTES, "'") | dict.fromkeys(_DOUBLE_QUOTES, '"') | dict.fromkeys(_DASHES, "-")
)
# Joiners, direction marks and marks of byte order: they are not seen.
_UNSEEN = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad"
_JAMO = "\u1100-\u11ff"
# Ligatures, the forms of Arabic letters, letters of full and half width: the same letters, set differently.
_SET_DIFFERENTLY = "\ufb00-\ufdff\ufe70-\ufefc\uff01-\uffef…"
_LINE_ENDS = "\n\r\f\v\u2028\u2029"
_HYPHENS = "-\u2010\u00ad"
# Emphasis stands at the edges of words; the brackets of a link around them, with its address behind.
_MARKDOWN = (
    r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)",
    r"\[(?=[^\[\]]{1,300}\]\([^()\s]{1,2000}\))|\]\([^()\s]{1,2000}\)",
)
_OF_MARKDOWN = re.compile(r"[*_]+|\[|\]\(.*\)")


@dataclass(frozen=True, slots=True)
class Dash:
    """A dash before the letter of this number; one that only divides a word at the end of a line may be left out.

    `start` and `end` are where it stands in the text.
    """

    at: int
    may_be_left_out: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlainTypography:
    """The letters of a text with single spaces between words, its dashes beside them, and where they all come from.

    A dash and the space around it stand in `dashes` and not in `letters`. Between the starts of two pieces letters
    follow each other as in the text, unless the piece has an end: then all of it became the letters there.
    """

    letters: str
    dashes: tuple[Dash, ...]
    _letter_starts: list[int] = field(repr=False)
    _text_starts: list[int] = field(repr=False)
    _text_ends: list[int] = field(repr=False)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where the letters from `start` up to `end` begin and end in the text."""
        if end <= start:
            begins = self._span(start)[0] if start < len(self.letters) else 0
            return begins, begins
        return self._span(start)[0], self._span(end - 1)[1]

    def dashes_within(self, start: int, end: int) -> tuple[Dash, ...]:
        """Return the dashes from before the letter `start` to behind the letter before `end`, numbered from `start`."""
        first = bisect_left(self.dashes, start, key=lambda dash: dash.at)
        last = bisect_right(self.dashes, end, key=lambda dash: dash.at)
        return tuple(replace(dash, at=dash.at - start) for dash in self.dashes[first:last])

    def _span(self, letter: int) -> tuple[int, int]:
        piece = bisect_right(self._letter_starts, letter) - 1
        if self._text_ends[piece]:
            return self._text_starts[piece], self._text_ends[piece]
        begins = self._text_starts[piece] + letter - self._letter_starts[piece]
        return begins, begins + 1


def plain_typography(text: str) -> PlainTypography:
    """Return a text as if it had been typed and never set; what is left out at its ends is white space."""
    plain = text.translate(_PLAIN)
    parts: list[str] = []
    dashes: list[Dash] = []
    letter_starts, text_starts, text_ends = [0], [0], [0]
    length = copied = 0
    for match in _changed(plain).finditer(plain):
        start, end = match.span()
        became = _became(match.group())
        parts.append(plain[copied:start])
        length += start - copied
        if "-" in match.group() or _ends_a_line(text, start, end):
            blank = len(match.group()) - len(match.group().lstrip())
            dashes.append(
                Dash(length, _ends_a_line(text, start, end), start + blank, start + len(match.group().rstrip()))
            )
            became = ""
        elif became == " " and (length == 0 or end == len(plain)):
            became = ""
        if became:
            letter_starts.append(length)
            text_starts.append(start)
            text_ends.append(end)
            parts.append(became)
            length += len(became)
        letter_starts.append(length)
        text_starts.append(end)
        text_ends.append(0)
        copied = end
    parts.append(plain[copied:])
    return PlainTypography("".join(parts), tuple(dashes), letter_starts, text_starts, text_ends)


def _became(stretch: str) -> str:
    """Return the letters, the space or the nothing that a stretch of a text stands for."""
    if any(map(str.isspace, stretch)):
        return " "
    if _OF_MARKDOWN.fullmatch(stretch):
        return ""
    return unicodedata.normalize("NFKC", _unseen().sub("", stretch))


def _ends_a_line(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is one hyphen that divides a word at the end of a line."""
    stretch = text[start:end]
    return (
        stretch[0] in _HYPHENS
        and any(character in _LINE_ENDS for character in stretch)
        and not any(character in f"-{_DASHES}{_SOFT_HYPHEN}" for character in stretch[1:])
        and _is_letter(text[start - 1 : start])
        and _is_letter(text[end : end + 1])
    )


def _is_letter(character: str) -> bool:
    return character.isalpha() or (character != "" and unicodedata.category(character).startswith("M"))


def _changed(text: str) -> re.Pattern[str]:
    """Return the pattern of what typesetting may have changed; of plain text it knows fewer things, and is quicker."""
    if text.isascii():
        return _changed_in_ascii()
    marks = "".join(sorted(one for one in set(text) if unicodedata.category(one).startswith("M")))
    return _changed_in_unicode(marks)


@cache
def _changed_in_ascii() -> re.Pattern[str]:
    return re.compile("|".join((r"\s*-[-\s]*|\s{2,}|[^\S ]|^ | $", *_MARKDOWN)))


def _changed_in_unicode(marks: str) -> re.Pattern[str]:
    blank = rf"[\s{_UNSEEN}]"
    alternatives = [rf"{blank}*-[-\s{_UNSEEN}]*", rf"{blank}{{2,}}", rf"[^\S ]|[{_UNSEEN}]", "^ | $", *_MARKDOWN]
    if marks:
        alternatives.append(rf"[^\s-]?[{re.escape(marks)}]+")
    alternatives += [f"[{_JAMO}]+", f"[{_SET_DIFFERENTLY}]+", *_written_twice()]
    return re.compile("|".join(alternatives))


@cache
def _unseen() -> re.Pattern[str]:
    return re.compile(f"[{_UNSEEN}]+")


@cache
def _written_twice() -> tuple[str, ...]:
    """Return patterns of single characters that Unicode has twice, such as the sign of the Angstrom."""
    return ("[\u0340\u0341\u0374\u037e\u0387\u1f71-\u1ffd\u2126\u212a\u212b\uf900-\ufaff]",)
