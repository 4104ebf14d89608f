"""Have memory that is no longer used go back to the system."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ctypes

_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of malloc.h
_LARGE_BYTES = 4 * 1024 * 1024


def give_back() -> None:
    """Return what the C library holds back after arrays were freed; does nothing where it has no such wish."""
    library = _c_library()
    if library is not None and hasattr(library, "malloc_trim"):
        library.malloc_trim(0)


def keep_large_apart() -> None:
    """Have each large array lie by itself from now on, so that its memory goes back as soon as it is freed.

    Otherwise glibc comes to put arrays of up to 32 MB side by side with small things, which hold the room of those
    that are freed: after ten million events were opened, six bytes an event. Does nothing where another C library is.
    """
    library = _c_library()
    if library is not None and hasattr(library, "mallopt"):
        library.mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)


def _c_library() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    import ctypes  # loaded once something large was opened

    return ctypes.CDLL(None)
