"""What the timeline shows beyond its events only while somebody asks for it, loaded when that is so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Frame, FramePart
from timeline_app.scene.singles import Singles

if TYPE_CHECKING:
    from timeline_app.scene.compared import Compared


@dataclass(frozen=True, slots=True)
class AskedLayers:
    """Tails from events to their first reports, and what differs from another state of the timeline."""

    has_lags: bool = False
    compared: Compared | None = None


def with_asked(
    frame: Frame, table: EventTable, asked: AskedLayers, singles: Callable[[], Singles] | None = None
) -> Frame:
    """Return a frame with what is asked for; `singles` gives all events of the picture that a part belongs to.

    Tails reach over the plates that MOVED parts lie on, so they are HELD.
    """
    if asked.has_lags and frame.part is not FramePart.MOVED:
        from timeline_app.scene.tails import tails_of  # The first picture never shows them.

        frame = replace(frame, tails=tails_of(frame, singles() if singles else frame.singles, table))
    if asked.compared is not None:
        from timeline_app.scene.compared import compared_marks, foot_px  # likewise

        marks = compared_marks(frame, asked.compared)
        frame = replace(frame, compared=marks, foot_px=foot_px(asked.compared, frame.measures.text_scale))
    return frame
