"""The small style sheet: what Fusion and a palette cannot say.

Widgets ask for a look by dynamic property, never by colour:
`type` = small, body, large, title, display · `strong` = true · `ink` = muted, accent, good, warn, bad ·
`ground` = window, rail, desk, surface, raised, card, good, warn, bad, accent · `kind` (buttons) = primary,
  quiet, danger, link.
"""

from __future__ import annotations

from typing import Final

from app.ui.theme.spacing import CORNER, CORNER_SMALL, SPACE
from app.ui.theme.tokens import Tokens
from app.ui.theme.type import TypeSize

INKS: Final = ("muted", "accent", "good", "warn", "bad")
GROUNDS: Final = ("window", "rail", "desk", "surface", "raised")
STATES: Final = ("accent", "good", "warn", "bad")


def make_sheet(t: Tokens, scale: float = 1.0) -> str:
    return "\n".join((_type(scale), _grounds(t), _buttons(t), _inputs(t), _ticks(t), _lists(t), _bars(t), _menus(t)))


def _type(scale: float) -> str:
    sizes = [f'*[type="{size.name.lower()}"] {{ font-size: {round(size * scale)}px; }}' for size in TypeSize]
    return "\n".join((*sizes, '*[strong="true"] { font-weight: 600; }'))


def _grounds(t: Tokens) -> str:
    rules = [f'*[ink="{name}"] {{ color: {getattr(t, name)}; }}' for name in INKS]
    rules += [f'*[ground="{name}"] {{ background: {getattr(t, name)}; }}' for name in GROUNDS]
    rules += [
        f'*[ground="{name}"] {{ background: {getattr(t, name + "_soft")}; border-radius: {CORNER}px; }}'
        for name in STATES
    ]
    rules.append(
        f'*[ground="card"] {{ background: {t.surface}; border: 1px solid {t.hairline}; border-radius: {CORNER}px; }}'
    )
    rules.append(f'QFrame[rule="true"] {{ background: {t.hairline}; border: none; }}')
    return "\n".join(rules)


def _buttons(t: Tokens) -> str:
    pad = f"padding: 6px {SPACE.snug}px; border-radius: {CORNER_SMALL}px;"
    return f"""
QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.hairline}; {pad} }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {t.pressed}; }}
QPushButton:focus {{ border: 1px solid {t.focus}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QPushButton:disabled {{ color: {t.disabled}; background: transparent; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
  font-weight: 600; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {t.accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.focus}; padding: 5px 11px; }}
QPushButton[kind="primary"]:disabled {{ background: {t.pressed}; color: {t.disabled};
  border-color: {t.pressed}; }}
QPushButton[kind="danger"] {{ color: {t.bad}; }}
QPushButton[kind="danger"]:disabled {{ color: {t.disabled}; }}
QPushButton[kind="quiet"], QToolButton {{ background: transparent; border: 1px solid transparent; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {t.accent};
  padding: 2px 4px; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:disabled {{ color: {t.disabled}; }}
QToolButton {{ color: {t.text}; padding: 5px; border-radius: {CORNER_SMALL}px; }}
QPushButton[kind="quiet"]:hover, QToolButton:hover {{ background: {t.hover}; }}
QPushButton[kind="quiet"]:pressed, QToolButton:pressed, QToolButton:checked {{ background: {t.pressed}; }}
QPushButton[kind="quiet"]:focus, QPushButton[kind="link"]:focus,
  QToolButton:focus {{ border: 1px solid {t.focus}; }}
QToolButton:disabled {{ color: {t.disabled}; background: transparent; }}
QToolButton::menu-indicator {{ image: none; }}
"""


