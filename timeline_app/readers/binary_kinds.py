"""Tell files that no reader takes, whatever they are called, by the marks that they begin with."""

from __future__ import annotations

_MARKS = (
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"\x7fELF", "a program (ELF)"),
    (b"\x1f\x8b\x08", "a compressed file (gzip), to be unpacked first"),
)
_PROGRAM = b"MZ"
_MARK_BYTES = 64


def binary_kind(head: bytes) -> str:
    """Return what a file is by its first bytes, in words, "" for one that may be read."""
    if head.startswith(_PROGRAM) and b"\0" in head[:_MARK_BYTES]:
        # Two letters alone may begin a word.
        return "a program (EXE)"
    return next((kind for mark, kind in _MARKS if head.startswith(mark)), "")
