"""Reduce the markup that a format's texts may carry to plain words, and keep the addresses of its links.

Nothing of the markup is ever handed on: what is a tag of HTML goes, what is not, such as `a < b`, stays. Elements of no
words, scripts and styles, go with what is in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 200_000
_CUT = " [cut]"

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,15})\b([^<>]*)>|<!--[^<>]*-->", re.IGNORECASE)
_ADDRESS = re.compile(r"""\b(?:href|src)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))""", re.IGNORECASE)
_WEB = ("http://", "https://")
_BREAKING = frozenset(
    {
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1"),
        *("h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr"),
        "ul",
    }
)
_INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "audio", "b", "big", "body", "center", "cite", "code", "del", "em", "embed", "font"),
        *("form", "head", "html", "i", "iframe", "img", "input", "ins", "kbd", "link", "mark", "meta", "nobr"),
        *("object", "q", "s", "small", "source", "span", "strike", "strong", "sub", "sup", "svg", "tbody", "tfoot"),
        *("thead", "time", "tt", "u", "var", "video", "wbr"),
    }
)
_WORDLESS = frozenset({"script", "style", "template", "title"})
_BLANKS = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r" ?\n(?: ?\n)+ ?")
_LINE_EDGE = re.compile(r" ?\n ?")


@dataclass(frozen=True, slots=True)
class PlainWords:
    """A text without its markup, and the addresses on the web that its links and pictures led to, each once."""

    text: str
    addresses: tuple[str, ...] = ()


def plain_words(written: str) -> PlainWords:
    """Return a text without HTML; a text that has none is returned as it is, without white space around it."""
    cut = written[:LONGEST] + _CUT if len(written) > LONGEST else written
    if "<" not in cut and "&" not in cut:
        return PlainWords(cut.strip())
    # Imported on use: it brings a list of two thousand names, which most starts can do without.
    from html import unescape

    pieces: list[str] = []
    addresses: dict[str, None] = {}
    position, has_markup, silent = 0, False, ""
    for match in _TAG.finditer(cut):
        name = (match[2] or "").lower()
        if match[2] is not None and name not in _BREAKING | _INLINE | _WORDLESS:
            continue
        has_markup = True
        if not silent:
            pieces.append(cut[position : match.start()])
            pieces.append("\n" if name in _BREAKING else "")
            addresses |= dict.fromkeys(_addresses(match[3] or ""))
        position = match.end()
        if name in _WORDLESS:
            silent = "" if match[1] and name == silent else silent or ("" if match[1] else name)
    pieces.append("" if silent else cut[position:])
    text = unescape("".join(pieces))
    return PlainWords(_tidied(text) if has_markup else text.strip(), tuple(addresses))


def _addresses(attributes: str) -> list[str]:
    from html import unescape  # as above

    found = (unescape(next(filter(None, match.groups()), "")).strip() for match in _ADDRESS.finditer(attributes))
    return [address for address in found if address.lower().startswith(_WEB)]


def _tidied(text: str) -> str:
    """Return words whose line breaks were made by elements with the white space of HTML taken together."""
    return _LINE_EDGE.sub("\n", _BLANK_LINES.sub("\n\n", _BLANKS.sub(" ", text))).strip()
