"""Make the window's actions and menus from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from timeline_app.core.errors import UsageError
from timeline_app.ui.action_spec import FOLDED, ActionSpec, Menu
from timeline_app.ui.action_table import ACTIONS, SUBMENUS

SYMBOLS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgUp": "Page up", "PgDown": "Page down"}


def build_actions(parent: QWidget, handlers: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """Make every action of the table and give it to the window; each runs the handler of its name.

    Raises UsageError for an action without a handler and for a handler without an action, so that nothing is listed
    that does nothing.
    """
    named = {spec.name for spec in ACTIONS}
    if named != set(handlers):
        missing = ", ".join(sorted(named - set(handlers))) or "none"
        unknown = ", ".join(sorted(set(handlers) - named)) or "none"
        raise UsageError(f"actions without a handler: {missing}; handlers without an action: {unknown}")
    choices: dict[str, QActionGroup] = {}
    actions: dict[str, QAction] = {}
    for spec in ACTIONS:
        action = _action(spec, parent, handlers[spec.name])
        if spec.choice:
            choices.setdefault(spec.choice, QActionGroup(parent)).addAction(action)
        parent.addAction(action)
        actions[spec.name] = action
    return actions


def build_menus(menu_bar: QMenuBar, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Fill the menu bar with the actions, lines between groups that are not FOLDED; return the SUBMENUS, empty yet."""
    submenus = {name: QMenu(title, menu_bar) for name, title in SUBMENUS.items()}
    for title in Menu:
        menu = menu_bar.addMenu(f"&{title}")
        group, target = None, menu
        for spec in (spec for spec in ACTIONS if spec.menu is title):
            if spec.group is not group:
                if group is not None and group not in FOLDED:
                    menu.addSeparator()
                group = spec.group
                target = menu.addMenu(FOLDED[group]) if group in FOLDED else menu
            target.addAction(actions[spec.name])
            if spec.name in submenus:
                target.addMenu(submenus[spec.name])
    return submenus


def key_parts(shortcut: str) -> tuple[str, ...]:
    """Return the keys of a shortcut or gesture one by one, named as on this system's keyboard, arrows as arrows."""
    shown = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText) or shortcut
    parts = shown[:-1].split("+") if shown.endswith("+") else shown.split("+")
    keys = [part for part in parts if part] + (["+"] if shown.endswith("+") else [])
    return tuple(SYMBOLS.get(key, key) for key in keys)


def key_words(shortcut: str) -> str:
    """Return a shortcut in one line."""
    return "+".join(key_parts(shortcut))


def _action(spec: ActionSpec, parent: QWidget, handler: Callable[[], None]) -> QAction:
    action = QAction(spec.text, parent)
    action.setObjectName(spec.name)
    action.setShortcuts([QKeySequence(shortcut) for shortcut in spec.shortcuts])
    action.setStatusTip(spec.help)
    action.setCheckable(bool(spec.choice) or spec.is_toggle)
    # Otherwise macOS moves whatever is called "About" or "Settings" into another menu.
    action.setMenuRole(QAction.MenuRole.NoRole)
    action.triggered.connect(lambda _checked: handler())
    return action
