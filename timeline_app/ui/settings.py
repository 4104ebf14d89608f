"""The present value of every setting, remembered as soon as it changes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from timeline_app.core.errors import UsageError, WorkspaceError
from timeline_app.ui.settings_table import SETTINGS, AnySetting, Setting, Value


class SettingsStore(Protocol):
    """Where settings outlive the program; both raise WorkspaceError."""

    def settings(self) -> Mapping[str, object]:
        """Return every remembered value by its key."""
        ...

    def set_setting(self, key: str, value: bool | int | str) -> None:  # noqa: FBT001 — a value like the others
        """Remember a value."""
        ...


class Settings(QObject):
    """Holds a valid value for every setting; `changed` carries the key of the one that changed.

    A remembered value that makes no sense counts as not set. A value that cannot be remembered still holds until the
    program ends, and `not_saved` says why.
    """

    changed = Signal(str)
    not_saved = Signal(str)

    def __init__(self, store: SettingsStore | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._values: dict[str, bool | int | str] = {setting.key: setting.default for setting in SETTINGS}
        remembered = store.settings() if store is not None else {}
        for setting in SETTINGS:
            value = remembered.get(setting.key)
            if isinstance(value, (bool, int, str)) and setting.accepts(value):
                self._values[setting.key] = value

    @property
    def values(self) -> Mapping[str, bool | int | str]:
        """Every value by its key."""
        return MappingProxyType(self._values)

    def get(self, setting: Setting[Value]) -> Value:
        """Return the present value."""
        value = self._values[setting.key]
        return value if isinstance(value, type(setting.default)) else setting.default

    def set(self, setting: Setting[Value], value: Value) -> None:
        """Set and remember a value; raises UsageError for one that the setting cannot have."""
        if not setting.accepts(value):
            raise UsageError(f"{setting.label.lower()} cannot be {value!r}")
        if value == self._values[setting.key]:
            return
        self._values[setting.key] = value
        self._remember(setting.key, value)
        self.changed.emit(setting.key)

    def reset(self) -> None:
        """Give every setting its default."""
        for setting in SETTINGS:
            self._reset_one(setting)

    def _reset_one(self, setting: AnySetting) -> None:
        self.set(setting, setting.default)

    def _remember(self, key: str, value: bool | int | str) -> None:  # noqa: FBT001 — a value like the others
        if self._store is None:
            return
        try:
            self._store.set_setting(key, value)
        except WorkspaceError as error:
            self.not_saved.emit(str(error))
