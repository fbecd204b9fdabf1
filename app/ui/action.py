"""One row of the table of actions, and what a page says about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from PySide6.QtGui import QKeySequence

Keys = QKeySequence.StandardKey


class Place(Enum):
    """Whose method an action calls: the window's or that of the page in front."""

    WINDOW = "Window"
    HOME = "Home"
    PREPARE = "Prepare"
    ROOM = "Signing room"
    VERIFY = "Verify"


class Menu(Enum):
    """Where an action is listed; the order is that of the menus."""

    FILE = "File"
    EDIT = "Edit"
    ENVELOPE = "Envelope"
    ARRANGE = "Arrange"
    PAGES = "Pages"
    VIEW = "View"
    GO = "Go"
    HELP = "Help"


class Need(Enum):
    """What must hold before an action can run; the value is what a grey button says when it does not."""

    LIBRARY = "The library is still being opened."
    ENVELOPE = "Choose an envelope in the list first."
    DRAFT = "Only a draft can be changed."
    SENDABLE = "The envelope is not ready to be sent out; see the findings."
    OUT = "Only an envelope that is out can be taken back."
    HANDABLE = "Only an envelope that is out or completed, and at no service yet, can be sent through an account."
    SIGNABLE = "Nobody can act on this envelope now."
    SEALED = "There is no sealed document yet."
    CLOSED = "The envelope is still under way."
    REMOVABLE = "An envelope that is out is voided first."
    DOCUMENT = "Open a document first."
    DOCUMENTS = "There is one document only."
    LINKED = "Select a field that is repeated on other pages first."
    RECIPIENT = "Add a recipient first."
    SEVERAL_PEOPLE = "There is one recipient only."
    HIDDEN = "The fields of everybody are shown."
    PRINTER = "The last order is still being printed."
    ACTOR = "Add somebody who acts on it first."
    SELECTION = "Select a field on the page first."
    SEVERAL = "Select two or more fields first."
    THREE = "Select three or more fields first."
    CLIPBOARD = "No fields have been copied."
    UNDOABLE = "There is nothing to undo."
    REDOABLE = "There is nothing to redo."
    REPORT = "Open a signed PDF first."


@dataclass(frozen=True)
class Action:
    """`calls` names a method of the window or page that `place` says, which takes what is `given`; a test holds it to
    that. The keys of what happens `on_pages` count only while the pages have the keyboard: elsewhere letters are to be
    typed, and arrows go through lists."""

    id: str
    text: str
    calls: str
    place: Place = Place.WINDOW
    menu: Menu | None = None
    icon: str = ""
    keys: tuple[str | QKeySequence.StandardKey, ...] = ()
    needs: tuple[Need, ...] = ()
    checkable: bool = False
    begins_section: bool = False
    palette: bool = True
    given: tuple[object, ...] = ()
    on_pages: bool = False

    def sequences(self) -> list[QKeySequence]:
        """Each once, the row's own order first."""
        return list(dict.fromkeys(sequence for keys in self.keys for sequence in _sequences(keys)))


@dataclass(frozen=True)
class Standing:
    """What a page can do at this moment: the needs not met (with words better than the need's own, or ""),
    actions worded for the moment ("Undo move field"), and the checkable ones that are on."""

    missing: Mapping[Need, str] = field(default_factory=dict)
    wording: Mapping[str, str] = field(default_factory=dict)
    checked: frozenset[str] = frozenset()

    def reason_against(self, action: Action) -> str:
        """Why the action is grey, or "" when it can run."""
        for need in action.needs:
            if need in self.missing:
                return self.missing[need] or need.value
        return ""


class Target(Protocol):
    """The window or a page. It emits `standing_changed` when `standing()` would answer differently."""

    def standing(self) -> Standing: ...


def _sequences(keys: str | QKeySequence.StandardKey) -> list[QKeySequence]:
    return [QKeySequence(keys)] if isinstance(keys, str) else QKeySequence.keyBindings(keys)
