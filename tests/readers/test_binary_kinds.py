"""Files that are no timelines at all, whatever they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline_app.core.errors import ReadError
from timeline_app.readers import read
from timeline_app.readers.binary_kinds import binary_kind
from timeline_app.readers.propose import propose

# Zeros in every other byte, as texts in UTF-16 have.
ZEROS = bytes([0xD6, 0x01, 0xD7, 0x00] * 60)


@pytest.mark.parametrize("ending", ["csv", "yaml", "json"])
@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", r"a picture \(PNG\); expected a timeline or a table of events"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", r"a picture \(JPEG\)"),
        (b"GIF89a\1\0\1\0", r"a picture \(GIF\)"),
        (b"MZ\x90\0\3\0\0\0", r"a program \(EXE\)"),
        (b"\x7fELF\2\1\1\0", r"a program \(ELF\)"),
        (b"\x1f\x8b\x08\0\0\0\0\0", r"a compressed file \(gzip\), to be unpacked first"),
        (b"PK\x03\x04\x14\0\0\0", r"the spreadsheet is damaged"),
    ],
)
def test_a_binary_file_is_refused_as_what_it_is_and_nothing_is_asked(
    tmp_path: Path, head: bytes, said: str, ending: str
) -> None:
    path = tmp_path / f"file.{ending}"
    path.write_bytes(head + ZEROS)
    with pytest.raises(ReadError, match=said):
        read(path)
    with pytest.raises(ReadError, match=said):
        propose(path)


@pytest.mark.parametrize("head", [b"MZ,title,date\n", b"GIF,title\n", b"MZ,title", b"", b"title,date"])
def test_a_text_is_none_of_them(head: bytes) -> None:
    assert binary_kind(head) == ""
