"""The picture that a start begins with: true or not there, whatever has happened to its file."""

from __future__ import annotations

import json
import os
import struct
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

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

CONDITIONS = {"program": "0.1.0", "settings": "{}", "place": "3×2"}
PICTURE = FirstPicture("Title ł \ud800", 3, 2, 1.5, bytes(range(24)), CONDITIONS, {}, (-(2**62), 2**62))
HEADER: dict[str, object] = {
    "title": "T", "width_px": 3, "height_px": 2, "scale": 1.0, "conditions": {}, "stamps": {}, "true_s": [0, 9]
}  # fmt: skip


def file_of(
    header: object, pixels: bytes = bytes(24), *, magic: bytes = b"conflict-timeline first picture 1\n"
) -> bytes:
    """Make a file with a checksum that is right, whatever else is wrong."""
    head = header if isinstance(header, bytes) else json.dumps(header).encode()
    return magic + struct.pack("<II", zlib.crc32(head + pixels), len(head)) + head + pixels


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
    folder.keep("one", replace(PICTURE, true_s=(100, 200)))
    assert [folder.find("one", CONDITIONS, now_s) is not None for now_s in (99, 100, 200, 201)] == [
        False, True, True, False
    ]  # fmt: skip


def test_a_document_that_came_or_changed_takes_the_picture_away(folder: PictureFolder, tmp_path: Path) -> None:
    document = tmp_path / "article.txt"
    folder.keep("one", replace(PICTURE, stamps=stamps_of([str(document)])))
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
def test_any_damage_is_noticed(place: int, bits: int) -> None:
    content = bytearray(encoded(PICTURE))
    content[place % len(content)] ^= bits
    with pytest.raises(ValueError, match=r"."):
        decoded(bytes(content))


@given(content=st.binary(max_size=200))
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decoded(content)


@pytest.mark.parametrize(
    "changed",
    [
        *({"width_px": 0}, {"width_px": "3"}, {"width_px": True}, {"height_px": 2**40}, {"height_px": 3}),
        *({"scale": 0.0}, {"scale": 1}, {"scale": float("nan")}, {"scale": 1e9}, {"title": 1}, {"title": "x" * 301}),
        *({"true_s": None}, {"true_s": [1]}, {"true_s": [1, "2"]}, {"conditions": []}, {"conditions": {"a": 1}}),
        *({"stamps": None}, {"stamps": {"a": None}}),
    ],
    ids=str,
)
def test_a_header_that_this_program_does_not_write_is_refused(changed: Mapping[str, object]) -> None:
    assert decoded(file_of(HEADER)).width_px == 3
    with pytest.raises(ValueError, match=r"."):
        decoded(file_of({**HEADER, **changed}))


@pytest.mark.parametrize("header", [[], None, 3, "text"])
def test_a_header_is_an_object(header: object) -> None:
    with pytest.raises(ValueError, match="header"):
        decoded(file_of(header))


@pytest.mark.parametrize("pixels", [b"", bytes(23), bytes(25), bytes(30_000_000)])
def test_there_are_as_many_pixels_as_the_size_says(pixels: bytes) -> None:
    with pytest.raises(ValueError, match="pixels"):
        decoded(file_of(HEADER, pixels))


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"x" * 100, encoded(PICTURE)[:-1], encoded(PICTURE) + b"x"),
        *(file_of(b"[" * 100_000), bytes(MOST_FILE_BYTES + 1)),
    ],
    ids=["empty", "other", "cut", "longer", "deep", "large"],
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
