"""The page Seal and the designer, over a real library."""

from __future__ import annotations

import csv
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMenu, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from app.cli.commands.seal import SEAL
from app.cli.parser import build
from app.domain import errors
from app.domain.appearance import Appearance, Line, Side
from app.domain.changes import Changes
from app.domain.geometry import Point, Rect
from app.domain.level import Level
from app.domain.mark import Mark
from app.services import designs, identities, preferences, sealing_jobs, verifying
from app.services.house import House
from app.services.sealing_jobs import Job
from app.ui.canvas.layout import PageRef
from app.ui.canvas.pointer import Pointer
from app.ui.desk import Desk
from app.ui.preferences.designs import DesignsCard
from app.ui.seal.designer import DesignerDialog
from app.ui.seal.identity_card import PinDialog
from app.ui.seal.identity_own import MakeForm
from app.ui.seal.page import SHOWN, SealPage
from app.ui.theme import Theme
from tests.support import houses
from tests.support.certo import PASSPHRASE, Certo, certo
from tests.support.desks import Notices, Ways
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed
from tests.support.pages import write_pdf


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library") as built:
        yield built


class Stage:
    def __init__(self, house: House) -> None:
        self.house = house
        self.notices = Notices()
        self.runner = InlineRunner()
        self.desk = Desk(house, self.runner, self.notices, Ways(), self._hear)
        self.page = SealPage(self.desk)

    def _hear(self, changes: Changes) -> None:
        self.desk.changed.emit(changes)

    def words(self) -> str:
        return " ".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisibleTo(self.page))


@pytest.fixture
def stage(house: House, theme: Theme, qtbot: QtBot) -> Stage:
    made = Stage(house)
    qtbot.addWidget(made.page)
    return made


def seen(stage: Stage) -> None:
    form = stage.page._form
    form._seen.setCurrentIndex(1)
    form._seen.activated.emit(1)


def press(widget: QWidget, words: str) -> None:
    button = next(each for each in widget.findChildren(QPushButton) if each.text() == words)
    assert button.isEnabled(), button.toolTip()
    button.click()


def results(stage: Stage) -> list[str]:
    table = stage.page.findChild(QTableWidget)
    assert table is not None
    return [item.text() for at in range(table.rowCount()) if (item := table.item(at, 1)) is not None]


def test_the_grey_button_says_what_is_missing(stage: Stage, tmp_path: Path) -> None:
    assert not stage.page._seal.isEnabled()
    assert stage.page._seal.toolTip() == "Add the files to seal first."
    assert stage.page.take_files((write_pdf(tmp_path / "a.pdf"),))
    assert stage.page._seal.isEnabled()
    assert not stage.page.take_files((tmp_path / "a.png",))


def test_the_card_of_the_key_is_shown_before_anything_is_asked(stage: Stage) -> None:
    signer = stage.page._form.signer
    assert signer is not None
    assert signer.card.name in stage.words()
    assert signer.card.serial_tail[-4:] in stage.words()
    assert "Key lives in" in stage.words()


