"""A counter without a host: one person after another, nothing of one left for the next, and no way out but the PIN."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.errors import VaultLocked
from app.domain.mark import Mark
from app.domain.recipient import Recipient
from app.services import drafting, kiosk, mailing, marks, preferences, reading
from app.services.house import House
from app.services.mailing import Account
from app.services.reading import Query
from app.tasks import TaskRunner
from app.ui.models.room import RoomModel, Screen
from app.ui.models.room_kiosk import HouseKiosk
from app.ui.models.room_speech import speak, spoken_language
from app.ui.models.room_walk import Control
from app.ui.room.kiosk import IdleCard, KioskRoom
from app.ui.room.sitting import Sitting
from app.ui.theme import Scheme, Theme
from tests.support import houses, leases, mail
from tests.ui.room_hands import SIZE, Person, empty
from tests.ui.test_room_locked import OUTWARD, reachable, words_of

VISITOR = [{"role": "visitor", "name": "Visitor"}]
Open = Callable[..., "Counter"]


class Counter(Person):
    """Whoever stands before the kiosk."""

    room: KioskRoom  # type: ignore[assignment]

    @property
    def sitting(self) -> Sitting:
        assert self.room._sitting is not None
        return self.room._sitting

    def wait_for_start(self) -> None:
        self.wait_until(lambda: self.room.start is not None and self.room.start.isVisible())

    def line(self, name: str) -> QLineEdit:
        found = [line for line in self.room.findChildren(QLineEdit) if line.accessibleName() == name]
        return next(line for line in found if line.isVisible())

    def sign_in(self, name: str) -> None:
        self.wait_for_start()
        self.line("Your name").setFocus()
        self.write(name)
        self.find("Begin").click()
        self.wait_until(lambda: self.room._sitting is not None)
        self.wait_for(Screen.READING)

    def sign_in_refused(self, name: str) -> None:
        self.wait_for_start()
        self.line("Your name").setText(name)
        self.find("Begin").click()

    def fill_and_sign(self) -> None:
        self.agree()
        for field in self.model.walk.of_control(Control.TEXT):
            self.model.fill({field.id: f"As agreed by {self.model.recipient.name}"})
        places = self.model.walk.of_control(Control.SIGNATURE)
        mark = Mark("typed", text=self.model.recipient.name, hand="allura")
        self.model.adopt(mark, Control.SIGNATURE, places, lambda: None, lambda words: pytest.fail(words.happened))
        self.wait_idle()
        self.press("Finish")
        self.press("Sign and finish")
        self.wait_for(Screen.THANKS)

    def wait_idle(self) -> None:
        """Also where nobody sits."""
        self.settle()
        if self.room._sitting is not None:
            super().wait_idle()

    def ready(self) -> None:
        """The first page, and the run before is put away."""
        self.wait_for_start()
        start = self.room.start
        assert start is not None
        self.wait_until(lambda: not start.waits)
        self.settle()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library") as built:
        yield built


@pytest.fixture
def failures() -> list[Exception]:
    return []


@pytest.fixture
def tasks(qapp: object, failures: list[Exception]) -> Iterator[TaskRunner]:
    runner = TaskRunner(failures.append)
    yield runner
    runner.close()
    assert not failures


@pytest.fixture
def open_kiosk(qtbot: QtBot, theme: Theme, house: House, tasks: TaskRunner, tmp_path: Path) -> Iterator[Open]:
    made: list[KioskRoom] = []

    def make(**more: Any) -> Counter:
        pattern = leases.draft(house, tmp_path, "visitor", **{"recipients": VISITOR, **more})
        preferences.set_pin(house, "2580")
        kiosk.start(house, pattern)
        room = KioskRoom(HouseKiosk(house), tasks)
        made.append(room)
        room.resize(*SIZE)
        with qtbot.waitActive(room):
            room.show()
        room.begin()
        counter = Counter(qtbot, room)  # type: ignore[arg-type]
        counter.wait_for_start()
        return counter

    yield make
    empty(made)  # type: ignore[arg-type]
    speak("en")


def runs(house: House) -> list[Envelope]:
    found = [house.library.envelope(one) for one in house.library.ids(Query())]
    return sorted((one for one in found if "kiosk" in one.metadata), key=lambda one: one.created_at)


def ended(house: House) -> list[tuple[str, EnvelopeStatus, str]]:
    return [(one.recipients[0].name, one.status, one.end_reason) for one in runs(house)]


def test_three_people_sign_one_after_the_other_with_nobody_between(open_kiosk: Open, house: House) -> None:
    counter = open_kiosk()
    for number, name in enumerate(("Ana Ruiz", "Bob Jones", "Chen Li"), start=1):
        counter.sign_in(name)
        assert counter.model.envelope.title == f"Lease #{number}"
        counter.fill_and_sign()
        counter.read(f"Your number: {number}")
        counter.press("Done")
        counter.ready()
        assert counter.line("Your name").text() == ""
    assert ended(house) == [(name, EnvelopeStatus.COMPLETED, "") for name in ("Ana Ruiz", "Bob Jones", "Chen Li")]
    assert house.settings.kiosk_run == ""


def test_nothing_of_the_former_person_is_left_on_the_screen_or_in_memory(open_kiosk: Open, house: House) -> None:
    former = held("Ana Ruiz")
    counter = open_kiosk()
    counter.sign_in("Ana Ruiz")
    QGuiApplication.clipboard().setText("something of Ana's")
    counter.fill_and_sign()
    assert held("Ana Ruiz", former)
    counter.press("Done")
    counter.ready()
    seen = [words_of(widget) for widget in counter.room.findChildren(QWidget)]
    assert not [text for text in seen if "Ana" in text]
    assert not QGuiApplication.clipboard().text()
    assert not held("Ana Ruiz", former), "neither names nor entries nor ink"


def held(name: str, former: Sequence[object] = ()) -> list[object]:
    """What of a person is in memory: values that name them, and every model and sitting there is, but for the
    `former` ones that other tests left behind."""
    gc.collect()
    gc.collect()
    things = gc.get_objects()
    values = [thing for thing in things if isinstance(thing, Mark | Recipient | Envelope) and name in repr(thing)]
    found = [*values, *(thing for thing in things if isinstance(thing, RoomModel | Sitting))]
    return [thing for thing in found if not any(thing is one for one in former)]


def test_who_goes_away_is_asked_and_then_put_away_with_everything_entered(open_kiosk: Open, house: House) -> None:
    counter = open_kiosk()
    counter.sign_in("Ana Ruiz")
    counter.agree()
    counter.room.fall_idle()
    counter.read("Are you still there?")
    assert not counter.sitting.isEnabled() or not counter.room._ground.isEnabled(), "what lies below is out of reach"
    counter.press("I am still here")
    assert counter.model.screen is Screen.WALK
    counter.room.fall_idle()
    (card,) = counter.room.findChildren(IdleCard)[-1:]
    for _ in range(20):
        card.tick()
    counter.ready()
    assert ended(house) == [("Ana Ruiz", EnvelopeStatus.VOIDED, kiosk.IDLE)]
    assert counter.line("Your name").text() == ""
    counter.sign_in("Bob Jones")
    counter.fill_and_sign()
    assert ended(house)[1][:2] == ("Bob Jones", EnvelopeStatus.COMPLETED)


def test_a_name_typed_and_left_standing_goes_by_itself(open_kiosk: Open) -> None:
    counter = open_kiosk()
    counter.line("Your name").setText("Ana Ruiz")
    counter.room.fall_idle()
    counter.ready()
    assert counter.line("Your name").text() == ""


def test_a_gate_left_open_by_the_host_closes_by_itself(open_kiosk: Open) -> None:
    counter = open_kiosk()
    counter.press("For the host")
    counter.write("25")
    counter.room.fall_idle()
    counter.ready()
    assert counter.room.curtain.sheet is None
    assert counter.line("Your name").isEnabled()


def test_after_a_sleep_of_the_machine_whoever_is_there_begins_anew(open_kiosk: Open, house: House) -> None:
    counter = open_kiosk()
    counter.sign_in("Ana Ruiz")
    counter.agree()
    counter.model.interrupted.emit()
    counter.ready()
    assert [one[:2] for one in ended(house)] == [("Ana Ruiz", EnvelopeStatus.VOIDED)]


def test_what_fails_behind_somebodys_back_uncovers_nothing(open_kiosk: Open) -> None:
    counter = open_kiosk()
    counter.sign_in("Ana Ruiz")
    counter.room.hide_document()
    counter.room._fail(VaultLocked(where="the vault"))
    assert counter.room.curtain.sheet is not None


def test_after_the_thanks_the_kiosk_goes_on_without_anybody_pressing_done(open_kiosk: Open, house: House) -> None:
    counter = open_kiosk()
    counter.sign_in("Ana Ruiz")
    counter.fill_and_sign()
    counter.room.fall_idle()
    counter.ready()
    assert ended(house) == [("Ana Ruiz", EnvelopeStatus.COMPLETED, "")]


def test_who_signs_later_or_declines_leaves_the_counter_to_the_next(open_kiosk: Open, house: House) -> None:
    counter = open_kiosk()
    counter.sign_in("Ana Ruiz")
    counter.agree()
    counter.sitting.document.header.later_wanted.emit()
    counter.press("Sign later")
    counter.read("You sign later")
    counter.press("Done")
    counter.ready()
    assert ended(house) == [("Ana Ruiz", EnvelopeStatus.OUT, "")], "for the host to see to"
    counter.sign_in("Bob Jones")
    counter.agree()
    counter.model.decline("No", lambda words: pytest.fail(words.happened))
    counter.wait_for(Screen.DECLINED)
    counter.press("Done")
    counter.ready()
    assert ended(house)[1] == ("Bob Jones", EnvelopeStatus.DECLINED, "No")


def test_fault_88_nothing_of_the_kiosk_leads_out_or_names_anything_of_the_host(open_kiosk: Open, house: House) -> None:
    counter = open_kiosk()
    preferences.change(house, host_name="Hanna Host")

    def look(where: str) -> None:
        widgets = reachable(counter.room)  # type: ignore[arg-type]
        assert widgets, where
        for widget in widgets:
            text = words_of(widget)
            assert "Hanna" not in text, where
            assert not any(text.startswith(word) for word in OUTWARD), f"{where}: {text}"
            assert text.strip() or widget.objectName().startswith("qt_"), f"{where}: {widget}"

    look("start")
    assert not counter.room.close()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_Q, Qt.Key.Key_F11):
        QTest.keyClick(counter.room, key, Qt.KeyboardModifier.AltModifier)
    assert counter.room.isVisible()
    counter.sign_in("Ana Ruiz")
    look("reading")
    counter.fill_and_sign()
    look("thanks")
    counter.room.fall_idle()
    counter.ready()
    counter.sign_in("Bob Jones")
    counter.room.fall_idle()
    look("idle")
    counter.press("I am still here")
    strays = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not counter.room]
    assert not strays


def test_only_the_pin_ends_it_and_what_was_begun_is_broken_off(open_kiosk: Open, house: House, qtbot: QtBot) -> None:
    counter = open_kiosk()
    outcomes: list[str] = []
    counter.room.closed.connect(outcomes.append)
    counter.press("For the host")
    assert not [b for b in counter.buttons() if b.text().startswith("I am the host")]
    counter.write("1111")
    counter.key(Qt.Key.Key_Return)
    counter.read("That was not the PIN.")
    assert not outcomes
    counter.write("2580")
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(outcomes), timeout=5000)
    assert outcomes == ["ended"]
    assert kiosk.pattern_id(house) == ""


def test_without_its_pattern_the_kiosk_says_so_and_lets_the_host_out(
    open_kiosk: Open, house: House, qtbot: QtBot
) -> None:
    counter = open_kiosk()
    drafting.delete(house, kiosk.pattern_id(house))
    counter.sign_in_refused("Ana Ruiz")
    counter.read("There is no envelope")
    counter.room._drop_start()
    counter.room.begin()
    counter.read("There is no envelope")
    outcomes: list[str] = []
    counter.room.closed.connect(outcomes.append)
    counter.wait_until(lambda: isinstance(counter.room.focusWidget(), QLineEdit))
    counter.write("2580")
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(outcomes), timeout=5000)


def test_nobody_is_offered_the_signature_kept_by_somebody_of_that_name(open_kiosk: Open, house: House) -> None:
    marks.save(house, "Ana Ruiz", "usual", leases.DRAWN)
    counter = open_kiosk()
    counter.sign_in("Ana Ruiz")
    counter.agree()
    signature = next(field for field in counter.model.walk.fields if field.kind == "signature")
    counter.model.go_to(signature)
    counter.wait_idle()
    counter.click(counter.sitting.document.fields.button_of(signature))
    names = {b.text() for b in counter.buttons()}
    assert "Draw" in names
    assert "Saved" not in names
    assert "Keep it for me on this device" not in names


def test_where_a_code_is_asked_for_somebody_else_goes_back_to_the_first_page(open_kiosk: Open, house: House) -> None:
    guarded = [{"role": "visitor", "name": "Visitor", "auth": [{"type": "access_code", "code": "4711"}]}]
    counter = open_kiosk(recipients=guarded)
    counter.line("Your name").setText("Ana Ruiz")
    counter.find("Begin").click()
    counter.read("Are you Ana Ruiz?")
    assert "Noted by the host" not in counter.seen()
    counter.press("I am somebody else")
    counter.ready()
    assert ended(house) == [("Ana Ruiz", EnvelopeStatus.VOIDED, kiosk.LEFT)]


def test_a_code_goes_to_the_address_given_at_the_counter(
    open_kiosk: Open, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mail").mkdir()
    with mail.server(tmp_path / "mail") as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        account = Account("localhost", server.port, "starttls", mail.USER, "host@example.com")
        mailing.set_account(house, account, mail.PASSWORD)
        by_code = [{"role": "visitor", "name": "Visitor", "auth": [{"type": "email_code"}]}]
        counter = open_kiosk(recipients=by_code)
        counter.line("Your name").setText("Ana Ruiz")
        assert "Begin" not in {b.text() for b in counter.buttons()}, "an address is needed"
        counter.line("Your e-mail").setText("ana@example.org")
        counter.find("Begin").click()
        counter.read("A code goes to ana@example.org by e-mail.")
        counter.press("Send the code")
        counter.read("it is good for 10 minutes")
        (letter,) = server.letters.received
        body = letter.get_body()
        assert body is not None
        found = re.search(r"\b\d{6}\b", body.get_content())
        assert found is not None
        counter.line("Code from the e-mail").setText(found.group())
        counter.press("I am Ana Ruiz")
        counter.wait_for(Screen.READING)
    (identified,) = [e.entry.facts for e in reading.trail(house, runs(house)[0].id) if e.entry.kind == "identified"]
    assert identified["methods"] == ["email_code"]


def test_an_address_is_asked_where_a_code_goes_there_or_the_host_wants_it(open_kiosk: Open, house: House) -> None:
    preferences.change(house, kiosk_asks_email=True)
    counter = open_kiosk()
    counter.line("Your name").setText("Ana Ruiz")
    assert counter.find("Begin").isEnabled()
    address = counter.line("Your e-mail, if you like")
    address.setText("ana")
    begin = next(b for b in counter.room.findChildren(type(counter.find("For the host"))) if b.text() == "Begin")
    assert not begin.isEnabled()
    assert "ana@example.com" in begin.toolTip()
    address.setText("ana@example.org")
    assert begin.isEnabled()


def test_the_language_chosen_goes_with_the_person(open_kiosk: Open) -> None:
    counter = open_kiosk()
    counter.line("Your name").setText("Ana Ruiz")
    counter.room.choose_language("ar")
    assert counter.room.start is not None
    assert counter.room.start.entered[0] == "Ana Ruiz"
    assert counter.room.start.layoutDirection() is Qt.LayoutDirection.RightToLeft
    counter.room.fall_idle()
    assert spoken_language().code == "en"


def test_f9_hides_it_and_leaving_there_breaks_it_off(open_kiosk: Open, house: House) -> None:
    counter = open_kiosk()
    counter.sign_in("Ana Ruiz")
    QTest.keyClick(counter.room, Qt.Key.Key_F9)
    counter.read("Hidden")
    counter.press("I am leaving")
    counter.ready()
    assert ended(house) == [("Ana Ruiz", EnvelopeStatus.VOIDED, kiosk.LEFT)]


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_no_words_are_cut_off_at_twice_the_size(open_kiosk: Open, theme: Theme, scheme: Scheme, language: str) -> None:
    theme.choose(scheme, 2.0)
    counter = open_kiosk()
    counter.room.choose_language(language)
    counter.settle()
    cut = [b.text() for b in counter.buttons() if b.text() and b.width() < b.minimumSizeHint().width()]
    assert not cut
    small = [words_of(b) for b in counter.buttons() if b.height() < 44]
    assert not small
    assert [label.text() for label in counter.room.findChildren(QLabel) if label.isVisible()]
