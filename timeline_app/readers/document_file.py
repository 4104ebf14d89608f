"""Open the document of a source below the folder of its timeline: a text, a page, an e-mail or a PDF, as plain text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import MappingProxyType

from timeline_app.core.errors import ReadError
from timeline_app.core.source_document import SourceDocument
from timeline_app.readers.source_file import MEGABYTE, SourceFile, read_source_file
from timeline_app.readers.source_text import decode_text
from timeline_app.readers.tree import listed, shortened

LARGEST_BYTES = 50 * MEGABYTE


def plain_text(source: SourceFile) -> str:
    """Return the text of a file in UTF-8; raises ReadError when it is in another encoding."""
    return decode_text(source).text


def _html(source: SourceFile) -> str:
    # Imported on use, as are the others: most timelines name no document.
    from timeline_app.readers.document_html import html_text

    return html_text(source)


def _mail(source: SourceFile) -> str:
    from timeline_app.readers.document_mail import mail_text  # as above

    return mail_text(source)


def _pdf(source: SourceFile) -> str:
    from timeline_app.readers.document_pdf import pdf_text  # as above

    return pdf_text(source)


KINDS: Mapping[str, Callable[[SourceFile], str]] = MappingProxyType(
    {
        ".txt": plain_text,
        ".text": plain_text,
        ".md": plain_text,
        ".markdown": plain_text,
        ".html": _html,
        ".htm": _html,
        ".xhtml": _html,
        ".eml": _mail,
        ".pdf": _pdf,
    }
)


def is_document(file: str) -> bool:
    """Tell by its ending whether a file is of a kind that excerpts are looked up in."""
    return _ending(file) in KINDS


def document_endings() -> str:
    """Name the endings of the files that excerpts are looked up in."""
    return listed(KINDS)


def open_document(folder: Path, file: str, largest_bytes: int = LARGEST_BYTES) -> SourceFile:
    """Return the bytes of a document; only what lies in the folder or below is opened, links resolved.

    Raises ReadError that says why it may not, or cannot, be opened.
    """
    if not _stays_below(file):
        raise ReadError(f'expected a path below the timeline\'s folder; found "{shortened(file)}"')
    try:
        path = (folder / file).resolve()
        if not path.is_relative_to(folder.resolve()):
            message = f'"{shortened(file)}" leads out of the timeline\'s folder; expected a file inside it'
            raise ReadError(message)
    except (OSError, RuntimeError, ValueError) as error:
        # Names that the system refuses, and symbolic links that go round in circles.
        raise ReadError(f'"{shortened(file)}" cannot be opened: {error}') from error
    return read_source_file(path, largest_bytes=largest_bytes, name=file)


def document_text(source: SourceFile) -> str:
    """Return the words of a document by the kind that its ending tells; raises ReadError when it has none to read."""
    return KINDS[_ending(source.name)](source)


def read_document(document: SourceDocument) -> tuple[str, str]:
    """Return the text and the SHA-256 of a document as it is now; raises ReadError as opening it does."""
    if not is_document(document.file):
        raise ReadError(f"expected a document ending in {document_endings()}", document.file)
    source = open_document(Path(document.folder), document.file)
    return document_text(source), source.sha256


def _ending(file: str) -> str:
    return PureWindowsPath(file).suffix.lower()


def _stays_below(file: str) -> bool:
    """Tell whether a path is relative and goes nowhere up, on any system."""
    windows = PureWindowsPath(file)
    return not (windows.drive or windows.root or PurePosixPath(file).is_absolute() or ".." in windows.parts)
