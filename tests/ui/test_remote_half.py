"""Home over an envelope at a strict fake on this machine: what it says, what can be asked, what a person decides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar, cast

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.domain.envelope import EnvelopeStatus
from app.services import ending, settling
from app.ui.action import Place
from app.ui.canvas.code import CodeView
from app.ui.canvas.painter import _outline, forget_painted
from app.ui.desk import Desk
from app.ui.exchange.handing import HandOver
from app.ui.frame.memory import Memory
from app.ui.frame.pages import PageSpec
from app.ui.frame.rail import RailButton
from app.ui.furnishing import Furnishing
from app.ui.home.asking import Question
from app.ui.home.link_dialog import KEEP_NOT, LinkDialog, Loan, lend
from app.ui.home.page import HomePage
from app.ui.home.there import Half
from app.ui.models.library import LibraryEnvelopes
from app.ui.models.preview import LibraryGlances
from app.ui.shell import Shell
from app.ui.theme import Theme
from tests.fakes.clearpolicy import ClearPolicy
from tests.fakes.nueform import NueForm
from tests.fakes.visisign import VisiSign
from tests.support import houses, leases
from tests.support.desks import Notices, Ways
from tests.support.inline_runner import InlineRunner
from tests.support.naming import unnamed
from tests.support.outboxes import Post, posts

D = TypeVar("D", bound=QDialog)
REMIND = "POST /signature_requests/{id}/remind"


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def post(rooms: houses.Rooms, tmp_path: Path) -> Iterator[Post]:
    with posts(rooms, tmp_path) as built:
        yield built


@pytest.fixture
def fake(post: Post) -> Iterator[VisiSign]:
    with VisiSign(now=post.clock.at).serving() as served:
        assert isinstance(served, VisiSign)
        post.account(served)
        yield served


class Stage:
    """Home in a window, one envelope chosen. What was just laid out is seen once its layout has been told."""

    def __init__(self, post: Post, shell: Shell, memory: Memory, runner: InlineRunner) -> None:
        self.post, self.ways, self.notices, self.runner = post, Ways(), Notices(), runner
        self.desk = Desk(post.house, runner, self.notices, self.ways, self._hear)
        self.page = HomePage(
            self.desk, LibraryEnvelopes(post.house), LibraryGlances(post.house), shell.actions_, memory
        )
        shell.furnish([PageSpec("home", "Home", "house", Place.HOME, lambda: self.page)])
        shell.show_page("home")
        self.shell = shell
        shell.resize(1200, 900)
        shell.show()

    def _hear(self, changes: Changes) -> None:
        self.desk.changed.emit(changes)

    def show(self, envelope: str) -> None:
        self.page.show_envelope(envelope)
        self.page._preview.show(envelope)

    @property
    def half(self) -> Half:
        return self.page._panel.half

    def said(self, inside: QWidget | None = None) -> str:
        top = inside or self.half
        QCoreApplication.sendPostedEvents()
        return "\n".join(one.accessibleName() or one.text() for one in top.findChildren(QLabel) if _is_seen(one, top))

    def button(self, name: str, inside: QWidget | None = None) -> QPushButton:
        top = inside or self.half
        QCoreApplication.sendPostedEvents()
        found = [one for one in top.findChildren(QPushButton) if name in (one.text(), one.accessibleName())]
        (button,) = [one for one in found if _is_seen(one, top)]
        return button

    def dialog(self, kind: type[D]) -> D:
        (found,) = (one for one in self.page.findChildren(kind) if one.isVisible())
        return found


def _is_seen(one: QWidget, top: QWidget) -> bool:
    return one.isVisibleTo(top)


@pytest.fixture
def stage(post: Post, shell: Shell, memory: Memory) -> Stage:
    return Stage(post, shell, memory, InlineRunner())


def test_what_was_never_handed_over_has_no_other_half(stage: Stage) -> None:
    stage.show(leases.sent(stage.post.house, stage.post.folder))
    assert stage.half.isHidden()


def test_status_with_the_services_own_word_people_and_news_on_request(stage: Stage, fake: VisiSign) -> None:
    envelope = stage.post.pushed("buyer", "seller")
    stage.show(envelope)
    assert stage.button("Ask for news").toolTip() == "It has not arrived at VisiSign yet."
    assert stage.button("Take it back").isEnabled()
    assert stage.shell.actions_.reason_against("envelope.sign") == "Whoever is left signs at work."
    stage.post.run()
    fake.sign(email="buyer@example.com")
    stage.show(envelope)
    stage.button("Ask for news").click()
    assert stage.notices.told == ["The service was asked for news"]
    assert "VisiSign" in stage.said()
    assert "The service says “sent”." in stage.said()
    assert any(one.accessibleName().startswith("Buyer Smith: Done") for one in stage.half.findChildren(QWidget))
    assert stage.button("Remind Buyer Smith").toolTip() == "Buyer Smith is done there."
    assert stage.button("Remind Seller Smith").isEnabled()
    assert not unnamed(stage.half)


def test_somebody_is_reminded_by_the_service(stage: Stage, fake: VisiSign) -> None:
    envelope = stage.post.pushed("buyer")
    stage.post.run()
    fake.now = stage.post.clock.at
    stage.show(envelope)
    stage.button("Remind Buyer Smith").click()
    assert len(fake.asked_for(REMIND)) == 1
    assert stage.notices.told == ["The service was asked to remind them"]
    assert stage.post.states(envelope)["remind"] == "confirmed"


def test_without_a_network_it_waits_and_nobody_is_alarmed(stage: Stage, post: Post) -> None:
    with VisiSign(now=post.clock.at).serving() as fake:
        post.account(fake)
        envelope = post.pushed("buyer")
        post.run()
    stage.show(envelope)
    stage.button("Ask for news").click()
    assert not stage.notices.failures
    assert "goes on by itself" in stage.notices.warned[0]
    stage.show(envelope)
    assert "Ask for news: Waits for a network" in stage.said()


def test_fault_52_a_link_is_shown_on_demand_and_leaves_the_clipboard(
    stage: Stage, fake: VisiSign, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    envelope = stage.post.pushed("buyer")
    stage.post.run()
    stage.show(envelope)
    stage.button("Signing link of Buyer Smith").click()
    dialog = stage.dialog(LinkDialog)
    link = settling.link(stage.post.house, envelope, "buyer")
    assert link.startswith("http")
    assert link not in stage.said(dialog)
    stage.button("Show as text", dialog).click()
    assert link in [one.text() for one in dialog.findChildren(QLabel)]
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    stage.button("Open in the browser", dialog).click()
    assert opened == [QUrl(link)]
    forget_painted()
    stage.button("Show as QR code", dialog).click()
    view = dialog.findChild(CodeView)
    assert isinstance(view, CodeView)
    view.resize(view.sizeHint())
    corner = round(4.5 * view._module_px)
    assert view.grab().toImage().pixelColor(corner, corner).lightness() < 50
    assert _outline.cache_info().currsize == 0
    stage.button("Copy", dialog).click()
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == link
    assert bytes(clipboard.mimeData().data(KEEP_NOT).data()) == b"secret"
    stage.button("Close", dialog).click()
    assert dialog.link == ""
    end_loan()
    assert clipboard.text() == ""
    kept = [one.read_bytes() for one in stage.post.house.folder.rglob("*") if one.is_file()]
    assert kept
    assert not [one for one in kept if link.encode() in one]


def end_loan() -> None:
    """Its minute is over."""
    app = QCoreApplication.instance()
    assert app is not None
    (loan,) = (one for one in app.findChildren(Loan) if one.timer.isActive())
    loan.timer.stop()
    loan.timer.timeout.emit()


def test_what_somebody_else_copied_meanwhile_stays(qtbot: QtBot) -> None:
    lend("https://sign.example/secret")
    QGuiApplication.clipboard().setText("mine")
    end_loan()
    assert QGuiApplication.clipboard().text() == "mine"
    QGuiApplication.clipboard().clear()


def test_files_come_back_with_their_verdict_and_can_be_verified(stage: Stage, fake: VisiSign) -> None:
    envelope = stage.post.pushed("buyer")
    stage.post.run()
    fake.sign()
    stage.show(envelope)
    assert stage.button("Fetch the files").toolTip() == "It is not completed there yet."
    stage.button("Ask for news").click()
    stage.show(envelope)
    assert stage.post.envelope(envelope).status is EnvelopeStatus.COMPLETED
    assert "Completed there" in [one.accessibleName() for one in stage.half.findChildren(QWidget)]
    assert not stage.shell.actions_.reason_against("envelope.export")
    stage.page.verify_chosen()
    assert stage.ways.gone[-1][0] == "verify"
    assert len(stage.ways.gone[-1][1]) == 1
    stage.button("Verify lease, as it came back").click()
    (where, files) = stage.ways.gone[-1]
    assert where == "verify"
    assert cast("tuple[Path, ...]", files)[0].read_bytes().startswith(b"%PDF")


def test_a_contradiction_shows_both_sides_and_a_person_decides(stage: Stage, fake: VisiSign) -> None:
    envelope = stage.post.pushed("buyer")
    stage.post.run()
    fake.sign()
    fake.fail("POST /signature_requests/{id}/cancel", "status", status=422, times=0)
    ending.void(stage.post.house, envelope, "Changed our minds")
    stage.post.news()
    stage.post.run(seconds=1)
    stage.show(envelope)
    assert "Here: voided" in stage.said()
    assert "At the service: completed" in stage.said()
    stage.button("Keep what is here").click()
    stage.show(envelope)
    assert "Both ends" not in stage.said()
    assert stage.post.envelope(envelope).status is EnvelopeStatus.VOIDED


def test_what_has_not_left_is_taken_back(stage: Stage, fake: VisiSign) -> None:
    envelope = stage.post.pushed("buyer")
    stage.show(envelope)
    stage.button("Take it back").click()
    question = stage.dialog(Question)
    stage.button("Take it back", question).click()
    assert stage.post.envelope(envelope).remote is None
    assert stage.half.isHidden()
    stage.post.run()
    assert not fake.requests


def test_what_the_service_has_no_more_is_said_with_what_can_be_done(stage: Stage, fake: VisiSign) -> None:
    envelope = stage.post.pushed("buyer")
    stage.post.run()
    fake.requests.clear()
    stage.post.run(hours=1)
    stage.show(envelope)
    assert "did not find it, 1 of 5 times in a row" in stage.said()
    for _ in range(4):
        stage.post.run(hours=1)
    stage.page._preview.show("")
    stage.show(envelope)
    said = stage.said()
    assert "it was deleted there, or this account may not see it any more" in said
    assert "paraph" not in said
    assert stage.button("Ask for news").isEnabled()


class News(QObject):
    """What all windows hear."""

    changed = Signal(object)


def test_what_needs_a_person_is_counted_on_the_rail_before_the_page_was_opened(
    post: Post, fake: VisiSign, shell: Shell, theme: Theme
) -> None:
    fake.fail("*", "status", status=422, times=1)
    post.pushed("buyer")
    news = News()
    furnishing = Furnishing(post.house, shell, InlineRunner(), theme, news.changed)
    (button,) = (one for one in shell.rail.findChildren(RailButton) if one.text() == "Exchange")
    assert button.accessibleDescription() == ""
    post.run()
    news.changed.emit(Changes.of("envelope", "*"))
    assert button.accessibleDescription() == "1"
    furnishing.exchange("Outbox")
    assert shell.front == "exchange"


# -- sending what is out through an account --------------------------------------------------------------------------


def hand_over(stage: Stage, envelope: str) -> HandOver:
    stage.show(envelope)
    stage.page.hand_over_chosen()
    return stage.dialog(HandOver)


def test_the_plan_is_shown_before_anything_leaves_and_then_it_goes(stage: Stage, fake: VisiSign) -> None:
    envelope = leases.sent(stage.post.house, stage.post.folder, "buyer", hide_other_signers=True)
    dialog = hand_over(stage, envelope)
    said = stage.said(dialog)
    assert "The document goes up, and those who are left sign on it there." in said
    assert "Signers see each other there." in said
    assert not fake.log
    assert not unnamed(dialog)
    stage.button("Send", dialog).click()
    assert stage.post.envelope(envelope).remote is not None
    assert len(fake.requests) == 1
    assert stage.shell.actions_.reason_against("envelope.hand_over").startswith("It is at work already")


def test_what_forbids_sending_is_said_with_a_way_to_mend_it(stage: Stage, fake: VisiSign) -> None:
    people = [{"role": "buyer", "name": "Buyer", "email": "", "order": 1}]
    dialog = hand_over(stage, leases.sent(stage.post.house, stage.post.folder, "buyer", recipients=people))
    assert "Give them an e-mail address in the list of recipients." in stage.said(dialog)
    send = stage.button("Send", dialog)
    assert not send.isEnabled()
    assert send.toolTip() == "It cannot go: buyer has no e-mail address."


def test_what_the_service_needs_is_asked(stage: Stage, post: Post) -> None:
    with ClearPolicy(now=post.clock.at).serving() as policy, NueForm(now=post.clock.at).serving() as forms:
        post.account(policy, "a policy")
        post.account(forms, "b forms", form_id="507f1f77bcf86cd799439011")
        dialog = hand_over(stage, leases.sent(post.house, post.folder, "buyer"))
        lines = {one.accessibleName(): one for one in dialog.findChildren(QLineEdit) if one.isVisible()}
        assert set(lines) == {"Document there", "Person there"}
        assert stage.button("Send", dialog).toolTip() == "Document there is missing."
        lines["Document there"].setText("01hv3k8e7q2n4m6p8r0s2t4v6x")
        assert stage.button("Send", dialog).toolTip() == "What will happen is being worked out."
        dialog._road._pause.timeout.emit()
        assert stage.button("Send", dialog).isEnabled()
        (which,) = dialog.findChildren(QComboBox)
        which.setCurrentIndex(1)
        QCoreApplication.sendPostedEvents()
        (form,) = (one for one in dialog.findChildren(QLineEdit) if one.isVisible())
        assert form.text() == "507f1f77bcf86cd799439011"
        assert stage.button("Send", dialog).isEnabled()


def test_without_an_account_the_way_to_one_is_offered(stage: Stage) -> None:
    dialog = hand_over(stage, leases.sent(stage.post.house, stage.post.folder, "buyer"))
    assert stage.button("Send", dialog).toolTip() == "Choose an account first."
    stage.button("Add an account…", dialog).click()
    assert ("exchange", "Accounts") in stage.ways.gone


def test_nothing_asks_a_service_on_the_windows_thread(post: Post, fake: VisiSign, shell: Shell, memory: Memory) -> None:
    """Work that is held has not begun: had a button asked by itself, the service would know."""
    envelope = post.pushed("buyer")
    post.run()
    runner = InlineRunner()
    stage = Stage(post, shell, memory, runner)
    stage.show(envelope)
    news = stage.button("Ask for news")
    pressed = [stage.button(name) for name in ("Ask for news", "Remind Buyer Smith", "Signing link of Buyer Smith")]
    before = len(fake.log)
    runner.held = True
    for button in pressed:
        button.click()
    assert len(runner.waiting) >= len(pressed)
    assert news.toolTip() == "It is under way."
    assert len(fake.log) == before
    runner.release()
    assert len(fake.log) > before
    assert stage.button("Ask for news").isEnabled()
