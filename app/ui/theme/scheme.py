"""Which table is in force: the system's wish, followed live, or the person's own choice."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from app.ui.theme.palette import make_palette
from app.ui.theme.sheet import make_sheet
from app.ui.theme.tokens import DARK, LIGHT, STRONG_DARK, STRONG_LIGHT, Tokens
from app.ui.theme.type import SCALE_PROPERTY, TypeSize, face, load_ui_face


class Scheme(Enum):
    """Light, dark, or as the system says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Dresses the application. Widgets need no reference to it: they read their own palette (`tokens_of`).

    Signals: `changed` after the palette was replaced, for what is cached (pictures, hit areas).
    """

    changed = Signal()

    def __init__(
        self, app: QApplication, resources: Path, choice: Scheme = Scheme.SYSTEM, text_scale: float = 1.0
    ) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._scale = text_scale
        self._strong = False
        QDir.setSearchPaths("icons", [str(resources / "icons")])
        QDir.setSearchPaths("fonts", [str(resources / "fonts")])
        load_ui_face()
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._dress()

    @property
    def tokens(self) -> Tokens:
        system = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = system if self._choice is Scheme.SYSTEM else self._choice is Scheme.DARK
        if self._strong:
            return STRONG_DARK if dark else STRONG_LIGHT
        return DARK if dark else LIGHT

    @property
    def strong(self) -> bool:
        """High contrast."""
        return self._strong

    @property
    def text_scale(self) -> float:
        return self._scale

    def suit(self, text_scale: float | None = None, strong: bool | None = None) -> None:
        """For eyes that need it, whatever the scheme; None leaves as it is."""
        wanted = (
            self._scale if text_scale is None else text_scale,
            self._strong if strong is None else strong,
        )
        if wanted != (self._scale, self._strong):
            self._scale, self._strong = wanted
            self._dress()

    def choose(self, choice: Scheme, text_scale: float | None = None) -> None:
        """`text_scale` from 1.0 to 2.0 multiplies every size of type; None leaves it as it is."""
        text_scale = self._scale if text_scale is None else text_scale
        if (choice, text_scale) != (self._choice, self._scale):
            self._choice, self._scale = choice, text_scale
            self._dress()

    def _follow(self) -> None:
        if self._choice is Scheme.SYSTEM:
            self._dress()

    def _dress(self) -> None:
        tokens = self.tokens
        self._app.setProperty(SCALE_PROPERTY, self._scale)
        self._app.setFont(face(TypeSize.BODY))
        self._app.setPalette(make_palette(tokens))
        self._app.setStyleSheet(make_sheet(tokens, self._scale))
        self.changed.emit()
