"""A counter without a host: name, read, sign, thanks, and anew for the next person; only the host's PIN ends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer, Signal

from app.domain.ceremony import IdEvidence
from app.domain.changes import Changes
from app.domain.kiosk import SELF_NAMED
from app.services.kiosk import Pattern
from app.tasks import Runner
from app.ui.canvas.painter import forget_painted
from app.ui.models.room import RoomModel, Screen
from app.ui.models.room_desk import Identified, RoomDesk
from app.ui.models.room_gate import GateModel, Tried
from app.ui.models.room_kiosk import Kiosk
from app.ui.models.room_speech import say, speak
from app.ui.room.curtain import CurtainCard
from app.ui.room.gate import GateSheet
from app.ui.room.kiosk_start import KioskStart
from app.ui.room.locked_window import LockedWindow
from app.ui.room.parts import Card, button
from app.ui.room.sitting import Sitting
from app.ui.room.tools import direction
from app.ui.widgets.announce import announce
from app.ui.widgets.look import label, row

ENDED: Final = (Screen.THANKS, Screen.DECLINED, Screen.APART)
WARNED_S: Final = 20
STAY_UNLOCKED_MS: Final = 4 * 60_000
"""Shorter than the time after which a vault in a file locks itself."""


class KioskSitting(Sitting):
    """One person's: there is no host to hand over, and leaving leads to the first page."""

    def __init__(self, model: RoomModel, runner: Runner, gate: GateModel) -> None:
        super().__init__(model, runner, gate)
        # The machine slept: whoever stands here now begins anew.
        model.interrupted.connect(lambda: self.left.emit("later"))

    def ask_host(self, outcome: str, why: str = "", *, fixed: bool = False) -> None:
        self.left.emit(outcome)

    def _show(self, screen: Screen) -> None:
        if screen is Screen.HANDOVER:
            self.model.told = Identified(SELF_NAMED, IdEvidence.OTHER)
            if not self.model.recipient.auth:
                self.model.identify(self.model.told, {}, self._fail)
                return
        super()._show(screen)


class IdleCard(Card):
    """Signals: `stayed`; `ran_out` when nobody said so in time."""

    stayed = Signal()
    ran_out = Signal()

    def __init__(self) -> None:
        super().__init__(460)
        self.setLayoutDirection(direction())
        self._left_s = WARNED_S
        self._told = label("", "large", wrap=True)
        go = button(say("I am still here"), self.stayed.emit, "primary")
        self.box.addWidget(label(say("Are you still there?"), "title", strong=True))
        self.box.addWidget(self._told)
        self.box.addLayout(row(None, go))
        self.setFocusProxy(go)
        self._ticking = QTimer(self)
        self._ticking.setInterval(1000)
        self._ticking.timeout.connect(self.tick)
        self._ticking.start()
        self._tell()

    def call(self) -> None:
        """Once, for who does not look: the seconds that follow are not read out."""
        announce(self, f"{say('Are you still there?')} {self._told.text()}", urgent=True)

    def tick(self) -> None:
        """A second has passed."""
        self._left_s -= 1
        self._tell()
        if self._left_s <= 0:
            self._ticking.stop()
            self.ran_out.emit()

    def _tell(self) -> None:
        self._told.setText(
            say(
                "In {seconds} s everything is cleared for the next person. What you entered is not signed then.",
                seconds=self._left_s,
            )
        )


