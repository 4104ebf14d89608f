"""Put the pages of a PDF together as one text in paragraphs, as it was written and before it was set in pages.

A text layer has the lines of each page and says nothing of paragraphs. What only setting in pages brought in would
stand in the middle of sentences that run over two pages: numbers of pages and heads that come again are left out, what
else stands at the edges as they do comes after the sentence; see readers/running_lines.py. A paragraph ends where a
line ends a sentence well before the others do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from timeline_app.readers.running_lines import Running, running_lines

_SHORT_SHARE = 0.85
_ENDS_SENTENCE = re.compile(r"""[.!?…:。！？؟۔]["'”’»)\]]*\s*$""")
_PARAGRAPH_ENDS = "\n\n"


def text_of_pages(pages: Iterable[str]) -> str:
    """Return the text of pages that follow each other, an empty line between paragraphs."""
    # Some programs map the blank between words to a tab.
    lines_of = [[line for line in page.replace("\t", " ").strip().splitlines() if line.strip()] for page in pages]
    running_of = running_lines(lines_of)
    lines = [
        (line, running.get(number))
        for own, running in zip(lines_of, running_of, strict=True)
        for number, line in enumerate(own)
        if running.get(number) is not Running.LEFT_OUT
    ]
    lengths = sorted(len(line) for line, running in lines if running is None)
    short = lengths[len(lengths) * 4 // 5] * _SHORT_SHARE if lengths else 0
    return "".join(_in_paragraphs(lines, short)).strip()


def _in_paragraphs(lines: Iterable[tuple[str, Running | None]], short: float) -> Iterator[str]:
    """Give the lines with what parts them; `short` is how long one is at most that ends before the others."""
    apart: list[str] = []
    before = between = ""
    for line, running in lines:
        if running is None:
            yield from (between, line)
            before, between = line, _PARAGRAPH_ENDS if len(line) < short and _ENDS_SENTENCE.search(line) else "\n"
        else:
            apart.append(line)
        if apart and (not before or _ENDS_SENTENCE.search(before)):
            # Around it a paragraph ends, and what follows begins one.
            yield from (between and _PARAGRAPH_ENDS, _PARAGRAPH_ENDS.join(apart))
            apart, between = [], _PARAGRAPH_ENDS
    yield from (_PARAGRAPH_ENDS, _PARAGRAPH_ENDS.join(apart))
