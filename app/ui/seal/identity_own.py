"""An identity made here, and one out of a certificate file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from app.domain.changes import Changes
from app.domain.errors import ParaphError, PassphraseWrong
from app.services import identities
from app.ui.desk import Desk
from app.ui.seal.identity_form import IdentityForm, typed

FILES: Final = "Certificate files (*.p12 *.pfx);;All files (*)"


class MakeForm(IdentityForm):
    """A self-signed certificate, its key in the vault."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        told = (
            "Made on this device, at once. Nobody else vouches for it: others see your name only as undecided until "
            "they trust its certificate."
        )
        super().__init__(desk, "Make an identity", told, parent)
        self._person, self._email = typed(""), typed("")
        self._person.textEdited.connect(lambda text: self.suggest(text.strip()))
        self.line("person", "Your name", self._person, "It stands in the certificate and in each signature.")
        self.line("email", "E-mail address", self._email, "In the certificate too; may be empty.")
        self.finish()

    def missing(self) -> str:
        return "" if self._person.text().strip() else "Your name is missing."

    def prepare(self) -> None:
        self._wanted = (self.name.text().strip(), self._person.text().strip(), self._email.text().strip())

    def deed(self) -> Changes:
        return identities.create(self.desk.house, *self._wanted)


class FileForm(IdentityForm):
    """A PKCS#12 file: it stays where it is, and its passphrase is asked each time."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        told = "The file stays where it is. Its passphrase is asked each time you sign and is kept nowhere."
        super().__init__(desk, "Add a certificate file", told, parent)
        self._path, self._secret = typed(""), typed("", secret=True)
        self._path.textChanged.connect(lambda text: self.suggest(Path(text.strip()).stem))
        choose = QPushButton("Choose…")
        choose.setAutoDefault(False)
        choose.setAccessibleName("Choose the certificate file")
        choose.clicked.connect(self._choose)
        self.line("path", "Certificate file", self._path, "With your key in it: PKCS#12, .p12 or .pfx.", choose)
        self.line("secret", "Passphrase", self._secret)
        self.finish()

    def missing(self) -> str:
        return "" if self._path.text().strip() else "The certificate file is missing."

    def prepare(self) -> None:
        self._wanted = (Path(self._path.text().strip()).expanduser(), self._secret.text(), self.name.text().strip())

    def deed(self) -> Changes:
        return identities.import_pkcs12(self.desk.house, *self._wanted)

    def line_of(self, error: ParaphError) -> str:
        if isinstance(error, PassphraseWrong):
            return "secret"
        return super().line_of(error) or "path"

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Certificate file", "", FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self._path.setText(path)
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)
