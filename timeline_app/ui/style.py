"""Palette and style sheet of the whole application for the present look."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from timeline_app.core.palette import Theme
from timeline_app.ui.look import Look


def apply_style(app: QApplication, look: Look) -> None:
    """Give the application the fonts and colours of a look."""
    app.setStyle("Fusion")
    app.setPalette(_palette(look.theme))
    app.setFont(look.body())
    app.setStyleSheet(style_sheet(look))


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, theme.panel),
        (roles.WindowText, theme.ink),
        (roles.Base, theme.field),
        (roles.AlternateBase, theme.panel),
        (roles.Text, theme.ink),
        (roles.PlaceholderText, theme.muted),
        (roles.Button, theme.field),
        (roles.ButtonText, theme.ink),
        (roles.ToolTipBase, theme.field),
        (roles.ToolTipText, theme.ink),
        (roles.Highlight, theme.accent_tint),
        (roles.HighlightedText, theme.ink),
        (roles.Link, theme.link),
        (roles.Accent, theme.accent),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return palette


def style_sheet(look: Look) -> str:
    """Return the style sheet: thin rules, flat fields, a visible ring on whatever has the focus."""
    theme = look.theme
    return f"""
    QMainWindow, QDialog {{ background: {theme.panel}; }}
    QMainWindow::separator {{ background: {theme.rule}; width: 1px; height: 1px; }}
    QSplitter::handle {{ background: {theme.rule}; }}
    QSplitter::handle:horizontal {{ width: 1px; }}
    QSplitter::handle:vertical {{ height: 1px; }}
    QMenuBar {{ background: {theme.panel}; border-bottom: 1px solid {theme.rule}; }}
    QMenuBar::item {{ padding: 5px 10px; background: transparent; }}
    QMenuBar::item:selected, QMenu::item:selected {{ background: {theme.accent_tint}; color: {theme.ink}; }}
    QMenu {{ background: {theme.panel}; border: 1px solid {theme.rule}; padding: 4px; }}
    QMenu::item {{ padding: 5px 28px 5px 20px; }}
    QMenu::item:disabled {{ color: {theme.muted}; }}
    QMenu::separator {{ height: 1px; background: {theme.rule}; margin: 4px 8px; }}
    QLineEdit, QComboBox, QSpinBox, QPlainTextEdit {{
        background: {theme.field}; border: 1px solid {theme.rule}; border-radius: 5px; padding: 4px 8px;
        selection-background-color: {theme.accent_tint}; selection-color: {theme.ink};
    }}
    QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QPlainTextEdit:focus {{
        border: 2px solid {theme.accent}; padding: 3px 7px;
    }}
    QComboBox QLineEdit, QSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
    QComboBox QAbstractItemView {{ border: 1px solid {theme.rule}; background: {theme.panel}; }}
    QPushButton {{
        background: {theme.field}; border: 1px solid {theme.rule}; border-radius: 5px; padding: 5px 14px;
    }}
    QPushButton:hover {{ border-color: {theme.muted}; }}
    QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 4px 13px; }}
    QPushButton:default {{ color: {theme.accent}; border-color: {theme.accent}; }}
    QPushButton:disabled {{ color: {theme.muted}; border-color: {theme.rule}; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 5px; padding: 3px 6px; background: transparent; }}
    QToolButton:hover {{ background: {theme.accent_tint}; }}
    QToolButton:focus {{ border: 2px solid {theme.accent}; padding: 2px 5px; }}
    QTabBar {{ background: {theme.panel}; outline: none; }}
    QTabBar::tab {{ padding: 5px 14px; color: {theme.muted}; border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {theme.ink}; border-bottom: 2px solid {theme.accent}; }}
    QTabBar::tab:selected:focus {{ border: 2px solid {theme.accent}; padding: 3px 12px 5px 12px; }}
    QTabWidget::pane {{ border: none; }}
    QTableView, QTreeView, QListView {{
        background: {theme.panel}; border: none; gridline-color: {theme.grid}; outline: none;
        selection-background-color: {theme.accent_tint}; selection-color: {theme.ink};
    }}
    QTableView {{ border: 2px solid {theme.panel}; }}
    QTableView:focus, QTreeView:focus, QListView:focus {{ border: 2px solid {theme.accent}; }}
    QTableView::item {{ padding: 0 5px; }}
    QHeaderView::section {{
        background: {theme.panel}; color: {theme.muted}; border: none; border-bottom: 1px solid {theme.rule};
        padding: 5px 8px; font-weight: bold; font-size: {look.small().pixelSize()}px;
    }}
    QScrollArea {{ border: none; background: {theme.panel}; }}
    #excerpt_scroll {{ border: 2px solid {theme.panel}; }}
    #excerpt_scroll:focus {{ border-color: {theme.accent}; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {theme.bar}; border-radius: 3px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 28px; }}
    QScrollBar::handle:horizontal {{ min-width: 28px; }}
    QScrollBar::handle:hover {{ background: {theme.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QToolTip {{ background: {theme.field}; color: {theme.ink}; border: 1px solid {theme.rule}; padding: 6px; }}
    QStatusBar {{ background: {theme.panel}; border-top: 1px solid {theme.rule}; }}
    QStatusBar::item {{ border: none; }}
    """
