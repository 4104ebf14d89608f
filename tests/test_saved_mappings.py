"""What was said of a table is found again by its header, whole or not at all, whatever happens to the disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import timeline_app
from timeline_app.core.errors import WorkspaceError
from timeline_app.saved_mappings import SavedMappings

HEADER = "Vorfall;Datum;Ort"
MAPPING = {"title": "Vorfall", "when": "Datum", "date_order": "dmy"}

# Saves two mappings in turn, until it is ended.
ENDLESS = """
import itertools, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from timeline_app.saved_mappings import SavedMappings
saved = SavedMappings(Path(sys.argv[1]))
for number in itertools.count():
    saved.save("header", {"title": "x" * 50_000 if number % 2 else "y"})
    print(number, flush=True)
"""


@pytest.fixture
def saved(tmp_path: Path) -> SavedMappings:
    """Make an empty folder of saved mappings."""
    return SavedMappings(tmp_path / "mappings")


def only_file(saved: SavedMappings) -> Path:
    """Return the one file that there is."""
    [path] = saved.folder.iterdir()
    return path


def test_a_mapping_is_found_by_its_header_alone(saved: SavedMappings) -> None:
    assert saved.find(HEADER) is None
    saved.save(HEADER, MAPPING)
    again = SavedMappings(saved.folder)
    assert again.find(HEADER) == MAPPING
    assert again.find("Vorfall;Datum") is None
    assert again.count() == 1


def test_the_last_one_counts(saved: SavedMappings) -> None:
    saved.save(HEADER, MAPPING)
    saved.save(HEADER, {"title": "Ort"})
    assert (saved.find(HEADER), saved.count()) == ({"title": "Ort"}, 1)


def test_all_can_be_forgotten(saved: SavedMappings) -> None:
    saved.forget_all()
    for number in range(3):
        saved.save(f"{HEADER}{number}", MAPPING)
    (saved.folder / ".left.0123.part").write_text("half of one")
    saved.forget_all()
    assert (saved.count(), list(saved.folder.iterdir())) == (0, [])
    assert saved.find(f"{HEADER}0") is None


@given(
    header=st.text(),
    mapping=st.dictionaries(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8"))),
)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, header: str, mapping: Mapping[str, str]) -> None:
    saved = SavedMappings(tmp_path_factory.mktemp("any") / "mappings")
    saved.save(header, mapping)
    assert saved.find(header) == mapping


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b'{"mapping_format": 1, "header": "Vorfall;Dat',
        b"[1]",
        b"[" * 100_000,
        b'{"mapping_format": 1, "header": "another", "mapping": {}}',
        b'{"mapping_format": 1, "header": "Vorfall;Datum;Ort", "mapping": {"title": 3}}',
        b'{"mapping_format": 1, "header": "Vorfall;Datum;Ort", "mapping": ["title"]}',
        b'{"mapping_format": "1", "header": "Vorfall;Datum;Ort", "mapping": {}}',
        b" " * 1_000_001,
    ],
)
def test_a_damaged_one_is_moved_aside_and_told(saved: SavedMappings, content: bytes) -> None:
    saved.save(HEADER, MAPPING)
    path = only_file(saved)
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match=r"damaged; they were kept as [0-9a-f]{32}\.json\.damaged-1$"):
        saved.find(HEADER)
    assert path.with_name(f"{path.name}.damaged-1").read_bytes() == content
    assert (saved.find(HEADER), saved.count()) == (None, 0)
    saved.save(HEADER, MAPPING)
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match=r"damaged-2$"):
        saved.find(HEADER)


def test_one_of_a_newer_program_is_left_alone(saved: SavedMappings) -> None:
    saved.save(HEADER, MAPPING)
    path = only_file(saved)
    newer = json.dumps({"mapping_format": 2, "what": "ever"})
    path.write_text(newer)
    with pytest.raises(WorkspaceError, match="newer version"):
        saved.find(HEADER)
    assert path.read_text() == newer


def test_what_cannot_be_written_leaves_the_one_before(saved: SavedMappings, monkeypatch: pytest.MonkeyPatch) -> None:
    saved.save(HEADER, MAPPING)

    def full(*_arguments: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(WorkspaceError, match="No space left"):
            saved.save(HEADER, {"title": "Ort"})
    assert saved.find(HEADER) == MAPPING
    assert only_file(saved).suffix == ".json"


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "mappings").write_text("a file")
    saved = SavedMappings(tmp_path / "mappings")
    with pytest.raises(WorkspaceError, match="could not be saved"):
        saved.save(HEADER, MAPPING)


def test_a_program_that_is_killed_while_it_saves_leaves_a_whole_one(saved: SavedMappings) -> None:
    package = str(Path(timeline_app.__file__).parent.parent)
    for turns in (1, 2, 5):
        with subprocess.Popen(
            [sys.executable, "-c", ENDLESS, str(saved.folder), package], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            for _ in range(turns):
                process.stdout.readline()
            process.kill()
        assert saved.find("header") in ({"title": "x" * 50_000}, {"title": "y"})


def test_several_programs_save_at_once(saved: SavedMappings) -> None:
    def save(name: str) -> None:
        for _ in range(5):
            SavedMappings(saved.folder).save("header", {"title": name * 1000})
            SavedMappings(saved.folder).save(f"header {name}", {"title": name})

    threads = [threading.Thread(target=save, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert saved.find("header") in [{"title": name * 1000} for name in "abcd"]
    assert [saved.find(f"header {name}") for name in "abcd"] == [{"title": name} for name in "abcd"]
