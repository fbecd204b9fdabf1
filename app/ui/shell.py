"""The frame of a window: navigation at the left, one page in front, words at the lower edge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QMainWindow, QWidget

from app.ui.frame import NAVIGATION_WIDTH
from app.ui.frame.memory import Memory

if TYPE_CHECKING:
    # Qt's classes are made when they are first named (`Qt` itself: 14 ms of enums); those that the first paint does
    # not need wait.
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent

    from app.ui.action import Place, Standing, Target
    from app.ui.frame.pages import PageSpec
    from app.ui.keyhole import Keyhole
    from app.ui.widgets.failure import Failure

LEAST: Final = QSize(960, 600)
OFFERED: Final = "Documents (*.pdf *.md *.markdown *.png *.jpg *.jpeg *.docx);;All files (*)"


class Shell(QMainWindow):
    """Knows pages by their specs and no rules. What it cannot do alone it asks for by signals.

    Signals: `painted` once, after the first picture stood on the screen; `files_given` with dropped or chosen
    paths; `wants` with the name of a thing only the program can do (quit, window, about, …); `closing`.
    """

    painted = Signal()
    files_given = Signal(tuple)
    wants = Signal(str)
    closing = Signal()

    def __init__(self, memory: Memory) -> None:
        """A window in the colours of last time, and nothing in it: what the first paint needs."""
        super().__init__()
        self.setWindowTitle("Paraph")
        self.setMinimumSize(LEAST)
        self.memory = memory
        self._specs: dict[str, PageSpec] = {}
        self._built: dict[str, QWidget] = {}
        self._front = ""
        self._painted = False
        memory.place_window(self)

    def build(self, keyhole: Keyhole, places: Sequence[tuple[str, str, str, bool]]) -> None:
        """The frame: actions, navigation (`places` are name, icon, words, low), room for pages, words and drops."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QStackedWidget

        from app.ui.action import Place
        from app.ui.action_set import ActionSet
        from app.ui.frame.drop_veil import DropVeil
        from app.ui.frame.rail import Rail
        from app.ui.widgets.look import row
        from app.ui.widgets.toast import ToastRack

        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keyhole = keyhole
        self.actions_ = ActionSet(self)
        for name, keys in self.memory.shortcuts().items():
            self._rebind(name, keys)
        self.memory.rebound.connect(self._rebind)
        self.rail = Rail()
        for name, icon, words, low in places:
            self.rail.add(name, icon, words, low)
        self.rail.add_menu(self.actions_.qaction("help.menu"))
        self.rail.chosen.connect(self.show_page)
        self._stack = QStackedWidget()
        frame = QWidget()
        frame.setLayout(row(self.rail, self._stack, gap=0))
        self.setCentralWidget(frame)
        self._toasts = ToastRack(self)
        self._veil = DropVeil(self)
        self.setAcceptDrops(True)
        self.actions_.answer(Place.WINDOW, self)
        self.rail.show_chosen(places[0][0])

    def _rebind(self, action: str, keys: str) -> None:
        from PySide6.QtGui import QKeySequence

        self.actions_.rebind(action, QKeySequence.listFromString(keys) if keys else [])

    # -- pages -----------------------------------------------------------------------------------------

    def furnish(self, specs: Sequence[PageSpec]) -> None:
        """Puts the pages in; until then the window is empty and its library not open."""
        for spec in specs:
            self._specs[spec.name] = spec
        self.actions_.refresh()

    def refuse(self, failure: Failure) -> None:
        """Instead of pages: why there are none."""
        from app.ui.theme import SPACE
        from app.ui.widgets.failure import FailurePanel
        from app.ui.widgets.look import column, row

        panel = QWidget()
        panel.setLayout(column(None, row(None, FailurePanel(failure), None), None, margin=SPACE.apart))
        self._stack.addWidget(panel)
        self._stack.setCurrentWidget(panel)

    @property
    def furnished(self) -> bool:
        return bool(self._specs)

    @property
    def front(self) -> str:
        """The name of the page in front, "" while there is none."""
        return self._front

    def show_page(self, name: str) -> QWidget | None:
        """None while the library is being opened."""
        from PySide6.QtCore import Qt

        self.rail.show_chosen(name if self._specs else self._front)
        if name not in self._specs:
            return None
        page = self.page(name)
        self._answer(self._specs.get(self._front), None)
        self._front = name
        self._stack.setCurrentWidget(page)
        self.rail.show_chosen(name)
        self._answer(self._specs[name], page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def page(self, name: str) -> QWidget:
        """The page itself, built on first use."""
        if name not in self._built:
            made = self._specs[name].build()
            self._built[name] = made
            self._stack.addWidget(made)
            if (changed := getattr(made, "standing_changed", None)) is not None:
                changed.connect(self.actions_.refresh)
        return self._built[name]

    def place_answers(self, place: Place, page: QWidget | None) -> None:
        """For pages inside pages: who answers for `place` now."""
        self.actions_.answer(place, cast("Target", page) if hasattr(page, "standing") else None)

    def _answer(self, spec: PageSpec | None, page: QWidget | None) -> None:
        if spec is not None and spec.place is not None:
            self.place_answers(spec.place, page)

    # -- what the table of actions calls ---------------------------------------------------------------

    def standing(self) -> Standing:
        from app.ui.action import Need, Standing

        missing = {} if self._specs else {Need.LIBRARY: ""}
        return Standing(missing, checked=frozenset({"view.full_screen"} if self.isFullScreen() else ()))

    def choose_files(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, "Open documents", "", OFFERED)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.give([Path(name) for name in names]))
        dialog.open()

    def open_window(self) -> None:
        self.wants.emit("window")

    def close_front(self) -> None:
        self.wants.emit("close_front")

    def quit_program(self) -> None:
        self.wants.emit("quit")

    def go_home(self) -> None:
        self.show_page("home")

    def go_prepare(self) -> None:
        self.show_page("prepare")

    def go_verify(self) -> None:
        self.show_page("verify")

    def go_seal(self) -> None:
        self.show_page("seal")

    def go_exchange(self) -> None:
        self.show_page("exchange")

    def go_preferences(self) -> None:
        self.show_page("preferences")

    def go_next(self) -> None:
        self.wants.emit("next")

    def go_previous(self) -> None:
        self.wants.emit("previous")

    def toggle_full_screen(self) -> None:
        from PySide6.QtCore import Qt

        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.actions_.refresh()

    def switch_scheme(self) -> None:
        self.wants.emit("scheme")

    def next_panel(self) -> None:
        """F6: the keyboard goes from the navigation to the page and its panels, and round."""
        from PySide6.QtCore import Qt

        panels = [self.rail, *getattr(self._stack.currentWidget(), "panels", list)()]
        focus = self.focusWidget()
        at = next((i for i, panel in enumerate(panels) if focus in (panel, *panel.findChildren(QWidget))), -1)
        target = panels[(at + 1) % len(panels)]
        (target if target.focusPolicy() & Qt.FocusPolicy.TabFocus else _first_focus(target)).setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )

    def open_palette(self) -> None:
        from app.ui.frame.command_palette import CommandPalette

        CommandPalette(self.actions_, self).show()

    def open_shortcuts(self) -> None:
        from app.ui.frame.shortcuts import ShortcutList

        listed = ShortcutList(self.actions_, self)
        listed.rebound.connect(self.memory.keep_shortcut)
        listed.open()

    def open_menu(self) -> None:
        from app.ui.frame.menus import program_menu

        button = self.rail.menu_button
        menu = program_menu(self.actions_, self.memory, lambda file: self.give([file]), self)
        menu.aboutToHide.connect(menu.deleteLater)
        corner = button.mapToGlobal(button.rect().bottomRight())
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    def open_log_folder(self) -> None:
        self.wants.emit("log")

    def open_about(self) -> None:
        self.wants.emit("about")

    # -- words -----------------------------------------------------------------------------------------

    def tell(self, text: str, button: str = "", then: Callable[[], object] | None = None) -> None:
        self._say(text, "good", button, then)

    def warn(self, text: str) -> None:
        self._say(text, "warn")

    def _say(self, text: str, tone: str, button: str = "", then: Callable[[], object] | None = None) -> None:
        from app.ui.widgets.toast import Word

        self._toasts.tell(Word(text, tone, button, then))

    def fail(self, error: Exception) -> None:
        """Shows what went wrong, in the words of the one table; what is no `ParaphError` is a bug."""
        from app.ui.frame.failing import present

        present(error, self, self._toasts)

    def unlock(self, error: Exception, again: Callable[[], object], given_up: Callable[[], None]) -> bool:
        """See `desk.Notices`."""
        from app.ui.frame.unlocking import UNLOCKS, PassphraseDialog

        if not isinstance(error, UNLOCKS):
            return False

        def typed(passphrase: str) -> None:
            self._keyhole.put(passphrase)
            again()

        PassphraseDialog(error, typed, given_up, self).open()
        return True

    # -- files -----------------------------------------------------------------------------------------

    def give(self, files: Sequence[Path]) -> None:
        """Files from a dialog, a drop, the list of recent ones or another start of the program."""
        for file in files:
            self.memory.opened(file)
        if files:
            self.files_given.emit(tuple(files))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from app.ui.frame.drop_veil import files_in, taken

        files = files_in(event.mimeData())
        if not event.mimeData().hasUrls():
            return
        event.acceptProposedAction()
        if taken(files):
            words: Callable[[], str] = getattr(self._stack.currentWidget(), "drop_words", _begin)
            self._veil.offer(words())
        else:
            self._veil.offer("PDF, Markdown and pictures can be dropped here; this is none of them", welcome=False)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        from app.ui.frame.drop_veil import files_in, taken

        self._veil.hide()
        files = taken(files_in(event.mimeData()))
        event.acceptProposedAction()
        if files:
            self.give(files)
        else:
            self.warn("PDF, Markdown and pictures can be dropped here; that was none of them.")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = self.memory.look()
        if self.centralWidget() is None and look is not None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(look[0]))
            painter.fillRect(0, 0, NAVIGATION_WIDTH, self.height(), QColor(look[1]))
            painter.end()
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.memory.keep_window(self)
        self.closing.emit()
        super().closeEvent(event)


def _begin() -> str:
    return "Drop to begin a new envelope"


def _first_focus(panel: QWidget) -> QWidget:
    from PySide6.QtCore import Qt

    inside = (child for child in panel.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return next((child for child in inside if child.isVisible() and child.isEnabled()), panel)
