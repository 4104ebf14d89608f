"""The picture that a start begins with: true or not there, whatever has happened to its file."""

from __future__ import annotations

import os
import struct
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.ui.first_picture import (
    ENDING,
    MOST_FILE_BYTES,
    MOST_PICTURES,
    FirstPicture,
    PictureFolder,
    read_picture,
    stamps_of,
    write_picture,
)

CONDITIONS = {"program": "0.1.0", "zone": "UTC", "place": "3×2"}
PICTURE = FirstPicture("Title ł \ud800", 3, 2, 1.5, bytes(range(24)), CONDITIONS, {}, (-(2**62), 2**62))
MAGIC = b"conflict-timeline first picture 2\n"
NUMBERS = struct.Struct("<IIdqqII")
TEXTS = ("Title", "program", "0.1.0", "a.txt", "no file")


class Written(NamedTuple):
    """What stands in a file before its pixels."""

    width_px: int = 3
    height_px: int = 2
    scale: float = 1.0
    condition_count: int = 1
    texts: Sequence[str] = TEXTS

    def file(self, pixels: bytes = bytes(24), *, magic: bytes = MAGIC, packed: bytes | None = None) -> bytes:
        """Make a file with a checksum that is right, whatever else is wrong."""
        encoded = [text.encode() for text in self.texts]
        texts = b"".join(struct.pack("<I", len(text)) + text for text in encoded) if packed is None else packed
        size = self.width_px, self.height_px, self.scale
        head = NUMBERS.pack(*size, 0, 9, self.condition_count, len(texts)) + texts
        return magic + struct.pack("<I", zlib.crc32(head)) + head + pixels


def encoded(picture: FirstPicture) -> bytes:
    with tempfile.TemporaryFile() as file:
        write_picture(picture, file)
        file.seek(0)
        return file.read()


def decoded(content: bytes) -> FirstPicture:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        return read_picture(file)


@pytest.fixture
def folder(tmp_path: Path) -> PictureFolder:
    return PictureFolder(tmp_path / "pictures")


def only_file(tmp_path: Path) -> Path:
    [file] = (tmp_path / "pictures").iterdir()
    return file


def test_a_picture_comes_back_as_it_was(folder: PictureFolder, tmp_path: Path) -> None:
    assert folder.find("one", CONDITIONS, 0) is None
    assert folder.keep("one", PICTURE)
    assert folder.find("one", CONDITIONS, 0) == PICTURE
    assert folder.find("two", CONDITIONS, 0) is None
    assert only_file(tmp_path).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "pictures").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", CONDITIONS)
def test_under_another_condition_there_is_no_picture(folder: PictureFolder, name: str) -> None:
    folder.keep("one", PICTURE)
    assert folder.find("one", {**CONDITIONS, name: "other"}, 0) is None
    assert folder.find("one", {key: value for key, value in CONDITIONS.items() if key != name}, 0) is None
    assert folder.find("one", {**CONDITIONS, "new": ""}, 0) is None
    assert folder.find("one", CONDITIONS, 0) == PICTURE


def test_a_picture_is_true_as_long_as_its_today_line_stands(folder: PictureFolder) -> None:
    folder.keep("one", PICTURE._replace(true_s=(100, 200)))
    assert [folder.find("one", CONDITIONS, now_s) is not None for now_s in (99, 100, 200, 201)] == [
        False, True, True, False
    ]  # fmt: skip


def test_a_document_that_came_or_changed_takes_the_picture_away(folder: PictureFolder, tmp_path: Path) -> None:
    document = tmp_path / "article.txt"
    folder.keep("one", PICTURE._replace(stamps=stamps_of([str(document)])))
    assert folder.find("one", CONDITIONS, 0) is not None
    document.write_text("words", encoding="utf-8")
    assert folder.find("one", CONDITIONS, 0) is None


def test_stamps_tell_files_apart(tmp_path: Path) -> None:
    file = tmp_path / "file"
    told = [stamps_of([str(file)])[str(file)]]
    for content in ("one", "other"):
        file.write_text(content, encoding="utf-8")
        told.append(stamps_of([str(file)])[str(file)])
    assert len(set(told)) == 3
    assert stamps_of(["\0"]) == {"\0": "no file"}


