"""The panes around the timeline, made together once the first picture is painted."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_app.ui.file_writer import FileWriter
from timeline_app.ui.look import Look
from timeline_app.ui.panels.actors_panel import ActorsPanel
from timeline_app.ui.panels.chips import ChipsBar
from timeline_app.ui.panels.event_table import EventTable
from timeline_app.ui.panels.excerpt_pane import ExcerptPane
from timeline_app.ui.panels.notice_bar import NoticeBar
from timeline_app.ui.panels.problems_bar import ProblemsBar
from timeline_app.ui.panels.progress_bar import BusyBar
from timeline_app.ui.panels.search_box import SearchBox
from timeline_app.ui.panels.status_line import StatusLine
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.session import Session
from timeline_app.ui.timeline.canvas import TimelineCanvas
from timeline_app.ui.tips import TimelineTips


@dataclass(frozen=True, slots=True)
class SidePanes:
    """Every pane of a window but the timeline and the overview."""

    actors_panel: ActorsPanel
    excerpt_pane: ExcerptPane
    search_box: SearchBox
    chips_bar: ChipsBar
    problems_bar: ProblemsBar
    reading_bar: NoticeBar
    joining_bar: NoticeBar
    repeats_bar: NoticeBar
    opening_bar: BusyBar
    writing_bar: BusyBar
    writer: FileWriter
    event_table: EventTable
    status_line: StatusLine
    title_label: PlainLabel
    tips: TimelineTips


def make_side_panes(session: Session, look: Look, timeline: TimelineCanvas) -> SidePanes:
    """Return new panes for a session."""
    return SidePanes(
        actors_panel=ActorsPanel(session, look),
        excerpt_pane=ExcerptPane(session, look),
        search_box=SearchBox(session, look),
        chips_bar=ChipsBar(session, look),
        problems_bar=ProblemsBar(session, look),
        reading_bar=NoticeBar("Open as…", look),
        joining_bar=NoticeBar("Keep apart", look),
        repeats_bar=NoticeBar("Show each time", look),
        opening_bar=BusyBar(look),
        writing_bar=BusyBar(look, doing="Writing"),
        writer=FileWriter(timeline),
        event_table=EventTable(session, look),
        status_line=StatusLine(session, look),
        title_label=PlainLabel(),
        tips=TimelineTips(timeline),
    )
