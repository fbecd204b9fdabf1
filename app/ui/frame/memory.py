"""What a window remembers between days: its place on the screen, its panels, the files opened lately."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QObject, QSettings, QSize, Signal
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QSplitter

MOST_RECENT: Final = 12


class Memory(QObject):
    """Kept in `window.ini` in the library's folder, apart from the settings: nothing here is a choice.

    Signals: `recent_changed`; `rebound(action, keys)` for all windows.
    """

    recent_changed = Signal()
    rebound = Signal(str, str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mark = folder / "window.open"
        self._kept = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat, self)

    def recent(self) -> tuple[Path, ...]:
        """Newest first; a file that is gone stays listed, so that a person sees that it is gone."""
        found = self._kept.value("recent", [])
        names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        return tuple(Path(name) for name in names if name)

    def opened(self, file: Path) -> None:
        rest = [kept for kept in self.recent() if kept != file]
        self._keep_recent([file, *rest][:MOST_RECENT])

    def forget_recent(self) -> None:
        self._keep_recent([])

    def keep_window(self, window: QMainWindow) -> None:
        self._kept.setValue("geometry", window.saveGeometry())

    def place_window(self, window: QMainWindow) -> None:
        """Where it was; rescued to the screen when that screen is no longer there. Never higher than the screen: one
        of 1920 × 1080 at 200 % has 540 logical pixels of height."""
        window.setMinimumHeight(min(window.minimumHeight(), _room().height()))
        kept = self._kept.value("geometry")
        if not isinstance(kept, QByteArray) or not window.restoreGeometry(kept):
            window.resize(_comfortable())
        visible = any(screen.availableGeometry().intersects(window.geometry()) for screen in QGuiApplication.screens())
        if not visible:
            window.move(QGuiApplication.primaryScreen().availableGeometry().topLeft())

    def keep_look(self, window: str, rail: str) -> None:
        """The colours (`#rrggbb`) of the ground and of the navigation, for the next first paint."""
        if self.look() != (window, rail):
            self._kept.setValue("look", [window, rail])

    def look(self) -> tuple[str, str] | None:
        """None before the first start has ended."""
        found = self._kept.value("look")
        return (str(found[0]), str(found[1])) if isinstance(found, list) and len(found) == 2 else None

    def claimed(self) -> bool:
        """A program runs at this library, or has died at it."""
        return self._mark.exists()

    def claim(self) -> None:
        self._mark.touch()

    def disclaim(self) -> None:
        self._mark.unlink(missing_ok=True)

    def shortcuts(self) -> dict[str, str]:
        """The keys a person has changed, by action; several are parted by `; `."""
        found = self._kept.value("shortcuts", {})
        return {str(name): str(keys) for name, keys in found.items()} if isinstance(found, dict) else {}

    def keep_shortcut(self, action: str, keys: str) -> None:
        """Nothing brings back those of the table."""
        others = {name: kept for name, kept in self.shortcuts().items() if name != action}
        self._kept.setValue("shortcuts", {**others, action: keys} if keys else others)
        self.rebound.emit(action, keys)

    def keep_splitter(self, name: str, splitter: QSplitter) -> None:
        self._kept.setValue(f"panels/{name}", splitter.saveState())

    def place_splitter(self, name: str, splitter: QSplitter) -> None:
        kept = self._kept.value(f"panels/{name}")
        if isinstance(kept, QByteArray):
            splitter.restoreState(kept)

    def _keep_recent(self, files: list[Path]) -> None:
        self._kept.setValue("recent", [str(file) for file in files])
        self.recent_changed.emit()


def _comfortable() -> QSize:
    """The first window of all: large, not the whole screen."""
    return QSize(1280, 832).boundedTo(_room())


def _room() -> QSize:
    """Of the screen, with some air and the window's frame taken off."""
    return QGuiApplication.primaryScreen().availableSize() - QSize(40, 60)