def test_a_folder_is_sealed_each_file_with_its_result_and_a_summary(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        write_pdf(folder / f"{name}.pdf")
    (folder / "c.pdf").write_bytes(b"no document")
    stage.page.take_files((folder, folder / "a.pdf"))
    press(stage.page, "Seal")
    assert results(stage) == ["Sealed, B-B", "Sealed, B-B", "Not sealed"]
    assert "2 files sealed, 1 not." in stage.words()
    out = stage.page._form.folder
    assert out is not None
    assert verifying.verify(stage.house, out / "a.pdf").all_valid
    with (out / "summary.csv").open(newline="") as file:
        assert [row["result"] for row in csv.DictReader(file)] == ["sealed", "sealed", "failed"]
    press(stage.page, "Seal")
    assert results(stage) == ["Sealed before", "Sealed before", "Not sealed"]


def test_a_run_stops_at_the_first_failure_where_that_is_wanted(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no document")
    stage.page.take_files((tmp_path / "a.pdf", write_pdf(tmp_path / "b.pdf")))
    stage.page._form._stops.setChecked(True)
    press(stage.page, "Seal")
    assert results(stage) == ["Not sealed"]


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


def test_faults_79_and_81_a_lower_level_is_a_button_and_nothing_is_sealed_before_it_is_pressed(
    stage: Stage, tmp_path: Path, pki: Certo
) -> None:
    house, out = stage.house, tmp_path / "out"
    preferences.change(house, tsa_url=pki.tsa_url, level="B-LT")
    verifying.add_trust(house, pki.root_file(tmp_path))
    identities.import_pkcs12(house, pki.pkcs12_file("alice", tmp_path), PASSPHRASE, "alice")
    stage.desk.publish(Changes.of("identity", "alice"))
    stage.desk.publish(Changes.of("setting", "tsa_url"))
    stage.page._form.choose_signer("alice")
    stage.page.take_files((write_pdf(tmp_path / "a.pdf"), write_pdf(tmp_path / "b.pdf")))
    stage.page._form._set_folder(out)
    less = stage.page._results._less
    with pki.out_of_order("crls"), pki.out_of_order("ocsp"):
        press_and_unlock(stage, "Seal")
        assert results(stage) == ["Not sealed"] * 2
        assert less.text() == "Seal without proof about certificates (B-T)"
        assert not list(out.glob("*.pdf"))
        with pki.out_of_order("tsa"):
            press_and_unlock(stage, "Seal without proof about certificates (B-T)")
            assert results(stage) == ["Not sealed"] * 2
            assert less.text() == "Seal without a time stamp (B-B)"
            assert not list(out.glob("*.pdf"))
        press_and_unlock(stage, "Seal without a time stamp (B-B)")
    assert results(stage) == ["Sealed, B-B"] * 2
    assert less.isHidden()
    press_and_unlock(stage, "Seal")
    assert results(stage) == ["Sealed, B-LT"] * 2


def press_and_unlock(stage: Stage, words: str) -> None:
    press(stage.page, words)
    dialog = stage.page.findChildren(PinDialog)[-1]
    QTest.keyClicks(dialog.findChildren(QLineEdit)[0], PASSPHRASE)
    press(dialog, "Seal")


def test_what_was_stopped_is_offered_again_and_gone_on_with(stage: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    files = tuple(write_pdf(tmp_path / f"{n}.pdf") for n in range(3))
    job = Job(files, tmp_path / "out", reason="Agreed")

    def cut_off(done: int, total: int) -> None:
        if done == 2:
            raise errors.Cancelled

    with pytest.raises(errors.Cancelled):
        sealing_jobs.run(stage.house, job, None, cut_off, lambda _: None)
    again = SealPage(stage.desk)
    qtbot.addWidget(again)
    press(again, "Go on")
    assert (again._form.files, again._form.reason) == (files, "Agreed")
    press(again, "Seal")
    assert sealing_jobs.unfinished(stage.house) is None
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 3


def test_what_the_window_does_is_said_as_the_command_that_does_the_same(stage: Stage, tmp_path: Path) -> None:
    designs.save(stage.house, "My look", Appearance())
    stage.desk.publish(designs.make_default(stage.house, "My look"))
    source = write_pdf(tmp_path / "it's.pdf")
    stage.page.take_files((source,))
    seen(stage)
    form = stage.page._form
    form._reason.setText("I agree")
    form._design.setCurrentIndex(form._design.findData("My look"))
    form._stops.setChecked(True)
    press(stage.page, "Copy as command")
    told = shlex.split(QGuiApplication.clipboard().text())
    asked = build([SEAL]).parse_args(told[1:])
    signer = form.signer
    assert signer is not None
    assert (asked.files, asked.out, asked.identity) == ([source], form.folder, signer.name)
    assert (asked.level, asked.design, asked.at) == ("B-B", "My look", "1,60,700,220,70")
    assert (asked.reason, asked.stop) == ("I agree", True)


def test_the_seal_is_dragged_and_stepped_to_its_place_and_stays_on_the_page(stage: Stage, tmp_path: Path) -> None:
    stage.page.take_files((write_pdf(tmp_path / "a.pdf"),))
    seen(stage)
    spot = stage.page._spot

    def at(x: float, y: float) -> Pointer:
        return Pointer(QPointF(), PageRef(SHOWN, 1), Point(x, y), True)

    spot.pressed(at(100, 720))
    spot.moved(at(200, 320), dragging=True)
    spot.released(at(200, 320))
    assert stage.page._form.spot == Rect(160, 300, 220, 70)
    spot.key_pressed(QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier))
    assert stage.page._form.spot == Rect(170, 300, 220, 70)
    spot.pressed(at(590, 840))
    assert stage.page._form.spot == Rect(375, 772, 220, 70)
    assert spot.drawing is not None
    stage.page._form._page.setValue(9)
    assert "This document has 1 page." in stage.words()


def test_levels_are_grey_until_there_is_an_authority(stage: Stage) -> None:
    level = stage.page._form._level
    assert not level.isEnabled()
    assert "authority" in level.toolTip()
    stage.desk.publish(preferences.change(stage.house, tsa_url="http://127.0.0.1/tsa", level="B-T"))
    assert level.isEnabled()
    assert level.currentData() == Level.B_T


@pytest.mark.parametrize(
    ("asks", "typed", "given"),
    [(("Passphrase",), (PASSPHRASE,), PASSPHRASE), (("PIN", "OTP"), ("7531", "864209"), "7531 864209")],
)
def test_what_a_key_asks_for_is_asked_beside_its_card_and_handed_on_once(
    stage: Stage, qtbot: QtBot, asks: tuple[str, ...], typed: tuple[str, ...], given: str
) -> None:
    signer = stage.page._form.signer
    assert signer is not None
    heard: list[str] = []
    dialog = PinDialog(replace(signer, asks=asks), heard.append, stage.page)
    dialog.open()
    assert signer.card.name in " ".join(label.text() for label in dialog.findChildren(QLabel))
    lines = dialog.findChildren(QLineEdit)
    for name, line, text in zip(asks, lines, typed, strict=True):
        assert dialog._do.toolTip() == f"Write the {name} first."
        assert line.echoMode() is QLineEdit.EchoMode.Password
        QTest.keyClicks(line, text)
    press(dialog, "Seal")
    assert heard == [given]


def test_what_was_added_here_is_chosen_at_once(stage: Stage) -> None:
    form = stage.page._form
    before = form.signer
    (menu,) = stage.page._adding.findChildren(QMenu)
    menu.actions()[0].trigger()
    (made,) = stage.page.findChildren(MakeForm)
    QTest.keyClicks(next(each for each in made.findChildren(QLineEdit) if each.accessibleName() == "Your name"), "Jane")
    press(made, "Add identity")
    assert form.signer is not None
    assert form.signer != before
    assert form.signer.name == "Jane"
    stage.desk.publish(Changes.of("identity", "Jane"))
    assert form.signer.name == "Jane"


# -- the designer --------------------------------------------------------------------------------------------


@pytest.fixture
def designer(stage: Stage, qtbot: QtBot) -> DesignerDialog:
    made = DesignerDialog(stage.desk, stage.page)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    return made


def kept(stage: Stage, name: str) -> Appearance:
    return designs.find(stage.house, name).look


def test_the_plain_design_is_shown_and_cannot_be_changed(designer: DesignerDialog) -> None:
    assert not designer._form.isEnabled()
    assert "make a new one" in designer._form.toolTip()


def test_a_design_is_made_changed_renamed_and_removed(stage: Stage, designer: DesignerDialog) -> None:
    press(designer, "New")
    form = designer._form
    form._image.setCurrentText("A name in handwriting")
    form._image.activated.emit(1)
    form._name.setText("Jane")
    form._name.textEdited.emit("Jane")
    form._side.setCurrentIndex(1)
    form._side.activated.emit(1)
    form._date.setEditText("%d.%m.%Y")
    item = form._lines.item(3)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)
    form._lines.setCurrentRow(1)
    press(form, "Up")
    designer._name.setText("Office")
    designer._name.editingFinished.emit()
    expected = Appearance(
        mark=Mark("typed", text="Jane"),
        side=Side.TOP,
        lines=(Line.DATE, Line.NAME, Line.REASON),
        date_format="%d.%m.%Y",
    )
    assert kept(stage, "Office") == expected
    press(designer, "Use by default")
    assert designs.look(stage.house) == expected
    press(designer, "Remove…")
    question = next(each for each in designer.findChildren(QDialog) if each.windowTitle().startswith("Remove"))
    press(question, "Remove")
    assert designs.list_designs(stage.house) == ()


def test_what_cannot_be_drawn_is_said_and_not_kept(stage: Stage, designer: DesignerDialog) -> None:
    press(designer, "New")
    designer._form._date.setEditText("%Q")
    assert "%Q" in designer._said.text()
    designer.accept()
    assert kept(stage, "Design 1") == Appearance()


def test_the_preview_tells_what_a_reader_of_the_screen_cannot_see(designer: DesignerDialog) -> None:
    assert "Jane Smith" in designer._preview.accessibleDescription()


def test_the_designer_is_reached_from_the_preferences_and_from_sealing(stage: Stage, qtbot: QtBot) -> None:
    card = DesignsCard(stage.desk)
    qtbot.addWidget(card)
    for place in (card, stage.page):
        press(place, "Designs…")
        (dialog,) = place.findChildren(DesignerDialog)
        dialog.close()


def test_every_control_has_a_name(stage: Stage, designer: DesignerDialog) -> None:
    assert unnamed(stage.page) == []
    assert unnamed(designer) == []
