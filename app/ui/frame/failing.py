"""Presenting an error: rules and small mishaps as a passing word, the rest with what to do and the facts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.errors import Cancelled, ParaphError, RuleError
from app.services import messages
from app.ui.widgets.failure import Failure, FailureDialog
from app.ui.widgets.toast import ToastRack, Word


def failure_of(error: BaseException) -> Failure:
    """The words of the one table, with the facts for those who ask."""
    words = messages.words(error, window=True)
    facts = ""
    if isinstance(error, ParaphError):
        facts = "\n".join(f"{name}: {value}" for name, value in error.facts.items())
    return Failure(words.title, words.happened, words.todo, facts)


def present(error: BaseException, window: QWidget, toasts: ToastRack) -> None:
    """A rule that says no is a sentence; what else fails opens a dialog; a bug is raised again, so that the
    program's hook shows it with its trace."""
    if isinstance(error, Cancelled):
        return
    if not isinstance(error, ParaphError):
        raise error
    failure = failure_of(error)
    if isinstance(error, RuleError):
        toasts.tell(Word(f"{failure.happened} {failure.remedy}".strip(), "bad"))
    else:
        FailureDialog(failure, window).open()
