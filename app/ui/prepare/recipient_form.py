"""The particulars of one recipient, each change a step of history, typing one step."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QMenu, QPushButton, QSpinBox, QWidget

from app.domain.envelope import Envelope, Routing
from app.domain.recipient import Action, Recipient
from app.ui.icons import icon
from app.ui.models.draft import Draft
from app.ui.theme import SPACE
from app.ui.widgets.look import label, row, set_look

ACTIONS: Final = (
    (Action.SIGN, "Signs"),
    (Action.APPROVE, "Approves"),
    (Action.ACKNOWLEDGE, "Acknowledges"),
    (Action.WITNESS, "Witnesses"),
    (Action.VIEW, "Reads only"),
    (Action.COPY, "Gets a copy"),
)


class RecipientForm(QWidget):
    """Shows the current recipient of the draft. Signals: `finished` when it may be put away."""

    finished = Signal()

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._name = self._line("Name", 120)
        self._email = self._line("E-mail", 200)
        self._role = self._line("Role", 60)
        self._does = QComboBox()
        self._does.setAccessibleName("What they do")
        for action, words in ACTIONS:
            self._does.addItem(words, action)
        self._step = QSpinBox()
        self._step.setRange(1, 99)
        self._step.setAccessibleName("Step")
        self._step.setToolTip("People of one step act in any order; the next step waits for all of them.")
        self._remove = QPushButton("Remove")
        self._remove.setIcon(icon("trash-2", "bad"))
        set_look(self._remove, kind="danger")
        done = QPushButton("Done")
        form = QFormLayout(self)
        form.setContentsMargins(SPACE.snug, SPACE.inside, SPACE.tight, SPACE.inside)
        form.setHorizontalSpacing(SPACE.snug)
        form.setVerticalSpacing(SPACE.inside)
        self._step_label = label("Step", ink="muted")
        for words, editor in (("Name", self._name), ("E-mail", self._email), ("Does", self._does)):
            form.addRow(label(words, ink="muted"), editor)
        form.addRow(self._step_label, self._step)
        form.addRow(label("Role", ink="muted"), self._role)
        form.addRow(row(self._remove, None, done))
        self._connect(done)

    def edit_name(self) -> None:
        self._name.setFocus()
        self._name.selectAll()

    def refresh(self) -> None:
        recipient = self._draft.current
        self.setEnabled(recipient is not None)
        if recipient is None:
            return
        for editor, words in ((self._name, recipient.name), (self._email, recipient.email)):
            if editor.text() != words:
                editor.setText(words)
        if not self._role.hasFocus():
            self._role.setText(recipient.role)
        self._does.setCurrentIndex([action for action, _ in ACTIONS].index(recipient.action))
        self._step.blockSignals(True)
        self._step.setValue(recipient.order)
        self._step.blockSignals(False)
        in_steps = self._draft.envelope.routing is Routing.SEQUENTIAL
        self._step.setVisible(in_steps)
        self._step_label.setVisible(in_steps)

    # -- inside ----------------------------------------------------------------------------------------------

    def _line(self, words: str, longest: int) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(words)
        line.setMaxLength(longest)
        return line

    def _connect(self, done: QPushButton) -> None:
        self._name.textEdited.connect(lambda text: self._change("name", text))
        self._email.textEdited.connect(lambda text: self._change("email", text.strip()))
        self._role.editingFinished.connect(self._rename_role)
        self._does.activated.connect(lambda _: self._change("action", self._does.currentData()))
        self._step.valueChanged.connect(lambda step: self._change("order", step))
        self._remove.clicked.connect(self._ask_and_remove)
        for line in (self._name, self._email):
            line.editingFinished.connect(self._draft.end_merging)
            line.returnPressed.connect(self.finished)
        done.clicked.connect(self.finished)

    def _change(self, key: str, value: object) -> None:
        recipient = self._draft.current
        if recipient is None:
            return
        changed = replace(recipient, **{key: value})  # type: ignore[arg-type]
        name = f"Change {changed.name or changed.role}"
        after = self._draft.envelope.with_recipient(changed)
        self._draft.edit(name, after, merge=f"{recipient.id} {key}")

    def _rename_role(self) -> None:
        recipient, wanted = self._draft.current, self._role.text().strip().lower().replace(" ", "_")
        if recipient is None or wanted == recipient.role:
            return
        taken = {other.role for other in self._draft.envelope.recipients}
        if not wanted or wanted in taken:
            self._role.setText(recipient.role)
            return
        after = with_role(self._draft.envelope, recipient, wanted)
        self._draft.edit(f"Rename role {recipient.role}", after)
        self._draft.make_current(wanted)

    def _ask_and_remove(self) -> None:
        """Without fields they simply go; else a person says where the fields are to go."""
        recipient = self._draft.current
        if recipient is None:
            return
        fields = sum(field.recipient == recipient.role for field in self._draft.envelope.fields)
        if not fields:
            remove(self._draft, recipient, None)
            self.finished.emit()
            return
        self.heirs(recipient, fields).popup(self._remove.mapToGlobal(self._remove.rect().bottomLeft()))

    def heirs(self, recipient: Recipient, fields: int) -> QMenu:
        """Who may take over so many fields of somebody who leaves."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        many = f"{fields} field{'' if fields == 1 else 's'}"
        menu.addAction(f"Remove with {many}", lambda: self._remove_now(recipient, None))
        for other in self._draft.envelope.recipients:
            if other.id != recipient.id:
                words = f"Give {many} to {other.name or other.role}"
                menu.addAction(words, partial(self._remove_now, recipient, other))
        return menu

    def _remove_now(self, recipient: Recipient, heir: Recipient | None) -> None:
        remove(self._draft, recipient, heir)
        self.finished.emit()


def remove(draft: Draft, recipient: Recipient, heir: Recipient | None) -> None:
    """Takes somebody out; their fields go to `heir`, or with them."""
    envelope = draft.envelope
    fields = tuple(
        replace(field, recipient=heir.role) if heir is not None and field.recipient == recipient.role else field
        for field in envelope.fields
        if heir is not None or field.recipient != recipient.role
    )
    others = tuple(other for other in envelope.recipients if other.id != recipient.id)
    draft.edit(f"Remove {recipient.name or recipient.role}", replace(envelope, recipients=others, fields=fields))


def with_role(envelope: Envelope, recipient: Recipient, role: str) -> Envelope:
    """The role renamed, everywhere."""
    fields = tuple(
        replace(field, recipient=role) if field.recipient == recipient.role else field for field in envelope.fields
    )
    return replace(envelope.with_recipient(replace(recipient, role=role)), fields=fields)
