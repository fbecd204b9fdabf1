"""Looking into a PDF that is in no envelope."""

from pathlib import Path

from app.domain import errors
from app.pdf import FoundField
from app.services.house import House
from app.services.taking_in import open_regular


def fields(house: House, path: Path) -> tuple[FoundField, ...]:
    """Form fields, tokens, lines and boxes with labels."""
    _checked(house, path)
    return house.looker.find_fields(path.absolute())


def page_to_png(house: House, path: Path, page: int, dpi: float, out: Path) -> tuple[int, int]:
    """Width and height in pixels. Raises `PageOutOfRange`, `NotWritable`."""
    pages = _checked(house, path)
    if not 1 <= page <= pages:
        raise errors.PageOutOfRange(path=str(path), page=page, pages=pages)
    try:
        return house.looker.picture(path.absolute(), page, dpi / 72, out.absolute())
    except OSError as problem:
        raise errors.NotWritable(path=str(out), reason=problem.strerror or str(problem)) from problem


def _checked(house: House, path: Path) -> int:
    open_regular(path).close()
    found = house.looker.inspect(path.absolute())
    if found.needs_password:
        raise errors.PasswordNeeded(path=str(path))
    return len(found.pages)
