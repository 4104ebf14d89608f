"""The painter draws what a frame holds and nothing else, every kind of doubt in its own way, in both themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from unittest import mock

import numpy as np
import pytest
from PySide6.QtCore import SIGNAL, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.helpers.canvases import bundled, make_look
from tests.helpers.pictures import pixels, share_apart
from tests.helpers.recording_painter import RecordingPainter
from tests.helpers.scenes import Scene, make_scene, synthetic_table
from tests.helpers.tables import NO_ACTORS, make_event, make_table
from timeline_app.core.arrays import Int32Array
from timeline_app.core.build import build_table
from timeline_app.core.event import Event
from timeline_app.core.filter import FilterResult
from timeline_app.core.lanes import Grouping
from timeline_app.core.palette import DARK, LIGHT, Theme
from timeline_app.core.records import RecordList
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse
from timeline_app.scene.clusters import Cluster, Clusters
from timeline_app.scene.frame import Elsewhere, Frame
from timeline_app.scene.rows import CELL_PX, MARK_PX, TitlePlace
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.look import SMALL_PX, Look
from timeline_app.ui.timeline.bar_painter import WIDEST_KEPT_PX
from timeline_app.ui.timeline.elsewhere_painter import elsewhere_words
from timeline_app.ui.timeline.layers import MostNew
from timeline_app.ui.timeline.painter import FramePainter, Highlights
from timeline_app.ui.timeline.pointed_painter import clusters_with
from timeline_app.ui.timeline.sheet import CENTRE_X, SCALE_X, SHEET_WIDTH_PX, WIDTH, Picture
from timeline_app.ui.timeline.slots import PAGE_COLUMNS
from timeline_app.ui.timeline.symbols import RUN_PX
from timeline_app.ui.timeline.title_measure import MOST_TITLE_EMS
from timeline_app.ui.timeline.title_painter import OVERHANG_PX, seen_titles
from timeline_app.ui.timeline.words import MOST_KEPT, PixelWords, Word

HEIGHT_PX = 500
# What a frame asks of Qt at most: the ground downwards, pieces of sheet and texts; of a lane its strip, edge and head.
CALLS, CALLS_A_LANE = 16, 5
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
GRADIENT = Qt.BrushStyle.LinearGradientPattern


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp


def scene_of(*events: Event, certain: bool = True) -> Scene:
    scene = make_scene(list(events))
    if certain:
        return scene
    result = FilterResult(len(scene.table), surely=np.zeros(len(scene.table), np.bool_))
    return Scene(scene.table, result, scene.lanes, scene.extents)


TYPES = ("attack", "summit", "supply", "election", "statement")


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


def pieces_from(recording: RecordingPainter, sheet_width_px: int) -> int:
    """Return how many pieces were drawn from sheets of a width."""
    calls = recording.named("drawPixmapFragments")
    return sum(len(call.arguments[0]) for call in calls if call.arguments[1].width() == sheet_width_px)


@THEMES
def test_vectors_are_what_the_frame_holds(theme: Theme) -> None:
    scene = make_scene(synthetic_table(400))
    frame = scene.frame(scene.fitted(), height_px=HEIGHT_PX)
    recording, _ = draw(scene, frame, make_look(scene.table, theme.name), as_vectors=True)
    singles = frame.singles
    marks = int(np.count_nonzero(singles.is_mark))
    assert marks
    assert frame.clusters
    assert recording.counts["drawPixmap"] == recording.counts["drawPixmapFragments"] == 0
    assert recording.counts["drawPath"] == marks
    assert len([text for text in recording.texts if text.startswith("Sh")]) == len(seen_titles(frame).rows) > 0
    assert recording.counts["drawRoundedRect"] == len(frame.clusters)
    assert len(bar_fills(recording, frame)) == len(singles) - marks
    for cluster in frame.clusters:
        assert f"{cluster.count:,}" in recording.texts


@THEMES
def test_pixels_are_what_the_frame_holds(theme: Theme) -> None:
    scene = make_scene(synthetic_table(400))
    frame = scene.frame(scene.fitted(), height_px=HEIGHT_PX)
    recording, _ = draw(scene, frame, make_look(scene.table, theme.name))
    titles = seen_titles(frame)
    digits = sum(len(f"{cluster.count:,}") for cluster in frame.clusters)
    assert len(frame.singles) < RUN_PX < frame.width_px
    assert pieces_from(recording, SHEET_WIDTH_PX) == len(frame.singles) + len(frame.clusters) + digits
    slot_px = round(MOST_TITLE_EMS * SMALL_PX + OVERHANG_PX)
    cut = int(np.count_nonzero(titles.is_cut))
    assert pieces_from(recording, PAGE_COLUMNS * slot_px) == len(titles.rows) + cut > cut


def test_calls_are_few_however_many_the_events() -> None:
    for count in (0, 2_000, 100_000):
        scene = make_scene(synthetic_table(count) if count else [])
        frame = scene.frame(scene.fitted(), height_px=HEIGHT_PX)
        recording, _ = draw(scene, frame, make_look(scene.table))
        assert len(recording.calls) <= CALLS + CALLS_A_LANE * len(frame.lanes)


def test_lane_heads_are_placed_once_while_one_pans() -> None:
    scene = make_scene(synthetic_table(2_000))
    look = make_look(scene.table)
    painter, view = FramePainter(look, safe_text), scene.fitted()
    draw(scene, scene.frame(view, height_px=HEIGHT_PX), look, painter=painter)
    for number in range(1, 4):
        frame = scene.frame(view.panned(37 * number), height_px=HEIGHT_PX)
        with mock.patch.object(PixelWords, "_placed", autospec=True, side_effect=PixelWords._placed) as placed:
            _, image = draw(scene, frame, look, painter=painter)
        assert placed.call_count == 1  # the labels of the axis
        assert image == draw(scene, frame, look)[1]


def test_texts_that_stay_are_right_after_their_slots_were_given_to_others() -> None:
    look = make_look(bundled())
    words = PixelWords(look)
    heads = tuple(Word(f"Head {number}", 10.0, 20.0 + 20 * number, "#102030", is_bold=True) for number in range(5))

    def drawn(on: PixelWords) -> QImage:
        image = QImage(QSize(200, 120), QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        with QPainter(image) as painter:
            on.draw_again(painter, heads)
        return image

    fresh = drawn(PixelWords(look))
    assert drawn(words) == fresh
    other = QImage(QSize(200, 120), QImage.Format.Format_RGB32)
    with QPainter(other) as painter:
        for number in range(2 * MOST_KEPT):
            words.draw(painter, [Word(f"Other {number}", 10.0, 20.0, "#405060")])
    assert drawn(words) == drawn(words) == fresh


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_pieces_are_copied_pixel_by_pixel_at_any_ratio(ratio: float) -> None:
    scene = make_scene(synthetic_table(400))
    frame = scene.frame(scene.fitted(), height_px=HEIGHT_PX)
    image = QImage(QSize(round(frame.width_px * ratio), round(HEIGHT_PX * ratio)), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    recording = RecordingPainter(image)
    with recording:
        FramePainter(make_look(scene.table), safe_text).paint(
            recording, frame, scene.table, Grouping.ACTOR, Highlights()
        )
    calls = recording.named("drawPixmapFragments")
    assert calls
    for call in calls:
        pieces, _, scale = call.arguments
        assert scale == pytest.approx(1)
        lefts = pieces[:, CENTRE_X] - pieces[:, WIDTH] * pieces[:, SCALE_X] / 2
        assert np.all(lefts == np.rint(lefts))


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@THEMES
def test_pixels_look_as_vectors_do(theme: Theme, ratio: float) -> None:
    days, others = ["2024-06-19", "2024-06-19?", "2024-06-19~"], ["2024-06", "2024-05~/2024-07", "2024-06-15/.."]
    whens = [*days, *others, "2024-06-05/2024-06-06", "2024-06-01T00:00:00/2024-06-30T23:59:59"]
    events = [make_event(f"{when} {number}", when, type_=TYPES[number % 5]) for number, when in enumerate(whens)]
    for certain in (True, False):
        scene = scene_of(*events, certain=certain)
        frame = scene.frame(june_view(), height_px=300)
        look = make_look(scene.table, theme.name)
        pictures = []
        for as_vectors in (True, False):
            image = QImage(QSize(round(1000 * ratio), round(300 * ratio)), QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(ratio)
            with QPainter(image) as painter:
                FramePainter(look, safe_text, as_vectors=as_vectors).paint(
                    painter, frame, scene.table, Grouping.ACTOR, Highlights()
                )
            pictures.append(image)
        assert share_apart(*pictures) < (0.02 if certain else 0.08)  # Hatching begins anew in each bar of pixels.


@THEMES
@pytest.mark.parametrize("as_vectors", [False, True])
def test_what_lies_after_the_day_of_knowledge_is_grey(theme: Theme, as_vectors: bool) -> None:
    scene = scene_of(make_event("Pact", "2024-06-19"))
    frame, look = scene.frame(june_view(), height_px=300), make_look(scene.table, theme.name)
    grounds = []
    for future_px in (None, 400.0, -20.0, 2_000.0):
        _, image = draw(scene, replace(frame, future_px=future_px), look, as_vectors=as_vectors)
        below_all = [
            Counter(image.pixelColor(x, 290).name() for x in xs).most_common(1)[0][0]
            for xs in (range(300, 395), range(405, 500))
        ]
        grounds.append(below_all)
    plain, grey = theme.background, theme.grid
    assert grounds == [[plain, plain], [plain, grey], [grey, grey], [plain, plain]]


@pytest.mark.parametrize("width_px", [90, 129, 700, 1_024, 1_100, 3_000])
def test_fades_look_as_vectors_do_however_wide(width_px: int) -> None:
    scene = scene_of(*(make_event(f"a {when}", when) for when in ("2024-06", "2024-06?", "2024-06~")))
    begin_s, end_s = parse("2024-06").start_earliest_s, parse("2024-06").end_latest_s + 1
    view = Viewport(begin_s, 0.0, (end_s - begin_s) / width_px, 1000).panned(-50)
    frame = scene.frame(view, height_px=200)
    look = make_look(scene.table)
    painter = FramePainter(look, safe_text)
    _, vectors = draw(scene, frame, look, as_vectors=True)
    for _ in range(2):  # the second time from what is kept
        recording, image = draw(scene, frame, look, painter=painter)
        below_axis = 0, frame.lanes[0].top_px, frame.width_px, frame.height_px
        assert share_apart(image.copy(*below_axis), vectors.copy(*below_axis)) < 0.005
    stretched = [call.arguments[0] for call in recording.named("drawPixmapFragments")]
    assert any((pieces[:, SCALE_X] != 1).any() for pieces in stretched) == (width_px > WIDEST_KEPT_PX)


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
    ellipses = 2
    assert 0 < first <= len(frame.lanes) + len(set(seen_titles(frame).rows.tolist())) + ellipses
    draw(scene, frame, look, painter=painter)
    assert len(cleaned) == first
    look.set_choice("dark")
    painter.forget()
    draw(scene, frame, look, painter=painter)
    assert len(cleaned) == 2 * first


def test_a_painter_follows_no_signal_as_it_may_be_on_another_thread() -> None:
    look = make_look(make_scene([]).table)
    painter = FramePainter(look, safe_text)
    assert look.receivers(SIGNAL("changed()")) == 0
    assert painter.is_complete


def test_titles_beyond_the_limit_come_a_moment_later_the_most_important_first() -> None:
    scene = make_scene(synthetic_table(400))
    look = make_look(scene.table)
    frame = scene.frame(scene.fitted(), height_px=HEIGHT_PX)
    _, whole = draw(scene, frame, look)
    rows = set(seen_titles(frame).rows.tolist())
    asked: list[int] = []
    table = telling(scene.table, asked)
    painter = FramePainter(look, safe_text)
    rounds = 0
    while rounds == 0 or not painter.is_complete:
        image = QImage(QSize(frame.width_px, frame.height_px), QImage.Format.Format_RGB32)
        with QPainter(image) as on_image:
            painter.paint(on_image, frame, table, Grouping.ACTOR, Highlights(), most_new=MostNew(7, 100))
        rounds += 1
        assert len(asked) == min(7 * rounds, len(rows))
    assert rounds == -(-len(rows) // 7)
    assert sorted(asked) == sorted(rows)
    assert [int(table.importance[row]) for row in asked] == sorted(table.importance[asked].tolist(), reverse=True)
    assert image == whole


def test_a_title_left_of_its_mark_is_shown_only_together_with_it() -> None:
    scene = scene_of(make_event("First", "2020"), make_event("Last of all", "2024-06-19"))
    last, view = 1, scene.fitted()
    shown = {}
    for moved_px in range(0, 140, 4):
        frame = scene.frame(view.panned(-moved_px), height_px=HEIGHT_PX)
        place = frame.singles.rows.tolist().index(last) if last in frame.singles.rows else None
        if place is None:
            break
        assert frame.singles.title_place[place] == TitlePlace.LEFT
        shown[float(frame.singles.middle_px[place]) - MARK_PX / 2] = last in seen_titles(frame).rows
    assert True in shown.values()
    assert False in shown.values()
    for mark_px, is_shown in shown.items():
        assert is_shown == (mark_px < view.width_px), mark_px


def test_labels_and_heads_beyond_the_limit_come_a_moment_later_the_first_ones_first() -> None:
    scene = make_scene(synthetic_table(400))
    look = make_look(scene.table)
    frame = scene.frame(scene.fitted(), height_px=HEIGHT_PX)
    _, whole = draw(scene, frame, look)
    painter, made = FramePainter(look, safe_text), list[str]()
    picture = PixelWords._picture

    def noted(words: PixelWords, word: Word) -> Picture:
        made.append(word.text)
        return picture(words, word)

    image, rounds = QImage(QSize(frame.width_px, frame.height_px), QImage.Format.Format_RGB32), 0
    with mock.patch.object(PixelWords, "_picture", noted):
        while rounds == 0 or not painter.is_complete:
            before = len(made)
            with QPainter(image) as on_image:
                most_new = MostNew(titles=1_000, words=3)
                painter.paint(on_image, frame, scene.table, Grouping.ACTOR, Highlights(), most_new=most_new)
            assert 0 < len(made) - before <= 2 * most_new.words
            rounds += 1
    assert rounds > 2
    assert made[:2] == [frame.lanes[0].title, f" · {frame.lanes[0].count}"]
    assert image == whole


def telling(table: EventTable, asked: list[int]) -> EventTable:
    """Return a table that notes the rows whose titles were asked for."""

    class Noted(RecordList):
        def titles(self, rows: Iterable[int]) -> list[str]:
            wanted = list(rows)
            asked.extend(wanted)
            return super().titles(wanted)

    return replace(table, records=Noted(tuple(table)))


def test_a_title_is_cut_at_the_right_edge_and_left_out_where_its_beginning_is_not_seen() -> None:
    scene = scene_of(make_event("Early words", "2024-04-26"), make_event("A long title at the edge", "2024-08-19"))
    look = make_look(scene.table)
    frame = scene.frame(june_view(9_300.0), height_px=HEIGHT_PX)
    recording, _ = draw(scene, frame, look, as_vectors=True)
    assert not any("Early" in text for text in recording.texts)
    texts = {text for text in recording.texts if text.startswith("A lo")}
    assert len(texts) <= 1
    assert all(text.endswith("…") or text == "A long title at the edge" for text in texts)


@pytest.mark.parametrize("title", ["A long title at the edge", "عنوان طويل عند الحافة"], ids=["left", "right"])
def test_at_the_right_edge_a_title_keeps_its_beginning_wherever_it_begins(title: str) -> None:
    later = make_event("z", "2025-06-02")
    scene = scene_of(make_event(title, "2024-06-19"), make_event("x", "2024-05-02"), later)
    look = make_look(scene.table)
    whole = scene.frame(june_view(9_300.0), height_px=100)
    (place,) = np.flatnonzero(whole.singles.rows == 1)
    begin, width = (float(array[place]) for array in (whole.singles.title_px, whole.singles.title_width_px))
    frame = replace(whole, width_px=round(begin + width * 0.7))
    bare = replace(frame, singles=replace(frame.singles, title_place=np.zeros_like(frame.singles.title_place)))
    cleaned: list[str] = []
    painter = FramePainter(look, counting(cleaned))
    _, image = draw(scene, frame, look, painter=painter)
    _, without = draw(scene, bare, look)
    apart = np.abs(pixels(image) - pixels(without)).max(axis=(0, 2))[round(begin) :] > 0
    assert apart.any()
    assert not apart[-1]
    ready = cleaned.count(title)
    for pixels_less in range(1, 5):
        draw(scene, replace(frame, width_px=frame.width_px - pixels_less), look, painter=painter)
    assert cleaned.count(title) <= ready + 1


def test_nothing_is_painted_where_the_right_edge_is_covered_and_titles_end_before() -> None:
    scene = make_scene(synthetic_table(400))
    frame = scene.frame(scene.fitted(), height_px=HEIGHT_PX)
    frame = replace(frame, clusters=Clusters.of([]))
    look, covered_px = make_look(scene.table), 300
    bare = replace(frame, singles=replace(frame.singles, title_place=np.zeros_like(frame.singles.title_place)))
    _, without = draw(scene, bare, look)
    image = QImage(QSize(frame.width_px, frame.height_px), QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    with QPainter(image) as painter:
        subject = frame, scene.table, Grouping.ACTOR, Highlights()
        FramePainter(look, safe_text).paint(painter, *subject, covered_px=covered_px)
    seen_px, axis_px = frame.width_px - covered_px, frame.measures.axis_px
    apart = np.abs(pixels(image) - pixels(without)).max(axis=2) > 0
    assert apart[:, : seen_px - 20].any()
    assert not apart[:, seen_px - 3 : seen_px].any()
    assert not apart[:axis_px].any()
    assert {image.pixelColor(x, y).name() for x in range(seen_px, 1_000, 50) for y in range(axis_px, 300, 20)} == {
        "#ff0000"
    }


@THEMES
def test_the_ground_and_the_axis_are_of_the_theme(theme: Theme) -> None:
    scene = scene_of(make_event("day", "2024-06-19"), make_event("other", "2024-07-19"))
    frame = scene.frame(june_view(), height_px=HEIGHT_PX)
    recording, image = draw(scene, frame, make_look(scene.table, theme.name), as_vectors=True)
    assert image.pixelColor(999, HEIGHT_PX - 1) == QColor(theme.background)
    assert {"May 2024", "June 2024", "20"} <= set(recording.texts)
    assert any(text.startswith(" · ") for text in recording.texts)


def test_a_surely_dated_bar_is_even_and_an_imprecise_one_soft_at_both_ends() -> None:
    look = make_look(make_scene([]).table)
    span = scene_of(make_event("span", "2024-06-01T00:00:00/2024-06-30T23:59:59"), make_event("other", "2025"))
    frame = span.frame(june_view(), height_px=HEIGHT_PX)
    recording, _ = draw(span, frame, look, as_vectors=True)
    assert [brush.style() for _, brush in bar_fills(recording, frame)] == [Qt.BrushStyle.SolidPattern]
    month = scene_of(make_event("a month that takes more room than its bar", "2024-06"), make_event("other", "2025"))
    frame = month.frame(june_view(), height_px=HEIGHT_PX)
    recording, _ = draw(month, frame, look, as_vectors=True)
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
    recording, _ = draw(scene, frame, make_look(scene.table), as_vectors=True)
    ((box, brush),) = [(box, brush) for box, brush in bar_fills(recording, frame) if brush.style() is GRADIENT]
    full = [place * box.width() for place, colour in brush.gradient().stops() if colour.alphaF() > 0.2]
    assert full == pytest.approx([310, 610], abs=1)


@pytest.mark.parametrize(("when", "arrows"), [("2024-06-01/..", 1), ("../2024-06-01", 1), ("2024-06/2024-07", 0)])
def test_open_ends_fade_and_carry_an_arrow(when: str, arrows: int) -> None:
    scene = scene_of(make_event("war", when), make_event("first", "2024-05-03"), make_event("last", "2024-07-19"))
    frame = scene.frame(june_view(), height_px=HEIGHT_PX)
    recording, _ = draw(scene, frame, make_look(scene.table), as_vectors=True)
    assert recording.counts["drawPolyline"] == arrows
    assert GRADIENT in {brush.style() for _, brush in bar_fills(recording, frame)}


@pytest.mark.parametrize(
    ("when", "certain", "brushes"),
    [
        ("2024-06-19", True, [Qt.BrushStyle.SolidPattern]),
        ("2024-06-19", False, [Qt.BrushStyle.SolidPattern, Qt.BrushStyle.SolidPattern]),
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
        stripes = [call.arguments[0].toSubpathPolygons() for call in paths[1:]]
        assert [len(polygons) > 1 for polygons in stripes] == [True] * (not certain)
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
    recording, _ = draw(scene, frame, make_look(scene.table), as_vectors=True)
    lines = [line for call in recording.named("drawLines") for line in call.arguments[0]]
    left, right = float(frame.singles.start_px[0]), float(frame.singles.end_px[0])
    hatching = [line for line in lines if line.dx() > 0 and line.dx() == pytest.approx(-line.dy())]
    assert len(hatching) > 2
    assert all(left - 1 <= line.x1() <= line.x2() <= right + 1 for line in hatching)


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


def test_selecting_what_is_counted_rings_the_count() -> None:
    scene = make_scene(synthetic_table(3_000))
    look = make_look(scene.table)
    frame = scene.frame(scene.fitted(), height_px=HEIGHT_PX)
    plain, _ = draw(scene, frame, look)
    cluster = frame.clusters[len(frame.clusters) // 2]
    chosen, _ = draw(scene, frame, look, highlights=Highlights(selected=(int(cluster.rows[-1]),)))
    (ring,) = chosen.named("drawRoundedRect")
    assert ring.arguments[0].center().x() == pytest.approx(cluster.x_px)
    assert ring.arguments[0].center().y() == pytest.approx(cluster.y_px)
    rows = tuple(int(cluster.rows[0]) for cluster in frame.clusters)
    every, _ = draw(scene, frame, look, highlights=Highlights(selected=rows))
    rings = every.counts["drawRoundedRect"] - int(np.isin(frame.singles.rows, rows).sum())
    assert rings == len(frame.clusters)
    assert plain.counts["drawRoundedRect"] == 0


@pytest.mark.parametrize("most_lines", [1, 3])
def test_the_counts_of_a_selection_are_those_that_hold_it(most_lines: int) -> None:
    scene = make_scene(synthetic_table(2_000), max_lines=most_lines, crowded_from=200)
    frame = scene.frame(scene.fitted())
    chance = np.random.default_rng(3)
    for _ in range(20):
        rows = np.sort(chance.choice(len(scene.table), 5, replace=False)).astype(np.int32)
        held = [place for place, one in enumerate(frame.clusters) if any(one.holds(int(row)) for row in rows)]
        assert clusters_with(frame, rows) == held


def test_the_pointer_has_a_line_and_its_date_and_the_focus_a_ring() -> None:
    scene = scene_of(make_event("day", "2024-06-19"))
    look = make_look(scene.table)
    frame = scene.frame(june_view(), height_px=HEIGHT_PX)
    recording, _ = draw(
        scene,
        frame,
        look,
        highlights=Highlights(pointer_px=0.0, pointer_label="1 May 2024", has_focus=True),
        as_vectors=True,
    )
    assert "1 May 2024" in recording.texts
    boxes = [call.arguments[0] for call in recording.named("drawText") if isinstance(call.arguments[0], QRectF)]
    assert all(box.left() >= 0 for box in boxes)
    assert recording.counts["drawRect"] == 1


def test_the_ring_of_the_keyboard_goes_round_what_nothing_covers() -> None:
    scene = make_scene(synthetic_table(20))
    frame, covered_px = scene.frame(scene.fitted(), height_px=HEIGHT_PX), 12
    look = make_look(scene.table)
    image = QImage(QSize(frame.width_px, frame.height_px), QImage.Format.Format_RGB32)
    recording = RecordingPainter(image)
    with recording:
        subject = (recording, frame, scene.table, Grouping.ACTOR, Highlights(has_focus=True))
        FramePainter(look, safe_text).paint(*subject, covered_px=covered_px)
    (ring,) = recording.named("drawRect")
    assert ring.arguments[0] == QRectF(1, 1, frame.width_px - covered_px - 2, frame.height_px - 2)


def no_members() -> Int32Array:
    return np.zeros(0, np.int32)


def none_of(rows: Int32Array) -> Int32Array:
    return rows[:0]


@pytest.mark.parametrize("text_scale", [1.0, 1.5, 2.0])
def test_counts_never_run_into_each_other_however_great(text_scale: float) -> None:
    side_by_side = tuple(
        Cluster(0, 100.0 + CELL_PX * number, 100.0, CELL_PX, 1_300_000, 0, 0, no_members, none_of)
        for number in range(2)
    )
    scene = make_scene(synthetic_table(100))
    frame = replace(scene.frame(scene.fitted(), height_px=HEIGHT_PX), clusters=Clusters.of(side_by_side))
    recording, _ = draw(scene, frame, make_look(scene.table, text_scale=text_scale), as_vectors=True)
    one, other = (call.arguments[0] for call in recording.named("drawRoundedRect"))
    assert one.right() <= other.left()
    assert recording.texts.count("1,300,000") == 2


@pytest.mark.parametrize(("middle_px", "right_px"), [(100.0, 111.0), (990.0, 998.0), (995.0, 998.0)])
def test_a_count_at_the_right_edge_is_drawn_whole(middle_px: float, right_px: float) -> None:
    lone = Cluster(0, middle_px, 100.0, CELL_PX, 7, 0, 0, no_members, none_of)
    scene = make_scene(synthetic_table(100))
    frame = replace(scene.frame(scene.fitted(), height_px=HEIGHT_PX), clusters=Clusters.of((lone,)))
    recording, _ = draw(scene, frame, make_look(scene.table), as_vectors=True)
    (pill,) = (call.arguments[0] for call in recording.named("drawRoundedRect"))
    assert frame.width_px == 1_000
    assert pill.right() == pytest.approx(right_px, abs=1.5)


@pytest.mark.parametrize(("count", "whole"), [(1_300, 2), (1_300_000, 1)])
def test_counts_at_the_right_edge_are_whole_and_keep_apart(count: int, whole: int) -> None:
    pair = tuple(Cluster(0, x_px, 100.0, CELL_PX, count, 0, 0, no_members, none_of) for x_px in (930.0, 994.0))
    scene = make_scene(synthetic_table(100))
    frame = replace(scene.frame(scene.fitted(), height_px=HEIGHT_PX), clusters=Clusters.of(pair))
    recording, _ = draw(scene, frame, make_look(scene.table), as_vectors=True)
    pills = [call.arguments[0] for call in recording.named("drawRoundedRect")]
    seen = [pill for pill in pills if pill.right() > 0]
    assert len(seen) == whole
    assert all(pill.right() <= frame.width_px for pill in seen)
    assert all(one.right() <= other.left() for one, other in pairwise(seen))


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
    frame, look = scene.frame(june_view(), height_px=300), make_look(scene.table)
    recording, _ = draw(scene, frame, look, as_vectors=True)
    assert recording.texts == ["There are no events in what is open"]


def test_a_frame_of_nothing_that_is_open_says_nothing() -> None:
    scene = make_scene(build_table((), NO_ACTORS))
    recording, _ = draw(scene, scene.frame(june_view(), height_px=300), make_look(scene.table), as_vectors=True)
    assert recording.texts == []  # There is no time to speak of.


@pytest.mark.parametrize(
    ("elsewhere", "words"),
    [
        (Elsewhere(1_204, 3), "Nothing here: 1,204 events earlier, 3 later"),
        (Elsewhere(1, 0), "Nothing here: 1 event earlier"),
        (Elsewhere(0, 2), "Nothing here: 2 events later"),
        (Elsewhere(0, 0), "No event passes the filter"),
    ],
)
def test_an_empty_view_says_where_the_events_are(elsewhere: Elsewhere, words: str) -> None:
    assert elsewhere_words(elsewhere, make_table([make_event("one", "2024")])) == words
    scene = scene_of(make_event("other", "2034-07-19"))
    frame = replace(scene.frame(june_view(), height_px=HEIGHT_PX), elsewhere=elsewhere)
    recording, _ = draw(scene, frame, make_look(scene.table), as_vectors=True)
    assert words in recording.texts
