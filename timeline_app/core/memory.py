"""Give memory that is no longer used back to the system."""

from __future__ import annotations

import sys


def give_back() -> None:
    """Return what the C library holds back after large arrays were freed; does nothing where it has no such wish.

    glibc keeps freed memory of up to 32 MB a piece for itself, which after a large file was opened is a tenth of all.
    """
    if sys.platform != "linux":
        return
    import ctypes  # loaded once something large was opened

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
