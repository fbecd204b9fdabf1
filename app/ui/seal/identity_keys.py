"""Keys that lie somewhere else: on a card or token, at a trust service. Found first, then one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QListWidget, QListWidgetItem, QPushButton, QWidget

from app.domain.changes import Changes
from app.domain.errors import (
    BrowserLoginFailed,
    CredentialRefused,
    ParaphError,
    RemoteError,
    TargetRefused,
    TokenModuleUnusable,
    UsageError,
)
from app.services import identities, identity_words, key_offers, remote_keys, remote_login, sealing_words
from app.services.key_offers import Offer, OnTokens
from app.services.messages import words
from app.services.remote_login import Account, Session
from app.tasks import Report
from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.seal.identity_form import IdentityForm, typed
from app.ui.widgets.grey import allow
from app.ui.widgets.look import label, row
from app.ui.widgets.progress import ProgressStrip

HEIGHT: Final = 190
MODULES: Final = "Modules (*.so *.dll *.dylib);;All files (*)"
NO_CARD: Final = "No card or token is there. Put it in and look again, or choose the module that came with it."
NO_KEY: Final = "There is no key to sign with."
LOOK_FIRST: Final = "Look for the keys of this account first."
WAYS: Final = {
    remote_login.TOKEN: "An access token",
    remote_login.CLIENT: "Client id and secret",
    remote_login.BROWSER: "Your web browser",
}
CLIENT_TOLD: Final = (
    "By it the service knows this program. Where it asks for a redirect address: http://127.0.0.1/callback, any port."
)


class KeyForm(IdentityForm):
    """A list of keys and a way to look for them; the first that can be used is chosen."""

    grows = True

    def __init__(self, desk: Desk, title: str, told: str, parent: QWidget) -> None:
        super().__init__(desk, title, told, parent)
        self._offers: tuple[Offer, ...] = ()
        self.list = QListWidget()
        self.list.setMinimumHeight(HEIGHT)
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.currentRowChanged.connect(lambda _: self._choose())
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(lambda: self.forget("Stopped. Look again."))
        self.said = label("", "small", ink="muted", wrap=True)

    @property
    def chosen(self) -> Offer | None:
        at = self.list.currentRow()
        return self._offers[at] if 0 <= at < len(self._offers) else None

    def take(self, offer: Offer) -> None:
        """Takes from it and from the lines what `deed` needs."""
        raise NotImplementedError

    def prepare(self) -> None:
        if self.chosen is not None:
            self.take(self.chosen)

    def missing(self) -> str:
        if not self._offers:
            return self.said.text() or "Look for the keys first."
        return self.chosen.against if self.chosen else "Choose a key first."

    def show_offers(self, offers: Sequence[Offer], nothing: str) -> None:
        self.progress.finish()
        self._offers = tuple(offers)
        self.list.clear()
        for offer in offers:
            item = QListWidgetItem(told(offer))
            item.setIcon(icon("circle-x" if offer.against else "key-round"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, item.text().replace("\n", "; "))
            self.list.addItem(item)
        self.list.setCurrentRow(next((at for at, each in enumerate(offers) if not each.against), 0 if offers else -1))
        self.say("" if offers else nothing)
        self.suit()

    def say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def forget(self, why: str) -> None:
        """What was found no longer holds."""
        self.show_offers((), why)

    def _choose(self) -> None:
        offer = self.chosen
        if offer is not None and offer.card is not None:
            self.suggest(offer.card.name)
        self.suit()


class TokenForm(KeyForm):
    """A card or token behind a PKCS#11 module. No PIN is asked before something is signed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        about = "The key stays on the card. Its PIN is asked each time you sign, and not now."
        super().__init__(desk, "Add a card or token", about, parent)
        self._module: Path | None = None
        again, module = QPushButton("Look again"), QPushButton("Choose a module…")
        for button, deed in ((again, self._look), (module, self._choose_module)):
            button.setAutoDefault(False)
            button.clicked.connect(deed)
        self._where: QLabel = label("", "small", ink="muted", wrap=True)
        self.line("list", "Keys on cards and tokens", self.list)
        self.body.addWidget(self.said)
        self.body.addWidget(self.progress)
        self.body.addLayout(row(again, module, self._where, None))
        self.finish()
        self._look()

    def take(self, offer: Offer) -> None:
        if offer.token is not None:
            self._wanted = (Path(offer.token.module), self.name.text().strip(), offer.token.serial, offer.key)

    def deed(self) -> Changes:
        return identities.add_token(self.desk.house, *self._wanted)

    def line_of(self, error: ParaphError) -> str:
        return super().line_of(error) or "list"

    def _look(self) -> None:
        house, module = self.desk.house, self._module
        self.complain("list", "")
        self.forget("The cards are being looked for.")
        handle = self.desk.run(
            lambda _: key_offers.on_tokens(house, module), self._found, failed=self._not_found, owner=self
        )
        self.progress.follow("Looking for cards and tokens", handle)

    def _found(self, found: OnTokens) -> None:
        labels = ", ".join(f"{each.label} ({each.serial})" for each in found.tokens)
        self.show_offers(found.offers, f"{labels}: {NO_KEY.lower()}" if labels else NO_CARD)

    def _not_found(self, error: Exception) -> None:
        self.show_offers((), "")
        self.refuse(error)
        if isinstance(error, TokenModuleUnusable):
            self._take_module(None)

    def _choose_module(self) -> None:
        dialog = QFileDialog(self, "PKCS#11 module", "", MODULES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.look_in)
        dialog.open()

    def look_in(self, module: str) -> None:
        """In this module only."""
        self._take_module(Path(module))
        self._look()

    def _take_module(self, module: Path | None) -> None:
        self._module = module
        self._where.setText(module.name if module else "")


