"""What the timeline shows beyond its events only while somebody asks for it, loaded when that is so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Frame

if TYPE_CHECKING:
    from timeline_app.scene.compared import Compared


@dataclass(frozen=True, slots=True)
class AskedLayers:
    """Tails from events to their first reports, and what differs from another state of the timeline."""

    has_lags: bool = False
    compared: Compared | None = None


def with_asked(frame: Frame, table: EventTable, asked: AskedLayers) -> Frame:
    """Return a frame with what is asked for."""
    if asked.has_lags:
        from timeline_app.scene.tails import tails_of  # The first picture never shows them.

        frame = replace(frame, tails=tails_of(frame, table))
    if asked.compared is not None:
        from timeline_app.scene.compared import compared_marks, foot_px  # likewise

        marks = compared_marks(frame, asked.compared)
        frame = replace(frame, compared=marks, foot_px=foot_px(asked.compared, frame.measures.text_scale))
    return frame
