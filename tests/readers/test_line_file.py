"""Tests of reading a text file in blocks of whole lines, wherever the blocks fall."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline_app.core.errors import ReadError
from timeline_app.readers import line_file
from timeline_app.readers.line_file import LineFile

MARK = b"\xef\xbb\xbf"
PIECES = st.sampled_from([b"a", "é".encode(), b",", b"\n", b"\r\n", b"\r"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=12).map(b"".join), st.booleans(), st.integers(1, 9))
def test_blocks_are_whole_lines_and_together_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bytes, has_mark: bool, size: int
) -> None:
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", size)
    path = tmp_path / "lines.csv"
    path.write_bytes(MARK * has_mark + text)
    blocks = list(LineFile.at(path, "lines.csv").blocks())
    assert [line for block in blocks for line in block.texts] == [
        line.decode() for line in text.splitlines(keepends=True)
    ]
    for block in blocks:
        assert b"".join(line.encode() for line in block.texts) == block.content
        assert int(block.ends[-1]) == len(block.content)
    assert not blocks or blocks[-1].bytes_read == path.stat().st_size


@pytest.mark.parametrize("size", [1, 3, 1_000])
@pytest.mark.parametrize(("text", "place"), [(b"a\r\nb\rc\n\xc3\xa9\xff", (4, 2)), (b"a\n\nb\0", (3, 2))])
def test_what_is_no_text_is_told_by_line_and_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bytes, place: tuple[int, int], size: int
) -> None:
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", size)
    path = tmp_path / "lines.csv"
    path.write_bytes(text)
    with pytest.raises(ReadError) as refused:
        list(LineFile.at(path, "lines.csv").blocks())
    assert (refused.value.place.line, refused.value.place.column) == place