class KioskRoom(LockedWindow):
    """Keep a reference until `closed`; it deletes itself afterwards."""

    def __init__(self, kiosk: Kiosk, runner: Runner) -> None:
        super().__init__(kiosk.habits(), self._check_pin, runner, kiosk.idle_s() / 60)
        self._kiosk = kiosk
        self._pattern: Pattern | None = None
        self._start: KioskStart | None = None
        self._sitting: Sitting | None = None
        self._awake = QTimer(self)
        self._awake.setInterval(STAY_UNLOCKED_MS)
        self._awake.timeout.connect(self._stay_unlocked)

    @property
    def start(self) -> KioskStart | None:
        """The first page, while it is shown."""
        return self._start

    def begin(self) -> None:
        self._awake.start()
        self._ask(self._kiosk.pattern, self._open)

    def choose_language(self, code: str) -> None:
        """On the first page; what was entered stays."""
        speak(code)
        self._show_start(*(self._start.entered if self._start is not None else ("", "")))

    def fall_idle(self) -> None:
        sitting = self._sitting
        if sitting is None:
            self._leave_start()
        elif sitting.model.screen is Screen.SEALING:
            self._idle.again()
        elif sitting.model.screen in ENDED:
            self._reset(idle=True)
        else:
            card = IdleCard()
            card.stayed.connect(self._go_on)
            card.ran_out.connect(lambda: self._reset(idle=True))
            self.curtain.put(card, fixed=True)
            card.call()

    def hide_document(self) -> None:
        sitting = self._sitting
        if sitting is not None and sitting.shows_something_private and self.curtain.sheet is None:
            card = CurtainCard(sitting.model.recipient.name, say("I am leaving"))
            card.lifted.connect(self.curtain.clear)
            card.left.connect(self._reset)
            self.curtain.put(card, fixed=True)

    # -- the loop --------------------------------------------------------------------------------------------

    def _open(self, pattern: Pattern) -> None:
        self.curtain.clear()
        self._pattern = pattern
        self._begin_anew()

    def _begin_anew(self) -> None:
        """The first page, as if nobody had been here."""
        if self._pattern is not None:
            self._clear_traces()
            speak(self._pattern.language)
            self._show_start()

    def _leave_start(self) -> None:
        """A name left standing, or the host's gate left open; not while a run is being made or put away."""
        if self._start is not None and self._start.waits:
            self._idle.again()
            return
        self.curtain.clear()
        self._begin_anew()

    def _show_start(self, name: str = "", email: str = "") -> None:
        if self._pattern is None:
            return
        self._drop_start()
        self._start = KioskStart(self._pattern, self, name, email)
        self._start.begun.connect(self._make_run)
        self._start.host_wanted.connect(self._ask_host)
        self._box.addWidget(self._start)
        self._start.setFocus()

    def _make_run(self, name: str, email: str) -> None:
        self._wait()
        self._ask(lambda: self._kiosk.begin(name, email), self._sit_down)

    def _sit_down(self, desk: RoomDesk) -> None:
        self._drop_start()
        model = RoomModel(desk, self._runner)
        model.changed.connect(self.changed)
        model.language_changed.connect(self._translate)
        self._seat(model)
        if self._sitting is not None:
            self._sitting.begin()

    def _seat(self, model: RoomModel) -> None:
        self._sitting = KioskSitting(model, self._runner, self._gate)
        self._sitting.left.connect(lambda _: self._reset())
        self._box.addWidget(self._sitting)

    def _go_on(self) -> None:
        self.curtain.clear()
        self._idle.again()

    def _reset(self, *, idle: bool = False) -> None:
        """Everything of this person goes at once; that they went is recorded before the next one may begin."""
        sitting, self._sitting = self._sitting, None
        if sitting is None:
            return
        ended = sitting.model.screen in ENDED
        self.curtain.clear()
        self._put_away(sitting)
        forget_painted()
        self._begin_anew()
        self._wait()
        self._ask(self._kiosk.over if ended else lambda: self._kiosk.break_off(idle), self._was_put_away)

    def _was_put_away(self, changes: Changes) -> None:
        self.changed.emit(changes)
        if self._start is not None:
            self._start.wait(False)

    def _wait(self) -> None:
        if self._start is not None:
            self._start.wait(True)

    def _drop_start(self) -> None:
        if self._start is not None:
            self._put_away(self._start)
            self._start = None

    # -- the host --------------------------------------------------------------------------------------------

    def _ask_host(self, why: str = "", *, fixed: bool = False) -> None:
        sheet = GateSheet(self._gate, why or say("The kiosk ends, and the program comes back."))
        sheet.setLayoutDirection(direction())
        sheet.opened.connect(lambda: self._ask(self._kiosk.stop, self._stopped))
        sheet.cancelled.connect(self.begin if fixed else self.curtain.clear)
        self.curtain.put(sheet, fixed=fixed)

    def _stopped(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self._awake.stop()
        self._leave("ended")

    def _check_pin(self, pin: str, then: Callable[[Tried], None]) -> None:
        self._ask(lambda: self._kiosk.try_pin(pin), then)

    def _stay_unlocked(self) -> None:
        self._ask(self._kiosk.stay_unlocked, lambda _: None)

    def _ask(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._runner.start(lambda _: work(), then, self._fail, owner=self)

    def _fail(self, error: Exception) -> None:
        if self._sitting is not None:
            return  # what lies over it stays; what they want to do will be refused to themselves
        words = self._kiosk.words(error)
        self.curtain.clear()
        if self._start is not None:
            self._start.refuse(words)
        else:
            self._ask_host(f"{words.happened} {words.todo}", fixed=True)
