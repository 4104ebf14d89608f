"""The form of all settings, made from their table; each change holds at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from timeline_app.ui.dialogs.dressing import GAP_PX, SIDE_PX, DialogLabel, Voice, add_button, dialog_column
from timeline_app.ui.look import Look
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import SETTINGS, AnySetting, Choice, Section

WIDTH_PX = 520
HEIGHT_PX = 620
CONTROL_PX = 180
SECTION_GAP_PX = 20

Control = QCheckBox | QComboBox | QSpinBox


class SettingsDialog(QDialog):
    """Shows each setting with a control for it, under the heading of its section."""

    def __init__(self, settings: Settings, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._look = look
        self.controls: dict[str, Control] = {}
        self.notice = DialogLabel("", look, Voice.WARNING)
        self._build()
        settings.changed.connect(self._show_value)
        settings.not_saved.connect(self._tell)
        for setting in SETTINGS:
            self._show_value(setting.key)

    def _build(self) -> None:
        self.setObjectName("settings_dialog")
        column = dialog_column(self, "Settings", WIDTH_PX)
        column.setContentsMargins(0, 0, 0, column.contentsMargins().bottom())
        content = QWidget()
        form = QVBoxLayout(content)
        form.setContentsMargins(SIDE_PX, 8, SIDE_PX, GAP_PX)
        form.setSpacing(0)
        for section in Section:
            form.addWidget(self._heading(section))
            form.addWidget(self._section(section))
        form.addStretch()
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(area, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(SIDE_PX, 0, SIDE_PX, 0)
        foot.addWidget(self.notice)
        foot.addWidget(self._buttons())
        column.addLayout(foot)
        self.notice.hide()
        self.resize(self._look.px(WIDTH_PX), HEIGHT_PX)

    def _heading(self, section: Section) -> DialogLabel:
        heading = DialogLabel(section.value, self._look, Voice.HEADING)
        heading.setContentsMargins(0, SECTION_GAP_PX - GAP_PX, 0, 4)
        return heading

    def _section(self, section: Section) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(SIDE_PX)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for setting in (setting for setting in SETTINGS if setting.section is section):
            row = grid.rowCount()
            control = self._control(setting)
            label = DialogLabel(setting.label, self._look)
            label.setContentsMargins(0, 6, 0, 0)
            label.setBuddy(control)
            control.setObjectName(setting.key)
            control.setAccessibleName(setting.label)
            control.setAccessibleDescription(setting.help)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignVCenter)
            if setting.help:
                help_label = DialogLabel(setting.help, self._look, Voice.NOTE)
                help_label.setContentsMargins(0, 0, 0, 8)
                grid.addWidget(help_label, row + 1, 0, 1, 2)
            self.controls[setting.key] = control
        return box

    def _control(self, setting: AnySetting) -> Control:
        if setting.choices is not None:
            return self._choice_control(setting, setting.choices())
        if setting.span is not None:
            return self._number_control(setting)
        check = QCheckBox()
        check.setMinimumSize(24, 24)
        check.toggled.connect(partial(self._settings.set, setting))
        return check

    def _number_control(self, setting: AnySetting) -> QSpinBox:
        number = QSpinBox()
        if setting.span is not None:
            number.setRange(setting.span.lowest, setting.span.highest)
            number.setSingleStep(setting.span.step)
            number.setSuffix(f" {setting.span.unit}" if setting.span.unit else "")
        number.setMinimumWidth(CONTROL_PX)
        # What is typed counts once it is whole: 1 of 150 is no text size.
        number.setKeyboardTracking(False)
        number.valueChanged.connect(partial(self._settings.set, setting))
        return number

    def _choice_control(self, setting: AnySetting, choices: tuple[Choice, ...]) -> QComboBox:
        combo = QComboBox()
        combo.setMinimumWidth(CONTROL_PX)
        for choice in choices:
            combo.addItem(choice.text, choice.value)
        if setting.is_searchable:
            _make_searchable(combo)
        combo.activated.connect(partial(self._choose, setting, combo))
        return combo

    def _choose(self, setting: AnySetting, combo: QComboBox, place: int) -> None:
        self._settings.set(setting, combo.itemData(place))

    def _show_value(self, key: str) -> None:
        control, value = self.controls[key], self._settings.values[key]
        blocked = control.blockSignals(True)
        if isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, QSpinBox):
            control.setValue(int(value))
        else:
            control.setCurrentIndex(control.findData(value))
        control.blockSignals(blocked)

    def _tell(self, problem: str) -> None:
        self.notice.setText(f"The change holds for now but could not be saved: {problem}.")
        self.notice.show()

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        add_button(buttons, "Reset all", self._settings.reset, name="reset")
        add_button(buttons, "Close", self.accept, name="close", is_default=True)
        return buttons


def _make_searchable(combo: QComboBox) -> None:
    """Let one type to find in a long list; what is no entry of it is taken back when the field is left."""
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer, field = QCompleter(combo.model(), combo), QLineEdit()
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    combo.setLineEdit(field)
    combo.setCompleter(completer)
    field.editingFinished.connect(lambda: combo.setEditText(combo.itemText(combo.currentIndex())))
