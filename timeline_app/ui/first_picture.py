"""Pictures of the window as it looked when it was opened last, in a few small files of the user's cache.

Pixels are kept as they are: Qt's readers of picture formats are not shown bytes that anyone may have changed, and to
unpack them would take 8 ms of the 40 that a start may take above an empty window. The checksum is for damage, not for
malice: whoever can write to this folder can write anything else of the user's. What lies here is taken up only under
the very conditions under which it was made.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

FOLDER = "first-pictures"
MOST_PICTURES = 4
MOST_PIXELS = 3840 * 2160
MOST_HEADER_BYTES = 1_000_000
MOST_TITLE_CHARACTERS = 300
BYTES_PER_PIXEL = 4
MOST_FILE_BYTES = MOST_HEADER_BYTES + MOST_PIXELS * BYTES_PER_PIXEL
ENDING = ".picture"
EVER_S = (-(2**62), 2**62)

_MAGIC = b"conflict-timeline first picture 1\n"
_LENGTHS = struct.Struct("<II")  # checksum of all that follows it, bytes of the header
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class FirstPicture:
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
    stamps: Mapping[str, str] = field(default_factory=dict)
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
        except (ValueError, RecursionError):
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
    header = {
        "title": picture.title,
        "width_px": picture.width_px,
        "height_px": picture.height_px,
        "scale": picture.scale,
        "conditions": dict(picture.conditions),
        "stamps": dict(picture.stamps),
        "true_s": picture.true_s,
    }
    head = json.dumps(header).encode("ascii")
    file.write(_MAGIC + _LENGTHS.pack(zlib.crc32(picture.pixels, zlib.crc32(head)), len(head)))
    file.write(head)
    file.write(picture.pixels)


def read_picture(file: BinaryIO) -> FirstPicture:
    """Return the picture that a file holds; raises ValueError for a damaged one, OSError as the file does."""
    if os.fstat(file.fileno()).st_size > MOST_FILE_BYTES:
        raise ValueError("larger than any picture")
    begin = file.read(len(_MAGIC) + _LENGTHS.size)
    if not begin.startswith(_MAGIC) or len(begin) < len(_MAGIC) + _LENGTHS.size:
        raise ValueError("not a picture of this program")
    checksum, head_bytes = _LENGTHS.unpack_from(begin, len(_MAGIC))
    if head_bytes > MOST_HEADER_BYTES:
        raise ValueError("a header longer than any")
    head, pixels = file.read(head_bytes), file.read(MOST_PIXELS * BYTES_PER_PIXEL + 1)
    if zlib.crc32(pixels, zlib.crc32(head)) != checksum:
        raise ValueError("damaged")
    return _checked(json.loads(head), pixels)


def _checked(header: object, pixels: bytes) -> FirstPicture:
    """Return the picture of a header and its pixels; raises ValueError for what this program does not write."""
    if not isinstance(header, dict):
        raise ValueError("the header is not an object")  # noqa: TRY004 — damaged, like all else that is wrong here
    title, width_px, height_px = header.get("title"), header.get("width_px"), header.get("height_px")
    scale, true_s = header.get("scale"), header.get("true_s")
    if not (type(width_px) is type(height_px) is int and width_px > 0 and height_px > 0):
        raise ValueError("no size")
    if width_px * height_px > MOST_PIXELS or not isinstance(scale, float) or not 0 < scale <= 16:
        raise ValueError("no size that a window has")
    if not isinstance(title, str) or len(title) > MOST_TITLE_CHARACTERS:
        raise ValueError("no title")
    if not (isinstance(true_s, list) and len(true_s) == 2 and all(type(bound) is int for bound in true_s)):
        raise ValueError("no time")
    conditions, stamps = _texts(header.get("conditions")), _texts(header.get("stamps"))
    if len(pixels) != width_px * height_px * BYTES_PER_PIXEL:
        raise ValueError("not as many pixels as there should be")
    return FirstPicture(title, width_px, height_px, scale, pixels, conditions, stamps, (true_s[0], true_s[1]))


def _texts(tree: object) -> dict[str, str]:
    if not isinstance(tree, dict) or not all(isinstance(value, str) for value in tree.values()):
        raise ValueError("not texts by name")
    return tree


def _write(path: Path, picture: FirstPicture) -> None:
    # Not synchronised: after a power failure the checksum tells, and the picture is made again.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        write_picture(picture, file)


def _stamp(path: str) -> str:
    try:
        status = Path(path).stat()
    except (OSError, ValueError):  # Such as no file, or a name that no file can have.
        return "no file"
    return f"{status.st_size} bytes, changed at {status.st_mtime_ns}"
