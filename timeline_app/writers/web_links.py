"""Tell which addresses of a file may become links of a page, and write them as they go over the wire."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from timeline_app.core.safe_text import safe_text

_LONGEST = 2_000
_SCHEMES = frozenset({"http", "https"})
# What an address may consist of besides letters and digits; the percent sign stands in those already encoded.
_ADDRESS_CHARACTERS = ":/?#[]@!$&'()*+,;=-._~%"


def web_link(text: str) -> str | None:
    """Return an address as ASCII, its host in Punycode; None unless it is plain http or https without a user's name."""
    written = text.strip()
    if len(written) > _LONGEST or safe_text(written) != written or not written.isprintable():
        return None
    if "\\" in written or any(map(str.isspace, written)):
        return None
    try:
        parts = urlsplit(written)
        host, port = parts.hostname, parts.port
        if parts.scheme not in _SCHEMES or not host or "@" in parts.netloc:
            return None
        wire_host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:  # no address: a port that is no number, a host that has no Punycode
        return None
    shown_host = f"[{wire_host}]" if ":" in wire_host else wire_host
    place = shown_host if port is None else f"{shown_host}:{port}"
    return quote(parts._replace(netloc=place).geturl(), safe=_ADDRESS_CHARACTERS)
