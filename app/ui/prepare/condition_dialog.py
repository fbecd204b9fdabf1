"""Conditions as sentences: built from three choices a line, read back as one sentence, and tried out at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton, QVBoxLayout, QWidget

from app.domain.conditions.judging import Verdict, cycles, verdict
from app.domain.envelope import Envelope
from app.domain.fields.base import Field
from app.domain.fields.condition import Condition, Effect, Group, Match, Op, Test
from app.domain.fields.registry import kind_of
from app.domain.ids import FieldId
from app.services import condition_words
from app.ui.prepare.condition_rows import GroupBox
from app.ui.prepare.condition_tester import Tester
from app.ui.theme import SPACE
from app.ui.widgets.grey import allow
from app.ui.widgets.look import column, label, row, set_look

EFFECTS: Final = (
    ("Show it when", Effect.SHOW),
    ("Require it when", Effect.REQUIRE),
    ("Disable it when", Effect.DISABLE),
)
MATCHES: Final = (("all groups hold", Match.ALL), ("any group holds", Match.ANY))
SLIPS: Final = {
    Verdict.ALWAYS: "This always holds: the condition says nothing.",
    Verdict.NEVER: "This never holds, whatever is answered.",
}


class ConditionDialog(QDialog):
    """Of a field, or (`effects` SHOW only) a document. Signals: `decided(tuple of Condition)`."""

    decided = Signal(tuple)

    def __init__(
        self,
        envelope: Envelope,
        target: FieldId | None,
        name: str,
        conditions: Sequence[Condition],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._envelope, self._target, self._name = envelope, target, name
        self._kept = {condition.effect: condition for condition in conditions}
        self._others = [field for field in envelope.fields if field.id != target and field.recipient is not None]
        self._groups: list[GroupBox] = []
        self.setWindowTitle(f"When {name} is asked for")
        self.setMinimumSize(620, 440)
        self.effect = QComboBox()
        self.effect.setAccessibleName("What happens")
        for words, effect in EFFECTS if target is not None else EFFECTS[:1]:
            self.effect.addItem(words, effect)
        self.match = QComboBox()
        self.match.setAccessibleName("How groups go together")
        for words, match in MATCHES:
            self.match.addItem(words, match)
        self.sentence = label("", wrap=True)
        self.slip = label("", ink="warn", wrap=True)
        self.tester = Tester(envelope)
        self._box = QVBoxLayout()
        self._lay_out()
        self.effect.activated.connect(self._show_effect)
        self.match.activated.connect(self._changed)
        self._now = Effect(self.effect.currentData())
        self._show_effect()

    def conditions(self) -> tuple[Condition, ...]:
        """In the order of the effects; those without a complete test are none."""
        self._keep()
        return tuple(self._kept[effect] for _, effect in EFFECTS if effect in self._kept)

    def _lay_out(self) -> None:
        more, group = QPushButton("Add a test"), QPushButton("Add a group")
        for button in (more, group):
            set_look(button, kind="link")
        more.clicked.connect(self._add_test)
        group.clicked.connect(lambda: self._add_group(Group((self._first_test(),))))
        for button in (more, group):
            allow(button, "" if self._others else "There is no other field yet that it could depend on.")
        never, leave, keep = QPushButton("Without condition"), QPushButton("Cancel"), QPushButton("Keep")
        never.clicked.connect(self._clear)
        leave.clicked.connect(self.reject)
        set_look(keep, kind="primary")
        keep.setDefault(True)
        keep.clicked.connect(self._decide)
        self.setLayout(
            column(
                row(self.effect, self.match, None, never),
                self._box,
                row(more, group, None),
                self.sentence,
                self.slip,
                self.tester,
                None,
                row(None, leave, keep),
                gap=SPACE.snug,
                margin=SPACE.around,
            )
        )

    def _show_effect(self) -> None:
        """What was built for the other effect is kept, and this one's groups are shown."""
        self._keep()
        self._now = Effect(self.effect.currentData())
        for box in self._groups:
            box.hide()
            box.deleteLater()
        self._groups = []
        condition = self._kept.get(self._now)
        self.match.setCurrentIndex(self.match.findData(condition.match if condition else Match.ALL))
        for group in condition.groups if condition else ():
            self._add_group(group)
        if not self._groups and self._others and condition is None and not self._kept:
            self._add_group(Group((self._first_test(),)))
        self._changed()

    def _first_test(self) -> Test:
        first = self._others[0]
        return Test(first.id, condition_words.ops_for(first)[0])

    def _add_group(self, group: Group) -> None:
        box = GroupBox(self._others, group)
        box.changed.connect(self._changed)
        box.emptied.connect(lambda: self._drop(box))
        self._groups.append(box)
        self._box.addWidget(box)
        self._changed()

    def _add_test(self) -> None:
        if self._groups:
            self._groups[-1].add(self._first_test())
        else:
            self._add_group(Group((self._first_test(),)))

    def _drop(self, box: GroupBox) -> None:
        if box in self._groups:
            self._groups.remove(box)
            box.hide()
            box.deleteLater()
            self._changed()

    def _clear(self) -> None:
        for box in list(self._groups):
            self._drop(box)

    def _keep(self) -> None:
        groups = tuple(group for group in (box.group() for box in self._groups) if group.tests)
        if groups:
            self._kept[self._now] = Condition(self._now, groups, Match(self.match.currentData()))
        else:
            self._kept.pop(self._now, None)

    def _changed(self) -> None:
        self.match.setVisible(len(self._groups) > 1)
        conditions = self.conditions()
        now = next((each for each in conditions if each.effect is self._now), None)
        words = condition_words.sentence(self._envelope, now, self._name).replace("*", "") if now else ""
        self.sentence.setText(words or "No condition: always shown, as required as it says.")
        self.slip.setText(self._slip(now))
        self.slip.setVisible(bool(self.slip.text()))
        self.tester.show_conditions(now)

    def _slip(self, condition: Condition | None) -> str:
        if condition is None:
            return ""
        if self._target is not None and any(self._target in circle for circle in cycles(self._as_if())):
            return "This goes round in a circle: the field depends on one that depends on it."
        return SLIPS.get(verdict(self._envelope, condition), "")

    def _as_if(self) -> Envelope:
        conditions = self.conditions()
        fields = (replace(f, conditions=conditions) if f.id == self._target else f for f in self._envelope.fields)
        return replace(self._envelope, fields=tuple(fields))

    def _decide(self) -> None:
        found = self.conditions()
        self.accept()
        self.decided.emit(found)


def name_of(field: Field) -> str:
    """As sentences call it."""
    return field.label or field.mapping_key or kind_of(field).title


__all__ = ["ConditionDialog", "Op", "name_of"]
