"""What no program can prevent on this desktop, for the host to know before the device changes hands."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Final

from PySide6.QtGui import QGuiApplication

from app.ui.models.room_speech import phrase

SWITCHING: Final = {
    "x11": phrase(
        "On this desktop the keys of the window manager, such as Alt+Tab, still work: the room cannot hold them. Stay "
        "near the device."
    ),
    "wayland": phrase(
        "On this desktop the system's own keys, such as the Super key, still work: no program may hold them. Stay near "
        "the device."
    ),
    "win32": phrase(
        "Windows keeps Ctrl+Alt+Del and the Windows key for itself: no program may hold them. Stay near the device, or "
        "use assigned access."
    ),
    "darwin": phrase(
        "macOS keeps Command+Tab and Mission Control for itself: no program may hold them. Stay near the device, or "
        "use guided access."
    ),
}
NO_PIN: Final = phrase("No host PIN is set: whoever holds the device can leave the room. Set one in Preferences.")


def desktop(platform: str = sys.platform, surface: str = "", environment: Mapping[str, str] = os.environ) -> str:
    """`surface` is Qt's name for where it draws; empty asks Qt."""
    if platform in SWITCHING:
        return platform
    surface = surface or QGuiApplication.platformName()
    return "wayland" if surface.startswith("wayland") or environment.get("WAYLAND_DISPLAY") else "x11"


def gaps(pin_set: bool, where: str = "") -> tuple[str, ...]:
    """Phrases, for the host to read before the handover."""
    found = (SWITCHING[where or desktop()],)
    return found if pin_set else (*found, NO_PIN)
