"""A painter that draws as usual and notes what it was asked to draw."""

from __future__ import annotations

import ctypes
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QPaintDevice, QPainter
from shiboken6 import Shiboken

NUMBERS = 10


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the method, its arguments, and the brush that was set."""

    name: str
    arguments: tuple[Any, ...]
    brush: QBrush


class RecordingPainter(QPainter):
    """Notes every call that draws; what is drawn into cached pixmaps goes through painters of their own."""

    def __init__(self, device: QPaintDevice) -> None:
        super().__init__(device)
        self.calls: list[Call] = []

    @property
    def counts(self) -> Counter[str]:
        """How often each method was called."""
        return Counter(call.name for call in self.calls)

    @property
    def texts(self) -> list[str]:
        """All texts drawn, in order."""
        return [argument for call in self.named("drawText") for argument in call.arguments if isinstance(argument, str)]

    def named(self, name: str) -> list[Call]:
        """Return the calls of one method."""
        return [call for call in self.calls if call.name == name]

    def fills(self) -> list[tuple[QRectF, QBrush]]:
        """Return the filled rectangles with their brushes."""
        return [
            (call.arguments[0], QBrush(call.arguments[1]))
            for call in self.named("fillRect")
            if isinstance(call.arguments[0], QRectF)
        ]

    def drawText(self, *arguments: Any) -> Any:  # noqa: N802 — Qt's name
        return self._noted("drawText", arguments)

    def drawPixmap(self, *arguments: Any) -> Any:  # noqa: N802 — Qt's name
        return self._noted("drawPixmap", arguments)

    def drawPixmapFragments(self, *arguments: Any) -> Any:  # noqa: N802 — Qt's name
        """Note the pieces, shape (pieces, 10), the sheet they are from, and the scale at which they are drawn."""
        first, count, sheet = arguments[:3]
        address = Shiboken.getCppPointer(first)[0]
        numbers = np.ctypeslib.as_array((ctypes.c_double * (count * NUMBERS)).from_address(address))
        pieces = numbers.reshape(count, NUMBERS).copy()
        self.calls.append(Call("drawPixmapFragments", (pieces, sheet, self.deviceTransform().m11()), QBrush()))
        return super().drawPixmapFragments(*arguments)

    def drawImage(self, *arguments: Any) -> Any:  # noqa: N802 — Qt's name
        return self._noted("drawImage", arguments)

    def drawRects(self, *arguments: Any) -> Any:  # noqa: N802 — Qt's name
        return self._noted("drawRects", arguments)

    def drawPath(self, *arguments: Any) -> Any:  # noqa: N802 — Qt's name
        return self._noted("drawPath", arguments)

    def drawLine(self, *arguments: Any) -> Any:  # noqa: N802 — Qt's name
        return self._noted("drawLine", arguments)

    def drawLines(self, *arguments: Any) -> Any:  # noqa: N802 — Qt's name
        return self._noted("drawLines", arguments)

    def drawPolyline(self, *arguments: Any) -> Any:  # noqa: N802 — Qt's name
        return self._noted("drawPolyline", arguments)

    def drawRect(self, *arguments: Any) -> Any:  # noqa: N802 — Qt's name
        return self._noted("drawRect", arguments)

    def drawRoundedRect(self, *arguments: Any) -> Any:  # noqa: N802 — Qt's name
        return self._noted("drawRoundedRect", arguments)

    def fillRect(self, *arguments: Any) -> Any:  # noqa: N802 — Qt's name
        return self._noted("fillRect", arguments)

    def _noted(self, name: str, arguments: tuple[Any, ...]) -> Any:
        self.calls.append(Call(name, arguments, QBrush(self.brush())))
        return getattr(super(), name)(*arguments)
