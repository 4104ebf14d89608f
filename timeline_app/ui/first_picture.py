"""Pictures of the window as it looked when it was opened last, in a few small files of the user's cache.

Pixels are kept as they are: Qt's readers of picture formats are not shown bytes that anyone may have changed, and to
unpack them, or only to add them up, would take 8 ms of the 40 that a start may take above an empty window. So they are
brought to the disk before the file has its name, and the checksum is of all else. It is for damage, not for malice:
whoever can write to this folder can write anything else of the user's. What lies here is taken up only under the very
conditions under which it was made.

What is loaded here is loaded at every start, which is why a picture is a named tuple and its file not JSON: modules
that Qt does not load itself, such as dataclasses and json, take a tenth of that time as well.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

FOLDER = "first-pictures"
MOST_PICTURES = 4
MOST_PIXELS = 3840 * 2160
MOST_TEXT_BYTES = 1_000_000
MOST_SCALE = 16
MOST_TITLE_CHARACTERS = 300
BYTES_PER_PIXEL = 4
MOST_FILE_BYTES = 2 * MOST_TEXT_BYTES + MOST_PIXELS * BYTES_PER_PIXEL
ENDING = ".picture"
EVER_S = (-(2**62), 2**62)

_MAGIC = b"conflict-timeline first picture 2\n"
_CHECKSUM = struct.Struct("<I")  # of all that follows it but the pixels
_NUMBERS = struct.Struct("<IIdqqII")  # width, height, scale, true from and to, conditions, bytes of all texts
_LENGTH = struct.Struct("<I")
_BEGIN_BYTES = len(_MAGIC) + _CHECKSUM.size + _NUMBERS.size
_NOTHING: Mapping[str, str] = MappingProxyType({})
_PRIVATE = 0o600


class FirstPicture(NamedTuple):
    """What a window looked like: its title, and rows of pixels of four bytes, blue, green, red and one unused.

    `scale` is device pixels a pixel of the window. `conditions` is under what the picture was made, `stamps` what the
    files were that were read besides those that were named, `true_s` from when to when the today line stands as drawn.
    """

    title: str
    width_px: int
    height_px: int
    scale: float
    pixels: bytes
    conditions: Mapping[str, str]
    stamps: Mapping[str, str] = _NOTHING
    true_s: tuple[int, int] = EVER_S


class PictureFolder:
    """The pictures that are kept, each under a name; what cannot be read or written is as if it had never been."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, name: str, conditions: Mapping[str, str], now_s: int) -> FirstPicture | None:
        """Return the picture of a name when it is as true as it was then, else None; a damaged one is removed."""
        path = self._path(name)
        if not path.is_file():  # To open a pipe would wait for its other end.
            return None
        try:
            with path.open("rb") as file:
                picture = read_picture(file)
        except OSError:
            return None
        except ValueError:
            with suppress(OSError):  # Nobody needs it, so nothing is lost when it stays.
                path.unlink()
            return None
        is_true = (
            picture.conditions == conditions
            and picture.true_s[0] <= now_s <= picture.true_s[1]
            and picture.stamps == stamps_of(picture.stamps)
        )
        return picture if is_true else None

    def keep(self, name: str, picture: FirstPicture) -> bool:
        """Put a picture in the place of the one of this name, and remove the oldest; return whether that worked."""
        path = self._path(name)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            self._folder.mkdir(0o700, parents=True, exist_ok=True)
            try:
                _write(part, picture)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
            self._remove_oldest()
        except OSError:
            return False
        return True

    def clear(self) -> None:
        """Remove every picture that can be removed."""
        with suppress(OSError):  # No folder, so no picture; and one that stays is taken up only while it is true.
            for file in self._folder.iterdir():
                file.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{zlib.crc32(os.fsencode(name)):08x}{ENDING}"

    def _remove_oldest(self) -> None:
        files = sorted(self._folder.iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in files[MOST_PICTURES:]:
            file.unlink(missing_ok=True)


def stamps_of(paths: Iterable[str]) -> dict[str, str]:
    """Return for each path what tells a file from a later one in its place: its size, and when it was changed."""
    return {path: _stamp(path) for path in paths}


def write_picture(picture: FirstPicture, file: BinaryIO) -> None:
    """Write a picture to a file that is empty."""
    texts = _packed((picture.title, *chain(*picture.conditions.items()), *chain(*picture.stamps.items())))
    numbers = _NUMBERS.pack(
        picture.width_px, picture.height_px, picture.scale, *picture.true_s, len(picture.conditions), len(texts)
    )
    file.write(_MAGIC + _CHECKSUM.pack(zlib.crc32(texts, zlib.crc32(numbers))) + numbers)
    file.write(texts)
    file.write(picture.pixels)


def read_picture(file: BinaryIO) -> FirstPicture:
    """Return the picture that a file holds; raises ValueError for a damaged one, OSError as the file does."""
    if os.fstat(file.fileno()).st_size > MOST_FILE_BYTES:
        raise ValueError("larger than any picture")
    begin = file.read(_BEGIN_BYTES)
    if not begin.startswith(_MAGIC) or len(begin) < _BEGIN_BYTES:
        raise ValueError("not a picture of this program")
    (checksum,) = _CHECKSUM.unpack_from(begin, len(_MAGIC))
    numbers = begin[len(_MAGIC) + _CHECKSUM.size :]
    width_px, height_px, scale, from_s, to_s, condition_count, text_bytes = _NUMBERS.unpack(numbers)
    if text_bytes > MOST_TEXT_BYTES:
        raise ValueError("more texts than any picture has")
    packed = file.read(text_bytes)
    if zlib.crc32(packed, zlib.crc32(numbers)) != checksum:
        raise ValueError("damaged")
    if not 0 < width_px * height_px <= MOST_PIXELS or not 0 < scale <= MOST_SCALE:
        raise ValueError("no size that a window has")
    title, *others = _unpacked(packed)
    conditions, stamps = others[: 2 * condition_count], others[2 * condition_count :]
    if len(title) > MOST_TITLE_CHARACTERS or len(conditions) < 2 * condition_count or len(stamps) % 2:
        raise ValueError("not the texts that belong to a picture")
    pixels = file.read(width_px * height_px * BYTES_PER_PIXEL + 1)
    if len(pixels) != width_px * height_px * BYTES_PER_PIXEL:
        raise ValueError("not as many pixels as there should be")
    return FirstPicture(title, width_px, height_px, scale, pixels, _pairs(conditions), _pairs(stamps), (from_s, to_s))


def _packed(texts: Iterable[str]) -> bytes:
    """Return texts one after the other, each with its length before it."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    return b"".join(_LENGTH.pack(len(text)) + text for text in encoded)


def _unpacked(packed: bytes) -> list[str]:
    """Return the texts that were packed, at least one; raises ValueError for anything else."""
    texts: list[str] = []
    place = 0
    while place < len(packed) or not texts:
        begin = place + _LENGTH.size
        if begin > len(packed):
            raise ValueError("a text without a length")
        place = begin + _LENGTH.unpack_from(packed, begin - _LENGTH.size)[0]
        if place > len(packed):
            raise ValueError("a text that is cut off")
        texts.append(packed[begin:place].decode("utf-8", "surrogatepass"))
    return texts


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    return dict(zip(texts[::2], texts[1::2], strict=True))


def _write(path: Path, picture: FirstPicture) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        write_picture(picture, file)
        file.flush()
        os.fsync(file.fileno())  # After a power failure nothing has the name of a picture without being one.


def _stamp(path: str) -> str:
    try:
        status = Path(path).stat()
    except (OSError, ValueError):  # Such as no file, or a name that no file can have.
        return "no file"
    return f"{status.st_size} bytes, changed at {status.st_mtime_ns}"
