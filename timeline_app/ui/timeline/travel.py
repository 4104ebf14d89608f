"""A jump to another view as a short journey, so that one sees where it leads."""

from __future__ import annotations

from PySide6.QtCore import QObject, QVariantAnimation, Signal

from timeline_app.scene.viewport import Viewport

JUMP_MS = 180


class Travel(QObject):
    """Moves from one view to another, slower towards the end; `moved` gives each view on the way, the goal last."""

    moved = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._begin: Viewport | None = None
        self._goal: Viewport | None = None
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(JUMP_MS)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(self._go_on)

    @property
    def is_under_way(self) -> bool:
        """Whether the goal is still to be reached."""
        return self._animation.state() is QVariantAnimation.State.Running

    def start(self, begin: Viewport, goal: Viewport) -> None:
        """Set out from one view to another."""
        self._begin, self._goal = begin, goal
        self._animation.start()

    def stop(self) -> None:
        """End the journey where it is."""
        self._animation.stop()

    def _go_on(self, share: float) -> None:
        if self._begin is not None and self._goal is not None:
            eased = 1 - (1 - share) ** 3
            self.moved.emit(self._begin.between(self._goal, eased) if share < 1 else self._goal)
