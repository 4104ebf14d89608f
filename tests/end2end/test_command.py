"""Pictures made by the command in a process of its own, and what it says where no window can be shown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from timeline_app.core.palette import DARK, LIGHT

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 60
PDF_PAGE = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Run the command with a folder of the test's as its own, and nothing in its environment that shows a window."""

    def run(*words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        display = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        environment = {name: value for name, value in os.environ.items() if name not in display}
        environment |= {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path / "home")} | variables
        line = [sys.executable, "-W", "error", "-m", "timeline_app", *map(str, words)]
        return subprocess.run(
            line, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )

    return run


def picture(command: Command, path: Path, *words: str) -> bytes:
    """Export a picture, quietly, and return its bytes."""
    done = command("export", "-o", path, *words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return path.read_bytes()


def test_a_png_without_any_display(command: Command, tmp_path: Path) -> None:
    picture(command, tmp_path / "out.png")
    image = QImage(str(tmp_path / "out.png"))
    assert (image.width(), image.height()) == (1600, 900)
    assert image.pixelColor(2, 2).name() == LIGHT.background


def test_size_scale_and_theme(command: Command, tmp_path: Path) -> None:
    picture(command, tmp_path / "out.png", "--size", "800x600", "--scale", "2", "--theme", "dark")
    image = QImage(str(tmp_path / "out.png"))
    assert (image.width(), image.height()) == (1600, 1200)
    assert image.pixelColor(2, 2).name() == DARK.background


def test_each_wish_changes_the_picture(command: Command, tmp_path: Path) -> None:
    wishes = {
        "plain": (),
        "lanes": ("--lanes", "type"),
        "view": ("--view-from", "2024-06", "--view-to", "2024-12"),
        "select": ("--select", "mutual-assistance-pact"),
        "filter": ("--actor", "North Korea"),
    }
    made = {name: picture(command, tmp_path / f"{name}.png", "--size", "900x600", *wishes[name]) for name in wishes}
    assert len(set(made.values())) == len(wishes)


def test_the_whole_window(command: Command, tmp_path: Path) -> None:
    words = ("--window", "--size", "1280x800", "--select", "storm-corps-to-kursk", "--theme", "dark", "--lanes", "type")
    picture(command, tmp_path / "out.png", *words, "--view-from", "2024-06", "--view-to", "2024-12", "--scale", "2")
    image = QImage(str(tmp_path / "out.png"))
    assert (image.width(), image.height()) == (2560, 1600)
    assert image.pixelColor(8, 1592).name() == DARK.panel


def test_an_svg_has_words_that_can_be_found(command: Command, tmp_path: Path) -> None:
    text = picture(command, tmp_path / "out.svg", "--size", "1000x700").decode("utf-8")
    assert text.startswith("<?xml")
    assert 'viewBox="0 0 1000 700"' in text
    assert "Mutual assistance pact" in text
    assert 'href="http' not in text


@pytest.mark.parametrize("window", [False, True])
def test_a_pdf_is_one_page_of_the_size(command: Command, tmp_path: Path, window: bool) -> None:
    content = picture(command, tmp_path / "out.pdf", "--size", "1200x800", *(["--window"] if window else []))
    assert content.startswith(b"%PDF")
    [page] = PDF_PAGE.findall(content)
    assert [round(float(side)) for side in page] == [900, 600]


def test_the_same_command_makes_the_same_picture(command: Command, tmp_path: Path) -> None:
    for words in ((), ("--window",)):
        one, other = (picture(command, tmp_path / f"{name}{len(words)}.png", *words) for name in ("a", "b"))
        assert one == other


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_what_stands_there_is_kept_without_force(command: Command, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    path.write_bytes(b"mine")
    done = command("export", "-o", path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert path.read_bytes() == b"mine"
    assert picture(command, path, "--force") != b"mine"


@pytest.mark.parametrize(
    "words",
    [
        ("--select", "no-such-event"),
        ("--view-from", "2025", "--view-to", "2024"),
        ("--size", "5x5"),
        ("--lanes", "mood"),
    ],
    ids=lambda words: str(words[0]),
)
def test_a_wish_that_cannot_be_granted_is_one_line(command: Command, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = command("export", "-o", tmp_path / "out.png", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out.png").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_the_window_is_refused_in_a_sentence(command: Command) -> None:
    done = command()
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "no display" in done.stderr


def test_a_home_that_cannot_be_written_does_not_stop_a_picture(command: Command, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way", encoding="utf-8")
    folders = {name: str(tmp_path / "home" / "x") for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    for words in ((), ("--window",)):
        path = tmp_path / f"out{len(words)}.png"
        done = command("export", "-o", path, "--size", "900x600", *words, **folders)
        assert done.returncode == 0, done.stderr
        assert path.exists()
