"""pyHanko reads and writes each name of a file letter by letter, and the same few dozen stand in every file: a sixth of
the time of a seal. A child remembers what pyHanko made of them; nothing is read or written differently.
"""

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.misc import read_until_delimiter

_MOST: Final = 2048
_LONGEST: Final = 64
"""Longer ones are a stranger's whim, and would fill the memory."""

_read: Callable[[Any], NameObject] = NameObject.read_from_stream
_write: Callable[..., None] = NameObject.write_to_stream


def remember_names() -> None:
    """In this process, once and for all."""
    NameObject.read_from_stream = staticmethod(_read_again)  # type: ignore[method-assign]
    NameObject.write_to_stream = _write_again  # type: ignore[assignment, method-assign]


def _read_again(stream: Any) -> NameObject:
    """An object of its own each time: pyHanko notes in it where it stands. Raises as pyHanko does."""
    octets = stream.read(1) + read_until_delimiter(stream)
    return NameObject(_text(octets)) if len(octets) <= _LONGEST else _read(BytesIO(octets))


def _write_again(name: NameObject, stream: Any, handler: Any = None, container_ref: Any = None) -> None:
    if len(name) <= _LONGEST:
        stream.write(_octets(str(name)))
    else:
        _write(name, stream, handler, container_ref)


@lru_cache(_MOST)
def _text(octets: bytes) -> str:
    return str(_read(BytesIO(octets)))


@lru_cache(_MOST)
def _octets(name: str) -> bytes:
    out = BytesIO()
    _write(NameObject(name), out)
    return out.getvalue()
