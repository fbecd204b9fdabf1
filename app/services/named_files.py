"""Small things of a person's own, one file each in the library's folder, so that they can be handed on."""

from pathlib import Path

from app.domain import errors
from app.domain.freezing import slug


def named_file(folder: Path, name: str) -> Path:
    """Short and safe on any system; two names that differ only in other letters do not meet."""
    told = slug(name).lower()[:60]
    mark = "".join(f"{ord(c):x}" for c in name if not c.isascii() or not c.isalnum())[:60]
    return folder / f"{told}{'-' + mark if mark else ''}.json"


def write_whole(path: Path, text: str) -> None:
    """Whole or not at all. Raises `NotWritable`."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, "utf-8")
        temporary.replace(path)
    except OSError as problem:
        raise errors.NotWritable(path=str(path), reason=problem.strerror or str(problem)) from problem
    finally:
        temporary.unlink(missing_ok=True)
