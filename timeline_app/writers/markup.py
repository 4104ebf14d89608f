"""Put any text into HTML or Markdown so that it reads as what it says and nothing of it acts as markup."""

from __future__ import annotations

import re

from timeline_app.core.safe_text import safe_text

_OF_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\n": "<br>"})
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|~&$^]")
# What begins like an address is made a link by many a program.
_LINKED = re.compile(r":(?=//)|(?<=\bwww)\.|@", re.IGNORECASE)
_NUMBERED = re.compile(r"(?m)^(\d{1,9})([.)])")
_MARK_OF_BLOCK = re.compile(r"(?m)^[#+\-=:!]")
_LINE_EDGE = re.compile(r"[ \t]*\n[ \t]*")


def html_text(text: str) -> str:
    """Return a text for HTML, between elements or in quotes; its lines are kept."""
    return safe_text(text, keep_lines=True).translate(_OF_HTML)


def markdown_text(text: str) -> str:
    """Return a text for one paragraph of Markdown; its lines are kept by a backslash at their ends."""
    safe = _LINE_EDGE.sub("\n", safe_text(text.strip(), keep_lines=True).replace("\t", " "))
    escaped = _LINKED.sub(r"\\\g<0>", _MARKDOWN.sub(r"\\\g<0>", safe))
    escaped = _NUMBERED.sub(r"\1\\\2", escaped)
    escaped = _MARK_OF_BLOCK.sub(r"\\\g<0>", escaped)
    return escaped.replace("\n", "\\\n")


def markdown_line(text: str) -> str:
    """Return a text for one line of Markdown, as in a heading or the cell of a table."""
    return markdown_text(" ".join(text.split()))
