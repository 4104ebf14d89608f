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
        begun = min(BLOCK_BYTES - self._last_bytes, len(content))
        self._go_on(content[:begun])
        whole = begun + (len(content) - begun) // BLOCK_BYTES * BLOCK_BYTES
        places = range(begun, whole, BLOCK_BYTES)
        self._whole_blocks += [zlib.crc32(content[place : place + BLOCK_BYTES]) for place in places]
        self._go_on(content[whole:])

    def _go_on(self, content: memoryview) -> None:
        """Add to the last block, which has room for it."""
        self._last = zlib.crc32(content, self._last)
        self._last_bytes += len(content)
        if self._last_bytes == BLOCK_BYTES:
            self._whole_blocks.append(self._last)
            self._last, self._last_bytes = 0, 0

    def sums(self) -> NDArray[np.uint32]:
        """Return the checksum of each block, shape (blocks,)."""
        last = [self._last] if self._last_bytes else []
        return np.array(self._whole_blocks + last, np.uint32)
