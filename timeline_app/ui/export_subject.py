"""What a window has to export at a moment: the events, the part of them that is seen, and samples of how they look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage

from timeline_app.core.build import build_table
from timeline_app.core.dataset import Dataset, FileReport
from timeline_app.core.edtf_second import edtf_second
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.known_view import known_view
from timeline_app.core.lanes import Grouping
from timeline_app.core.noted_view import noted_view
from timeline_app.core.table import LARGE, EventTable
from timeline_app.scene.axis_words import AxisWords
from timeline_app.scene.paper import parts_of, sheet_mm, sheet_px
from timeline_app.ui.export_sample import Sample, first_lines, first_rows
from timeline_app.ui.export_wish import ExportWish, What, Which
from timeline_app.ui.look import Look
from timeline_app.ui.picture import draw_picture
from timeline_app.ui.picture_page import whole_view_s
from timeline_app.ui.picture_wish import PictureKind, PictureWish
from timeline_app.writers import choose_writer, outcome
from timeline_app.writers.options import WriteOptions

SAMPLE_EVENTS = 6


@dataclass(frozen=True)
class ExportSubject:
    """A table with what a window shows of it; nothing of it changes, so samples may be made on any thread."""

    table: EventTable
    wanted: Filter
    view_s: tuple[int, int]
    words: AxisWords
    selected: int | None = None
    grouping: Grouping | None = None

    def filter_of(self, which: Which) -> Filter:
        """Return the filter that lets these events pass."""
        if which is Which.ALL:
            return Filter()
        return self.wanted if which is Which.PASSING else within(self.wanted, self.view_s)

    def counts(self) -> Mapping[Which, int]:
        """Return how many events there are of each choice."""
        return {which: evaluate(self.filter_of(which), self.table).shown for which in Which}

    def picture_filter(self, which: Which) -> Filter:
        """Return the filter of a picture; one of what is seen is drawn in the stretch that is seen."""
        return Filter() if which is Which.ALL else self.wanted

    def picture_wish(self, wish: ExportWish) -> PictureWish:
        """Return the picture that is asked for."""
        across = wish.pages if wish.is_wide else 1
        paper = sheet_mm(wish.sheet, is_upright=wish.is_upright, across=across) if wish.sheet else None
        size_px = sheet_px(paper, 1.0) if paper is not None else (wish.width_px * across, wish.height_px)
        return PictureWish(
            kind=PictureKind(wish.format),
            width_px=size_px[0],
            height_px=size_px[1],
            scale=1.0 if paper is not None else wish.scale,
            view_s=self.view_s if wish.which is Which.SEEN else None,
            selected=self.selected,
            grouping=self.grouping,
            pages=1 if wish.is_wide else wish.pages,
            sheet_mm=paper,
        )

    def sample(self, wish: ExportWish, look: Look, room_px: tuple[int, int], ratio: float) -> Sample:
        """Return how what is asked for would look, a picture no larger than there is room for.

        Raises WriteError for what cannot be drawn or written, FilterError for a range that cannot be.
        """
        if wish.what is What.EVENTS:
            return self._sample_of_events(wish)
        picture = self.picture_wish(wish)
        wanted = self.picture_filter(wish.which)
        if picture.pages > 1:
            whole_s = picture.view_s or whole_view_s(self.table, evaluate(wanted, self.table).rows)
            picture = replace(picture, view_s=parts_of(whole_s, picture.pages)[0])
        scale = ratio * min(room_px[0] / picture.width_px, room_px[1] / picture.height_px, 1.0)
        small = replace(picture, kind=PictureKind.PNG, scale=scale, pages=1, sheet_mm=None)
        image = QImage.fromData(QByteArray(draw_picture(self.table, wanted, small, look, self.words)))
        image.setDevicePixelRatio(ratio)
        pages = f", page 1 of {wish.pages}" if wish.pages > 1 and not wish.is_wide else ""
        return Sample(image, note=f"{_size_in_words(picture)}{pages}")

    def _sample_of_events(self, wish: ExportWish) -> Sample:
        writer = choose_writer(wish.path, wish.format)
        if writer is None:
            return Sample()
        wanted = self.filter_of(wish.which)
        exported = outcome(self.table, wanted, writer.limits)
        # Some formats go through all events before they write the first.
        is_large = len(self.table) > LARGE
        known = known_view(self.table, wanted)
        if wish.with_notes:
            known = noted_view(known)
        table, passing = (self._few_events(wanted, known), Filter()) if is_large else (known, wanted)
        if writer.sample is not None:
            pieces: Iterator[str] | Iterator[bytes] = writer.sample(table, passing)
        else:
            options = WriteOptions(guard_formulas=wish.guards, with_notes=wish.with_notes)
            pieces = writer.render(table, passing, options)
        events = "event" if exported.written == 1 else "events"
        told = [f"{exported.written:,} {events}", "the first of them are shown" if is_large else "", exported.notice]
        note = "; ".join(filter(None, told))
        if writer.name == "csv":
            return Sample(rows=first_rows(pieces), note=note)
        return Sample(text=first_lines(pieces), is_prose=writer.name == "html", note=note)

    def _few_events(self, wanted: Filter, table: EventTable) -> EventTable:
        """Return a table of the first events that pass, as another tells them."""
        rows = evaluate(wanted, self.table).rows[:SAMPLE_EVENTS].tolist()
        events = tuple(table.event(row) for row in rows)
        report = table.files[0] if table.files else FileReport("", "", len(rows), len(rows), 0, "")
        whole = Dataset(table.title, events, report, table.summary, dict(table.source_by_key), extra=dict(table.extra))
        return build_table([whole], table.gazetteer)


def _size_in_words(picture: PictureWish) -> str:
    if picture.sheet_mm is not None:
        width_mm, height_mm = picture.sheet_mm
        return f"{width_mm:g} × {height_mm:g} mm"
    width_px, height_px = round(picture.width_px * picture.scale), round(picture.height_px * picture.scale)
    return f"{width_px:,} × {height_px:,} pixels"


def within(wanted: Filter, view_s: tuple[int, int]) -> Filter:
    """Return a filter that lets only that pass which possibly lies within a stretch of time as well."""
    first_s, last_s = wanted.range_s()
    return replace(
        wanted,
        since=edtf_second(view_s[0]) if view_s[0] > first_s else wanted.since,
        until=edtf_second(view_s[1]) if view_s[1] < last_s else wanted.until,
    )
