"""A picture is asked for with what the command line says, and put in place whole."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from tests.helpers.tables import make_event, make_table
from timeline_app.cli import main
from timeline_app.commands import pictures, qt_runtime
from timeline_app.commands.arguments import SHEETS, parse_arguments
from timeline_app.commands.pictures import PictureWishes, picture_kind, picture_wishes, view_range_s
from timeline_app.core.errors import UsageError
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse
from timeline_app.loading import load_table
from timeline_app.scene.paper import SHEETS_MM


@dataclass
class Wish:
    """Stands for the description of a picture in the module that draws with Qt."""

    kind: str
    width_px: int
    height_px: int
    scale: float
    view_s: tuple[int, int] | None
    selected: int | None
    grouping: Grouping | None
    pages: int = 1
    sheet_mm: tuple[float, float] | None = None


@dataclass
class Painter:
    """Stands for the part of the program that draws with Qt, and remembers what it was asked for."""

    wanted: Filter | None = None
    wish: Wish | None = None
    others: dict[str, object] = field(default_factory=dict)

    def picture_bytes(self, _table: EventTable, wanted: Filter, wish: Wish, **others: object) -> bytes:
        self.wanted, self.wish, self.others = wanted, wish, others
        return b"picture"


@pytest.fixture
def painter(monkeypatch: pytest.MonkeyPatch) -> Painter:
    painter = Painter()
    app, picture = ModuleType("timeline_app.pictures"), ModuleType("timeline_app.ui.picture_wish")
    app.__dict__["picture_bytes"] = painter.picture_bytes
    picture.__dict__.update(PictureKind=str, PictureWish=Wish)
    monkeypatch.setitem(sys.modules, "timeline_app.pictures", app)
    monkeypatch.setitem(sys.modules, "timeline_app.ui.picture_wish", picture)
    monkeypatch.setattr(pictures, "require_qt", lambda _need: None)
    return painter


def wishes_of(*words: str) -> PictureWishes:
    _, arguments = parse_arguments(["export", "-o", "out.png", *words])
    return picture_wishes(arguments)


def test_a_plain_picture(painter: Painter, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    assert main(["export", "-o", str(out)]) == 0
    assert out.read_bytes() == b"picture"
    assert painter.wanted == Filter()
    assert painter.wish == Wish("png", 1600, 900, 1.0, None, None, None)
    assert painter.others == {"theme": "light", "whole_window": False}


def test_every_wish_reaches_the_painter(painter: Painter, tmp_path: Path) -> None:
    argv = "--size 800x600 --scale 2 --theme dark --view-from 2024-06 --view-to 2024-10 --lanes type --window"
    argv += " --actor Russia --select full-scale-invasion --as pdf"
    assert main(["export", "-o", str(tmp_path / "out"), *argv.split()]) == 0
    view_s = (parse("2024-06").start_earliest_s, parse("2024-10").end_latest_s)
    row = load_table([]).row_of("full-scale-invasion")
    assert painter.wanted == Filter(actors=("Russia",))
    assert painter.wish == Wish("pdf", 800, 600, 2.0, view_s, row, Grouping.TYPE)
    assert painter.others == {"theme": "dark", "whole_window": True}


def test_a_picture_replaces_only_by_force(painter: Painter, tmp_path: Path) -> None:
    out = tmp_path / "out.svg"
    out.write_bytes(b"mine")
    assert main(["export", "-o", str(out)]) == 2
    assert out.read_bytes() == b"mine"
    assert main(["export", "-o", str(out), "--force"]) == 0
    assert out.read_bytes() == b"picture"
    assert painter.wish is not None
    assert painter.wish.kind == "svg"


def test_one_end_of_the_view_is_enough() -> None:
    table = make_table([make_event("A", "2024-06-19"), make_event("B", "2024-10-08")])
    june = parse("2024-06")
    assert view_range_s(table, Filter(), wishes_of("--view-from", "2024-06")) == (
        june.start_earliest_s,
        parse("2024-10-08").end_latest_s,
    )
    assert view_range_s(table, Filter(), wishes_of("--view-to", "2024-06")) == (
        parse("2024-06-19").start_earliest_s,
        june.end_latest_s,
    )
    assert view_range_s(table, Filter(), wishes_of()) is None


def test_a_view_beyond_the_events_is_refused_where_it_has_no_width() -> None:
    table = make_table([make_event("A", "2024-06-19")])
    with pytest.raises(UsageError, match="end before it begins"):
        view_range_s(table, Filter(), wishes_of("--view-from", "2030"))


@pytest.mark.parametrize("size", ["1600", "0x900", "1600x", "99999x900", "-5x5", "1600X900", "١٦٠٠x٩٠٠", "10x10"])
def test_sizes_that_cannot_be_drawn(size: str) -> None:
    with pytest.raises(UsageError, match="--size takes"):
        wishes_of(f"--size={size}")


@pytest.mark.parametrize("scale", ["0", "nan", "inf", "-1", "9", "two"])
def test_scales_that_cannot_be_drawn(scale: str) -> None:
    with pytest.raises(UsageError, match="--scale takes"):
        wishes_of(f"--scale={scale}")


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("a.png", None, "png"),
        ("a.PDF", None, "pdf"),
        ("a", "svg", "svg"),
        ("a.png", "csv", None),
        ("a.csv", None, None),
    ],
)
def test_the_kind_of_picture(path: str, name: str | None, kind: str | None) -> None:
    assert picture_kind(Path(path), name) == kind


def test_a_pair_that_is_known_to_fail_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = ModuleType("PySide6")
    stand_in.__dict__["__version__"] = "6.12.0"
    monkeypatch.setitem(sys.modules, "PySide6", stand_in)
    monkeypatch.setattr(sys, "version_info", (3, 11, 9, "final", 0))
    with pytest.raises(UsageError, match=r"6\.12\.0"):
        qt_runtime.require_qt("the window needs")


def test_a_sheet_of_paper_is_filled_whatever_its_pixels() -> None:
    lying, upright = wishes_of("--page", "a4"), wishes_of("--page", "a4", "--portrait", "--scale", "2")
    assert (lying.sheet_mm, lying.size_px) == ((297.0, 210.0), (1123, 794))
    assert (upright.sheet_mm, upright.size_px) == ((210.0, 297.0), (397, 561))


def test_pages_are_several_or_one_wide_one() -> None:
    several, wide = wishes_of("--page", "a3", "--pages", "4"), wishes_of("--page", "a3", "--pages", "4", "--wide")
    assert (several.pages, several.sheet_mm) == (4, (420.0, 297.0))
    assert (wide.pages, wide.sheet_mm) == (1, (1680.0, 297.0))
    assert wishes_of("--pages", "3", "--wide").size_px == (4800, 900)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("--pages 0", "from 1 to 100"),
        ("--pages 101", "from 1 to 100"),
        ("--page a4 --size 900x900", "--size is for pages of any size"),
        ("--portrait", "--portrait needs --page"),
        ("--wide", "--wide needs --pages"),
        ("--window --pages 2", "--window is one page"),
    ],
)
def test_pages_that_contradict_each_other_are_refused(words: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        wishes_of(*words.split())


@pytest.mark.parametrize("words", ["--page a4", "--pages 2", "--wide", "--portrait"])
def test_only_a_pdf_has_pages(words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "-o", str(tmp_path / "a.png"), *words.split()]) == 2
    assert "is for pdf" in capsys.readouterr().err


def test_every_sheet_can_be_asked_for() -> None:
    assert set(SHEETS) == set(SHEETS_MM)
