"""The button that says how the chosen actors are taken together, with the menu that changes it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from timeline_app.core.filter import Match
from timeline_app.ui.look import Look
from timeline_app.ui.panels.text_button import Arrow, TextButton
from timeline_app.ui.session import Session

WORDS = {Match.ANY: "any of these", Match.ALL: "all of these"}


class MatchButton(TextButton):
    """Opens the choice of any or all, and of whether organisations stand for their members too."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("", look, parent, arrow=Arrow.MENU)
        self._session = session
        self.setAccessibleDescription("Chooses whether an event must have any or all of the chosen actors")
        self.menu = QMenu(self)
        group = QActionGroup(self)
        self.any_action = self._match_action(Match.ANY, group)
        self.all_action = self._match_action(Match.ALL, group)
        self.menu.addSeparator()
        self.members_action = self.menu.addAction("Organisations with their members")
        self.members_action.setCheckable(True)
        self.members_action.triggered.connect(self._set_members)
        self.clicked.connect(self._show_menu)
        session.wanted_changed.connect(self._follow_filter)
        self._follow_filter()

    def _match_action(self, match: Match, group: QActionGroup) -> QAction:
        action = self.menu.addAction(WORDS[match].capitalize())
        action.setCheckable(True)
        action.setActionGroup(group)
        action.triggered.connect(lambda: self._session.set_filter(replace(self._session.wanted, match=match)))
        return action

    def _set_members(self, members: bool) -> None:  # noqa: FBT001 — a slot
        self._session.set_filter(replace(self._session.wanted, members=members))

    def _show_menu(self) -> None:
        self.menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _follow_filter(self) -> None:
        wanted = self._session.wanted
        (self.any_action if wanted.match is Match.ANY else self.all_action).setChecked(True)
        self.members_action.setChecked(wanted.members)
        self.setText(WORDS[wanted.match])
        self.updateGeometry()
