"""Ask for the event that words of a document tell of, with what the words propose already filled in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from timeline_app.core.errors import WhenError
from timeline_app.core.event import Basis, Event, Excerpt
from timeline_app.core.event_proposal import EventProposal, more_of_event, proposed_event
from timeline_app.core.when import in_words, parse
from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.controls import ChoiceBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_button, add_cancel_button, dialog_column
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import shown_line

WIDTH_PX = 560
FIELD_PX = 30
SHOWN_TITLE = 60
ADDS_EXCERPT = 1
SHOWN_WORDS = 400
KNOWN = {
    Basis.STATED: "as the source states it",
    Basis.INFERRED: "inferred from the source",
    Basis.BACKGROUND: "from elsewhere (background)",
}


class ProposalDialog(QDialog):
    """Nothing is proposed that cannot be changed; `agreed` carries the event that is to be saved."""

    agreed = Signal(object)

    def __init__(
        self,
        found: EventProposal,
        excerpt: Excerpt,
        selected: Event | None,
        look: Look,
        parent: QWidget | None = None,
        *,
        hashed: str = "",
    ) -> None:
        """`hashed` is the document whose hash is recorded with the event, "" for none."""
        super().__init__(parent)
        self._found = found
        self._excerpt = excerpt
        self._selected = selected
        self.setObjectName("proposal")
        column = dialog_column(self, "From the document", look, WIDTH_PX)
        words = " ".join(excerpt.text.split())
        shown = words if len(words) <= SHOWN_WORDS else words[: SHOWN_WORDS - 1] + "…"
        self.kind = ChoiceBox(look)
        self.kind.setAccessibleName("What it becomes")
        self.kind.addItem("A new event")
        if selected is not None:
            self.kind.addItem(f"One more excerpt of “{shown_line(selected.title, SHOWN_TITLE)}”")
        self.title_field = _field("Title", found.title)
        self.when_field = _field("When", found.when)
        self.basis = ChoiceBox(look)
        self.basis.setAccessibleName("How the date is known")
        self.basis.addItems(tuple(KNOWN.values()))
        # Where the words name no date, whoever gives one takes it from elsewhere in the source at best.
        self.basis.setCurrentIndex(list(KNOWN).index(found.basis if found.when else Basis.INFERRED))
        self.actors_field = _field("Actors, with semicolons between them", "; ".join(found.actors))
        self.note = DialogLabel("", look, Voice.NOTE)
        self.note.setObjectName("proposal_note")
        self._fields = (self.title_field, self.when_field, self.basis, self.actors_field)
        form = QFormLayout()
        for name, field in zip(("Title", "When", "Known", "Actors"), self._fields, strict=True):
            form.addRow(DialogLabel(name, look), field)
        column.addWidget(DialogLabel(f"“{shown}”", look))
        column.addWidget(self.kind)
        column.addLayout(form)
        column.addWidget(self.note)
        self.hash_note = DialogLabel(
            f"Saved beside {shown_line(hashed, SHOWN_TITLE)}, it records the hash of that document, too: "
            "a later change of it is then noticed.",
            look,
            Voice.NOTE,
        )
        self.hash_note.setVisible(bool(hashed))
        column.addWidget(self.hash_note)
        column.addWidget(self._buttons())
        # Labels of several lines would else take the room that the fields need.
        for part in (self.kind, *self._fields):
            part.setMinimumHeight(look.px(FIELD_PX))
        for field in (self.title_field, self.when_field):
            field.textChanged.connect(self._follow)
        for choice in (self.kind, self.basis):
            choice.currentIndexChanged.connect(self._follow)
        self._follow()
        # From its end to its beginning, which is what is seen of a long one.
        length = len(self.title_field.text())
        self.title_field.setSelection(length, -length)
        self.title_field.setFocus()

    @property
    def event_to_save(self) -> Event | None:
        """The event as the fields tell it, None while they tell none."""
        if self.kind.currentIndex() == ADDS_EXCERPT and self._selected is not None:
            return more_of_event(self._selected, self._excerpt)
        title, when = self.title_field.text().strip(), self.when_field.text().strip()
        phrase, rule = (self._found.phrase, self._found.rule) if self._is_by_rule else ("", "")
        actors = tuple(filter(None, (name.strip() for name in self.actors_field.text().split(";"))))
        found = EventProposal(title, when, self._basis, phrase, rule, actors)
        try:
            return proposed_event(found, self._excerpt) if title and when else None
        except WhenError:
            return None

    @property
    def _basis(self) -> Basis:
        return tuple(KNOWN)[self.basis.currentIndex()]

    @property
    def _is_by_rule(self) -> bool:
        """Whether the date is the one that a rule gave, and still said to be inferred."""
        is_as_proposed = self.when_field.text().strip() == self._found.when
        return is_as_proposed and self._found.basis is self._basis is Basis.INFERRED

    def showEvent(self, event: QShowEvent) -> None:
        """Be as tall as the labels need at this width, which Qt does not ask them for."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None:
            width = max(self.width(), self.minimumWidth())
            self.resize(width, max(layout.totalHeightForWidth(width), layout.totalSizeHint().height()))

    def _buttons(self) -> ButtonBox:
        buttons = ButtonBox()
        role = QDialogButtonBox.ButtonRole.AcceptRole
        self.save_button = add_button(buttons, "Save to a file…", self._agree, name="save", role=role, is_default=True)
        add_cancel_button(buttons, self)
        return buttons

    def _agree(self) -> None:
        event = self.event_to_save
        if event is not None:
            self.accept()
            self.agreed.emit(event)

    def _follow(self) -> None:
        is_new = self.kind.currentIndex() != ADDS_EXCERPT
        for field in self._fields:
            field.setEnabled(is_new)
        self.save_button.setEnabled(self.event_to_save is not None)
        self.note.setText(self._date_words() if is_new else "The excerpt is saved under the id of the selected event.")

    def _date_words(self) -> str:
        when = self.when_field.text().strip()
        if not when:
            return "Write the date as 2024, 2024-06 or 2024-06-19: these words name none."
        try:
            words = in_words(parse(when))
        except WhenError as error:
            return f"When: {error}"
        if self._is_by_rule:
            return f"{words}, inferred: “{self._found.phrase}” means {self._found.rule}"
        return words


def _field(name: str, text: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setAccessibleName(name)
    field.setCursorPosition(0)
    return field
