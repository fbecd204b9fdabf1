"""The table of actions: menus, tool bars, the command palette and the list of shortcuts are made from it.

To add one: a row here, and the method it calls on the window or the page that `place` names.
"""

from __future__ import annotations

from typing import Final

from app.ui.action import Action, Keys, Menu, Need, Place

# fmt: off
WINDOW: Final = (
    Action("file.new", "New envelope from files…", "choose_files", menu=Menu.FILE, icon="file-plus",
           keys=(Keys.New,), needs=(Need.LIBRARY,)),
    Action("file.open", "Open…", "choose_files", menu=Menu.FILE, icon="folder-open", keys=(Keys.Open,),
           needs=(Need.LIBRARY,), palette=False),
    Action("window.new", "New window", "open_window", menu=Menu.FILE, icon="copy-plus",
           keys=("Ctrl+Shift+N",)),
    Action("window.close", "Close", "close_front", menu=Menu.FILE, icon="x",
           keys=("Ctrl+W", Keys.Close), begins_section=True),
    Action("program.quit", "Quit Paraph", "quit_program", menu=Menu.FILE, icon="log-out", keys=("Ctrl+Q",)),
    Action("go.home", "Home", "go_home", menu=Menu.GO, icon="house", keys=("Alt+1",)),
    Action("go.prepare", "Prepare", "go_prepare", menu=Menu.GO, icon="file-pen-line", keys=("Alt+2",)),
    Action("go.verify", "Verify", "go_verify", menu=Menu.GO, icon="shield-check", keys=("Alt+3",)),
    Action("go.preferences", "Preferences", "go_preferences", menu=Menu.GO, icon="settings",
           keys=(Keys.Preferences, "Ctrl+,")),
    Action("go.next", "Next open envelope", "go_next", menu=Menu.GO, keys=("Ctrl+Tab",), begins_section=True),
    Action("go.previous", "Previous open envelope", "go_previous", menu=Menu.GO, keys=("Ctrl+Shift+Tab",)),
    Action("view.full_screen", "Full screen", "toggle_full_screen", menu=Menu.VIEW, icon="maximize",
           keys=("F11",),
           checkable=True),
    Action("view.scheme", "Switch between light and dark", "switch_scheme", menu=Menu.VIEW, icon="moon"),
    Action("view.panels", "Next panel", "next_panel", menu=Menu.VIEW, keys=("F6",)),
    Action("help.palette", "Find an action…", "open_palette", menu=Menu.HELP, icon="search", keys=("Ctrl+K",),
           palette=False),
    Action("help.shortcuts", "Keyboard shortcuts", "open_shortcuts", menu=Menu.HELP, icon="keyboard",
           keys=("F1", "Ctrl+?")),
    Action("help.menu", "Menu", "open_menu", icon="menu", keys=("F10",), palette=False),
    Action("help.log", "Open log folder", "open_log_folder", menu=Menu.HELP, icon="scroll-text",
           begins_section=True),
    Action("help.about", "About Paraph", "open_about", menu=Menu.HELP, icon="info"),
)

HOME: Final = (
    Action("home.search", "Search envelopes", "focus_search", Place.HOME, Menu.EDIT, "search", (Keys.Find,)),
    Action("envelope.open", "Open", "open_chosen", Place.HOME, Menu.ENVELOPE, "file-pen-line",
           ("Ctrl+Return",),
           (Need.ENVELOPE,)),
    Action("envelope.sign", "Start signing", "start_signing", Place.HOME, Menu.ENVELOPE, "pen-line",
           ("Ctrl+Shift+Return",), (Need.ENVELOPE, Need.SIGNABLE)),
    Action("envelope.export", "Export…", "export_chosen", Place.HOME, Menu.ENVELOPE, "download", ("Ctrl+E",),
           (Need.ENVELOPE, Need.SEALED)),
    Action("envelope.verify", "Verify its documents", "verify_chosen", Place.HOME, Menu.ENVELOPE, "shield-check", (),
           (Need.ENVELOPE, Need.SEALED)),
    Action("envelope.copy", "Copy into a new draft", "copy_chosen", Place.HOME, Menu.ENVELOPE, "copy",
           ("Ctrl+Shift+D",), (Need.ENVELOPE,), begins_section=True),
    Action("envelope.back", "Back to draft", "take_back_chosen", Place.HOME, Menu.ENVELOPE, "undo-2", (),
           (Need.ENVELOPE, Need.OUT)),
    Action("envelope.delete", "Delete draft…", "delete_chosen", Place.HOME, Menu.ENVELOPE, "trash-2", (),
           (Need.ENVELOPE, Need.DRAFT), begins_section=True),
    Action("envelope.void", "Void…", "void_chosen", Place.HOME, Menu.ENVELOPE, "ban", (),
           (Need.ENVELOPE, Need.OUT)),
)

