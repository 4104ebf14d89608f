"""Memory of large arrays goes back to the system when they do."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from timeline_app.core.memory import give_back, keep_large_apart

MEGABYTE = 1 << 20
IS_GLIBC = sys.platform == "linux" and hasattr(ctypes.CDLL(None), "mallinfo2")


class _MallocState(ctypes.Structure):
    """The struct mallinfo2 of glibc's malloc.h, as far as it is looked at."""

    _fields_ = [(f"number_{place}", ctypes.c_size_t) for place in range(10)]
    number_4: int  # hblkhd, the bytes of what lies by itself


def bytes_apart() -> int:
    mallinfo = ctypes.CDLL(None).mallinfo2
    mallinfo.restype = _MallocState
    state = mallinfo()
    assert isinstance(state, _MallocState)
    return state.number_4


def see_large_arrays_lie_apart() -> None:
    # glibc puts what is not larger than the largest that was freed beside small things.
    freed = np.zeros(24 * MEGABYTE, np.uint8)
    del freed
    keep_large_apart()
    before = bytes_apart()
    array = np.zeros(8 * MEGABYTE, np.uint8)
    assert bytes_apart() - before >= array.nbytes
    del array
    assert bytes_apart() - before < MEGABYTE


@pytest.mark.skipif(not IS_GLIBC, reason="only glibc has arrays lie side by side, and tells of it")
def test_large_arrays_lie_by_themselves_whatever_was_freed_before() -> None:
    # In a process of its own: what other tests freed may have room for an array, which then need not lie by itself.
    program = f"from {__name__} import see_large_arrays_lie_apart as see; see()"
    subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2], check=True)


def test_where_there_is_another_c_library_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    keep_large_apart()
    give_back()
