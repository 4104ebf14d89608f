"""An e-mail becomes its headers and its words; what is attached is named and never opened."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.errors import ReadError
from timeline_app.readers.document_mail import mail_text
from timeline_app.readers.source_file import SourceFile


def text_of(content: bytes) -> str:
    return mail_text(SourceFile("mail.eml", Path("mail.eml"), content))


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ann É <ann@example.org>"
    message["Subject"] = "Über die Truppen"
    message["Date"] = "Tue, 22 Oct 2024 10:00:00 +0000"
    message.set_content("Some 10,000 troops left.\n\nIn June — twice.\n")
    return message


def test_headers_stand_above_the_words() -> None:
    assert text_of(mail().as_bytes()) == (
        "From: Ann É <ann@example.org>\nDate: Tue, 22 Oct 2024 10:00:00 +0000\nSubject: Über die Truppen\n\n"
        "Some 10,000 troops left.\n\nIn June — twice."
    )


def test_plain_text_goes_before_html_and_attachments_are_only_named() -> None:
    message = mail()
    message.add_alternative("<p>Some <b>HTML</b></p>", subtype="html")
    message.add_attachment(b"secret words", maintype="text", subtype="plain", filename="nöte.txt")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    text = text_of(message.as_bytes())
    assert text.endswith("In June — twice.\n\nAttachments, not opened: nöte.txt (text/plain), a.pdf (application/pdf)")
    assert "secret" not in text
    assert "HTML" not in text


def test_a_mail_that_has_only_html_is_its_words() -> None:
    text = text_of(b"Subject: a\nContent-Type: text/html; charset=utf-8\n\n<script>x</script><p>One<p>Two")
    assert text == "Subject: a\n\nOne\n\nTwo"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"Subject: =?utf-8?b?w4k=?= x\n\nbody", "Subject: É x\n\nbody"),
        (b"Subject: =?klingon?b?w4k=?=\n\nbody", "Subject: =?klingon?b?w4k=?=\n\nbody"),
        (b"Subject: a\nContent-Type: text/plain; charset=klingon\n\nb\xc3\xa9\xff", "Subject: a\n\nbé\ufffd"),
        (b"From: a\nContent-Type: multipart/mixed\n\nbody", "From: a"),
    ],
)
def test_damaged_mails_are_shown_as_far_as_they_go(content: bytes, text: str) -> None:
    assert text_of(content).startswith(text)


def test_what_is_no_mail_is_refused() -> None:
    with pytest.raises(ReadError, match=r"mail.eml: expected an e-mail that begins with lines such as"):
        text_of(b"some words\n\nand more")


def test_parts_within_parts_without_end_are_refused_or_read() -> None:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (number, number) for number in range(1500)
    )
    with pytest.raises(ReadError, match="too deep or damaged"):
        text_of(b"Subject: a\n" + nested)


@given(st.binary(max_size=300))
def test_any_bytes_after_a_header_are_read(content: bytes) -> None:
    assert text_of(b"Subject: a\n" + content.lstrip()).startswith("Subject: ")
