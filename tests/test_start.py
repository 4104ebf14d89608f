"""The program's start as a whole, each in a process of its own: what is painted first, and that it is true."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.start import COMPARING, HOOKED, KEEPING, LIVE, REMEMBERED, furnish, output_of
from timeline_app.saved_mappings import SavedMappings

pytestmark = pytest.mark.qt

LOADED = f"""{HOOKED}
def tell(window):
    end(" ".join(sys.modules).encode() if not window.is_live else b"not a remembered picture")
sys.meta_path.insert(0, Hook(WINDOW, after_paint("MainWindow", tell)))
from timeline_app.cli import main
main([])
"""

# Takes every file for one that takes long, and tells what the window shows first, and once it is opened.
LATE = f"""{HOOKED}
import json, pathlib
told = []
def change(module):
    module.MOST_BYTES = 10
def count(canvas):
    window = canvas.window()
    if window.is_live and (not told or len(window.session.table) > told[-1][0] and window.session.filter.actors):
        told.append((len(window.session.table), len(window.session.lanes.passing.rows)))
        if told[-1][0]:
            end(json.dumps(told).encode())
sys.meta_path.insert(0, Hook("timeline_app.start", change))
sys.meta_path.insert(0, Hook(CANVAS, after_paint("TimelineCanvas", count)))
pathlib.Path("ARGUMENTS").write_text("title,date,actors\\nOne,2020,A\\nTwo,2021,B\\nThree,2022,A; B\\n")
from timeline_app.cli import main
main(["ARGUMENTS", "--actor", "A"])
"""

# Opens a table that is not understood alone, and tells what the window asks.
ASKING = f"""{HOOKED}
import pathlib
def tell(dialog):
    window = dialog.parent()
    end(f"{{type(dialog).__name__}} over {{len(window.session.table)}} events".encode())
sys.meta_path.insert(0, Hook("timeline_app.ui.dialogs.mapping_dialog", after_paint("MappingDialog", tell)))
pathlib.Path("ARGUMENTS").write_text("gimel,zayin\\nBattle of the river,1994-05-01\\nSiege,1995-06\\n")
from timeline_app.cli import main
main(["ARGUMENTS"])
"""

# Changes a setting once the window is complete, and ends.
CHANGING = f"""{HOOKED}
def change(module):
    class Changing(module.PictureKeeper):
        def __init__(self, application, window, *others):
            super().__init__(application, window, *others)
            from PySide6.QtCore import QTimer
            from timeline_app.ui.settings_table import TEXT_SIZE
            QTimer.singleShot(0, lambda: (window.settings.set(TEXT_SIZE, 125), end()))
    module.PictureKeeper = Changing
sys.meta_path.insert(0, Hook("timeline_app.ui.picture_keeper", change))
from timeline_app.cli import main
main([])
"""

# Is interrupted at the terminal once the window is painted, and tells the exit status.
INTERRUPTED = f"""{HOOKED}
import signal
told = []
def tell(canvas):
    if canvas.window().is_live and not told:
        told.append(True)
        signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Hook(CANVAS, after_paint("TimelineCanvas", tell)))
from timeline_app.cli import main
end(str(main([])).encode())
"""

# What the first picture of the timeline itself has loaded.
LOADED_LIVE = f"""{HOOKED}
def tell(canvas):
    if canvas.window().is_live:
        end(" ".join(sys.modules).encode())
sys.meta_path.insert(0, Hook(CANVAS, after_paint("TimelineCanvas", tell)))
from timeline_app.cli import main
main([])
"""


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


def test_what_is_loaded_before_the_first_paint_is_what_an_empty_window_needs(home: Path) -> None:
    assert output_of(KEEPING, str(home)) == "painted"
    told = output_of(LOADED, str(home))
    loaded = set(told.split())
    assert "timeline_app.ui.main_window" in loaded, told
    assert not loaded & {"numpy", "dataclasses", "json", "sqlite3", "locale", "timeline_app.core.when"}


def test_what_the_first_picture_does_without_is_not_loaded_before_it(home: Path) -> None:
    loaded = set(output_of(LOADED_LIVE, str(home)).split())
    assert {"numpy", "timeline_app.scene.frame"} <= loaded
    without = {"core.join", "query.completion", "commands.inputs", "ui.side_panes", "ui.timeline.vector_layers"}
    assert not loaded & {"difflib", "zoneinfo", *(f"timeline_app.{name}" for name in without)}


def test_a_change_of_a_setting_takes_the_pictures_away(home: Path) -> None:
    assert output_of(KEEPING, str(home)) == "painted"
    assert pictures(home)
    assert output_of(CHANGING, str(home)) == "painted"
    assert pictures(home) == []
    assert output_of(REMEMBERED, str(home)) != "painted"


def test_what_was_said_of_columns_since_takes_the_picture_out_of_use(home: Path) -> None:
    assert output_of(KEEPING, str(home)) == "painted"
    assert output_of(REMEMBERED, str(home)) == "painted"
    SavedMappings(home / ".local" / "share" / "conflict-timeline" / "mappings").save("header", {"title": "Event"})
    assert output_of(REMEMBERED, str(home)) != "painted"


def test_a_table_that_is_not_understood_alone_is_asked_for_over_an_empty_window(home: Path, tmp_path: Path) -> None:
    assert output_of(ASKING.replace("ARGUMENTS", str(tmp_path / "unknown.csv")), str(home)) == (
        "MappingDialog over 0 events"
    )


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


def test_what_takes_long_to_read_is_read_once_the_window_is_there(home: Path) -> None:
    file = home / "events.csv"
    assert json.loads(output_of(LATE.replace("ARGUMENTS", str(file)), str(home))) == [[0, 0], [3, 2]]


def test_ctrl_c_closes_the_window_as_its_button_does(home: Path) -> None:
    assert output_of(INTERRUPTED, str(home)) == "130"


# Opens a file as the window does, once it is complete, and tells what had to be loaded for it.
OPENING = """
import pathlib, sys
from timeline_app import app
from timeline_app.loading import loader_from_resources
app._load_what_opens()
loader, before = loader_from_resources(), set(sys.modules)
opened = loader([pathlib.Path.home() / "ged.csv"])
print(len(opened.table), [file.reader for file in opened.table.files], sorted(set(sys.modules) - before), end="")
"""


def test_what_opens_a_file_is_loaded_before_one_is_asked_for(tmp_path: Path) -> None:
    columns = "id,type_of_violence,side_a,side_b,dyad_name,date_start,date_end,date_prec,best"
    row = "7,1,Government of Iran,PJAK,Government of Iran - PJAK,2011-07-16,2011-07-17,1,4"
    (tmp_path / "ged.csv").write_text(f"{columns}\n{row}\n", encoding="utf-8")
    furnish(str(tmp_path))
    assert output_of(OPENING, str(tmp_path)) == "1 ['ucdp-ged'] []"
