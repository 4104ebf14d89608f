"""A PDF becomes the words of its text layer, or a reason in plain words why it has none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from timeline_app.core.errors import ReadError
from timeline_app.readers import document_pdf
from timeline_app.readers.document_pdf import pdf_text
from timeline_app.readers.source_file import SourceFile

pypdf = pytest.importorskip("pypdf", reason="documents in PDF need pypdf, an extra that is not installed")


def pdf(*pages: str) -> bytes:
    """Write a PDF by hand, a line of text for each line of a page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        lines = " ".join(f"({line}) Tj 0 -14 Td" for line in page.split("\n")) if page else ""
        stream = f"BT /F1 12 Tf 72 720 Td {lines} ET".encode("latin-1")
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        resources = b"<< /Font << /F1 3 0 R >> >>"
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources %s /Contents %d 0 R >>"
            % (resources, number + 1),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    xref = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, xref)
    return bytes(written)


def text_of(content: bytes) -> str:
    return pdf_text(SourceFile("a.pdf", Path("a.pdf"), content))


def test_the_words_of_each_page() -> None:
    assert text_of(pdf("Some 10,000 troops left in exam-\nple months.", "Second page.")) == (
        "Some 10,000 troops left in exam-\nple months.\n\nSecond page."
    )


def test_a_scan_has_no_words() -> None:
    with pytest.raises(ReadError, match=r"a.pdf: the PDF has pictures of its pages and no text; expected one with a"):
        text_of(pdf("", ""))


def test_an_encrypted_pdf_is_refused() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("secret")))
    writer.encrypt("password", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    with pytest.raises(ReadError, match=r"a.pdf: the PDF is encrypted; expected one that opens without a password"):
        text_of(written.getvalue())


def test_a_pdf_that_only_may_not_be_changed_is_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("No secret")))
    writer.encrypt("", "owner", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    assert text_of(written.getvalue()) == "No secret"


def test_a_sentence_runs_over_two_pages() -> None:
    pages = [f"The report\nof week {page} says that troops\n{page + 4}" for page in range(4)]
    assert "week 1 says that troops\nof week 2" in text_of(pdf(*pages))


def test_a_library_that_is_missing_for_an_encryption_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise pypdf.errors.DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf.PageObject, "extract_text", refuse)
    with pytest.raises(
        ReadError, match=r"a.pdf: the PDF is encrypted with AES, which needs the optional library crypt"
    ):
        text_of(pdf("secret"))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4", b"no PDF", pdf("words")[:200], pdf("a").replace(b"/Kids", b"/Sidk")]
)
def test_a_damaged_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(ReadError, match=r"a.pdf: the PDF (is damaged and cannot be read|has pictures of its pages)"):
        text_of(content)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_pdf, "MOST_PAGES", 1)
    with pytest.raises(ReadError, match=r"a.pdf: the PDF has 2 pages; expected at most 1"):
        text_of(pdf("a", "b"))


def test_a_pdf_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_pdf, "MOST_CALLS", 1000)
    with pytest.raises(ReadError, match=r"a.pdf: the PDF takes too long to read"):
        text_of(pdf("a"))


def test_how_far_a_pdf_was_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_pdf, "MOST_CALLS", 20_000)
    with pytest.raises(ReadError, match=r"takes too long to read, given up after [\d,]+ pages; expected a shorter one"):
        text_of(pdf("a", "\n".join(["many words"] * 2000)))
