"""Tell which texts of a file are addresses of the web, and write them so that they cannot deceive."""

from __future__ import annotations

from PySide6.QtCore import QUrl

from timeline_app.core.safe_text import safe_text

WEB_SCHEMES = frozenset({"http", "https"})
WRITTEN_CHARACTERS = 2_000
ENCODED_CHARACTERS = 12 * WRITTEN_CHARACTERS  # a character beyond ASCII becomes up to twelve


def web_address(text: str) -> str | None:
    """Return an address as it goes over the wire, its host in Punycode; None unless it is plain http or https."""
    written = text.strip()
    if len(written) > WRITTEN_CHARACTERS or safe_text(written) != written or any(map(str.isspace, written)):
        return None
    if "\\" in written or not written.isprintable():
        return None
    url = QUrl(written, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() not in WEB_SCHEMES or not url.host() or url.userInfo():
        return None
    return bytes(url.toEncoded().data()).decode("ascii")
