"""What a person notes or tells in a window outlives the program, however that ends once it was done."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.hanging import HANGING
from timeline_app.core.kept_notes import KeptNote
from timeline_app.core.notes import Note
from timeline_app.loading import load_table
from timeline_app.ui.workspace import Workspace
from timeline_app.ui.workspace_notes import NoteStore
from timeline_app.ui.workspace_stories import KeptStory, StoryStore

# Acts with the window's own keys and actions, says so once an act is over, and then never ends by itself.
PROGRAM = """
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from timeline_app.app import complete_window, first_window
from timeline_app.loading import loader_from_resources
from timeline_app.ui.dialogs.dateline_dialog import DatelineDialog
from timeline_app.ui.settings import Settings
from timeline_app.ui.workspace import Workspace

path, act, ending, *files = sys.argv[1:]
loader = loader_from_resources()
opened = loader([Path(name) for name in files])
window = first_window(opened, Settings(), loader)
workspace = Workspace.open(Path(path))
complete_window(window, opened, workspace)
window.resize(1280, 800)
window.show()
assert QTest.qWaitForWindowActive(window)
session, bar = window.session, window.story_bar
actions = {action.objectName(): action for action in window.findChildren(QAction)}
session.set_selection((0,))


if act == "star":
    actions["star"].trigger()
elif act == "tag":
    actions["own_tags"].trigger()
    QTest.keyClicks(window.focusWidget(), "checked, ask")
    if ending == "killed":
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
elif act == "note":
    actions["write_note"].trigger()
    QTest.keyClicks(window.focusWidget(), "Asked him")
    # Once the field is left; else once the writing pauses.
    if ending == "killed":
        window.timeline.setFocus()
elif act == "dateline":
    QFileDialog.getSaveFileName = staticmethod(lambda *_, **__: (files[0].replace("hanging", "later"), ""))
    actions["dateline"].trigger()
    dialog = window.findChild(DatelineDialog)
    dialog.date_field.selectAll()
    QTest.keyClicks(dialog.date_field, "2025-11-01")
    dialog.save_button.click()
else:
    actions["new_story"].trigger()
    bar.title_field.setFocus()
    bar.title_field.selectAll()
    QTest.keyClicks(bar.title_field, "Mine")
    if act == "steps":
        actions["add_step"].trigger()
        actions["add_step"].trigger()
    elif act == "paragraph":
        bar.text_field.setFocus()
        QTest.keyClicks(bar.text_field, "Said so")
    if ending == "killed":
        window.timeline.setFocus()
if ending == "killed":
    print("done", flush=True)
    sys.stdin.read()
assert window.close()
workspace.close()
print("closed", flush=True)
"""


def notes(path: Path) -> list[Note]:
    workspace = Workspace.open(path)
    kept: tuple[KeptNote, ...] = NoteStore(workspace).all()
    workspace.close()
    return [one.note for one in kept]


def stories(path: Path) -> list[tuple[str, list[str]]]:
    workspace = Workspace.open(path)
    kept: tuple[KeptStory, ...] = StoryStore(workspace).all()
    workspace.close()
    return [(one.story.title, [step.text for step in one.story.steps]) for one in kept]


def done(path: Path, act: str, ending: str, *files: Path) -> str:
    """Return what a program says that does something in a window, before it is killed or when it has closed."""
    command = [sys.executable, "-c", PROGRAM, str(path), act, ending, *map(str, files)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = program.stdout.readline()
        program.kill()
    return said


@pytest.mark.parametrize("ending", ["killed", "closed"])
@pytest.mark.parametrize(
    ("act", "found", "expected"),
    [
        ("star", notes, [Note(starred=True)]),
        ("tag", notes, [Note(tags=("checked", "ask"))]),
        ("note", notes, [Note(text="Asked him")]),
        ("title", stories, [("Mine", [""])]),
        ("paragraph", stories, [("Mine", ["Said so"])]),
        ("steps", stories, [("Mine", ["", "", ""])]),
    ],
)
def test_what_was_done_is_kept_when_the_program_is_killed_after_it_or_closed(
    tmp_path: Path, act: str, found: Callable[[Path], list[object]], expected: list[object], ending: str
) -> None:
    path = tmp_path / "workspace.sqlite"
    assert done(path, act, ending) == ("done\n" if ending == "killed" else "closed\n")
    assert found(path) == expected


@pytest.mark.parametrize("ending", ["killed", "closed"])
def test_another_dateline_is_saved_when_the_program_is_killed_after_it_or_closed(tmp_path: Path, ending: str) -> None:
    before, after = tmp_path / "hanging.yaml", tmp_path / "later.yaml"
    before.write_text(HANGING, encoding="utf-8")
    assert done(tmp_path / "workspace.sqlite", "dateline", ending, before) == (
        "done\n" if ending == "killed" else "closed\n"
    )
    table = load_table([after])
    assert [file.rejected for file in table.files] == [0]
    assert table.source_by_key["article"].published == "2025-11-01"
    whens = {event.id: event.when.text for event in map(table.event, range(len(table)))}
    assert (whens["pact"], whens["raid"], whens["far"]) == ("2025-06", "2025-10-31~", "2024-11")
    # What was open is as it was, and nothing half written lies beside it.
    assert before.read_text(encoding="utf-8") == HANGING
    assert sorted(one.name for one in tmp_path.glob("*.yaml*")) == ["hanging.yaml", "later.yaml"]
