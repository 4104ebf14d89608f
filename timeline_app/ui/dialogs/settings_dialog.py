"""The form of all settings, made from their table; each change holds at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from timeline_app.ui.cache_access import CacheAccess
from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.controls import ChoiceBox, NumberBox, TickBox
from timeline_app.ui.dialogs.dressing import (
    GAP_PX,
    SCREEN_SHARE,
    SIDE_PX,
    DialogLabel,
    Voice,
    add_button,
    add_close_button,
    dialog_column,
)
from timeline_app.ui.dialogs.kept_row import KeptRow, KeptThing, kept_cache, kept_mappings
from timeline_app.ui.look import Look
from timeline_app.ui.mapping_access import MappingAccess
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import SETTINGS, AnySetting, Choice, Section

WIDTH_PX = 520
FOOT_ROOM_PX = 72
CONTROL_PX = 208
SECTION_GAP_PX = 20

Control = TickBox | ChoiceBox | NumberBox


class SettingsDialog(QDialog):
    """Shows each setting with a control for it, under the heading of its section."""

    def __init__(
        self,
        settings: Settings,
        look: Look,
        parent: QWidget | None = None,
        *,
        cache: CacheAccess | None = None,
        mappings: MappingAccess | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._cache = cache
        self._mappings = mappings
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
        column = dialog_column(self, "Settings", self._look, WIDTH_PX)
        column.setContentsMargins(0, 0, 0, column.contentsMargins().bottom())
        content = QWidget()
        form = QVBoxLayout(content)
        form.setContentsMargins(SIDE_PX, 8, SIDE_PX, GAP_PX)
        form.setSpacing(0)
        for section in Section:
            form.addWidget(self._heading(section))
            form.addWidget(self._section(section))
            for kept in self._kept(section):
                form.addWidget(self._kept_row(kept))
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
        wanted = QSize(self._look.px(WIDTH_PX), content.sizeHint().height() + self._look.px(FOOT_ROOM_PX))
        self.resize(wanted.boundedTo(self.screen().availableSize() * SCREEN_SHARE))

    def _heading(self, section: Section) -> DialogLabel:
        heading = DialogLabel(section.value, self._look, Voice.HEADING)
        heading.setContentsMargins(0, SECTION_GAP_PX - GAP_PX, 0, 4)
        return heading

    def _section(self, section: Section) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(SIDE_PX)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(1, self._look.px(CONTROL_PX))
        for setting in (setting for setting in SETTINGS if setting.section is section):
            row = grid.rowCount()
            control = self._control(setting)
            label = DialogLabel(setting.label, self._look)
            label.setContentsMargins(0, 4, 0, 4)
            label.setBuddy(control)
            control.setObjectName(setting.key)
            control.setAccessibleName(setting.label)
            control.setAccessibleDescription(setting.help)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(control, row, 1)
            if setting.help:
                help_label = DialogLabel(setting.help, self._look, Voice.NOTE)
                help_label.setContentsMargins(0, 0, 0, 8)
                grid.addWidget(help_label, row + 1, 0, 1, 2)
            self.controls[setting.key] = control
        return box

    def _kept(self, section: Section) -> Iterator[KeptThing]:
        """Give what is kept on the disk that belongs to a section."""
        if section is Section.FILES and self._cache is not None:
            yield kept_cache(self._cache)
        if section is Section.FILES and self._mappings is not None:
            yield kept_mappings(self._mappings)

    def _kept_row(self, kept: KeptThing) -> KeptRow:
        row = KeptRow(kept, self._look)
        row.failed.connect(self._show_notice)
        return row

    def _control(self, setting: AnySetting) -> Control:
        if setting.choices is not None:
            return self._choice_control(setting, setting.choices())
        if setting.span is not None:
            return self._number_control(setting)
        check = TickBox(self._look)
        check.toggled.connect(partial(self._settings.set, setting))
        return check

    def _number_control(self, setting: AnySetting) -> NumberBox:
        number = NumberBox(self._look)
        if setting.span is not None:
            number.setRange(setting.span.lowest, setting.span.highest)
            number.setSingleStep(setting.span.step)
            number.setSuffix(f" {setting.span.unit}" if setting.span.unit else "")
            number.setSpecialValueText(setting.span.lowest_word)
        number.valueChanged.connect(partial(self._settings.set, setting))
        return number

    def _choice_control(self, setting: AnySetting, choices: tuple[Choice, ...]) -> ChoiceBox:
        combo = ChoiceBox(self._look, is_searchable=setting.is_searchable)
        for choice in choices:
            combo.addItem(choice.text, choice.value)
        combo.activated.connect(partial(self._choose, setting, combo))
        return combo

    def _choose(self, setting: AnySetting, combo: ChoiceBox, place: int) -> None:
        self._settings.set(setting, combo.itemData(place))

    def _show_value(self, key: str) -> None:
        control, value = self.controls[key], self._settings.values[key]
        blocked = control.blockSignals(True)
        if isinstance(control, TickBox):
            control.setChecked(bool(value))
        elif isinstance(control, NumberBox):
            control.setValue(int(value))
        else:
            control.setCurrentIndex(control.findData(value))
        control.blockSignals(blocked)

    def _tell(self, problem: str) -> None:
        self._show_notice(f"The change holds for now but could not be saved: {problem}.")

    def _show_notice(self, words: str) -> None:
        self.notice.setText(words)
        self.notice.show()

    def _buttons(self) -> QDialogButtonBox:
        buttons = ButtonBox()
        add_button(buttons, "Reset all", self._settings.reset, name="reset", role=QDialogButtonBox.ButtonRole.ResetRole)
        add_close_button(buttons, self)
        return buttons
