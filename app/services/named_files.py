"""Small things of a person's own, one file each in the library's folder, so that they can be handed on."""

from pathlib import Path

from app.domain import errors
from app.domain.freezing import slug


def named_file(folder: Path, name: str) -> Path:
    """Short and safe on any system; two names that differ only in other letters do not meet."""
    told = slug(name).lower()[:60]
    mark = "".join(f"{ord(c):x}" for c in name if not c.isascii() or not c.isalnum())[:60]
    return folder / f"{told}{'-' + mark if mark else ''}.json"


def write_whole(path: Path, content: str | bytes, *, in_new_folder: bool = False) -> None:
    """Whole or not at all. Raises `NotWritable`, also for a folder that is not there unless it may be made."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        if in_new_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)
        temporary.replace(path)
    except OSError as problem:
        raise errors.NotWritable(path=str(path), reason=problem.strerror or str(problem)) from problem
    finally:
        temporary.unlink(missing_ok=True)
