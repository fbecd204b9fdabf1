"""The editor in each of its states, one picture each: for whoever changes how it looks.

`dev.py screenshots editor FOLDER [light|dark] [WIDTHxHEIGHT] [TEXT_SCALE]`; pixels double with QT_SCALE_FACTOR=2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget

from app import paths
from app.domain.fields.base import Field
from app.domain.fields.condition import Condition, Effect, Group, Op, Test
from app.domain.fields.registry import KINDS
from app.domain.geometry import Point, Rect
from app.domain.ids import FieldId
from app.domain.recipient import Recipient
from app.pdf import FoundField, Source
from app.services import drafting, reading
from app.services.house import House
from app.services.replacing import Line, Outcome
from app.ui.canvas.layout import PageRef
from app.ui.canvas.zoom import Fit
from app.ui.frame.command_palette import CommandPalette
from app.ui.prepare.import_dialog import ImportDialog
from app.ui.prepare.replaced_dialog import ReplacedDialog
from app.ui.prepare.studio import Studio
from app.ui.shell import Shell
from tests.support.hand import wait_for
from tests.support.studios import LEFT, NO, move_over

SETTLES_MS = 300
BEFORE = (Qt.WindowType.Dialog, Qt.WindowType.Popup)


@dataclass
class Editor:
    """A window with a draft in it, and where its pictures go."""

    shell: Shell
    studio: Studio
    house: House
    folder: Path

    def shot(self, name: str) -> None:
        """The window and all that stands before it: dialogs and menus are windows of their own."""
        QTest.qWait(SETTLES_MS)
        wait_for(lambda: self.studio.view.is_settled and self.studio.documents.stamps.is_settled, "the pages")
        picture: QPixmap = self.shell.grab()
        painter = QPainter(picture)
        for each in QApplication.topLevelWidgets():
            if each is not self.shell and each.isVisible() and each.windowType() in BEFORE:
                is_dialog = each.windowType() == Qt.WindowType.Dialog
                at = self.shell.rect().center() - each.rect().center() if is_dialog else each.pos() - self.shell.pos()
                painter.drawPixmap(at, each.grab())
        painter.end()
        picture.save(str(self.folder / f"{name}.png"))

    def do(self, action: str) -> None:
        row = self.shell.actions_.qaction(action)
        assert row.isEnabled(), (action, self.shell.actions_.reason_against(action))
        row.trigger()

    @contextmanager
    def dialog(self, action: str) -> Iterator[None]:
        self.do(action)
        wait_for(lambda: any(each.isVisible() for each in self.shell.findChildren(QDialog)), action)
        yield
        for each in self.shell.findChildren(QDialog):
            each.close()

    def select(self, *names: str) -> None:
        self.studio.draft.select([FieldId(name) for name in names])

    def at(self, field: str) -> QPoint:
        """The middle of a field, in the viewport."""
        found = self.studio.draft.envelope.field(FieldId(field))
        middle = Point(found.rect.x + found.rect.width / 2, found.rect.y + found.rect.height / 2)
        return self.studio.view.frame_of(PageRef(found.document, found.page)).point(middle).toPoint()

    def reveal(self, page: int, document: int = 0) -> None:
        envelope = self.studio.draft.envelope
        self.studio.view.go_to(PageRef(envelope.documents[document].id, page))


def prepared(house: House) -> str:
    """Two documents of the samples, three people, a field of every kind, and one of each fault a draft can have."""
    folder = paths.resource("samples")
    made = drafting.from_files(house, [folder / "service-agreement.pdf", folder / "site-inspection-form.pdf"])
    envelope_id = made.one("envelope")
    envelope = reading.envelope(house, envelope_id)
    people: list[Recipient] = []
    for name in ("Ana Ruiz", "Benedikt Mühlenbeck-Österreicher", ""):
        people.append(drafting.new_recipient(house, replace(envelope, recipients=tuple(people)), name))
    drafting.set_recipients(house, envelope_id, people)
    envelope = reading.envelope(house, envelope_id)
    fields = [_field(house, envelope_id, at, kind) for at, kind in enumerate(KINDS)]
    drafting.set_fields(house, envelope_id, [*fields, *_faults(fields)])
    return envelope_id


def _field(house: House, envelope_id: str, at: int, kind: str) -> Field:
    envelope = reading.envelope(house, envelope_id)
    role = envelope.recipients[at % 2].role if KINDS[kind].needs_recipient else None
    size = KINDS[kind].default_size
    spot = Rect(60 + 250 * (at % 2), 70 + 76 * (at // 2), size.width, min(size.height, 62))
    field = drafting.new_field(house, envelope, kind, envelope.documents[0].id, 1, spot, role)
    options = ("Monthly", "Yearly") if kind in ("dropdown", "radio") else ()
    return replace(field, id=FieldId(kind), options=options, label="Street" if kind == "text" else field.label)


def _faults(fields: list[Field]) -> list[Field]:
    text = next(field for field in fields if field.kind == "text")
    never = Condition(Effect.SHOW, (Group((Test(text.id, Op.FILLED), Test(text.id, Op.EMPTY))),))
    return [
        replace(text, id=FieldId("over"), page=2, rect=Rect(100, 120, 160, 24), label="Overlapped"),
        replace(text, id=FieldId("under"), page=2, rect=Rect(150, 130, 160, 24), label="Overlapping"),
        replace(text, id=FieldId("tiny"), page=2, rect=Rect(100, 200, 26, 12), label="Tiny"),
        replace(text, id=FieldId("never"), page=2, rect=Rect(100, 260, 160, 24), label="Never", conditions=(never,)),
        replace(text, id=FieldId("sum"), kind="number", page=2, rect=Rect(100, 320, 160, 24), label="Sum",
                formula="[Nowhere] + 1", constraint=type(text.constraint)(), style=type(text.style)()),
    ]  # fmt: skip


def walk(editor: Editor) -> None:
    for name, state in STATES.items():
        editor.studio.tool.arm(None)
        editor.studio.draft.select(())
        editor.studio.view.set_fit(Fit.WIDTH)
        editor.reveal(1)
        state(editor)
        while editor.studio.draft.history.canUndo():
            editor.studio.draft.history.undo()
        print(name)


def _of_each_kind(editor: Editor) -> None:
    for kind in KINDS:
        editor.select(kind)
        area = editor.studio.side.properties
        editor.shot(f"properties-{kind}")
        whole = area.grab()
        whole.save(str(editor.folder / f"particulars-{kind}.png"))


def _dragging(editor: Editor) -> None:
    view = editor.studio.view.viewport()
    start = editor.at("text")
    QTest.mousePress(view, LEFT, NO, start)
    for step in range(1, 9):
        move_over(view, start + QPoint(0, 11 * step), NO, LEFT)
    editor.shot("dragging")
    QTest.mouseRelease(view, LEFT, NO, start + QPoint(0, 88))


def _marquee(editor: Editor) -> None:
    view = editor.studio.view.viewport()
    start = editor.at("date") - QPoint(120, 60)
    QTest.mousePress(view, LEFT, NO, start)
    for step in range(1, 9):
        move_over(view, start + QPoint(50 * step, 40 * step), NO, LEFT)
    editor.shot("marquee")
    QTest.mouseRelease(view, LEFT, NO, start + QPoint(400, 320))
    editor.shot("several-selected")
    menu = editor.studio.field_menu()
    menu.popup(editor.shell.mapToGlobal(QPoint(500, 200)))
    editor.shot("field-menu")
    menu.close()


def _placing(editor: Editor) -> None:
    editor.studio.tool.arm("signature", True)
    move_over(editor.studio.view.viewport(), editor.at("number") + QPoint(150, 60))
    editor.shot("placing")


def _findings(editor: Editor) -> None:
    QTest.qWait(400)
    editor.studio.preflight.unfold()
    editor.shot("preflight")
    lines = editor.studio.preflight.findChild(QListWidget)
    assert lines is not None
    lines.scrollToBottom()
    editor.shot("preflight-below")
    editor.studio.preflight.unfold(False)


def _dialogs(editor: Editor) -> None:
    editor.select("number")
    for action in ("edit.repeat", "field.conditions", "field.formula", "envelope.style", "envelope.settings",
                   "view.contents", "view.go_to", "edit.save_block", "envelope.rehearse"):  # fmt: skip
        with editor.dialog(action):
            editor.shot(f"dialog-{action.partition('.')[2]}")


def _people(editor: Editor) -> None:
    editor.do("recipient.edit")
    editor.shot("recipient")
    editor.do("recipient.edit")
    editor.studio.draft.make_current(editor.studio.draft.envelope.recipients[1].role)
    editor.do("view.dim_others")
    editor.shot("others-dimmed")
    editor.do("view.dim_others")


def _order(editor: Editor) -> None:
    editor.do("field.tab_order")
    editor.shot("tab-order")
    editor.studio.stop_ordering()


def _pages(editor: Editor) -> None:
    menu = editor.studio.documents.page_menu()
    menu.popup(editor.shell.mapToGlobal(QPoint(180, 260)))
    editor.shot("page-tools")
    menu.close()


def _ghosts(editor: Editor) -> None:
    editor.reveal(1, 1)
    editor.shot("ghosts")


def _finding_text(editor: Editor) -> None:
    editor.do("view.find")
    QTest.keyClicks(editor.studio.finder.line, "agreement")
    editor.shot("find")
    editor.studio.finder.close()


def _imports(editor: Editor) -> None:
    envelope = editor.studio.draft.envelope
    kinds = ("signature", "text", "checkbox", "dropdown")
    found = [
        FoundField(Source.ACROFORM, kind, f"Field {at}", 1, Rect(50, 60 + 40 * at, 160, 24))
        for at, kind in enumerate(kinds)
    ]
    ImportDialog(envelope.documents[0], found, envelope, editor.shell).show()
    editor.shot("import")
    _close(editor)
    fields = envelope.fields
    outcomes = list(Outcome)
    rows = enumerate(fields[:8])
    lines = [Line(field, outcomes[at % len(outcomes)], field.page, field.rect) for at, field in rows]
    ReplacedDialog(lines, editor.shell).show()
    editor.shot("replaced")
    _close(editor)


def _keys(editor: Editor) -> None:
    palette = CommandPalette(editor.shell.actions_, editor.shell)
    palette.show()
    editor.shot("command-palette")
    palette.close()
    editor.shell.open_shortcuts()
    editor.shot("keys")
    _close(editor)


def _close(editor: Editor) -> None:
    for each in editor.shell.findChildren(QDialog):
        each.close()


STATES: dict[str, Callable[[Editor], None]] = {
    "whole": lambda editor: editor.shot("whole"),
    "particulars": _of_each_kind,
    "dragging": _dragging,
    "marquee": _marquee,
    "placing": _placing,
    "findings": _findings,
    "dialogs": _dialogs,
    "people": _people,
    "order": _order,
    "pages": _pages,
    "ghosts": _ghosts,
    "find": _finding_text,
    "imports": _imports,
    "keys": _keys,
}