PREPARE: Final = (
    Action("envelope.send", "Send out…", "send_out", Place.PREPARE, Menu.ENVELOPE, "send", ("Ctrl+Return",),
           (Need.DRAFT, Need.SENDABLE)),
    Action("document.add", "Add documents…", "choose_documents", Place.PREPARE, Menu.ENVELOPE, "file-plus",
           ("Ctrl+Shift+O",), (Need.DRAFT,)),
    Action("recipient.add", "Add recipient", "add_recipient", Place.PREPARE, Menu.ENVELOPE, "user-plus",
           ("Ctrl+Shift+A",), (Need.DRAFT,)),
    Action("recipient.edit", "Edit recipient", "edit_recipient", Place.PREPARE, Menu.ENVELOPE, "pen-line", (),
           (Need.DRAFT, Need.RECIPIENT)),
    Action("envelope.settings", "Envelope settings…", "open_settings", Place.PREPARE, Menu.ENVELOPE, "settings", (),
           (Need.DRAFT,)),
    Action("envelope.findings", "Show findings", "show_findings", Place.PREPARE, Menu.ENVELOPE, "list-checks",
           ("F8",)),
    Action("edit.undo", "Undo", "undo", Place.PREPARE, Menu.EDIT, "undo-2", (Keys.Undo,), (Need.UNDOABLE,)),
    Action("edit.redo", "Redo", "redo", Place.PREPARE, Menu.EDIT, "redo-2", ("Ctrl+Shift+Z", "Ctrl+Y"),
           (Need.REDOABLE,)),
    Action("edit.cut", "Cut", "cut", Place.PREPARE, Menu.EDIT, "scissors", (Keys.Cut,),
           (Need.DRAFT, Need.SELECTION), begins_section=True),
    Action("edit.copy", "Copy", "copy", Place.PREPARE, Menu.EDIT, "copy", (Keys.Copy,), (Need.SELECTION,)),
    Action("edit.paste", "Paste", "paste", Place.PREPARE, Menu.EDIT, "clipboard-paste", (Keys.Paste,),
           (Need.DRAFT, Need.CLIPBOARD)),
    Action("edit.paste_in_place", "Paste in place", "paste_in_place", Place.PREPARE, Menu.EDIT, "",
           ("Ctrl+Shift+V",), (Need.DRAFT, Need.CLIPBOARD)),
    Action("edit.duplicate", "Duplicate", "duplicate", Place.PREPARE, Menu.EDIT, "copy-plus", ("Ctrl+D",),
           (Need.DRAFT, Need.SELECTION)),
    Action("edit.delete", "Delete", "delete_selection", Place.PREPARE, Menu.EDIT, "trash-2", ("Del", "Backspace"),
           (Need.DRAFT, Need.SELECTION)),
    Action("edit.select_all", "Select all on this page", "select_page", Place.PREPARE, Menu.EDIT, "",
           (Keys.SelectAll,), (Need.DOCUMENT,), begins_section=True),
    Action("edit.select_theirs", "Select all of this recipient", "select_theirs", Place.PREPARE, Menu.EDIT, "", (),
           (Need.DOCUMENT,)),
    Action("edit.select_alike", "Select all of this kind", "select_alike", Place.PREPARE, Menu.EDIT, "", (),
           (Need.SELECTION,)),
    Action("arrange.left", "Align left edges", "align_left", Place.PREPARE, Menu.ARRANGE, "align-start-vertical", (),
           (Need.DRAFT, Need.SEVERAL)),
    Action("arrange.centre", "Align centres", "align_centre", Place.PREPARE, Menu.ARRANGE, "align-center-vertical",
           (), (Need.DRAFT, Need.SEVERAL)),
    Action("arrange.right", "Align right edges", "align_right", Place.PREPARE, Menu.ARRANGE, "align-end-vertical", (),
           (Need.DRAFT, Need.SEVERAL)),
    Action("arrange.top", "Align upper edges", "align_top", Place.PREPARE, Menu.ARRANGE, "align-start-horizontal", (),
           (Need.DRAFT, Need.SEVERAL), begins_section=True),
    Action("arrange.middle", "Align middles", "align_middle", Place.PREPARE, Menu.ARRANGE, "align-center-horizontal",
           (), (Need.DRAFT, Need.SEVERAL)),
    Action("arrange.bottom", "Align lower edges", "align_bottom", Place.PREPARE, Menu.ARRANGE, "align-end-horizontal",
           (), (Need.DRAFT, Need.SEVERAL)),
    Action("arrange.across", "Distribute across", "distribute_across", Place.PREPARE, Menu.ARRANGE,
           "align-horizontal-distribute-center", (), (Need.DRAFT, Need.THREE), begins_section=True),
    Action("arrange.down", "Distribute down", "distribute_down", Place.PREPARE, Menu.ARRANGE,
           "align-vertical-distribute-center", (), (Need.DRAFT, Need.THREE)),
    Action("arrange.width", "Same width", "same_width", Place.PREPARE, Menu.ARRANGE, "", (),
           (Need.DRAFT, Need.SEVERAL), begins_section=True),
    Action("arrange.height", "Same height", "same_height", Place.PREPARE, Menu.ARRANGE, "", (),
           (Need.DRAFT, Need.SEVERAL)),
    Action("view.zoom_in", "Zoom in", "zoom_in", Place.PREPARE, Menu.VIEW, "zoom-in", ("Ctrl++", "Ctrl+="),
           (Need.DOCUMENT,), begins_section=True),
    Action("view.zoom_out", "Zoom out", "zoom_out", Place.PREPARE, Menu.VIEW, "zoom-out", ("Ctrl+-",),
           (Need.DOCUMENT,)),
    Action("view.fit_page", "Fit page", "fit_page", Place.PREPARE, Menu.VIEW, "", ("Ctrl+0",), (Need.DOCUMENT,),
           checkable=True),
    Action("view.fit_width", "Fit width", "fit_width", Place.PREPARE, Menu.VIEW, "", ("Ctrl+2",), (Need.DOCUMENT,),
           checkable=True),
    Action("view.actual_size", "Actual size", "actual_size", Place.PREPARE, Menu.VIEW, "", ("Ctrl+1",),
           (Need.DOCUMENT,)),
)

VERIFY: Final = (
    Action("verify.copy", "Copy report", "copy_report", Place.VERIFY, Menu.EDIT, "clipboard-copy",
           ("Ctrl+Shift+C",),
           (Need.REPORT,)),
    Action("verify.save", "Save report as JSON…", "save_report", Place.VERIFY, Menu.FILE, "braces",
           (Keys.Save,),
           (Need.REPORT,)),
    Action("verify.open", "Verify another file…", "choose_file", Place.VERIFY, Menu.FILE, "folder-open"),
)

# fmt: on

ACTIONS: Final = (*WINDOW, *HOME, *PREPARE, *VERIFY)


def actions_of(place: Place) -> tuple[Action, ...]:
    return tuple(action for action in ACTIONS if action.place is place)


def action(action_id: str) -> Action:
    """Raises `KeyError` for an id that is not in the table."""
    return _BY_ID[action_id]


_BY_ID: Final = {row.id: row for row in ACTIONS}
