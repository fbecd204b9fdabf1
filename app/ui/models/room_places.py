"""Where a signer's own pictures and copies may lie: things that were plugged in, never the host's folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

PLUGGED_IN = ("/media/", "/run/media/", "/Volumes/")
"""Where systems mount sticks and cards. On Windows drives cannot be told apart surely: there the host chooses."""
PICTURES = (".png", ".jpg", ".jpeg")


@dataclass(frozen=True)
class Entry:
    """A folder to go into, or a picture to take."""

    name: str
    path: Path
    is_folder: bool


def plugged_in() -> tuple[Entry, ...]:
    """Sticks and cards that are ready."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if volume.isReady() and root.startswith(PLUGGED_IN) and not volume.isRoot():
            # Where a volume has no label, its displayName is the whole path.
            found.append(Entry(volume.name() or Path(root).name, Path(root), True))
    return tuple(found)


def entries(folder: Path, suffixes: tuple[str, ...] = PICTURES) -> tuple[Entry, ...]:
    """Folders first, then files of these kinds, of all kinds where none is named; nothing hidden, and no way through a
    link to somewhere else.
    """
    try:
        listed = sorted(folder.iterdir(), key=lambda path: path.name.casefold())
    except OSError:
        return ()
    seen = [path for path in listed if not (path.name.startswith(".") or path.is_symlink())]
    folders = [Entry(path.name, path, True) for path in seen if path.is_dir()]
    wanted = [path for path in seen if not suffixes or path.suffix.lower() in suffixes]
    return (*folders, *(Entry(path.name, path, False) for path in wanted if path.is_file()))
