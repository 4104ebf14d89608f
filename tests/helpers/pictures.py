"""Pictures as arrays of pixels, and how far apart two of them are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

MOST_LEVELS_APART = 24


def pixels(image: QImage) -> npt.NDArray[np.int16]:
    """Return blue, green and red of every pixel, shape (height, width, 3)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    bytes_a_line = plain.bytesPerLine()
    flat = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), bytes_a_line)
    return flat[:, : plain.width() * 4].reshape(plain.height(), plain.width(), 4)[:, :, :3].astype(np.int16)


def share_apart(one: QImage, other: QImage) -> float:
    """Return the share of pixels that differ by more than MOST_LEVELS_APART in any colour."""
    apart = np.abs(pixels(one) - pixels(other)).max(axis=2) > MOST_LEVELS_APART
    return float(apart.mean())
