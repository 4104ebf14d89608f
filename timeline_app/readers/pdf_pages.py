"""Put the pages of a PDF together as one text in paragraphs, as it was written and before it was set in pages.

A text layer has the lines of each page and says nothing of paragraphs. What only setting in pages brought in would
stand in the middle of sentences that run over two pages: page numbers are left out, and of a running head or foot all
but its first. A paragraph ends where a line ends a sentence well before the others do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

# A head and a line of its own for the number of the page.
_MOST_EDGE_LINES = 2
_FEWEST_PAGES = 3
_SHORT_SHARE = 0.85
_NUMBERED = re.compile(r"(?:(?P<first>\d{1,4})\b\s*)?(?P<words>.*?)(?:\s*(?<!\d)(?P<last>\d{1,4}))?")
_ENDS_SENTENCE = re.compile(r"""[.!?…:。！？؟۔]["'”’»)\]]*\s*$""")

# The words of a line at the edge of a page, and how far its number is from that of the page, None without one.
_Kind = tuple[str, int | None]


def text_of_pages(pages: Iterable[str]) -> str:
    """Return the text of pages that follow each other, an empty line between paragraphs."""
    # Some programs map the blank between words to a tab.
    lines_of = [[line for line in page.replace("\t", " ").strip().splitlines() if line.strip()] for page in pages]
    for _ in range(_MOST_EDGE_LINES):
        for edge in (0, -1):
            _drop_running(lines_of, edge)
    return "".join(_in_paragraphs([line for lines in lines_of for line in lines])).strip()


def _drop_running(lines_of: Sequence[list[str]], edge: int) -> None:
    """Take away the first (`edge` 0) or last (-1) line of each page where it is that of three pages or more."""
    kinds_of = [_kinds(lines[edge], page) if lines else () for page, lines in enumerate(lines_of)]
    counts = Counter(kind for kinds in kinds_of for kind in kinds)
    met: set[_Kind] = set()
    for lines, kinds in zip(lines_of, kinds_of, strict=True):
        running = [kind for kind in kinds if counts[kind] >= _FEWEST_PAGES]
        if any(words == "" or (words, distance) in met for words, distance in running):
            del lines[edge]
        met.update(running)


def _kinds(line: str, page: int) -> tuple[_Kind, ...]:
    """Return what a line may have in common with those of other pages: all of it, or all but a number that counts."""
    words = line.strip()
    match = _NUMBERED.fullmatch(words)
    number = match and (match["last"] or match["first"])
    if match is None or number is None or (match["first"] and match["last"]):
        return ((words, None),)
    return (words, None), (match["words"], int(number) - page)


def _in_paragraphs(lines: Sequence[str]) -> Iterable[str]:
    lengths = sorted(map(len, lines))
    short = lengths[len(lengths) * 4 // 5] * _SHORT_SHARE if lengths else 0
    for line in lines:
        yield line
        yield "\n\n" if len(line) < short and _ENDS_SENTENCE.search(line) else "\n"