@given(place=st.integers(0, 10_000), bits=st.integers(1, 255))
def test_any_damage_but_to_a_dot_is_noticed(place: int, bits: int) -> None:
    content = bytearray(encoded(PICTURE))
    content[place % (len(content) - len(PICTURE.pixels))] ^= bits
    with pytest.raises(ValueError, match=r"."):
        decoded(bytes(content))


@given(content=st.binary(max_size=200))
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decoded(content)


@pytest.mark.parametrize(
    "changed",
    [
        *({"width_px": 0}, {"height_px": 2**31}, {"height_px": 3}, {"height_px": 0}),
        *({"scale": 0.0}, {"scale": float("nan")}, {"scale": float("inf")}, {"scale": -1.0}, {"scale": 1e9}),
        *({"texts": ("x" * 301, *TEXTS[1:])}, {"texts": TEXTS[:2]}, {"texts": TEXTS[:4]}, {"texts": ()}),
        *({"condition_count": 3}, {"condition_count": 2**31}),
    ],
    ids=str,
)
def test_what_this_program_does_not_write_is_refused(changed: dict[str, Any]) -> None:
    assert decoded(Written().file()) == FirstPicture(
        "Title", 3, 2, 1.0, bytes(24), {"program": "0.1.0"}, {"a.txt": "no file"}, (0, 9)
    )
    with pytest.raises(ValueError, match=r"."):
        decoded(Written()._replace(**changed).file())


@pytest.mark.parametrize("packed", [b"", b"\0", b"\5\0\0\0abcd", b"\xff\xff\xff\xff", b"\1\0\0\0\xff"])
def test_texts_are_as_long_as_they_say(packed: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decoded(Written().file(packed=packed))


@pytest.mark.parametrize("pixels", [b"", bytes(23), bytes(25), bytes(30_000_000)])
def test_there_are_as_many_pixels_as_the_size_says(pixels: bytes) -> None:
    with pytest.raises(ValueError, match="pixels"):
        decoded(Written().file(pixels))


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"x" * 100, encoded(PICTURE)[:-1], encoded(PICTURE) + b"x"),
        *(Written().file(magic=b"conflict-timeline first picture 1\n"), bytes(MOST_FILE_BYTES + 1)),
    ],
    ids=["empty", "other", "cut", "longer", "older", "large"],
)
def test_a_damaged_file_is_removed(folder: PictureFolder, tmp_path: Path, content: bytes) -> None:
    folder.keep("one", PICTURE)
    file = only_file(tmp_path)
    file.write_bytes(content)
    assert folder.find("one", CONDITIONS, 0) is None
    assert not file.exists()
    assert folder.keep("one", PICTURE)
    assert folder.find("one", CONDITIONS, 0) == PICTURE


def test_what_is_no_file_keeps_nobody_waiting(folder: PictureFolder, tmp_path: Path) -> None:
    folder.keep("one", PICTURE)
    file = only_file(tmp_path)
    file.unlink()
    file.mkdir()
    assert folder.find("one", CONDITIONS, 0) is None
    assert not folder.keep("one", PICTURE)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such files")
def test_a_pipe_keeps_nobody_waiting(folder: PictureFolder, tmp_path: Path) -> None:
    folder.keep("one", PICTURE)
    file = only_file(tmp_path)
    file.unlink()
    os.mkfifo(file)
    assert folder.find("one", CONDITIONS, 0) is None


def test_only_a_few_are_kept_and_all_can_be_removed(folder: PictureFolder, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / f"left{ENDING}.123.part").write_bytes(b"half")
    for number in range(MOST_PICTURES + 3):
        assert folder.keep(str(number), PICTURE)
    assert len(list((tmp_path / "pictures").iterdir())) == MOST_PICTURES
    folder.clear()
    assert list((tmp_path / "pictures").iterdir()) == []
    PictureFolder(tmp_path / "missing").clear()


def test_where_there_can_be_no_folder_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("", encoding="utf-8")
    folder = PictureFolder(tmp_path / "in-the-way")
    assert not folder.keep("one", PICTURE)
    assert folder.find("one", CONDITIONS, 0) is None
