"""Checksums by block do not depend on how the bytes came."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from timeline_app.store.checksums import BLOCK_BYTES, BlockSums

# About the edges of blocks.
LENGTHS = st.builds(lambda blocks, rest: max(blocks * BLOCK_BYTES + rest, 0), st.integers(0, 3), st.integers(-2, 2))


@given(lengths=st.lists(LENGTHS, max_size=6))
def test_each_block_has_its_own_sum_however_the_bytes_come(lengths: list[int]) -> None:
    content = bytes(place * place % 251 for place in range(sum(lengths)))
    sums, begin = BlockSums(), 0
    for length in lengths:
        sums.add(memoryview(content)[begin : begin + length])
        begin += length
    blocks = [content[place : place + BLOCK_BYTES] for place in range(0, len(content), BLOCK_BYTES)]
    assert sums.sums().tolist() == [zlib.crc32(block) for block in blocks]
