"""The page Prepare: opens an envelope, keeps it as it is changed, checks it, and sends it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain import routing
from app.domain.changes import Changes
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.errors import ParaphError
from app.domain.finding import Finding
from app.domain.preflight import Severity
from app.services import checking, drafting, mending, reading, seals, viewing
from app.services.checking import FindingWords
from app.services.house import House
from app.services.messages import words as words_of
from app.ui.action import Need, Standing
from app.ui.action_set import ActionSet
from app.ui.canvas.zoom import Fit
from app.ui.desk import Desk
from app.ui.models.draft import Aspect, Draft
from app.ui.models.habits import habits_of
from app.ui.models.keeper import Keeper, Keeping, differences
from app.ui.models.wording import STATUS
from app.ui.prepare import clipboard
from app.ui.prepare.press import Press, latest_source
from app.ui.prepare.print_actions import PrintActions
from app.ui.prepare.printed import Read
from app.ui.prepare.rehearsal_dialogs import actors
from app.ui.prepare.sending_out import SendingOut
from app.ui.prepare.settings_dialog import SettingsDialog
from app.ui.prepare.studio import Studio, Supplies
from app.ui.widgets.banner import Banner
from app.ui.widgets.failure import Failure, FailurePanel

CHECKS_AFTER_MS: Final = 120


class PreparePage(QWidget, PrintActions):
    """Signals: `standing_changed` when other actions are possible; `title_changed(str)`; `opened` once the envelope
    is on the screen."""

    standing_changed = Signal()
    title_changed = Signal(str)
    opened = Signal()

    def __init__(self, desk: Desk, actions: ActionSet, envelope_id: str) -> None:
        super().__init__()
        self._desk, self._actions, self._id = desk, actions, envelope_id
        self._studio = None
        self._keeper: Keeper | None = None
        self._press = Press(desk, self, self.standing_changed.emit)
        self._findings: tuple[FindingWords, ...] = ()
        self._published: Changes | None = None
        self._has_copied = clipboard.holds_fields(QGuiApplication.clipboard().mimeData())
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._checking = QTimer(self)
        self._checking.setSingleShot(True)
        self._checking.setInterval(CHECKS_AFTER_MS)
        self._checking.timeout.connect(self._check)
        desk.changed.connect(self.take_changes)
        desk.run(lambda _: reading.envelope(desk.house, envelope_id), self._open, failed=self._refuse, owner=self)

    # -- what the shell asks ---------------------------------------------------------------------------------

    def standing(self) -> Standing:
        if self._studio is None:
            return Standing(dict.fromkeys(Need, "The envelope is being opened."))
        wording = {}
        history = self.draft.history
        if history.canUndo():
            wording["edit.undo"] = f"Undo {_lower(history.undoText())}"
        if history.canRedo():
            wording["edit.redo"] = f"Redo {_lower(history.redoText())}"
        fits = {Fit.WIDTH: "view.fit_width", Fit.PAGE: "view.fit_page"}
        fit = fits.get(self._studio.view.fit)
        on = {fit} if fit else set()
        on |= {"field.tab_order"} if self._studio.ordering else set()
        on |= {"view.single_page"} if self._studio.view.is_paged else set()
        on |= {"view.only_theirs"} if self.draft.hidden else set()
        on |= {"view.dim_others"} if self._studio.overlay.dims_others else set()
        on |= {"view.longest"} if self._studio.overlay.shows_longest else set()
        return Standing(self._missing(), wording, frozenset(on))

    def page_title(self) -> str:
        return self.draft.envelope.title if self._studio is not None else ""

    def panels(self) -> list[QWidget]:
        """For F6."""
        if self._studio is None:
            return []
        return [self._studio.documents, self._studio.view, self._studio.side, self._studio.preflight]

    def take_files(self, paths: Sequence[Path]) -> bool:
        """Files dropped anywhere join a draft; what is out takes none."""
        if self._studio is None or not self.draft.is_editable:
            return False
        self.add_files(paths)
        return True

    def take_changes(self, changes: Changes) -> None:
        """News of any window: what is in the library counts, unless this page has something newer to keep."""
        if changes.touches("block") and self._studio is not None:
            self.read_blocks()
        if changes is self._published or self._keeper is None or not changes.touches("envelope", self._id):
            return
        if self._keeper.is_done:
            self._desk.run(lambda _: reading.envelope(self._desk.house, self._id), self._adopt, owner=self)

    # -- what the table of actions calls ---------------------------------------------------------------------

    def add_recipient(self) -> None:
        envelope = self.draft.envelope
        fresh = drafting.new_recipient(self._desk.house, envelope)
        self.draft.edit("Add recipient", replace(envelope, recipients=(*envelope.recipients, fresh)))
        self.draft.make_current(fresh.role)
        if not self.studio.side.form.isVisible():
            self.studio.side.edit_recipient()
        self.studio.side.form.edit_name()

    def open_settings(self) -> None:
        SettingsDialog(self.draft, self._desk.house.clock.now(), self).open()

    def mend(self, finding: Finding) -> None:
        """Settles a finding by itself, where there is one sensible way."""
        self.rework("Mend a finding", lambda house: mending.mend(house, self._id, finding))

    def send_out(self) -> None:
        SendingOut(self._desk, self, self._flush, self._adopt, self.studio.jump_to).ask(self.draft.envelope)

    # -- opening ---------------------------------------------------------------------------------------------

    def _open(self, envelope: Envelope) -> None:
        house = self._desk.house
        draft = Draft(envelope, self)
        # No parent: what is still to be written outlives a page that was closed in the same breath.
        self._keeper = Keeper(self._desk.runner, lambda changed: drafting.change(house, self._id, **changed), envelope)
        self._studio = Studio(draft, self._desk.runner, self._actions, _supplies(house))
        self._box.addWidget(self._studio)
        self._connect(draft, self._keeper, self._studio)
        self._show_status()
        self._check()
        self.seek_offers()
        self.read_blocks()
        self._studio.view.setFocus()
        self.opened.emit()
        self.standing_changed.emit()

    def _refuse(self, error: Exception) -> None:
        """Anything that is no `ParaphError` is a bug and goes where bugs go."""
        if not isinstance(error, ParaphError):
            self._desk.notices.fail(error)
            return
        said = words_of(error, window=True)
        self._box.addWidget(FailurePanel(Failure(said.title, said.happened, said.todo)))
        self._box.addStretch(1)

    def _connect(self, draft: Draft, keeper: Keeper, studio: Studio) -> None:
        draft.changed.connect(self._changed)
        draft.selected.connect(self.standing_changed)
        draft.current_changed.connect(self.standing_changed)
        draft.current_changed.connect(studio.show_whose)
        draft.filtered.connect(self.standing_changed)
        draft.history.indexChanged.connect(self.standing_changed)
        keeper.saved.connect(self._publish)
        keeper.failed.connect(self._show_unsaved)
        keeper.state_changed.connect(self._show_keeping)
        studio.top.title.titled.connect(self._rename)
        studio.view.zoom_changed.connect(self.standing_changed)
        studio.view.failed.connect(self._page_failed)
        studio.remove_wanted.connect(self.remove_document)
        studio.ordered.connect(self.order_documents)
        studio.preflight.mend_wanted.connect(self.mend)
        studio.preflight.hold(self._actions.button("envelope.rehearse", kind="link"))
        studio.accepted.connect(self.accept_offers)
        offered = studio.side.blocks
        offered.picked.connect(self.pick_block)
        offered.remove_wanted.connect(self.remove_block)
        offered.export_wanted.connect(self.export_blocks)
        offered.import_wanted.connect(self.import_blocks)
        studio.ordering_ended.connect(self._show_status)
        studio.ordering_ended.connect(self.standing_changed)
        particulars = studio.side.properties
        particulars.conditions_wanted.connect(self.edit_conditions)
        particulars.formula_wanted.connect(self.edit_formula)
        particulars.reset_wanted.connect(self.reset_look)
        particulars.default_wanted.connect(self.make_default_look)
        stamps = studio.documents.stamps
        stamps.ordered.connect(self.reorder_pages)
        stamps.stepped.connect(lambda by: self.move_pages_up() if by < 0 else self.move_pages_down())
        stamps.delete_wanted.connect(self.delete_pages)
        QGuiApplication.clipboard().dataChanged.connect(self._look_at_clipboard)

    # -- keeping ---------------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """A window that closes takes its threads along: what is not kept yet is kept now."""
        if self._keeper is not None and not self._keeper.is_done and not self.window().isVisible():
            self._keeper.flush()
        super().hideEvent(event)

    def _changed(self, touched: Aspect) -> None:
        if self._keeper is not None:
            self._keeper.keep(self.draft.envelope)
        if touched & Aspect.DOCUMENTS:
            self.seek_offers()
        if touched & Aspect.DETAILS:
            self.title_changed.emit(self.draft.envelope.title)
        self._checking.start()
        self.standing_changed.emit()

    def _publish(self, changes: Changes) -> None:
        self._published = changes
        self._desk.publish(changes)

    def _show_keeping(self) -> None:
        if self._keeper is not None:
            self.studio.top.show_keeping(self._keeper.state)
            if self._keeper.state is Keeping.SAVED:
                self._show_status()

    def _show_unsaved(self, error: Exception) -> None:
        if not isinstance(error, ParaphError):
            self._desk.notices.fail(error)
            return
        banner = Banner(
            f"Your last change is not kept yet. {words_of(error, window=True).line}", "bad", "Try again", closable=False
        )
        if self._keeper is not None:
            banner.acted.connect(self._keeper.retry)
        self.studio.say(banner)

    def _adopt(self, stored: Envelope) -> None:
        """The library's envelope replaces the screen's, if they differ in anything a person sees."""
        keeper, mine = self._keeper, self.draft.envelope
        if keeper is None or not keeper.is_done:
            return
        keeper.believe(stored)
        if differences(mine, stored) or mine.status is not stored.status or mine.values != stored.values:
            self.draft.start_over(stored)
            self._show_status()

    def _show_status(self) -> None:
        """What is no draft is read here and not changed."""
        envelope = self.draft.envelope
        if envelope.status is EnvelopeStatus.DRAFT:
            self.studio.say(None)
            return
        word = STATUS[envelope.status][0].lower()
        acting = routing.current(envelope)
        banner = Banner(
            f"This envelope is {word}. It is shown as it stands now and cannot be changed.",
            "accent", "Start signing" if acting else "", closable=False,
        )  # fmt: skip
        banner.acted.connect(lambda: self._desk.go.room(self._id))
        self.studio.say(banner)

    # -- checking and sending --------------------------------------------------------------------------------

    def _check(self) -> None:
        if self._studio is None:
            return
        if not self.draft.is_editable:
            self._show_findings(())
            return
        envelope = self.draft.envelope
        self._desk.run(
            lambda _: checking.findings(self._desk.house, envelope),
            lambda found: self._show_findings(found) if envelope is self.draft.envelope else None,
            owner=self,
        )

    def _show_findings(self, findings: tuple[FindingWords, ...]) -> None:
        self._findings = findings
        done = "" if self.draft.is_editable else "It is no draft any more: there is nothing to check"
        self.studio.preflight.show_findings(findings, done)
        self.standing_changed.emit()

    def _flush(self) -> None:
        if self._keeper is not None:
            self._keeper.flush()

    # -- inside ----------------------------------------------------------------------------------------------

    def _rename(self, title: str) -> None:
        self.draft.edit("Rename envelope", replace(self.draft.envelope, title=title))

    def _page_failed(self, error: Exception) -> None:
        if not isinstance(error, ParaphError):
            self._desk.notices.fail(error)

    def _look_at_clipboard(self) -> None:
        """Once for each change and not for each question: another program may be slow to answer."""
        self._has_copied = clipboard.holds_fields(QGuiApplication.clipboard().mimeData())
        self.standing_changed.emit()

    def _missing(self) -> dict[Need, str]:
        draft, count = self.draft, len(self.draft.selection)
        missing = {
            need: "" for need, least in ((Need.SELECTION, 1), (Need.SEVERAL, 2), (Need.THREE, 3)) if count < least
        }
        holds = {
            Need.DRAFT: draft.is_editable,
            Need.DOCUMENT: bool(draft.envelope.documents),
            Need.DOCUMENTS: len(draft.envelope.documents) > 1,
            Need.LINKED: any(field.linked for field in draft.chosen),
            Need.RECIPIENT: bool(draft.envelope.recipients),
            Need.SEVERAL_PEOPLE: len(draft.envelope.recipients) > 1,
            Need.HIDDEN: bool(draft.hidden),
            Need.PRINTER: not self._press.is_busy,
            Need.ACTOR: bool(actors(draft.envelope)),
            Need.UNDOABLE: draft.history.canUndo(),
            Need.REDOABLE: draft.history.canRedo(),
            Need.CLIPBOARD: self._has_copied,
        }
        missing |= {need: "" for need, met in holds.items() if not met}
        stands = next((each for each in self._findings if each.finding.severity is Severity.ERROR), None)
        if stands is not None:
            missing[Need.SENDABLE] = f"{stands.title} {stands.fix}"
        return missing


def _supplies(house: House) -> Supplies:
    return Supplies(
        source=lambda envelope: latest_source(house, envelope),
        draw=lambda envelope, field, value: seals.preview(house, envelope, field, value),
        face_file=viewing.face_file,
        picture=lru_cache(maxsize=64)(lambda sha256: QImage(str(viewing.blob_path(house, sha256)))),
        new_field=lambda envelope, kind, page, rect, role: drafting.new_field(
            house, envelope, kind, page.document, page.page, rect, role
        ),
        new_recipient=lambda envelope: drafting.new_recipient(house, envelope),
        new_id=lambda: drafting.new_field_id(house),
        habits=lambda: habits_of(house.settings),
        guides=lambda envelope: _guides(house, envelope),
    )


def _guides(house: House, envelope: Envelope) -> Read:
    base = {str(document.id): document.base for document in envelope.documents}
    return lambda page: viewing.guides(house, base[page.document], page.page)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