class ServiceForm(KeyForm):
    """A key at a trust service that speaks CSC API v2, and how one logs in there."""

    far = True

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        about = (
            "The key stays at the service, which asks for its PIN or one-time password, or opens a page in your web "
            "browser, each time you sign. What logs in to your account is kept encrypted here."
        )
        super().__init__(desk, "Add a key at a trust service", about, parent)
        self._session: Session | None = None
        self._url, self._client = typed(""), typed("")
        self._token, self._secret = typed("", secret=True), typed("", secret=True)
        self._url.setPlaceholderText("https://")
        self._way = QComboBox()
        for way, words_of_it in WAYS.items():
            self._way.addItem(words_of_it, way)
        self._seek = QPushButton("Look for keys")
        self._seek.setAutoDefault(False)
        self._seek.clicked.connect(self._look)
        self.line(
            "url", "Address", self._url, "Where the service's API begins (Cloud Signature Consortium, version 2)."
        )
        self.line("way", "Log in with", self._way)
        self.line("token", "Access token", self._token, "The service gives it to you.")
        self.line("client", "Client id", self._client, CLIENT_TOLD)
        self.line("secret", "Client secret", self._secret)
        self.body.addLayout(row(self._seek, None))
        self.line("list", "Keys of this account", self.list)
        self.body.addWidget(self.said)
        self.body.addWidget(self.progress)
        self.finish()
        self._way.currentIndexChanged.connect(lambda _: self._suit_way())
        for line in (self._url, self._token, self._client, self._secret):
            line.textChanged.connect(lambda _: self._change())
        self._suit_way()

    def take(self, offer: Offer) -> None:
        self._wanted = (self.name.text().strip(), offer.key)

    def deed(self) -> Changes:
        if self._session is None:
            raise UsageError(problem=LOOK_FIRST)
        return remote_keys.add(self._session, *self._wanted)

    def line_of(self, error: ParaphError) -> str:
        if isinstance(error, CredentialRefused):
            return "token" if self._account().way == remote_login.TOKEN else "secret"
        if isinstance(error, BrowserLoginFailed):
            return ""
        return "url" if isinstance(error, RemoteError) else super().line_of(error)

    def sentence(self, error: ParaphError) -> str:
        if isinstance(error, CredentialRefused):
            mend = (
                "Get a new one from the service." if self.line_of(error) == "token" else "Check client id and secret."
            )
            return f"{words(error).happened} {mend}"
        if isinstance(error, TargetRefused) and not error.host:
            return "This is no address of a web service. Write it as the service gives it, with https://."
        return super().sentence(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the lines of the account looks for its keys and adds none."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.focusWidget() in (self._url, self._token, self._client, self._secret):
            self._look()
            return
        super().keyPressEvent(event)

    def _account(self) -> Account:
        way = str(self._way.currentData())
        if way == remote_login.TOKEN:
            return Account(self._url.text().strip(), way, "", self._token.text())
        return Account(self._url.text().strip(), way, self._client.text(), self._secret.text())

    def _suit_way(self) -> None:
        """Only the lines that this login needs."""
        is_token = self._account().way == remote_login.TOKEN
        for path, wanted in (("token", is_token), ("client", not is_token), ("secret", not is_token)):
            self.show_line(path, wanted)
        in_browser = self._account().way == remote_login.BROWSER
        self._secret.setPlaceholderText("only if the service gave you one" if in_browser else "")
        self._change()
        self.fit()

    def _change(self) -> None:
        self._session = None
        self.complain("", "")
        self.forget(LOOK_FIRST)
        self._suit_seeking()

    def _suit_seeking(self) -> None:
        missing = remote_login.lack(self._account())
        allow(self._seek, f"{missing[0].upper()}{missing[1:]}." if missing else "")

    def _look(self) -> None:
        if not self._seek.isEnabled():
            return
        house, account = self.desk.house, self._account()
        self._session = None
        self.complain("", "")
        self.forget("The keys are being looked for.")

        def work(report: Report) -> tuple[Session, tuple[Offer, ...]]:
            session = remote_login.session(house, account)
            return session, key_offers.at_service(session, report)

        handle = self.desk.run(
            work,
            lambda found: self._found(account, *found),
            failed=self._not_found,
            on_progress=self.progress.report,
            owner=self,
            far=True,
        )
        self.progress.follow("Looking for keys", handle)

    def _found(self, asked: Account, session: Session, offers: tuple[Offer, ...]) -> None:
        """Unless another account was written meanwhile."""
        if asked == self._account():
            self._session = session
            self.show_offers(offers, NO_KEY)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_found(self, error: Exception) -> None:
        self.show_offers((), "")
        self.refuse(error)


def told(offer: Offer) -> str:
    """A key in lines: whose, by whom and how long, where it lies, what stands against it."""
    lines = [f"Key {offer.key}"]
    if offer.card is not None:
        life, _ = identity_words.life(offer.card, datetime.now(UTC))
        lines = [offer.card.name, f"Issued by {offer.card.issuer}, serial ends in {offer.card.serial_tail[-4:]}", life]
    if offer.token is not None:
        token = offer.token
        lines.append(f"On {token.label} ({token.serial}), slot {token.slot}")
        lines.append(f"PIN: {sealing_words.TRIES[token.tries]}")
    elif offer.card is not None:
        lines.append(f"Key {offer.key}")
    return "\n".join([*lines, *([offer.against] if offer.against else [])])
