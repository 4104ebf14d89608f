"""The painter draws what a frame holds and nothing else, every kind of doubt in its own way, in both themes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage
from PySide6.QtWidgets import QApplication

from tests.helpers.canvases import make_look
from tests.helpers.recording_painter import RecordingPainter
from tests.helpers.scenes import Scene, make_scene, synthetic_table
from tests.helpers.tables import make_event
from timeline_app.core.arrays import FloatArray
from timeline_app.core.event import Event
from timeline_app.core.filter import FilterResult
from timeline_app.core.lanes import Grouping
from timeline_app.core.safe_text import safe_text
from timeline_app.core.when import parse
from timeline_app.scene.frame import Cluster, Frame
from timeline_app.scene.rows import CELL_PX, TitlePlace
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.look import Look
from timeline_app.ui.palette import DARK, LIGHT, Theme
from timeline_app.ui.timeline.painter import FramePainter, Highlights
from timeline_app.ui.timeline.title_painter import EDGE_STEP_PX, LEAST_TITLE_PX

HEIGHT_PX = 500
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
GRADIENT = Qt.BrushStyle.LinearGradientPattern
HATCH = Qt.BrushStyle.BDiagPattern


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp


def scene_of(*events: Event, certain: bool = True) -> Scene:
    scene = make_scene(list(events))
    if certain:
        return scene
    result = FilterResult(scene.result.mask, np.zeros(len(scene.table), np.bool_))
    return Scene(scene.table, result, scene.lanes, scene.extents)


def draw(
    scene: Scene,
    frame: Frame,
    look: Look,
    *,
    highlights: Highlights | None = None,
    painter: FramePainter | None = None,
    as_vectors: bool = False,
    grouping: Grouping = Grouping.ACTOR,
) -> tuple[RecordingPainter, QImage]:
    image = QImage(QSize(frame.width_px, frame.height_px), QImage.Format.Format_RGB32)
    frame_painter = painter or FramePainter(look, safe_text, as_vectors=as_vectors)
    recording = RecordingPainter(image)
    with recording:
        frame_painter.paint(recording, frame, scene.table, grouping, highlights or Highlights())
    return recording, image


def june_view(seconds_per_px: float = 8_640.0) -> Viewport:
    return Viewport(parse("2024-05-01").start_earliest_s, 0.0, seconds_per_px, 1000)


def bar_fills(recording: RecordingPainter, frame: Frame) -> list[tuple[QRectF, QBrush]]:
    """Return the fills as high as a bar."""
    return [(box, brush) for box, brush in recording.fills() if box.height() == frame.measures.bar_px]


def room_for_titles(frame: Frame, *, as_vectors: bool) -> FloatArray:
    """Return the pixels that each title has up to the right edge, where pixmaps are cut in steps."""
    room = frame.width_px - frame.singles.title_px
    cut = room if as_vectors else room // EDGE_STEP_PX * EDGE_STEP_PX
    return np.where(room >= frame.singles.title_width_px, LEAST_TITLE_PX, cut)


@pytest.mark.parametrize("as_vectors", [False, True], ids=["pixmaps", "vectors"])
@THEMES
def test_what_is_drawn_is_what_the_frame_holds(theme: Theme, as_vectors: bool) -> None:
    scene = make_scene(synthetic_table(400))
    look = make_look(scene.table, theme.name)
    frame = scene.frame(scene.fitted(), height_px=HEIGHT_PX)
    recording, _ = draw(scene, frame, look, as_vectors=as_vectors)
    singles = frame.singles
    marks = int(np.count_nonzero(singles.is_mark))
    in_view = (singles.title_px >= 0) & (room_for_titles(frame, as_vectors=as_vectors) >= LEAST_TITLE_PX)
    titles = int(np.count_nonzero((singles.title_place != TitlePlace.NONE) & in_view))
    assert marks
    assert titles
    assert frame.clusters
    if as_vectors:
        assert recording.counts["drawPixmap"] == 0
        assert recording.counts["drawPath"] == marks
        assert len([text for text in recording.texts if text.startswith("Sh")]) == titles
    else:
        assert recording.counts["drawPixmap"] == marks + titles
        assert recording.counts["drawPath"] == 0
    assert recording.counts["drawRoundedRect"] == len(frame.clusters)
    assert len(bar_fills(recording, frame)) == len(singles) - marks
    for cluster in frame.clusters:
        assert f"{cluster.count:,}" in recording.texts


def test_calls_are_bounded_by_the_frame_and_not_by_the_events() -> None:
    few, many = make_scene(synthetic_table(2_000)), make_scene(synthetic_table(100_000))
    calls = []
    for scene in (few, many):
        frame = scene.frame(scene.fitted(), height_px=HEIGHT_PX)
        recording, _ = draw(scene, frame, make_look(scene.table))
        calls.append(len(recording.calls))
        assert len(recording.calls) <= 6 * (len(frame.singles) + len(frame.clusters)) + 100
    assert calls[1] <= 2 * calls[0]


def counting(texts: list[str]) -> Callable[[str], str]:
    def clean(text: str) -> str:
        texts.append(text)
        return safe_text(text)

    return clean


def test_only_new_titles_are_made_ready_and_kept_until_the_look_changes() -> None:
    scene = make_scene(synthetic_table(400))
    look = make_look(scene.table)
    frame = scene.frame(scene.fitted(), height_px=HEIGHT_PX)
    cleaned: list[str] = []
    painter = FramePainter(look, counting(cleaned))
    draw(scene, frame, look, painter=painter)
    first = len(cleaned)
    cut = np.count_nonzero(frame.width_px - frame.singles.title_px < frame.singles.title_width_px)
    assert 0 < first <= len(frame.lanes) + 2 + cut
    draw(scene, frame, look, painter=painter)
    assert len(cleaned) == first + len(frame.lanes)
    look.set_choice("dark")
    draw(scene, frame, look, painter=painter)
    assert len(cleaned) == 2 * first + len(frame.lanes)


def test_a_title_is_cut_at_the_right_edge_and_left_out_where_its_beginning_is_not_seen() -> None:
    scene = scene_of(make_event("Early words", "2024-04-26"), make_event("A long title at the edge", "2024-08-19"))
    look = make_look(scene.table)
    frame = scene.frame(june_view(9_300.0), height_px=HEIGHT_PX)
    recording, _ = draw(scene, frame, look, as_vectors=True)
    assert not any("Early" in text for text in recording.texts)
    texts = {text for text in recording.texts if text.startswith("A lo")}
    assert len(texts) <= 1
    assert all(text.endswith("…") or text == "A long title at the edge" for text in texts)


@THEMES
def test_the_ground_and_the_axis_are_of_the_theme(theme: Theme) -> None:
    scene = scene_of(make_event("day", "2024-06-19"), make_event("other", "2024-07-19"))
    frame = scene.frame(june_view(), height_px=HEIGHT_PX)
    recording, image = draw(scene, frame, make_look(scene.table, theme.name))
    assert image.pixelColor(999, HEIGHT_PX - 1) == QColor(theme.background)
    assert {"May 2024", "June 2024", "20"} <= set(recording.texts)
    assert any(text.startswith(" · ") for text in recording.texts)


def test_a_surely_dated_bar_is_even_and_an_imprecise_one_soft_at_both_ends() -> None:
    look = make_look(make_scene([]).table)
    span = scene_of(make_event("span", "2024-06-01T00:00:00/2024-06-30T23:59:59"), make_event("other", "2025"))
    frame = span.frame(june_view(), height_px=HEIGHT_PX)
    recording, _ = draw(span, frame, look)
    assert [brush.style() for _, brush in bar_fills(recording, frame)] == [Qt.BrushStyle.SolidPattern]
    month = scene_of(make_event("a month that takes more room than its bar", "2024-06"), make_event("other", "2025"))
    frame = month.frame(june_view(), height_px=HEIGHT_PX)
    recording, _ = draw(month, frame, look)
    ((box, brush),) = [(box, brush) for box, brush in bar_fills(recording, frame) if brush.style() is GRADIENT]
    assert box.width() == pytest.approx(300)
    stops = brush.gradient().stops()
    alphas = [colour.alphaF() for _, colour in stops]
    assert alphas[0] == pytest.approx(alphas[-1])
    assert max(alphas) > 4 * alphas[0]
    assert any(fill.width() == 2 and fill.height() == frame.measures.bar_px for fill, _ in recording.fills())


def test_soft_edges_are_exactly_as_wide_as_the_doubt() -> None:
    scene = scene_of(make_event("span", "2024-05/2024-07"), make_event("other", "2025"))
    frame = scene.frame(june_view(), height_px=HEIGHT_PX)
    recording, _ = draw(scene, frame, make_look(scene.table))
    ((box, brush),) = [(box, brush) for box, brush in bar_fills(recording, frame) if brush.style() is GRADIENT]
    full = [place * box.width() for place, colour in brush.gradient().stops() if colour.alphaF() > 0.2]
    assert full == pytest.approx([310, 610], abs=1)


@pytest.mark.parametrize(("when", "arrows"), [("2024-06-01/..", 1), ("../2024-06-01", 1), ("2024-06/2024-07", 0)])
def test_open_ends_fade_and_carry_an_arrow(when: str, arrows: int) -> None:
    scene = scene_of(make_event("war", when), make_event("first", "2024-05-03"), make_event("last", "2024-07-19"))
    frame = scene.frame(june_view(), height_px=HEIGHT_PX)
    recording, _ = draw(scene, frame, make_look(scene.table))
    assert recording.counts["drawPolyline"] == arrows
    assert GRADIENT in {brush.style() for _, brush in bar_fills(recording, frame)}


@pytest.mark.parametrize(
    ("when", "certain", "brushes"),
    [
        ("2024-06-19", True, [Qt.BrushStyle.SolidPattern]),
        ("2024-06-19", False, [Qt.BrushStyle.SolidPattern, HATCH]),
        ("2024-06-19?", True, [Qt.BrushStyle.SolidPattern]),
        ("2024-06-19~", True, [Qt.BrushStyle.SolidPattern, Qt.BrushStyle.SolidPattern]),
    ],
    ids=["plain", "possible", "uncertain", "approximate"],
)
def test_marks_show_doubt_by_hatching_hollowness_or_a_halo(
    when: str, certain: bool, brushes: list[Qt.BrushStyle]
) -> None:
    scene = scene_of(make_event("day", when), certain=certain)
    look = make_look(scene.table)
    frame = scene.frame(june_view(86_400), height_px=HEIGHT_PX)
    recording, _ = draw(scene, frame, look, as_vectors=True)
    paths = recording.named("drawPath")
    assert [call.brush.style() for call in paths] == brushes
    colours = [call.brush.color().name() for call in paths]
    neutral = LIGHT.neutral
    if when.endswith("?") or not certain:
        assert colours[0] == LIGHT.background
    elif when.endswith("~"):
        assert paths[0].brush.color().alphaF() == pytest.approx(0.25, abs=0.01)
        assert colours == [neutral, neutral]
    else:
        assert colours == [neutral]


def test_marks_of_each_kind_of_doubt_look_different_as_pixmaps_too() -> None:
    pictures = []
    for when, certain in (("2024-06-19", True), ("2024-06-19", False), ("2024-06-19?", True), ("2024-06-19~", True)):
        scene = scene_of(make_event("day", when), certain=certain)
        _, image = draw(scene, scene.frame(june_view(86_400), height_px=120), make_look(scene.table))
        pictures.append(image)
    assert all(one != other for place, one in enumerate(pictures) for other in pictures[:place])


def test_a_bar_that_only_possibly_passes_is_hatched() -> None:
    scene = scene_of(make_event("month", "2024-06"), certain=False)
    frame = scene.frame(june_view(), height_px=HEIGHT_PX)
    recording, _ = draw(scene, frame, make_look(scene.table))
    assert HATCH in {brush.style() for _, brush in bar_fills(recording, frame)}


def test_selecting_rings_every_copy_and_joins_them() -> None:
    scene = scene_of(
        make_event("pact", "2024-06-19", actors=["Russia", "Iran", "Ukraine"]), make_event("other", "2024-07")
    )
    look = make_look(scene.table)
    frame = scene.frame(june_view(), height_px=HEIGHT_PX)
    plain, _ = draw(scene, frame, look)
    chosen, _ = draw(scene, frame, look, highlights=Highlights(selected=(0,)))
    hovered, _ = draw(scene, frame, look, highlights=Highlights(hovered=0))
    assert chosen.counts["drawRoundedRect"] - plain.counts["drawRoundedRect"] == 3
    assert hovered.counts["drawRoundedRect"] - plain.counts["drawRoundedRect"] == 3
    joins = [call for call in chosen.named("drawLine") if call not in plain.named("drawLine")]
    assert len(joins) >= 2
    assert chosen.counts["drawLine"] - plain.counts["drawLine"] == 2
    both, _ = draw(scene, frame, look, highlights=Highlights(selected=(0,), hovered=0))
    assert both.counts["drawLine"] == chosen.counts["drawLine"]


def test_the_pointer_has_a_line_and_its_date_and_the_focus_a_ring() -> None:
    scene = scene_of(make_event("day", "2024-06-19"))
    look = make_look(scene.table)
    frame = scene.frame(june_view(), height_px=HEIGHT_PX)
    recording, _ = draw(
        scene, frame, look, highlights=Highlights(pointer_px=0.0, pointer_label="1 May 2024", has_focus=True)
    )
    assert "1 May 2024" in recording.texts
    boxes = [call.arguments[0] for call in recording.named("drawText") if isinstance(call.arguments[0], QRectF)]
    assert all(box.left() >= 0 for box in boxes)
    assert recording.counts["drawRect"] == 1


@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
def test_counts_never_run_into_each_other_however_great(text_scale: float) -> None:
    members = np.arange(1_300_000, dtype=np.int32)
    side_by_side = tuple(Cluster(0, 100.0 + CELL_PX * number, 100.0, CELL_PX, members) for number in range(2))
    scene = make_scene(synthetic_table(100))
    frame = replace(scene.frame(scene.fitted(), height_px=HEIGHT_PX), clusters=side_by_side)
    recording, _ = draw(scene, frame, make_look(scene.table, text_scale=text_scale))
    one, other = (call.arguments[0] for call in recording.named("drawRoundedRect"))
    assert one.right() <= other.left()
    assert recording.texts.count("1,300,000") == 2


def test_hostile_titles_are_shown_by_number_and_cut() -> None:
    title = "2024-01-02 \u202e10-20-4202" + "x" * 100_000
    scene = scene_of(make_event(title, "2024-06-19", actors=["\u202eactor"]), make_event("other", "2024-07-30"))
    frame = scene.frame(june_view(), height_px=HEIGHT_PX)
    cleaned: list[str] = []
    look = make_look(scene.table)
    recording, _ = draw(scene, frame, look, painter=FramePainter(look, counting(cleaned), as_vectors=True))
    assert max(map(len, cleaned)) <= 500
    assert not any("\u202e" in text for text in recording.texts)
    assert any("⟦202E⟧" in text for text in recording.texts)


@pytest.mark.parametrize("grouping", list(Grouping))
def test_every_grouping_has_its_colours(grouping: Grouping) -> None:
    events = [make_event("a", "2024-06-01", actors=["Russia"], type_="summit"), make_event("b", "2024-06-20")]
    scene = make_scene(events, grouping=grouping)
    _, image = draw(scene, scene.frame(june_view(), height_px=300), make_look(scene.table), grouping=grouping)
    strip = QColor(image.pixelColor(1, 60))
    assert strip != QColor(LIGHT.background)


def test_a_frame_without_events_is_drawn() -> None:
    scene = make_scene([])
    recording, _ = draw(scene, scene.frame(june_view(), height_px=300), make_look(scene.table))
    assert "May 2024" in recording.texts


def test_titles_are_crisp_at_any_pixel_ratio() -> None:
    scene = scene_of(make_event("day", "2024-06-19"), make_event("other", "2024-07-30"))
    look = make_look(scene.table)
    painter = FramePainter(look, safe_text)
    frame = scene.frame(june_view(), height_px=200)
    for ratio in (1.0, 1.25, 2.0):
        image = QImage(QSize(round(1000 * ratio), round(200 * ratio)), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        recording = RecordingPainter(image)
        with recording:
            painter.paint(recording, frame, scene.table, Grouping.ACTOR, Highlights())
        for call in recording.named("drawPixmap"):
            assert call.arguments[1].devicePixelRatio() == ratio
