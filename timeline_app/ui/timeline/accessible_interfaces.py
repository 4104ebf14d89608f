"""The accessible interfaces of the timeline: a list, and one for each event and count on screen.

Qt does not own the interfaces that Python makes, it only notes where they are. So every one is referenced for as long
as Qt knows it; one that is no longer wanted is deleted through Qt, and from the event loop only, since whoever asked
the list for its children may still hold an old one.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from timeline_app.ui.timeline.accessible_items import Key, Listed
from timeline_app.ui.timeline.accessible_words import (
    cluster_description,
    cluster_name,
    event_description,
    event_name,
    view_name,
)

if TYPE_CHECKING:
    from timeline_app.ui.timeline.accessible import CanvasAccessibility

# Qt takes None for "no such interface" and "no such object", which its type stubs do not say.
NO_INTERFACE: Final = cast("QAccessibleInterface", None)
NO_OBJECT: Final = cast("QObject", None)
NO_WINDOW: Final = cast("QWindow", None)


class ListInterface(QAccessibleWidget):
    """The canvas as a list of what is on screen."""

    def __init__(self, owner: CanvasAccessibility, canvas: QWidget) -> None:
        super().__init__(canvas, QAccessible.Role.List)
        self._owner = weakref.ref(owner)

    def text(self, t: QAccessible.Text) -> str:
        owner = self._living_owner()
        if owner is None:
            return ""
        canvas = owner.canvas
        if t is QAccessible.Text.Name:
            return f"{canvas.accessibleName()}, {view_name(canvas.session)}"
        if t is QAccessible.Text.Description and owner.is_cut:
            return "Listed here is what is on screen; the table has all events."
        return super().text(t)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.multiSelectable = True
        state.extSelectable = True
        return state

    def childCount(self) -> int:
        owner = self._living_owner()
        return 0 if owner is None else len(owner.items)

    def child(self, index: int) -> QAccessibleInterface:
        owner = self._living_owner()
        items = [] if owner is None else owner.items
        return items[index] if 0 <= index < len(items) else NO_INTERFACE

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.position if isinstance(child, ItemInterface) and child.parent() is self else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        owner = self._living_owner()
        if owner is None:
            return NO_INTERFACE
        point = owner.canvas.mapFromGlobal(QPoint(x, y))
        return owner.item_at(point.x(), point.y()) or NO_INTERFACE

    def focusChild(self) -> QAccessibleInterface:
        owner = self._living_owner()
        item = None if owner is None else owner.current_item
        return super().focusChild() if item is None else item

    def _living_owner(self) -> CanvasAccessibility | None:
        owner = self._owner() if self.isValid() else None
        return owner if owner is not None and is_alive(owner.canvas) else None


class ItemInterface(QAccessibleWidget):
    """One event or count on screen.

    It stands for no widget of its own, so whatever QAccessibleWidget would ask its widget is answered here. It is one
    because its action can be carried out in Python; `interface_cast`, by which a plain interface would offer an action,
    crashes when Python overrides it (tried with PySide6 6.11.3).
    """

    def __init__(self, owner: CanvasAccessibility, canvas: QWidget) -> None:
        super().__init__(canvas, QAccessible.Role.ListItem)
        self._owner = weakref.ref(owner)
        self.listed: Listed | None = None
        self.position = -1

    def retire(self) -> None:
        """Stand for nothing from now on."""
        self.listed, self.position = None, -1

    def isValid(self) -> bool:
        return self._living() is not None

    def object(self) -> QObject:
        return NO_OBJECT

    def window(self) -> QWindow:
        return self.parent().window() if self.isValid() else NO_WINDOW

    def parent(self) -> QAccessibleInterface:
        living = self._living()
        return NO_INTERFACE if living is None else QAccessible.queryAccessibleInterface(living[0].canvas)

    def child(self, index: int) -> QAccessibleInterface:  # noqa: ARG002 — it has none
        return NO_INTERFACE

    def childCount(self) -> int:
        return 0

    def childAt(self, x: int, y: int) -> QAccessibleInterface:  # noqa: ARG002 — it has none
        return NO_INTERFACE

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: ARG002 — it has none
        return -1

    def focusChild(self) -> QAccessibleInterface:
        return NO_INTERFACE

    def relations(
        self,
        match: QAccessible.RelationFlag = QAccessible.RelationFlag.AllRelations,  # noqa: ARG002 — it has none
    ) -> list[tuple[QAccessibleInterface, QAccessible.RelationFlag]]:
        return []

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()

    def rect(self) -> QRect:
        living = self._living()
        if living is None:
            return QRect()
        owner, listed = living
        return listed.rect.translated(owner.canvas.mapToGlobal(QPoint(0, 0)))

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        living = self._living()
        if living is None:
            state.invalid = True
            return state
        owner, listed = living
        session = owner.canvas.session
        state.focusable = True
        state.invisible = not owner.canvas.isVisible()
        if listed.cluster is None:
            state.selectable = state.multiSelectable = True
            state.selected = listed.first_row in session.selection
            state.focused = listed.first_row == session.current and owner.canvas.hasFocus()
        return state

    def text(self, t: QAccessible.Text) -> str:
        living = self._living()
        if living is None or t not in {QAccessible.Text.Name, QAccessible.Text.Description}:
            return ""
        owner, listed = living
        session, cluster, is_name = owner.canvas.session, listed.cluster, t is QAccessible.Text.Name
        if cluster is None:
            return (event_name if is_name else event_description)(session, listed.first_row)
        if is_name:
            return cluster_name(session.table, cluster)
        return cluster_description(session.table, cluster, listed.lane_title)

    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.pressAction()]

    def doAction(self, actionName: str) -> None:  # noqa: N803 — named by Qt
        living = self._living()
        if living is not None and actionName == QAccessibleActionInterface.pressAction():
            owner, listed = living
            owner.press(listed)

    def keyBindingsForAction(self, actionName: str) -> list[str]:  # noqa: ARG002, N803 — named by Qt
        return []

    def _living(self) -> tuple[CanvasAccessibility, Listed] | None:
        owner, listed = self._owner(), self.listed
        if owner is None or listed is None or not is_alive(owner.canvas):
            return None
        return owner, listed


class KeptInterfaces:
    """References every interface that Qt knows of one canvas, and deletes them in the way that Qt survives."""

    def __init__(self) -> None:
        self._list: ListInterface | None = None
        self._items: Mapping[Key, ItemInterface] = {}
        self._retired: list[ItemInterface] = []

    @property
    def has_list(self) -> bool:
        """Whether the canvas is a list to Qt at all."""
        return self._list is not None

    @property
    def items(self) -> Mapping[Key, ItemInterface]:
        """The interfaces in use, in their order."""
        return self._items

    def set_list(self, interface: ListInterface, canvas: QWidget) -> None:
        """Let Qt use an interface for a canvas, in place of the one that it may have made by itself."""
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(QAccessible.queryAccessibleInterface(canvas)))
        self._list = interface
        QAccessible.registerAccessibleInterface(interface)

    def set_items(self, items: Mapping[Key, ItemInterface]) -> None:
        """Use these from now on; those that are no longer among them stay, standing for nothing, until deleted."""
        gone = [old for key, old in self._items.items() if items.get(key) is not old]
        for old in gone:
            old.retire()
        self._items = items
        self._retired += gone

    def delete_retired(self) -> None:
        """Delete those that are no longer used; to be called from the event loop."""
        retired, self._retired = self._retired, []
        for old in retired:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(old))

    def delete_items(self) -> None:
        """Delete all but the list, which Qt deletes by itself when its canvas goes."""
        self.set_items({})
        self.delete_retired()


def is_alive(widget: QWidget) -> bool:
    """Return whether a widget can still be asked; while Qt takes one apart, its interface may yet be asked about it."""
    try:
        widget.isEnabled()
    except RuntimeError:
        return False
    return True
