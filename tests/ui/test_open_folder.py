"""A folder of events in Markdown is opened in a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from timeline_app.app import create_window

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")


def test_the_window_opens_a_folder_and_stays_on_it(qtbot: QtBot, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\ndate: 2024\nactors: [X]\n---\n", encoding="utf-8")
    window = create_window([])
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files([tmp_path])
    assert window.session.table.titles_of(range(2)) == ["a", "b"]
    assert window.files.paths == (tmp_path,)
