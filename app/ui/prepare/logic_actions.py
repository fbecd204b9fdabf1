"""What the table of actions calls on the meaning and look of fields: conditions, formulas, the envelope's style."""

from __future__ import annotations

from dataclasses import replace

from app.domain.envelope import Document
from app.domain.fields.condition import Condition
from app.domain.fields.registry import kind_of
from app.domain.style import EnvelopeStyle
from app.services import designs, styling
from app.ui.prepare.condition_dialog import ConditionDialog, name_of
from app.ui.prepare.formula_dialog import FormulaDialog
from app.ui.prepare.reworking import Reworking
from app.ui.prepare.style_dialog import StyleDialog


class LogicActions(Reworking):
    """Mixed into the page."""

    def edit_conditions(self) -> None:
        """Of all selected fields, beginning with those of the last."""
        fields = self.draft.chosen
        field = fields[-1]
        name = name_of(field) if len(fields) == 1 else f"{len(fields)} fields"
        dialog = ConditionDialog(self.draft.envelope, field.id, name, field.conditions, self.studio)
        dialog.decided.connect(self.set_conditions)
        dialog.open()

    def set_conditions(self, conditions: tuple[Condition, ...]) -> None:
        """A field does not look at itself, also where several got the same conditions."""
        changed = [
            replace(field, conditions=tuple(each for each in conditions if field.id not in each.looks_at))
            for field in self.draft.chosen
        ]
        self.draft.replace_fields("Change conditions", changed)

    def edit_document_condition(self) -> None:
        """When the document being read is shown at all."""
        page = self.studio.view.page
        found = [each for each in self.draft.envelope.documents if page is not None and each.id == page.document]
        for document in found:
            dialog = ConditionDialog(
                self.draft.envelope, None, document.title, document.conditions, self.studio
            )  # fmt: skip
            dialog.decided.connect(lambda conditions, document=document: self._set_document(document, conditions))
            dialog.open()

    def edit_formula(self) -> None:
        field = self.draft.chosen[-1]
        if not kind_of(field).computable:
            self._desk.notices.tell(f"{kind_of(field).title} fields are not computed.")
            return
        dialog = FormulaDialog(self.draft.envelope, field, self.studio)
        dialog.decided.connect(
            lambda formula: self.draft.replace_fields("Change formula", [replace(field, formula=formula)])
        )
        dialog.open()

    def reset_look(self) -> None:
        """The selected fields take the envelope's look again."""
        self.draft.replace_fields("Reset the look", [styling.inheriting(field) for field in self.draft.chosen])

    def make_default_look(self) -> None:
        """The last selected field's look becomes the envelope's."""
        name = self.draft.chosen[-1].id
        self.rework("Make this the envelope's look", lambda house: styling.make_default(house, self._id, name))

    def open_style(self) -> None:
        house = self._desk.house
        self._desk.run(lambda _: designs.list_designs(house), self._open_style, owner=self.studio)

    def _open_style(self, found: tuple[designs.Design, ...]) -> None:
        dialog = StyleDialog(self.draft.envelope.style, [each.name for each in found], self.studio)
        dialog.changed.connect(self.set_style)
        dialog.open()

    def set_style(self, style: EnvelopeStyle) -> None:
        self.draft.edit("Change the envelope's look", replace(self.draft.envelope, style=style), merge="style")

    # -- inside ----------------------------------------------------------------------------------------------

    def _set_document(self, document: Document, conditions: tuple[Condition, ...]) -> None:
        changed = replace(document, conditions=conditions)
        self.draft.edit("Change when a document is shown", self.draft.envelope.with_documents([changed]))
