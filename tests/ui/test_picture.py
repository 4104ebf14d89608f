"""A picture has the wanted kind and size, obeys the filter, keeps to its page, and comes out the same twice."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QLabel

from tests.helpers.canvases import bundled, make_look
from tests.helpers.scenes import synthetic_table
from tests.helpers.tables import all_titles, make_dataset, make_event, make_table
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.errors import WriteError
from timeline_app.core.event import Excerpt, Source
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.palette import DARK, LIGHT
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.ui.picture import draw_picture, draw_widget
from timeline_app.ui.picture_wish import PictureKind, PictureWish

SVG = "{http://www.w3.org/2000/svg}"
SIGNATURES = {PictureKind.PNG: b"\x89PNG\r\n\x1a\n", PictureKind.SVG: b"<?xml", PictureKind.PDF: b"%PDF-1."}
WISH = PictureWish(width_px=900, height_px=600)
LARGE = PictureWish(width_px=2000, height_px=1600)
WHEN_AND_WHO = re.compile(rb"\(D:[^)]*\)|\d{4}-\d\d-\d\dT[\d:]+(Z|[+-]\d\d:\d\d)|uuid:[0-9a-f-]{36}|/ID \[[^\]]*\]")


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp


def picture(
    kind: PictureKind = PictureKind.PNG,
    wish: PictureWish = WISH,
    wanted: Filter | None = None,
    table: EventTable | None = None,
    theme: str = "light",
) -> bytes:
    shown = table or bundled()
    return draw_picture(shown, wanted or Filter(), replace(wish, kind=kind), make_look(shown, theme), EnglishWords())


def image_of(data: bytes) -> QImage:
    return QImage.fromData(QByteArray(data))


def texts_of(svg: bytes) -> list[str]:
    return ["".join(element.itertext()).strip() for element in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", list(PictureKind))
def test_each_kind_begins_as_it_should_and_comes_out_the_same_twice(kind: PictureKind) -> None:
    one, other = (WHEN_AND_WHO.sub(b"", picture(kind)) for _ in range(2))
    assert one.startswith(SIGNATURES[kind])
    assert one == other


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_size_is_as_wanted_times_the_scale(scale: float) -> None:
    wish = replace(WISH, scale=scale)
    size = QSize(round(900 * scale), round(600 * scale))
    assert image_of(picture(PictureKind.PNG, wish)).size() == size
    root = ET.fromstring(picture(PictureKind.SVG, wish))
    assert root.get("viewBox") == "0 0 900 600"
    box = re.search(rb"/MediaBox \[([^\]]*)\]", picture(PictureKind.PDF, wish))
    assert box is not None
    assert [float(part) for part in box[1].split()] == pytest.approx([0, 0, 675 * scale, 450 * scale], abs=1)


@pytest.mark.parametrize("wish", [replace(WISH, width_px=10), replace(WISH, scale=100), replace(WISH, height_px=-5)])
def test_a_size_that_cannot_be_drawn_is_refused(wish: PictureWish) -> None:
    with pytest.raises(WriteError, match="pixels a side"):
        picture(wish=wish)


def test_an_svg_holds_its_titles_counts_and_sources_as_text() -> None:
    texts = texts_of(picture(PictureKind.SVG, LARGE))
    assert bundled().title in texts
    assert any(text.startswith("Source: ") for text in texts)
    assert f"{len(bundled())} events: " in " ".join(texts)
    shown = {title for title in all_titles(bundled()) if title in texts}
    assert len(shown) >= len(bundled()) * 5 // 6


def test_a_picture_obeys_the_filter_and_says_so() -> None:
    wanted = Filter(actors=("North Korea",))
    texts = texts_of(picture(PictureKind.SVG, wanted=wanted))
    assert "Western sanctions on Russia" not in texts
    assert any("North Korea" in text and text.startswith("filter:") for text in texts)
    assert any("filtered out" in text and not text.endswith(" 0 filtered out") for text in texts)
    assert not any(text.startswith("filter:") for text in texts_of(picture(PictureKind.SVG)))


def test_a_stretch_of_time_a_selection_and_a_grouping_are_obeyed() -> None:
    first_s, last_s = parse("2024-10").start_earliest_s, parse("2024-10").end_latest_s
    texts = texts_of(picture(PictureKind.SVG, replace(WISH, view_s=(first_s, last_s))))
    assert any(text.endswith("October 2024") for text in texts)
    assert image_of(picture()) != image_of(picture(wish=replace(WISH, selected=3)))
    by_type = texts_of(picture(PictureKind.SVG, replace(LARGE, grouping=Grouping.TYPE)))
    assert {"Deployment", "Statement", "Supply"} <= set(by_type)


@pytest.mark.parametrize(("theme", "ground"), [("light", LIGHT.background), ("dark", DARK.background)])
def test_the_ground_is_that_of_the_theme(theme: str, ground: str) -> None:
    image = image_of(picture(theme=theme))
    for corner in ((0, 0), (899, 0), (0, 599), (899, 599)):
        assert image.pixelColor(*corner) == QColor(ground)


@pytest.mark.parametrize(
    "view_s",
    [None, (parse("2024-10-10").start_earliest_s, parse("2024-10-20").end_latest_s), (0, 10**17), (10**9, 10**9 + 60)],
)
def test_nothing_lies_outside_the_page_nor_in_its_margins(view_s: tuple[int, int] | None) -> None:
    wish = replace(WISH, view_s=view_s)
    for element in ET.fromstring(picture(PictureKind.SVG, wish)).iter(f"{SVG}text"):
        assert 0 <= float(element.get("x", "-1")) <= 900
        assert 0 <= float(element.get("y", "-1")) <= 600
    for rectangle in ET.fromstring(picture(PictureKind.SVG, wish)).iter(f"{SVG}rect"):
        left, width = float(rectangle.get("x", "0")), float(rectangle.get("width", "0"))
        assert left >= -30
        assert left + width <= 930
    image = image_of(picture(wish=wish))
    assert {image.pixelColor(x, y).name() for x in (3, 10, 890, 897) for y in range(50, 560)} == {LIGHT.background}


def test_an_svg_looks_as_the_png_does() -> None:
    # A list of families is one name to Qt's reader of SVG, and what it draws then depends on the fonts of the machine.
    families = b",".join(family.encode() for family in make_look(bundled()).small().families())
    svg = picture(PictureKind.SVG)
    assert families in svg
    renderer = QSvgRenderer(QByteArray(svg.replace(families, families.split(b",")[0])))
    rendered = QImage(QSize(900, 600), QImage.Format.Format_RGB32)
    with QPainter(rendered) as painter:
        renderer.render(painter)
    plain = image_of(picture())
    apart = 0
    for x in range(0, 900, 5):
        for y in range(0, 600, 5):
            one, other = rendered.pixelColor(x, y), plain.pixelColor(x, y)
            apart += max(abs(one.red() - other.red()), abs(one.blue() - other.blue())) > 24
    assert apart < 0.03 * 180 * 120


@pytest.mark.parametrize("when", ["2022~/..", "2022?/2024~", "2024-06~"])
def test_the_dashes_of_a_doubtful_bar_have_the_colour_of_its_lane(when: str) -> None:
    table = make_table([make_event("Doubtful", when, actors=["Russia"]), make_event("Sure", "2022-02-24/2025")])
    drawn = list(ET.fromstring(picture(PictureKind.SVG, table=table)).iter())
    dashed = {one.get("stroke") for one in drawn if one.get("stroke-dasharray") not in {None, "none"}}
    assert "#000000" not in dashed, "as QSvgGenerator draws lines that fade"
    stops = {f"url(#{one.get('id')})": list(one) for one in drawn if one.tag.endswith("linearGradient")}
    fills = [str(one.get("fill")) for one in drawn if any(part.get("d", "").count("M") > 1 for part in one)]
    shades = [
        max(stops[fill], key=lambda stop: float(stop.get("stop-opacity", "1"))) for fill in fills if fill in stops
    ]
    hue = make_look(table).actor_colour("Russia").hue()
    assert shades
    assert all(abs(QColor(shade.get("stop-color")).hue() - hue) < 5 for shade in shades)


def test_texts_of_an_svg_keep_their_room_in_whatever_font() -> None:
    look = make_look(bundled())
    widths_px = {bold: QFontMetricsF(look.small(bold=bold)) for bold in (False, True)}
    small = [
        element
        for element in ET.fromstring(picture(PictureKind.SVG)).iter(f"{SVG}text")
        if element.get("font-size") == str(look.small().pixelSize())
    ]
    assert len(small) > 40
    for element in small:
        wide_px = widths_px[element.get("font-weight") == "700"].horizontalAdvance(element.text or "")
        assert float(element.get("textLength", "0")) == pytest.approx(wide_px, abs=0.01)
        assert element.get("lengthAdjust") == "spacingAndGlyphs"
        assert float(element.get("x", "0")) + wide_px < 900


@pytest.mark.parametrize("count", [3_000, 20_000])
def test_a_crowd_is_merged_until_it_fits_the_page(count: int) -> None:
    texts = texts_of(picture(PictureKind.SVG, table=synthetic_table(count)))
    (footer,) = [text for text in texts if "in counts" in text]
    numbers = [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", footer)]
    assert numbers[0] == sum(numbers[1:]) == count
    assert len(texts) < 900 * 600 // 400


@pytest.mark.parametrize(("size_px", "lanes"), [((1200, 1600), 9), ((1600, 900), 5)])
def test_a_page_of_crowded_lanes_has_as_many_as_fit(size_px: tuple[int, int], lanes: int) -> None:
    width_px, height_px = size_px
    svg = picture(PictureKind.SVG, replace(WISH, width_px=width_px, height_px=height_px), table=synthetic_table(12_000))
    assert sum("1 column" in text for text in texts_of(svg)) == lanes


@pytest.mark.parametrize("height_px", [900, 1400])
def test_one_crowded_lane_fills_the_page(height_px: int) -> None:
    wish = replace(WISH, width_px=1600, height_px=height_px, grouping=Grouping.NONE)
    root = ET.fromstring(picture(PictureKind.SVG, wish, table=synthetic_table(6_000)))
    # Below the counts of a crowded lane are only its strip and the foot of the page.
    counts_px = [
        float(element.get("y", "0"))
        for element in root.iter(f"{SVG}text")
        if re.fullmatch(r"[\d,]+", element.text or "")
    ]
    assert height_px - 140 < max(counts_px) < height_px - 28


def test_where_fewer_lanes_show_every_event_they_are_fewer() -> None:
    svg = picture(PictureKind.SVG, replace(WISH, width_px=1600, height_px=900))
    assert "24 events: 24 shown, 0 in counts, 0 filtered out" in texts_of(svg)
    assert set(all_titles(bundled())) <= set(texts_of(svg))


def test_no_events_and_hostile_ones_make_a_picture_too() -> None:
    assert picture(table=make_table()).startswith(SIGNATURES[PictureKind.PNG])
    hostile = make_table([make_event("<b>&\u202e\x00" + "x" * 5_000, "2024-06-19", actors=["<script>"])])
    texts = texts_of(picture(PictureKind.SVG, table=hostile))
    assert "<b>&⟦202E⟧⟦0000⟧x" in "".join(texts)  # one element for each font
    assert not any("\u202e" in text for text in texts)
    assert any(text.startswith("1 event:") for text in texts)


@pytest.mark.parametrize("kind", list(PictureKind))
def test_a_widget_can_be_drawn_as_it_stands(kind: PictureKind) -> None:
    label = QLabel("Kursk")
    label.resize(300, 200)
    data = draw_widget(label, PictureWish(kind, 300, 200))
    assert data.startswith(SIGNATURES[kind])


PAPER = Source("paper", author="A. Author")


def with_sources(*names: str) -> EventTable:
    """Make a table with an event from each source, the first source from two."""
    events = [
        make_event(f"Event {number}", f"20{number + 10}", excerpts=[Excerpt("words", name)])
        for number, name in enumerate((*names, names[0]))
    ]
    return build_table([make_dataset(events, sources=[PAPER])], Gazetteer(()))


def footer_of(table: EventTable, wish: PictureWish) -> list[str]:
    return [
        text for text in texts_of(picture(PictureKind.SVG, wish, table=table)) if text.startswith(("Source", "3 s"))
    ]


def test_the_foot_names_the_sources_of_what_is_shown() -> None:
    wide = PictureWish(width_px=1600, height_px=600)
    assert footer_of(with_sources("daily", "paper"), wide) == ["Sources: daily; A. Author"]
    assert footer_of(with_sources("paper"), wide) == ["Source: A. Author"]
    year = parse("2011")
    only = replace(wide, view_s=(year.start_earliest_s, year.end_latest_s))
    assert footer_of(with_sources("daily", "paper", "weekly"), only) == ["Source: A. Author"]


def test_sources_beyond_the_room_are_counted() -> None:
    names = ("a" * 40, "b" * 40, "c" * 40)
    assert footer_of(with_sources(*names), PictureWish(width_px=800)) == [f"Sources: {names[0]} and 2 more"]
    assert footer_of(with_sources(*names), PictureWish(width_px=440)) == ["3 sources"]


def test_a_pdf_has_as_many_pages_as_are_wanted_of_the_size_of_the_paper() -> None:
    data = picture(PictureKind.PDF, PictureWish(width_px=1123, height_px=794, pages=3, sheet_mm=(297.0, 210.0)))
    assert len(re.findall(rb"/Type /Page\b", data)) == 3
    boxes = [[float(part) for part in box.split()] for box in re.findall(rb"/MediaBox \[([^\]]*)\]", data)]
    assert boxes == [pytest.approx([0, 0, 297 / 25.4 * 72, 210 / 25.4 * 72], abs=1)] * 3


@pytest.mark.parametrize("kind", [PictureKind.PNG, PictureKind.SVG])
def test_only_a_pdf_has_several_pages(kind: PictureKind) -> None:
    with pytest.raises(WriteError, match="only a PDF"):
        picture(kind, replace(WISH, pages=2))


def test_a_pdf_has_no_translucent_gradient_which_would_be_shown_as_full() -> None:
    vague = make_table([make_event("Some time", "2024"), make_event("Since", "2024~/..")])
    assert set(re.findall(rb"/SMask /?(\w+)", picture(PictureKind.PDF, table=vague))) == {b"None"}
