"""Checksums of files that are read piece by piece: one for each block."""

from __future__ import annotations

import zlib

import numpy as np

from timeline_app.core.arrays import NDArray

BLOCK_BYTES = 8 * 1024


class BlockSums:
    """The CRC-32 of every block of what is added, the last of which may be short."""

    def __init__(self) -> None:
        self._whole_blocks: list[int] = []
        self._last = 0
        self._last_bytes = 0

    def add(self, content: memoryview) -> None:
        """Go on with some bytes."""
        while content:
            part = content[: BLOCK_BYTES - self._last_bytes]
            self._last = zlib.crc32(part, self._last)
            self._last_bytes += len(part)
            if self._last_bytes == BLOCK_BYTES:
                self._whole_blocks.append(self._last)
                self._last, self._last_bytes = 0, 0
            content = content[len(part) :]

    def sums(self) -> NDArray[np.uint32]:
        """Return the checksum of each block, shape (blocks,)."""
        last = [self._last] if self._last_bytes else []
        return np.array(self._whole_blocks + last, np.uint32)
