"""Puts the pages into a window once the library is open, and shows the way between them.

Imported after the first paint: with it come Home and the services. The other pages are read when they are first
shown; `warm_up` reads them beforehand, off the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from app.domain.changes import EVERY, Changes
from app.domain.envelope import Envelope
from app.domain.errors import PasswordNeeded, PasswordWrong
from app.services.house import House
from app.tasks import Report, Runner
from app.ui.action import Place
from app.ui.desk import Desk
from app.ui.frame.pages import OpenEnvelopes, PageSpec
from app.ui.home.page import HomePage
from app.ui.models.library import LibraryEnvelopes
from app.ui.models.preview import LibraryGlances
from app.ui.shell import Shell
from app.ui.theme import Scheme, Theme, reduce_motion
from app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from app.services.scratch import Scratch
    from app.ui.exchange.page import ExchangePage
    from app.ui.room.locked_window import LockedWindow
    from app.ui.verify.page import VerifyPage


def warm_up(_: Report) -> None:
    """So that no first click waits for an import (measured: 60 to 200 ms each)."""
    import app.ui.exchange.page
    import app.ui.home.deeds
    import app.ui.preferences.page
    import app.ui.prepare.page
    import app.ui.room.window
    import app.ui.seal.page
    import app.ui.verify.page  # noqa: F401


class Furnishing(QObject):
    """One window's pages and the ways between them (`desk.Ways`).

    Signals: `left_room` once a signing room or a kiosk that was opened here is closed.
    """

    left_room = Signal()

    def __init__(self, house: House, shell: Shell, runner: Runner, theme: Theme, changed: SignalInstance) -> None:
        """`changed` is heard by all windows: what is published here is emitted there."""
        super().__init__(shell)
        self._house = house
        self._shell = shell
        self._theme = theme
        self._room: LockedWindow | None = None
        self._resuming = False
        self._desk = Desk(house, runner, shell, self, changed.emit, self)
        changed.connect(self._desk.changed)
        changed.connect(self._hear)
        changed.connect(self._count_waiting)
        shell.furnish(
            (
                PageSpec("home", "Home", "house", Place.HOME, self._home),
                PageSpec("prepare", "Prepare", "file-pen-line", None, self._prepare),
                PageSpec("verify", "Verify", "shield-check", Place.VERIFY, self._verify),
                PageSpec("seal", "Seal", "stamp", None, self._seal),
                PageSpec("exchange", "Exchange", "send", None, self._exchange),
                PageSpec("preferences", "Preferences", "settings", None, self._preferences, low=True),
            )
        )
        shell.show_page("home")
        self._count_waiting(Changes.of("account", EVERY))

    @property
    def in_room(self) -> bool:
        """Somebody who is not the host has this machine in their hands."""
        return self._resuming or self._room is not None

    # -- ways ------------------------------------------------------------------------------------------

    def home(self, envelope: str | None = None) -> None:
        page = self._shell.show_page("home")
        if envelope and isinstance(page, HomePage):
            page.show_envelope(envelope)

    def prepare(self, envelope: str) -> None:
        open_envelopes = self._shell.show_page("prepare")
        if isinstance(open_envelopes, OpenEnvelopes):
            open_envelopes.show_envelope(envelope, "Opening…", lambda: self._preparing(envelope))

    def room(self, envelope: str, role: str | None = None) -> None:
        """The keys are unlocked first: nobody is asked for the host's passphrase inside the room. Where several may
        act and none is named, the host says who."""
        from app.services import device, ending, reading

        def ready(_: Report) -> Envelope:
            device.seal(self._house)
            ending.countersign_late(self._house)
            return reading.envelope(self._house, envelope)

        def enter(found: Envelope) -> None:
            if role is None:
                self._ask_who(found)
            else:
                self._enter(envelope, role)

        self._desk.run(ready, enter, owner=self)

    def _ask_who(self, envelope: Envelope) -> None:
        from app.ui.home.turn import TurnDialog, able

        people = able(envelope)
        if not people:
            self._shell.warn("Nobody can act on this envelope now.")
        elif len(people) == 1:
            self._enter(envelope.id, people[0].role)
        else:
            dialog = TurnDialog(envelope, self._shell)
            dialog.chosen.connect(lambda role: self._enter(envelope.id, role))
            dialog.open()

    def _enter(self, envelope: str, role: str) -> None:
        from app.ui.room.window import RoomWindow

        self._room = room = RoomWindow(self._house, self._desk.runner, envelope, role)
        room.changed.connect(self._desk.publish)
        room.closed.connect(lambda _: self._left(envelope))
        room.enter()

    def rehearse(self, envelope: str, role: str, ended: Callable[[], None]) -> None:
        from app.services import rehearsing

        self._desk.run(
            lambda _: rehearsing.begin(self._house, envelope, role), lambda play: self._play(play, ended), owner=self
        )

    def _play(self, play: Scratch, ended: Callable[[], None]) -> None:
        from app.ui.room.rehearsal import RehearsalRoom

        self._room = RehearsalRoom(self._house, self._desk.runner, play)
        self._room.closed.connect(lambda _: self._played(ended))
        self._room.enter()

    def _played(self, ended: Callable[[], None]) -> None:
        self._room = None
        ended()
        self.left_room.emit()

    def kiosk(self, envelope: str) -> None:
        from app.services import kiosk

        self._desk.run(lambda _: kiosk.start(self._house, envelope), lambda _: self._run_kiosk(), owner=self)

    def go_on_with_kiosk(self) -> None:
        """If the program was cut off while one was run: the host's desk is not for whoever stands at the counter. Where
        it cannot go on, as without the passphrase, the program ends."""
        from app.services import kiosk

        if kiosk.pattern_id(self._house):
            self._resuming = True
            self._shell.hide()
            self._desk.run(
                lambda _: kiosk.resume(self._house),
                lambda _: self._run_kiosk(),
                failed=lambda _: self._end(),
                owner=self,
            )

    def _end(self) -> None:
        """Qt counts only windows that are seen among those whose closing ends a program."""
        self._shell.takeCentralWidget()
        self._shell.show()
        self._shell.wants.emit("quit")

    def _run_kiosk(self) -> None:
        from app.ui.models.room_kiosk import HouseKiosk
        from app.ui.room.kiosk import KioskRoom

        self._resuming = False
        self._room = room = KioskRoom(HouseKiosk(self._house), self._desk.runner)
        room.changed.connect(self._desk.publish)
        room.closed.connect(lambda _: self._kiosk_ended())
        room.enter()

    def _kiosk_ended(self) -> None:
        self._room = None
        self._shell.show()
        self.home()
        self.left_room.emit()

    def _left(self, envelope: str) -> None:
        self._room = None
        self._desk.publish(Changes.of("envelope", envelope))
        self.home(envelope)
        self.left_room.emit()

    def verify(self, files: Sequence[Path], titles: Sequence[str] = ()) -> None:
        page = self._shell.show_page("verify")
        if page is not None:
            cast("VerifyPage", page).verify(files, titles)

    def exchange(self, tab: str = "") -> None:
        page = self._shell.show_page("exchange")
        if tab and page is not None:
            cast("ExchangePage", page).open_tab(tab)

    def preferences(self) -> None:
        self._shell.show_page("preferences")

    def begin(self, files: Sequence[Path]) -> None:
        """What the page in front makes of files; a new envelope where it makes nothing of them."""
        front = self._front()
        take_files = getattr(front, "take_files", None)
        if take_files is not None and take_files(tuple(files)):
            return
        self._draft_of(tuple(files), {})

    def _draft_of(self, files: tuple[Path, ...], passwords: dict[str, str]) -> None:
        from app.services import drafting

        self._desk.run(
            lambda _: drafting.from_files(self._house, files, passwords=passwords),
            lambda changes: self.prepare(changes.one("envelope")),
            failed=lambda error: self._not_taken(error, files, passwords),
            owner=self,
        )

    def _not_taken(self, error: Exception, files: tuple[Path, ...], passwords: dict[str, str]) -> None:
        """A document that is locked asks for its password, and then everything is taken in together."""
        if not isinstance(error, PasswordNeeded | PasswordWrong):
            self._shell.fail(error)
            return
        from app.ui.prepare.password_dialog import PasswordDialog

        locked = Path(error.path)
        dialog = PasswordDialog(locked, error, self._shell)
        dialog.given.connect(lambda given: self._draft_of(files, {**passwords, str(locked): given}))
        dialog.open()

    # -- pages -----------------------------------------------------------------------------------------

    def _home(self) -> QWidget:
        page = HomePage(
            self._desk,
            LibraryEnvelopes(self._house),
            LibraryGlances(self._house),
            self._shell.actions_,
            self._shell.memory,
        )
        page.inbox_changed.connect(lambda waiting: self._shell.rail.count("home", waiting))
        return page

    def _prepare(self) -> QWidget:
        choose = self._shell.actions_.button("file.new", "primary", "Choose files…")
        empty = EmptyState(
            "file-pen-line",
            "No envelope is open",
            "Drop a PDF here, choose files, or open a draft from Home.",
            [choose, self._shell.actions_.button("go.home", text="Go to Home")],
        )
        place = OpenEnvelopes(empty)
        place.front_changed.connect(self._answer_prepare)
        return place

    def _preparing(self, envelope: str) -> QWidget:
        from app.ui.prepare.page import PreparePage

        page = PreparePage(self._desk, self._shell.actions_, envelope)
        page.standing_changed.connect(self._shell.actions_.refresh)
        page.title_changed.connect(lambda title: self._rename(envelope, title))
        page.opened.connect(lambda: self._rename(envelope, page.page_title()))
        return page

    def _rename(self, envelope: str, title: str) -> None:
        place = self._shell.page("prepare")
        if isinstance(place, OpenEnvelopes):
            place.rename(envelope, title or "Untitled")

    def _answer_prepare(self) -> None:
        place = self._shell.page("prepare")
        if isinstance(place, OpenEnvelopes):
            self._shell.place_answers(Place.PREPARE, place.front())
            self._shell.rail.count("prepare", place.count())

    def _verify(self) -> QWidget:
        from app.ui.models.verdicts import HouseJudge
        from app.ui.verify.page import VerifyPage

        return VerifyPage(self._desk, HouseJudge(self._house), self._shell.actions_, self._shell.memory)

    def _seal(self) -> QWidget:
        from app.ui.seal.page import SealPage

        return SealPage(self._desk)

    def _exchange(self) -> QWidget:
        from app.ui.exchange.page import ExchangePage

        return ExchangePage(self._desk)

    def _preferences(self) -> QWidget:
        from app.ui.preferences.page import PreferencesPage

        return PreferencesPage(self._desk)

    def _front(self) -> QWidget | None:
        if not self._shell.front:
            return None
        page = self._shell.page(self._shell.front)
        return page.front() if isinstance(page, OpenEnvelopes) else page

    # -- news ------------------------------------------------------------------------------------------

    def _count_waiting(self, changes: Changes) -> None:
        """What needs a person stands on the rail, whichever page is in front."""
        if not changes.touches("envelope") and not changes.touches("account"):
            return

        def count(_: Report) -> int:
            from app.services import reading

            return reading.needing(self._house)

        self._desk.run(count, lambda waiting: self._shell.rail.count("exchange", waiting), owner=self)

    def _hear(self, changes: Changes) -> None:
        """A change of settings from any window."""
        if changes.touches("setting", "theme") or changes.touches("setting", "text_percent"):
            chosen = self._house.settings
            self._theme.choose(Scheme(chosen.theme), chosen.text_percent / 100)
        if changes.touches("setting", "reduced_motion"):
            reduce_motion(self._house.settings.reduced_motion)
