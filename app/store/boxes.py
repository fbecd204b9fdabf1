"""Encrypted boxes beside the database, one file each, private to this user. What is in them this room cannot read."""

import re
from collections.abc import Iterator
from pathlib import Path

from app.store.backups import make_private, sync_folder, unwritable

NAME = re.compile(r"[0-9A-Za-z]{1,40}")


class Boxes:
    """A folder of the library, made when something is put in."""

    def __init__(self, library: Path, name: str) -> None:
        self._library = library
        self._folder = library / name

    def names(self) -> tuple[str, ...]:
        """Sorted; those made by `clock.new_id` stand in the order they were made."""
        return tuple(sorted(path.name for path in self._files()))

    def get(self, name: str) -> bytes:
        """Raises KeyError when there is none."""
        try:
            return self._place(name).read_bytes()
        except FileNotFoundError:
            raise KeyError(name) from None

    def put(self, name: str, box: bytes) -> None:
        """Whole or not at all."""
        place = self._place(name)
        make_private(self._library, self._folder)
        draft = place.with_name(f".{name}.new")
        with unwritable(self._library):
            draft.touch(mode=0o600)
            draft.write_bytes(box)
            draft.replace(place)
            sync_folder(self._folder)

    def remove(self, name: str) -> None:
        with unwritable(self._library):
            self._place(name).unlink(missing_ok=True)

    def _files(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from (path for path in self._folder.iterdir() if NAME.fullmatch(path.name))

    def _place(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise KeyError(name)
        return self._folder / name
