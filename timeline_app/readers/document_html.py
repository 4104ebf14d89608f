"""Read the words of a page of HTML, as text and nothing else.

The words of a page are what its blocks hold: each block is a paragraph of its own, scripts, styles, the head and what
is drawn rather than read go with all that is in them, and no tag, address or style is ever handed on. The parser of the
standard library is not used: it takes more than a minute for 400 kB of opened comments (Python 3.11.7), while one
pattern that always ends where it began to match, or later, takes a time that grows with the page alone.

The encoding is what a byte order mark says, or the page itself at its beginning, or UTF-8. Tried on pages of news as
browsers save them, and on pages that are cut anywhere.
"""

from __future__ import annotations

import codecs
import re

from timeline_app.core.errors import ReadError
from timeline_app.readers.encodings import marked_encoding
from timeline_app.readers.source_file import MEGABYTE, SourceFile, too_large
from timeline_app.readers.source_text import decode_text

# Some seconds, of nothing but tags; a page of news is a tenth of it.
LARGEST_BYTES = 10 * MEGABYTE
_DECLARED_WITHIN_BYTES = 4096
_DECLARED = re.compile(rb"""<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
# What a page that says so is in, as every browser takes it.
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252"}

# A comment, a declaration or a tag; what is never closed goes on to the end of the page, as in a browser.
_MARKUP = re.compile(
    r"""<!--.*?(?:-->|\Z)|<[!?][^>]*+(?:>|\Z)|<(/?)([a-zA-Z][^\s/>]*+)((?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^"'>])*+)(?:>|\Z)""",
    re.DOTALL,
)
_LONG_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SPACE_AT_EDGE = re.compile(r" *\n *")
_BLANK_LINES = re.compile(r"\n{3,}")
_PARAGRAPHS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "dialog", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "ul"),
    }
)
_LINES = frozenset({"br", "tr"})
_CELLS = frozenset({"td", "th"})
_NO_MARKUP_WITHIN = frozenset({"script", "style", "iframe", "noembed", "noframes", "textarea", "title", "xmp"})
_WORDLESS = frozenset({"head", "noscript", "object", "select", "svg", "math", "template", "canvas", "video", "audio"})
_OF_THE_HEAD = frozenset({"title", "meta", "link", "base", "basefont", "bgsound", "html", "head", *_NO_MARKUP_WITHIN})


def html_text(source: SourceFile) -> str:
    """Return the words of a page.

    Raises ReadError for one that is too large, and for bytes that are not in the encoding that it is said to be in.
    """
    if len(source.content) > LARGEST_BYTES:
        raise too_large(LARGEST_BYTES, source.name)
    return words_of_html(_decoded(source))


def words_of_html(page: str) -> str:
    """Return the words of a page, an empty line between its paragraphs."""
    pieces: list[str] = []
    position, silent, depth, in_pre = 0, "", 0, False
    while match := _MARKUP.search(page, position):
        if not silent:
            pieces.append(_words(page[position : match.start()], keeps_lines=in_pre))
        position = match.end()
        name, is_end = (match[2] or "").lower(), match[1] == "/"
        if name in _NO_MARKUP_WITHIN and not is_end:
            position = _end_of_raw(page, position, name)
        if silent:
            depth += (not is_end) - is_end if name == silent else 0
            leaves_head = silent == "head" and name not in _OF_THE_HEAD and name != "" and name not in _WORDLESS
            silent = "" if not depth or leaves_head else silent
        elif name in _WORDLESS and not is_end and not match[3].endswith("/"):
            silent, depth = name, 1
        in_pre = not is_end if name == "pre" else in_pre
        if not silent:
            pieces.append("\n\n" if name in _PARAGRAPHS else "\n" if name in _LINES else " " if name in _CELLS else "")
    if not silent:
        pieces.append(_words(page[position:], keeps_lines=in_pre))
    return _BLANK_LINES.sub("\n\n", _SPACE_AT_EDGE.sub("\n", re.sub("  +", " ", "".join(pieces)))).strip()


def _words(text: str, *, keeps_lines: bool) -> str:
    # Imported on use: it brings a list of two thousand names, which most starts can do without.
    from html import unescape

    plain = text.replace("\r\n", "\n") if keeps_lines else _BLANKS.sub(" ", text)
    return unescape(_LONG_REFERENCE.sub("\ufffd", plain)) if "&" in plain else plain


def _end_of_raw(page: str, position: int, name: str) -> int:
    """Return where an element ends in which markup has no meaning: behind its words, or at the end of the page."""
    end = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(page, position)
    return end.start() if end else len(page)


def _decoded(source: SourceFile) -> str:
    head = source.content[:_DECLARED_WITHIN_BYTES]
    declared = _DECLARED.search(head)
    told = marked_encoding(head) or (declared[1].decode("ascii", "replace") if declared else "")
    if not told or head.startswith(codecs.BOM_UTF8):
        return decode_text(source).text
    try:
        name = codecs.lookup(told).name
        text = source.content.decode(_AS_BROWSERS_DO.get(name, name))
    except (LookupError, ValueError) as error:
        raise ReadError(f'the page says that it is in "{told}", but cannot be read so: {error}', source.name) from error
    return text.removeprefix("\ufeff")