def _inputs(t: Tokens) -> str:
    edits = "QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit, QPlainTextEdit, QTextEdit"
    focused = ", ".join(f"{name}:focus" for name in edits.split(", "))
    return f"""
{edits} {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge};
  border-radius: {CORNER_SMALL}px; padding: 5px 8px; selection-background-color: {t.accent};
  selection-color: {t.on_accent}; }}
{focused} {{ border: 1px solid {t.focus}; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ color: {t.disabled};
  border-color: {t.hairline}; }}
QAbstractSpinBox QLineEdit {{ border: none; margin-left: 7px; padding: 0; background: transparent; }}
QLineEdit[wrong="true"] {{ border: 1px solid {t.bad}; }}
QLineEdit[search="true"] {{ background: {t.surface}; border: 1px solid {t.hairline}; }}
QLineEdit[search="true"]:focus {{ border: 1px solid {t.focus}; }}
QLineEdit[plain="true"] {{ background: transparent; border: 1px solid transparent; }}
QLineEdit[plain="true"]:hover {{ border: 1px solid {t.hairline}; }}
QLineEdit[plain="true"]:focus {{ background: {t.surface}; border: 1px solid {t.focus}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url(icons:derived/chevron-down-grey.svg);
  width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.hairline};
  selection-background-color: {t.selected}; selection-color: {t.text}; outline: none; padding: 4px; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
  border: none; width: 18px; background: transparent; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ image: url(icons:derived/chevron-up-grey.svg); width: 12px;
  height: 12px; }}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ image: url(icons:derived/chevron-down-grey.svg);
  width: 12px; height: 12px; }}
"""


def _ticks(t: Tokens) -> str:
    side = "dark" if t.is_dark else "light"
    return f"""
QCheckBox, QRadioButton {{ spacing: {SPACE.inside}px; padding: 2px; border: 1px solid transparent; }}
QCheckBox:focus, QRadioButton:focus {{ border: 1px solid {t.focus}; border-radius: 4px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.disabled}; }}
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator {{ width: 16px; height: 16px;
  background: {t.surface}; border: 1px solid {t.edge}; }}
QCheckBox::indicator, QListView::indicator {{ border-radius: 4px; }}
QListView::indicator {{ width: 12px; height: 12px; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {t.focus}; }}
QCheckBox::indicator:checked, QListView::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
  image: url(icons:derived/check-on-{side}.svg); }}
QCheckBox::indicator:indeterminate {{ background: {t.accent}; border-color: {t.accent};
  image: url(icons:derived/minus-on-{side}.svg); }}
QRadioButton::indicator:checked {{ border: 5px solid {t.accent}; width: 8px; height: 8px;
  background: {t.on_accent}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled, QListView::indicator:disabled {{
  border-color: {t.hairline}; background: {t.window}; }}
"""


def _lists(t: Tokens) -> str:
    return f"""
QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: none; outline: none;
  selection-background-color: {t.selected}; selection-color: {t.text}; }}
QAbstractItemView::item:hover {{ background: {t.hover}; }}
QAbstractItemView::item:selected {{ background: {t.selected}; color: {t.text}; }}
QHeaderView::section {{ background: {t.window}; color: {t.muted}; border: none;
  border-bottom: 1px solid {t.hairline};
  padding: 6px 8px; }}
QTableView::item {{ padding: 2px 5px; }}
QTabBar::tab {{ background: transparent; color: {t.muted}; padding: 8px 12px; border: none;
  border-bottom: 2px solid transparent; }}
QTabBar::tab:hover {{ color: {t.text}; }}
QTabBar::tab:selected {{ color: {t.text}; border-bottom: 2px solid {t.accent}; }}
QTabBar::tab:focus {{ color: {t.accent}; }}
QTabBar::close-button {{ image: url(icons:derived/x-grey.svg); padding: 2px; border-radius: 4px; }}
QTabBar::close-button:hover {{ background: {t.hover}; }}
QTabWidget::pane {{ border: none; }}
QSplitter::handle {{ background: {t.hairline}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QScrollArea {{ border: none; background: transparent; }}
"""


def _bars(t: Tokens) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {t.thumb}; border-radius: 3px; margin: 3px; min-height: 32px;
  min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.edge}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.pressed}; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
QCalendarWidget #qt_calendar_navigationbar {{ background: {t.surface}; }}
QCalendarWidget QToolButton {{ font-weight: 600; }}
QSlider::groove:horizontal {{ background: {t.pressed}; height: 4px; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {t.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {t.accent}; width: 16px; height: 16px; margin: -6px 0;
  border-radius: 8px; }}
"""


def _menus(t: Tokens) -> str:
    return f"""
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.hairline}; padding: 5px 8px; }}
QMenu {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.hairline}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 10px; border-radius: 4px; margin: 1px; }}
QMenu::item:selected {{ background: {t.selected}; }}
QMenu::item:disabled {{ color: {t.disabled}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {t.hairline}; margin: 4px 8px; }}
QMenuBar {{ background: {t.window}; color: {t.text}; }}
QMenuBar::item {{ padding: 4px 8px; background: transparent; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {t.hover}; }}
QDialog, QMainWindow {{ background: {t.window}; }}
"""
