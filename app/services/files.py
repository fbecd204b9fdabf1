"""Files recipients hand in. Never opened by the program: they may be anything."""

from pathlib import Path

from app.domain.fields.base import FileValue
from app.services.house import House
from app.services.taking_in import attach


def take_file(house: House, path: Path) -> FileValue:
    """Copied into the library; raises `FileMissing`, `FileUnreadable`, `FileTooLarge`, `NotADocument` when empty."""
    kept = attach(house, path)
    return FileValue(kept.title, kept.size, kept.sha256)
