"""The tools for several fields, below the pages while several are selected: arranging without a menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame

from app.ui.action_set import ActionSet
from app.ui.models.draft import Draft
from app.ui.theme import SPACE
from app.ui.widgets.look import label, row, rule, set_look

GROUPS: Final = (
    ("arrange.left", "arrange.centre", "arrange.right"),
    ("arrange.top", "arrange.middle", "arrange.bottom"),
    ("arrange.across", "arrange.down"),
    ("arrange.tidy", "edit.repeat", "edit.save_block"),
)


class ArrangeBar(QFrame):
    """Shown while two fields or more are selected. The one selected last is the one the others follow."""

    def __init__(self, draft: Draft, actions: ActionSet) -> None:
        super().__init__()
        set_look(self, ground="window")
        self._draft = draft
        self._words = label("", "small", ink="muted")
        line = row(self._words, gap=SPACE.tight)
        for group in GROUPS:
            divider = rule(vertical=True)
            divider.setFixedHeight(18)
            line.addWidget(divider)
            for each in group:
                line.addWidget(actions.tool(each))
        line.addStretch(1)
        line.setContentsMargins(SPACE.between, 2, SPACE.inside, 2)
        self.setLayout(line)
        draft.selected.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        count = len(self._draft.selection)
        self._words.setText(f"{count} fields")
        self.setVisible(count > 1 and self._draft.is_editable)
