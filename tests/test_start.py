"""The program's start as a whole, each in a process of its own: what is painted first, and that it is true."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.start import COMPARING, KEEPING, LIVE, REMEMBERED, furnish, output_of

pytestmark = pytest.mark.qt


@pytest.fixture
def home(tmp_path: Path) -> Path:
    furnish(str(tmp_path))
    return tmp_path


def pictures(home: Path) -> list[Path]:
    return list((home / ".cache" / "conflict-timeline" / "first-pictures").glob("*"))


def test_the_second_start_begins_with_the_picture_of_the_first(home: Path) -> None:
    assert output_of(REMEMBERED, str(home)) != "painted"
    assert output_of(KEEPING, str(home)) == "painted"
    [picture] = pictures(home)
    before = picture.read_bytes()
    # Without NumPy, which the program asks for itself.
    assert output_of(REMEMBERED, str(home)) == "painted"
    assert output_of(LIVE, str(home)) == "painted"
    assert json.loads(output_of(COMPARING, str(home))) == [0.0, 0.0]
    assert picture.read_bytes() == before


def test_a_damaged_picture_is_made_again(home: Path) -> None:
    assert output_of(KEEPING, str(home)) == "painted"
    [picture] = pictures(home)
    picture.write_bytes(picture.read_bytes()[:-10])
    assert output_of(LIVE, str(home)) == "painted"
    assert pictures(home) == []
    assert output_of(KEEPING, str(home)) == "painted"
    assert output_of(REMEMBERED, str(home)) == "painted"


def test_without_a_cache_folder_the_program_starts_as_ever(home: Path) -> None:
    (home / ".cache").write_text("in the way", encoding="utf-8")
    assert output_of(LIVE, str(home)) == "painted"
    assert (home / ".cache").read_text(encoding="utf-8") == "in the way"


def test_another_size_begins_without_a_picture(home: Path) -> None:
    assert output_of(KEEPING, str(home)) == "painted"
    place = home / ".config" / "conflict-timeline" / "window.ini"
    place.write_text("[window]\nplace=10 10 1500 900 normal\n", encoding="ascii")
    assert output_of(LIVE, str(home)) == "painted"
    assert output_of(REMEMBERED, str(home)) != "painted"
