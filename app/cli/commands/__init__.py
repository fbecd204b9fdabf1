"""Every command. To add one: a function in its own file, and an entry here."""

from app.cli.command import Command
from app.cli.commands import (
    account,
    audit,
    demo,
    doctor,
    drafts,
    ends,
    export,
    gui,
    identity,
    library,
    pages,
    sign,
    verify,
)

COMMANDS: tuple[Command, ...] = (
    demo.DEMO,
    drafts.NEW,
    drafts.EDIT,
    library.LIST,
    library.SHOW,
    library.CHECK,
    drafts.SEND,
    sign.SIGN,
    ends.DECLINE,
    ends.VOID,
    ends.DRAFT,
    ends.REASSIGN,
    ends.COPY,
    export.EXPORT,
    audit.AUDIT,
    verify.VERIFY,
    pages.FIELDS,
    pages.RENDER,
    identity.IDENTITY,
    account.ACCOUNT,
    doctor.DOCTOR,
    gui.GUI,
)
