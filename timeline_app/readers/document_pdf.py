"""Read the words of a PDF that has a text layer, page by page.

pypdf does it, an optional library (the extra `pdf`): written in Python, so that a hostile file can end no process. What
it cannot bound is bounded here: pages, bytes, and by a count of calls the work on files that are made to take for ever.
Lines are as the pages have them, and words that a line end divides keep their hyphens, which looking up understands.
What an owner may forbid, such as printing, keeps nobody from reading. A PDF that asks for a password, a scan without
words, and a damaged file are refused in words that say so. Tried on PDFs of LibreOffice, Chromium, LaTeX, Word and Qt.
"""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from timeline_app.core.errors import ReadError
from timeline_app.readers.pdf_pages import text_of_pages
from timeline_app.readers.source_file import SourceFile

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 3000
# About three quarters of a minute: a thousand pages of LaTeX, or three hundred of a program that sets every word alone.
MOST_CALLS = 150_000_000


class _TooMuchWork(BaseException):
    """Raised within the library, which must not take it for one of its own failures."""


def pdf_text(source: SourceFile) -> str:
    """Return the words of a PDF, an empty line between paragraphs.

    Raises ReadError when the library is not installed, and when the file is encrypted, damaged, too large or a scan.
    """
    try:
        # Imported on use: an optional library.
        import pypdf
    except ImportError as error:
        message = "PDF needs the optional library pypdf: pip install “conflict-timeline[pdf]”"
        raise ReadError(message, source.name) from error
    # What it would log of a damaged file is told by the error here.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages: list[str] = []
    try:
        with _bounded_work():
            pages.extend(_page_texts(pypdf.PdfReader(io.BytesIO(source.content)), source.name))
    except ReadError:
        raise
    except _TooMuchWork as error:
        read = "" if not pages else f", given up after {len(pages):,} pages"
        message = f"the PDF takes too long to read{read}; expected a shorter one, or its words in a text file"
        raise ReadError(message, source.name) from error
    except pypdf.errors.DependencyError as error:
        message = "the PDF is encrypted with AES, which needs the optional library cryptography; expected one without"
        raise ReadError(message, source.name) from error
    except Exception as error:  # of a damaged file the library raises whatever it stumbles over
        raise ReadError(f"the PDF is damaged and cannot be read ({type(error).__name__})", source.name) from error
    words = text_of_pages(pages)
    if not any(map(str.isalnum, words)):
        raise ReadError("the PDF has pictures of its pages and no text; expected one with a text layer", source.name)
    # Half of a character that a font is wrong about.
    return words.encode("utf-8", "replace").decode("utf-8")


def _page_texts(reader: PdfReader, name: str) -> Iterator[str]:
    # The empty password opens what is only kept from being changed or printed.
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError("the PDF is encrypted; expected one that opens without a password", name)
    if len(reader.pages) > MOST_PAGES:
        raise ReadError(f"the PDF has {len(reader.pages):,} pages; expected at most {MOST_PAGES:,}", name)
    return (page.extract_text() for page in reader.pages)


@contextmanager
def _bounded_work() -> Iterator[None]:
    """Stop what is done in this thread after so many calls, the same number on every machine."""
    left = MOST_CALLS

    def count(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise _TooMuchWork

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)
