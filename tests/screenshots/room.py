"""Walks through the signing room from the first handover to the last card and keeps a picture of each step:
`python -m tests.screenshots.room FOLDER [light|dark|strong] [WIDTHxHEIGHT] [TEXT_SCALE] [LANGUAGE]`.

Everything is real but the hand: what a person would press is called, so that it goes the same in every language.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import paths
from app.domain.ceremony import IdEvidence
from app.services import marks, preferences, rehearsing, sending, spec, specifying
from app.services.house import House
from app.tasks import TaskRunner
from app.ui.models.room import Apart, RoomModel, Screen
from app.ui.models.room_desk import Identified
from app.ui.room.locked import LockedRoom
from app.ui.room.pad import Pad
from app.ui.room.rehearsal import RehearsalRoom
from app.ui.room.signature import DRAW, SAVED, TYPE, UPLOAD, SignatureSheet
from app.ui.room.sitting import Sitting
from app.ui.room.window import RoomWindow
from app.ui.theme import Scheme, Theme
from tests.support import houses, leases
from tests.support.hand import wait_for
from tests.support.pages import write_pdf
from tests.ui.room_hands import draw, empty

TOLD = Identified("Passport seen, ends with 417", IdEvidence.PASSPORT, "417")
KINDS = ("text", "name", "email", "number", "date", "checkbox", "radio", "dropdown", "initials", "image", "attachment")
VALUES = {
    "text": "As agreed", "name": "Jane Smith", "email": "jane@example.com", "number": "4", "date": "2026-12-01",
    "checkbox": True, "radio": "Gas", "dropdown": "First",
}  # fmt: skip


class Camera:
    """Keeps numbered pictures of one window."""

    def __init__(self, window: QWidget, folder: Path) -> None:
        self._window, self._folder, self._number = window, folder, 0

    def shot(self, name: str) -> None:
        QTest.qWait(450)
        self._number += 1
        self._window.grab().save(str(self._folder / f"{self._number:02}-{name}.png"))


def sent(house: House, folder: Path) -> str:
    """A lease for two and a witness, with a field of every kind."""
    write_pdf(folder / "lease.pdf", 2)
    fields = [
        {
            "type": kind, "label": kind.capitalize(), "recipient": "buyer", "page": 1, "x": 80, "y": 130 + 50 * number,
            "width": 200, "height": 34, "required": kind not in ("image", "attachment"),
            **({"options": ["Gas", "Wood"]} if kind == "radio" else {}),
            **({"options": ["First", "Second"]} if kind == "dropdown" else {}),
        }
        for number, kind in enumerate(KINDS)
    ]  # fmt: skip
    for number, role in enumerate(("buyer", "seller", "witness")):
        place = {"page": 2, "x": 80, "y": 200 + 90 * number, "width": 200, "height": 60}
        fields.append({"type": "signature", "label": f"{role} signs", "recipient": role, **place})
    told = {
        "title": "Lease of a flat",
        "message": "Please read page 2 with care.",
        "documents": [{"path": "lease.pdf"}],
        "recipients": [
            {"role": "buyer", "name": "Jane Smith", "email": "jane@example.com", "order": 1,
             "auth": [{"type": "access_code", "code": "1234"}]},
            {"role": "seller", "name": "Bob Jones", "email": "bob@example.com", "order": 2},
            {"role": "witness", "name": "Wanda Witt", "order": 3, "action": "witness"},
        ],
        "fields": fields,
    }  # fmt: skip
    (folder / "spec.json").write_text(json.dumps(told), "utf-8")
    envelope_id = specifying.new(house, spec.read(folder / "spec.json")).one("envelope")
    sending.send(house, envelope_id)
    return envelope_id


class Walk:
    """One after the other sits down."""

    def __init__(self, room: LockedRoom, folder: Path, picture: Path, language: str) -> None:
        self._room, self._picture, self._language = room, picture, language
        self._camera = Camera(room, folder)

    @property
    def sitting(self) -> Sitting:
        return self._room.sitting

    @property
    def model(self) -> RoomModel:
        return self.sitting.model

    def everything(self) -> None:
        self.first()
        self.second_and_witness()

    def first(self) -> None:
        self._come(Screen.HANDOVER, "handover-host")
        self._pass_on()
        self._shot("handover-signer-code")
        card = self.sitting.handover._signer
        card._codes[0]._line.setText("9")
        card._confirm.click()
        self._shot("handover-wrong-code")
        self.model.identify(TOLD, {"access_code": "1234"}, lambda _: None)
        self._come(Screen.READING, "reading-consent")
        self._sheets()
        self.model.consent()
        self._come(Screen.WALK, "walk")
        self._fields()
        self._signature()
        self.model.review()
        self._come(Screen.REVIEW, "review")
        self.model.finish()
        self._come(Screen.THANKS, "thanks")
        self.sitting._offer_copy()
        self._shot("thanks-copy")
        self.sitting.layer.clear()

    def second_and_witness(self) -> None:
        for role in ("seller", "witness"):
            self._room._go_on_with(role)
            self._come(Screen.HANDOVER, f"next-card-{role}")
            self._pass_on()
            self._shot(f"signer-card-{role}")
            self.model.identify(TOLD, {}, lambda _: None)
            self._wait(Screen.READING)
            self.model.consent()
            self._wait(Screen.WALK)
            self._give({field.id: leases.DRAWN for field in self.model.walk.missing}, mark=True)
            self.model.review()
            self._come(Screen.REVIEW, f"review-{role}")
            self.model.finish()
            self._come(Screen.THANKS, f"thanks-{role}")

    def _pass_on(self) -> None:
        """The signer chooses their language."""
        self.sitting.handover._pass_on(TOLD)
        self.model.choose_language(self._language)
        QTest.qWait(100)

    def rehearsal(self) -> None:
        """Under its band."""
        self._wait(Screen.READING)
        self.model.choose_language(self._language)
        self._shot("rehearsal-reading")
        room = self._room
        assert isinstance(room, RehearsalRoom)
        room.fill_in()
        wait_for(lambda: self.model.screen is Screen.WALK and not self.model.walk.missing, "what is made up")
        self._shot("rehearsal-filled")

    def ends(self, outcome: str) -> None:
        """Of somebody who does not sign now: declined, later, elsewhere or delegated."""
        self._wait(Screen.HANDOVER)
        self._pass_on()
        self.model.identify(TOLD, {"access_code": "1234"}, lambda _: None)
        self._wait(Screen.READING)
        desk = self.model.desk
        match outcome:
            case "declined":
                self.model.decline("The rent is too high", lambda _: None)
            case "later":
                self.model.get_up(Apart.LATER, lambda: desk.put_off(None), lambda _: None)
            case "elsewhere":
                self.model.get_up(Apart.ELSEWHERE, desk.go_elsewhere, lambda _: None)
            case "delegated":
                named = ("Dora Maar", "dora@example.com", "I am abroad")
                self.model.get_up(Apart.DELEGATED, lambda: desk.delegate(*named), lambda _: None)
        wait_for(lambda: self.model.screen in (Screen.APART, Screen.DECLINED), outcome)
        self._shot(f"end-{outcome}")

    def _sheets(self) -> None:
        """What can be opened over the pages."""
        sitting = self.sitting
        for name, open_sheet in (
            ("agreement", sitting._show_agreement),
            ("large-letters", sitting._help_to_read),
            ("decline", sitting._ask_to_decline),
            ("later", sitting._ask_for_later),
            ("elsewhere", sitting.document.elsewhere_wanted.emit),
            ("delegate", sitting.document.delegate_wanted.emit),
            ("question", sitting.document.question_asked.emit),
            ("queue", sitting._show_queue),
        ):
            open_sheet()
            self._shot(f"sheet-{name}")
            sitting.layer.clear()
        sitting.ask_host("later")
        self._shot("sheet-host-gate")
        sitting.layer.clear()
        self._room.hide_document()
        self._shot("curtain")
        self._room.curtain.clear()

    def _fields(self) -> None:
        """Each opened as the walk opens it, then filled in."""
        document = self.sitting.document
        for field in self.model.walk.fields:
            if field.kind in ("signature", "initials"):
                continue
            self.model.go_to(field)
            document.filling.fill(field)
            self._shot(f"field-{field.kind}")
            self.sitting.layer.clear()
            if field.kind in VALUES:
                self._give({field.id: VALUES[field.kind]})
        self.model.go_to(None)
        menu = document.header.list_of_left()
        menu.popup(self._room.mapToGlobal(self._room.rect().center()))
        QTest.qWait(200)
        menu.close()

    def _signature(self) -> None:
        initials, signature = (
            next(field for field in self.model.walk.fields if field.kind == kind) for kind in ("initials", "signature")
        )
        self._give({initials.id: leases.DRAWN}, mark=True)
        self.model.go_to(signature)
        self.sitting._ask_for_mark(signature)
        sheet = self.sitting.layer.sheet
        assert isinstance(sheet, SignatureSheet)
        self._shot("pad-empty")
        pad = sheet.findChild(Pad)
        assert pad is not None
        draw(pad, 26)
        self._shot("pad-drawn")
        for way, name in ((TYPE, "type"), (UPLOAD, "picture"), (SAVED, "saved")):
            sheet.choose(way)
            if way == UPLOAD:
                self._shot("pad-picture-choose")
                sheet._upload.take(self._picture)
                wait_for(lambda: sheet.mark is not None, "the picture")
            self._shot(f"pad-{name}")
        sheet.choose(DRAW)
        sheet._adopt()
        wait_for(lambda: self.sitting.layer.sheet is None, "the signature in its place")
        self._shot("signed-in-place")

    def _give(self, values: dict[object, object], *, mark: bool = False) -> None:
        if mark:
            adopted = self.model.desk.adopt(leases.DRAWN, False)
            self.model.changed.emit(adopted)
        self.model.fill(values)  # type: ignore[arg-type]
        wait_for(lambda: not self.model.busy, "the answer to be stored")

    def _come(self, screen: Screen, name: str) -> None:
        self._wait(screen)
        self._shot(name)

    def _wait(self, screen: Screen) -> None:
        wait_for(lambda: self.model.screen is screen, screen.name)

    def _shot(self, name: str) -> None:
        wait_for(lambda: not self.model.busy, "rest")
        self._camera.shot(name)


@contextmanager
def _at_home(folder: Path) -> Iterator[House]:
    with houses.rooms() as rooms, houses.house(rooms, folder / "library") as house:
        preferences.set_pin(house, "2468")
        preferences.change(house, host_name="Hanna Host", place="Bremen")
        marks.save(house, "Jane Smith", "Drawn, 2026-11-02", leases.DRAWN)
        yield house


def main(arguments: list[str]) -> int:
    given = [*arguments, *("", "light", "1280x800", "1.0", "en")[len(arguments) :]]
    target, scheme, size, scale, language = given
    Path(target).mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    theme = Theme(app, paths.resource("icons").parent, Scheme.DARK if scheme == "dark" else Scheme.LIGHT)  # type: ignore[arg-type]
    theme.suit(float(scale), scheme == "strong")
    runner = TaskRunner(lambda error: print("failed:", error))
    with tempfile.TemporaryDirectory() as scratch, _at_home(Path(scratch)) as house:
        picture = Path(scratch, "ink.png")
        Image.linear_gradient("L").resize((300, 100)).save(picture)

        @contextmanager
        def walk(play: bool = False) -> Iterator[Walk]:
            """In a room of its own, over an envelope of its own."""
            envelope_id = sent(house, Path(scratch))
            room: LockedRoom = (
                RehearsalRoom(house, runner, rehearsing.begin(house, envelope_id, "buyer"))
                if play
                else RoomWindow(house, runner, envelope_id, "buyer")
            )
            room.resize(*map(int, size.split("x")))
            room.show()
            room.begin()
            try:
                yield Walk(room, Path(target), picture, language)
            finally:
                empty([room])

        try:
            with walk() as one:
                one.everything()
            for outcome in ("declined", "later", "elsewhere", "delegated"):
                with walk() as one:
                    one.ends(outcome)
            with walk(play=True) as one:
                one.rehearsal()
        finally:
            runner.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
