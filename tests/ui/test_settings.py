"""Settings keep valid values only, remember each change at once, and say what changed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pytestqt.qtbot import QtBot

from timeline_app.core.errors import UsageError, WorkspaceError
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import (
    LANE_ROWS,
    RESUME,
    SETTINGS,
    SHOW_TITLES,
    TEXT_SIZE,
    THEME,
    TIME_ZONE,
    AnySetting,
    Section,
)
from timeline_app.ui.workspace import Workspace


class FullDisk:
    """A store that can be read but not written."""

    def settings(self) -> Mapping[str, object]:
        """Return one remembered value."""
        return {"theme": "dark"}

    def set_setting(self, key: str, value: bool | int | str) -> None:
        """Refuse to remember anything."""
        raise WorkspaceError(f"the disk is full: {key}={value}")


def test_each_setting_starts_with_its_default() -> None:
    settings = Settings()
    assert dict(settings.values) == {setting.key: setting.default for setting in SETTINGS}
    assert settings.get(THEME) == "system"
    assert settings.get(TEXT_SIZE) == 100
    assert settings.get(SHOW_TITLES) is True


def test_a_change_is_told_of_once_and_remembered_at_once(qtbot: QtBot) -> None:
    workspace = Workspace.temporary()
    settings = Settings(workspace)
    with qtbot.waitSignal(settings.changed) as told:
        settings.set(TEXT_SIZE, 150)
    assert told.args == ["text_size"]
    assert workspace.settings() == {"text_size": 150}
    with qtbot.assertNotEmitted(settings.changed):
        settings.set(TEXT_SIZE, 150)


def test_remembered_settings_come_back() -> None:
    workspace = Workspace.temporary()
    first = Settings(workspace)
    first.set(THEME, "dark")
    first.set(RESUME, True)
    first.set(TIME_ZONE, "Europe/Kyiv")
    second = Settings(workspace)
    assert (second.get(THEME), second.get(RESUME), second.get(TIME_ZONE)) == ("dark", True, "Europe/Kyiv")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "purple"),
        ("theme", 3),
        ("text_size", 99),
        ("text_size", 201),
        ("text_size", True),
        ("text_size", "150"),
        ("show_titles", 1),
        ("lane_rows", 2**80),
        ("time_zone", "../etc/passwd"),
        ("time_zone", "Europe"),
        ("unheard_of", "x"),
        ("resume", ""),
    ],
)
def test_a_remembered_value_that_makes_no_sense_counts_as_not_set(key: str, value: bool | int | str) -> None:
    workspace = Workspace.temporary()
    workspace.set_setting(key, value)
    assert dict(Settings(workspace).values) == {setting.key: setting.default for setting in SETTINGS}


def test_a_value_that_a_setting_cannot_have_is_refused() -> None:
    settings = Settings()
    with pytest.raises(UsageError, match="rows in a lane cannot be -1"):
        settings.set(LANE_ROWS, -1)
    assert settings.get(LANE_ROWS) == LANE_ROWS.default


def test_a_full_disk_is_told_of_and_the_value_holds_for_now(qtbot: QtBot) -> None:
    settings = Settings(FullDisk())
    assert settings.get(THEME) == "dark"
    with qtbot.waitSignals([settings.not_saved, settings.changed]):
        settings.set(THEME, "light")
    assert settings.get(THEME) == "light"


def test_reset_brings_every_default_back() -> None:
    workspace = Workspace.temporary()
    settings = Settings(workspace)
    settings.set(THEME, "dark")
    settings.set(LANE_ROWS, 24)
    settings.reset()
    assert dict(Settings(workspace).values) == {setting.key: setting.default for setting in SETTINGS}


def test_the_table_is_whole() -> None:
    keys = [setting.key for setting in SETTINGS]
    assert len(keys) == len(set(keys))
    assert {setting.section for setting in SETTINGS} == set(Section)
    assert [setting.section for setting in SETTINGS] == sorted(
        (setting.section for setting in SETTINGS), key=list(Section).index
    )


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: str(setting.key))
def test_every_setting_has_words_and_accepts_its_default_and_all_its_choices(setting: AnySetting) -> None:
    assert setting.label
    assert setting.accepts(setting.default)
    choices = setting.choices() if setting.choices is not None else ()
    assert all(choice.text and setting.accepts(choice.value) for choice in choices)
    assert isinstance(setting.default, bool) or bool(choices) != (setting.span is not None)
    if setting.span is not None:
        assert setting.accepts(setting.span.lowest)
        assert setting.accepts(setting.span.highest)
