"""The layouts of the present lanes, one a zoom level, made when first needed and kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from timeline_app.core.lanes import LaneSet
from timeline_app.scene.rows import Extents, Layout, lay_out
from timeline_app.ui.jobs import LARGE, NewestJob

MOST_KEPT = 24


class LayoutKeeper(QObject):
    """Gives a layout for any level at once; for many events the exact one may follow by `ready`.

    Until then the layout of the nearest level stands in: positions in time are always exact, only lines and titles
    are those of another scale.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: LaneSet | None = None
        self._extents: Extents | None = None
        self._max_lines = 0
        self._kept: dict[int, Layout] = {}
        self._job = NewestJob(self)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._fail)
        self._awaited: int | None = None

    def set_lanes(self, lanes: LaneSet, extents: Extents, max_lines: int) -> None:
        """Lay out other lanes from now on."""
        self._job.cancel()
        self._lanes, self._extents, self._max_lines = lanes, extents, max_lines
        self._kept = {}
        self._awaited = None

    def layout(self, level: int) -> Layout:
        """Return the layout of a level, or for very many events of the nearest level that there is."""
        kept = self._kept.get(level)
        if kept is not None:
            return kept
        if self._lanes is None or self._extents is None:
            raise RuntimeError("set_lanes comes first")
        work = partial(lay_out, self._lanes, self._extents, level, self._max_lines)
        if not self._kept or sum(len(lane.rows) for lane in self._lanes.lanes) < LARGE:
            return self._keep(work())
        if self._awaited != level:
            self._awaited = level
            self._job.start(work)
        return self._kept[min(self._kept, key=lambda other: abs(other - level))]

    def _keep(self, layout: Layout) -> Layout:
        while len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[layout.level] = layout
        return layout

    def _take(self, layout: Layout) -> None:
        self._awaited = None
        self._keep(layout)
        self.ready.emit()

    def _fail(self, error: Exception) -> None:
        self._awaited = None
        raise error
