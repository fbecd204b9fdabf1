"""The address at which somebody signs at a service: shown on demand, opened, copied, or shown as a QR code.

Whoever has it can sign as that person. It stays in the vault; what is copied leaves the clipboard after a minute, and
clipboard histories are asked not to keep it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.services import handing_out, overseeing, settling
from app.services.overseeing import Answered, Person
from app.ui.canvas.code import CodeView
from app.ui.desk import Desk
from app.ui.theme import SPACE
from app.ui.widgets.announce import announce
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, selectable, set_look

FORGET_MS: Final = 60_000
KEEP_NOT: Final = "x-kde-passwordManagerHint"
"""What clipboard histories of free desktops look for."""


class LinkDialog(QDialog):
    """`link` is empty until it was found in the vault, and again once the dialog is closed."""

    def __init__(self, desk: Desk, envelope: str, person: Person, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Signing link")
        self.setMinimumWidth(460)
        self._desk, self._envelope, self._person = desk, envelope, person
        self.link = ""
        self._said = label("", wrap=True)
        self._shown = selectable(label("", "small", wrap=True))
        self._shown.setAccessibleName("The link")
        self._pictures = QStackedWidget()
        self._pictures.hide()
        self._open, self._copy = QPushButton("Open in the browser"), QPushButton("Copy")
        self._code, self._show = QPushButton("Show as QR code"), QPushButton("Show as text")
        self._ask = QPushButton("Ask the service for it")
        close = QPushButton("Close")
        self._open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(self.link)))
        self._copy.clicked.connect(self._copied)
        self._code.clicked.connect(self._picture)
        self._show.clicked.connect(lambda: self._shown.setText("" if self._shown.text() else self.link))
        self._ask.clicked.connect(self._request)
        close.clicked.connect(self.reject)
        set_look(self._open, kind="primary")
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.between)
        box.setSpacing(SPACE.between)
        box.addWidget(label(f"Signing link of {person.name}", "title", strong=True))
        box.addWidget(label(f"Whoever has it can sign as {person.name}. Give it to nobody else.", wrap=True))
        box.addWidget(self._said)
        box.addLayout(column(row(self._open, self._copy), row(self._code, self._show)))
        box.addWidget(self._shown)
        box.addWidget(self._pictures, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addLayout(row(self._ask, None, close))
        self.finished.connect(self._forget)
        self._judge("Looking for it…")
        self._look()

    def _look(self) -> None:
        house, envelope, role = self._desk.house, self._envelope, self._person.role
        self._desk.run(lambda _: settling.link(house, envelope, role), self._found, failed=self._failed, owner=self)

    def _found(self, link: str) -> None:
        self.link = link
        self._judge("" if link else "The service has told no link yet.")

    def _judge(self, said: str) -> None:
        self._said.setText(said)
        self._said.setVisible(bool(said))
        reason = "" if self.link else (said or "There is no link yet.")
        for button in (self._open, self._copy, self._show):
            allow(button, reason)
        allow(
            self._code, reason or ("" if handing_out.fits_picture(self.link) else "The link is too long for a QR code.")
        )
        self._ask.setVisible(not self.link)
        allow(self._ask, self._person.against["link"])

    def _request(self) -> None:
        house, envelope, role = self._desk.house, self._envelope, self._person.role
        allow(self._ask, "It is under way.")

        def done(answered: Answered) -> None:
            self._desk.publish(answered.changes)
            if answered.problem is not None:
                self._failed(answered.problem)
            else:
                self._look()

        self._desk.run(
            lambda _: overseeing.ask_link(house, envelope, role), done, failed=self._failed, owner=self, far=True
        )

    def _failed(self, error: Exception) -> None:
        self._judge("")
        self._desk.notices.fail(error)

    def _copied(self) -> None:
        lend(self.link)
        self._judge("Copied. It leaves the clipboard in a minute.")
        announce(self, self._said.text())

    def _picture(self) -> None:
        if self._pictures.isVisible():
            self._pictures.hide()
        else:
            view = CodeView(handing_out.picture(self.link), f"QR code with the signing link of {self._person.name}")
            self._pictures.addWidget(view)
            self._pictures.setCurrentWidget(view)
            self._pictures.show()
        self.adjustSize()

    def _forget(self) -> None:
        self.link = ""
        self._shown.clear()


def lend(secret: str) -> None:
    """To the clipboard, for a minute or until the program ends; what somebody else copied meanwhile stays."""
    data = QMimeData()
    data.setText(secret)
    data.setData(KEEP_NOT, b"secret")
    QGuiApplication.clipboard().setMimeData(data)
    Loan(secret)


class Loan(QObject):
    """Outlives the dialog."""

    def __init__(self, secret: str) -> None:
        app = QCoreApplication.instance()
        super().__init__(app)
        self._secret = secret
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(FORGET_MS)
        self.timer.timeout.connect(self._end)
        self.timer.start()
        if app is not None:
            app.aboutToQuit.connect(self._end)

    def _end(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self._secret:
            clipboard.clear()
        self._secret = ""
        self.deleteLater()
