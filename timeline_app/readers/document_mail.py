"""Read the words of an e-mail as it was saved (`.eml`, RFC 5322 with MIME).

Sender, recipients, date and subject stand above the words. Of a mail in several forms the plain text is taken, else the
words of its HTML; attachments are named and never opened. Header fields are decoded by the older of the library's two
policies: the newer one takes addresses apart, which nothing here needs, and fails on some that are damaged. Tried on
mails of the kind that Thunderbird, Gmail and Outlook save.
"""

from __future__ import annotations

from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message

from timeline_app.core.errors import ReadError
from timeline_app.readers.document_html import LARGEST_BYTES as LARGEST_HTML
from timeline_app.readers.document_html import words_of_html
from timeline_app.readers.source_file import SourceFile

_SHOWN_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_LONGEST_HEADER = 4000
_MOST_PARTS = 1000


def mail_text(source: SourceFile) -> str:
    """Return the headers and the words of a mail; raises ReadError when the bytes are none."""
    try:
        mail = message_from_bytes(source.content)
        parts = [part for _, part in zip(range(_MOST_PARTS), mail.walk(), strict=False)]
    except (MessageError, RecursionError) as error:
        raise ReadError("the mail cannot be taken apart: its parts are too deep or damaged", source.name) from error
    headers = [f"{name}: {_header(mail[name])}" for name in _SHOWN_HEADERS if mail[name] is not None]
    if not headers:
        raise ReadError("expected an e-mail that begins with lines such as “From:” and “Subject:”", source.name)
    leaves = [part for part in parts if not part.is_multipart()]
    bodies = [part for part in leaves if _file_name(part) is None]
    words = [_decoded(part) for part in bodies if part.get_content_type() == "text/plain"]
    if not any(text.strip() for text in words):
        words = [
            words_of_html(_decoded(part)[:LARGEST_HTML]) for part in bodies if part.get_content_type() == "text/html"
        ]
    attached = [f"{_file_name(part) or 'unnamed'} ({part.get_content_type()})" for part in leaves if part not in bodies]
    told = [f"Attachments, not opened: {', '.join(attached)}"] if attached else []
    return "\n\n".join(["\n".join(headers), *(text.replace("\r\n", "\n").strip() for text in words), *told])


def _header(value: object) -> str:
    written = " ".join(str(value)[:_LONGEST_HEADER].split())
    try:
        return str(make_header(decode_header(written)))
    except (HeaderParseError, LookupError, ValueError):
        return written


def _file_name(part: Message) -> str | None:
    """Return the name of an attachment, "" for one without, None for what is a part of the mail itself."""
    name = part.get_filename()
    is_attached = part.get_content_disposition() == "attachment" or name is not None
    return _header(name or "") if is_attached or part.get_content_maintype() != "text" else None


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    charset = part.get_content_charset("utf-8")
    try:
        return data.decode(charset)
    except (LookupError, ValueError):
        # What is not in the encoding that the part names is shown with a mark in place of each such byte.
        return data.decode("utf-8", "replace")
