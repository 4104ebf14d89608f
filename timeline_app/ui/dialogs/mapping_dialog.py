"""Which column of a table is which field, with the first rows as the events that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from timeline_app.core.dataset import Dataset
from timeline_app.readers.proposal import Proposal
from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.dressing import (
    FOOT_PX,
    GAP_PX,
    SIDE_PX,
    TOP_PX,
    DialogLabel,
    Voice,
    add_button,
    add_cancel_button,
    dialog_column,
    open_at,
)
from timeline_app.ui.dialogs.lines_view import LinesView
from timeline_app.ui.dialogs.mapping_columns import ColumnsModel
from timeline_app.ui.dialogs.mapping_form import MappingForm, changes_columns
from timeline_app.ui.dialogs.mapping_preview import REASON_COLUMN, PreviewModel
from timeline_app.ui.dialogs.table_look import TableLook
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.look import Look

SIZE_PX = (1120, 640)
LEAST_WIDTH_PX = 520
# How the width is shared between the form and the records.
SHARES = (4, 6)
COLUMNS_PX = (44, 120, 180, 112, 80)
TABLE_COLUMNS_PX = (150, 90)
MOST_NAME_CHARACTERS = 80
REMEMBERED = "What you choose is remembered for every table with these columns."


@dataclass(frozen=True, slots=True)
class MappingWish:
    """What was decided of a table; `signature` stands for all tables with its header, "" for none."""

    path: Path
    signature: str
    mapping: Mapping[str, str]


class MappingDialog(QDialog):
    """Shows what is proposed and what comes of it; `wanted` carries a MappingWish once all is answered.

    `examine` gives what the table looks like where a mapping says something of it; it is called on a worker.
    """

    wanted = Signal(object)

    def __init__(
        self,
        path: Path,
        examine: Callable[[Mapping[str, str]], TableLook],
        look: Look,
        parent: QWidget | None = None,
        *,
        mapping: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._examine = examine
        self._edits: dict[str, str] = dict(mapping or {})
        self._proposal: Proposal | None = None
        self._has_asked = False
        self._job = NewestJob(self)
        self.form = MappingForm(look)
        self.model = PreviewModel(look, self)
        self.view = LinesView(self.model, "The first records as events", COLUMNS_PX, look)
        self.columns = ColumnsModel(self)
        self.columns_view = LinesView(self.columns, "The columns of the table", TABLE_COLUMNS_PX, look)
        self.summary = DialogLabel("Looking at the table…", look, Voice.HEADING)
        self.notice = DialogLabel("", look, Voice.WARNING)
        self.buttons = ButtonBox()
        self._build(look)
        self.form.edited.connect(self._edit)
        self._job.finished.connect(self._show)
        self._examine_again()

    @property
    def edits(self) -> Mapping[str, str]:
        """What was said here; all else is found out from the table."""
        return self._edits

    def open_table(self) -> None:
        """Hand the mapping over and close."""
        if self._proposal is not None and self.open_button.isEnabled():
            self.accept()
            self.wanted.emit(MappingWish(self._path, self._proposal.signature, self._proposal.mapping))

    def propose_again(self) -> None:
        """Take back everything that was said."""
        self._edits.clear()
        self._examine_again()

    def _edit(self, key: str, value: str) -> None:
        if value:
            self._edits[key] = value
        else:
            self._edits.pop(key, None)
        if changes_columns(key):
            # What was said of columns that may be no longer there would only stand in the way.
            self._edits = {one: said for one, said in self._edits.items() if changes_columns(one)}
        self._examine_again()

    def _examine_again(self) -> None:
        self.open_button.setEnabled(False)
        self.proposed_button.setEnabled(bool(self._edits))
        self._job.start(partial(self._examine, dict(self._edits)))

    def _show(self, found: TableLook) -> None:
        if found.proposal is not None:
            self._proposal = found.proposal
            self.form.show_proposal(found.proposal, self._edits)
            self.remembered.setVisible(bool(found.proposal.signature))
        self._show_records(found.dataset)
        self.notice.setText(found.fault)
        self.notice.setVisible(bool(found.fault))
        self.summary.setText(_summary(found))
        self.summary.set_voice(Voice.HEADING if found.is_ready else Voice.WARNING)
        self.open_button.setEnabled(found.is_ready)
        self.open_button.setAccessibleDescription(found.fault or self.summary.text())
        if not self._has_asked:
            self._has_asked = True
            (self.form.first_open() or self.open_button).setFocus()

    def _show_records(self, dataset: Dataset | None) -> None:
        """Show the first records, the columns as they stand in the file where there are none yet.

        The reason why a record is left out takes the whole of its line.
        """
        self.model.set_dataset(dataset)
        self.columns.set_columns(self._proposal.columns if self._proposal is not None else ())
        self.view.setVisible(dataset is not None)
        self.columns_view.setVisible(dataset is None)
        self.view.clearSpans()
        for row, line in enumerate(self.model.lines):
            if line.is_left_out:
                self.view.setSpan(row, REASON_COLUMN, 1, self.model.columnCount() - REASON_COLUMN)

    def _build(self, look: Look) -> None:
        self.setObjectName("mapping_dialog")
        column = dialog_column(self, "Columns", look, LEAST_WIDTH_PX)
        column.setContentsMargins(0, TOP_PX, 0, FOOT_PX)
        name = DialogLabel(self._path.name[-MOST_NAME_CHARACTERS:], look, Voice.HEADING)
        name.setContentsMargins(SIDE_PX, 0, SIDE_PX, 0)
        column.addWidget(name)
        right = QVBoxLayout()
        right.setSpacing(GAP_PX)
        for part in (self.summary, self.notice):
            right.addWidget(part)
        for view in (self.view, self.columns_view):
            right.addWidget(view, 1)
        self.view.hide()
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, SIDE_PX, 0)
        middle.addWidget(self.form, SHARES[0])
        middle.addLayout(right, SHARES[1])
        column.addLayout(middle, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(SIDE_PX, 0, SIDE_PX, 0)
        self.remembered = DialogLabel(REMEMBERED, look, Voice.NOTE)
        foot.addWidget(self.remembered)
        foot.addWidget(self._button_row())
        column.addLayout(foot)
        self.notice.hide()
        open_at(self, look, SIZE_PX)

    def _button_row(self) -> QDialogButtonBox:
        roles = QDialogButtonBox.ButtonRole
        self.proposed_button = add_button(
            self.buttons, "As proposed", self.propose_again, name="as_proposed", role=roles.ResetRole
        )
        self.open_button = add_button(
            self.buttons, "Open", self.open_table, name="open", role=roles.AcceptRole, is_default=True
        )
        add_cancel_button(self.buttons, self)
        return self.buttons


def _summary(found: TableLook) -> str:
    if found.proposal is not None and not found.proposal.is_sure:
        count = len(found.proposal.questions)
        return "One question is open" if count == 1 else f"{count} questions are open"
    return _counts(found.dataset) if found.dataset is not None else "So the table cannot be opened"


def _counts(dataset: Dataset) -> str:
    report = dataset.report
    if report.read == 1:
        return "The one record as an event" if report.loaded else "The one record is left out"
    if not report.rejected:
        return f"The first {report.read:,} records as events"
    return f"{report.loaded:,} of the first {report.read:,} records as events; {report.rejected:,} left out"
