"""The table of actions: menus, tool bars, the command palette and the list of shortcuts are made from it.

To add one: a row here, and the method it calls on the window or the page that `place` names.
"""

from __future__ import annotations

from typing import Final

from app.ui.action import Action, Keys, Menu, Need, Place
from app.ui.actions_pages import ON_PAGES
from app.ui.actions_prepare import PREPARE

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
    Action("go.seal", "Seal files", "go_seal", menu=Menu.GO, icon="stamp", keys=("Alt+4",)),
    Action("go.exchange", "Exchange with services", "go_exchange", menu=Menu.GO, icon="send", keys=("Alt+5",)),
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
    Action("home.travel", "Travel pack…", "pack_for_travel", Place.HOME, Menu.FILE, "briefcase", (),
           begins_section=True),
    Action("home.reminders", "Reminders…", "show_reminders", Place.HOME, Menu.FILE, "bell"),
    Action("envelope.open", "Open", "open_chosen", Place.HOME, Menu.ENVELOPE, "file-pen-line",
           ("Ctrl+Return",),
           (Need.ENVELOPE,)),
    Action("envelope.sign", "Start signing", "start_signing", Place.HOME, Menu.ENVELOPE, "pen-line",
           ("Ctrl+Shift+Return",), (Need.ENVELOPE, Need.SIGNABLE)),
    Action("envelope.hand_over", "Send through an account…", "hand_over_chosen", Place.HOME, Menu.ENVELOPE, "send", (),
           (Need.ENVELOPE, Need.HANDABLE)),
    Action("envelope.kiosk", "Run as a kiosk…", "run_kiosk", Place.HOME, Menu.ENVELOPE, "app-window", (),
           (Need.ENVELOPE, Need.DRAFT)),
    Action("envelope.export", "Export…", "export_chosen", Place.HOME, Menu.ENVELOPE, "download", ("Ctrl+E",),
           (Need.ENVELOPE, Need.SEALED)),
    Action("envelope.verify", "Verify its documents", "verify_chosen", Place.HOME, Menu.ENVELOPE, "shield-check", (),
           (Need.ENVELOPE, Need.SEALED)),
    Action("envelope.print", "Print…", "print_chosen", Place.HOME, Menu.ENVELOPE, "printer", (Keys.Print,),
           (Need.ENVELOPE,)),
    Action("envelope.copy", "Copy into a new draft", "copy_chosen", Place.HOME, Menu.ENVELOPE, "copy",
           ("Ctrl+Shift+D",), (Need.ENVELOPE,), begins_section=True),
    Action("envelope.back", "Back to draft", "take_back_chosen", Place.HOME, Menu.ENVELOPE, "undo-2", (),
           (Need.ENVELOPE, Need.OUT)),
    Action("envelope.delete", "Delete draft…", "delete_chosen", Place.HOME, Menu.ENVELOPE, "trash-2", (),
           (Need.ENVELOPE, Need.DRAFT), begins_section=True),
    Action("envelope.void", "Void…", "void_chosen", Place.HOME, Menu.ENVELOPE, "ban", (),
           (Need.ENVELOPE, Need.OUT)),
)

VERIFY: Final = (
    Action("verify.copy", "Copy report", "copy_report", Place.VERIFY, Menu.EDIT, "clipboard-copy",
           ("Ctrl+Shift+C",),
           (Need.REPORT,)),
    Action("verify.save", "Save report…", "save_report", Place.VERIFY, Menu.FILE, "download",
           (Keys.Save,),
           (Need.REPORT,)),
    Action("verify.open", "Verify another file…", "choose_file", Place.VERIFY, Menu.FILE, "folder-open"),
)

# fmt: on

ACTIONS: Final = (*WINDOW, *HOME, *PREPARE, *ON_PAGES, *VERIFY)


def actions_of(place: Place) -> tuple[Action, ...]:
    return tuple(action for action in ACTIONS if action.place is place)


def action(action_id: str) -> Action:
    """Raises `KeyError` for an id that is not in the table."""
    return _BY_ID[action_id]


_BY_ID: Final = {row.id: row for row in ACTIONS}
