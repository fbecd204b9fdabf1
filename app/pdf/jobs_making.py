"""What a making child can be asked. Imported in the child only; `Maker` is the other side."""

from typing import Any, cast

from app.codec import decode, encode
from app.pdf.laid import LaidField, Placed
from app.pdf.mupdf import laying, opening
from app.process import Json

Payload = dict[str, Json]


def lay(payload: Payload) -> Json:
    """`fields`, `replaced` → `LaidDocument`."""
    path, document = _source(payload)
    fields = decode(tuple[LaidField, ...], payload["fields"])
    replaced = decode(tuple[str, ...], payload["replaced"])
    with opening.translated(path):
        return _json(laying.lay(document, path, _out(payload), fields, replaced, _pictures(payload)))


def stamp_drawings(payload: Payload) -> Json:
    """`drawings` → `LaidDocument`."""
    path, document = _source(payload)
    drawings = decode(tuple[Placed, ...], payload["drawings"])
    with opening.translated(path):
        return _json(laying.stamp(document, path, _out(payload), drawings, _pictures(payload)))


def normalise(payload: Payload) -> Json:
    """→ `LaidDocument`."""
    path, document = _source(payload)
    with opening.translated(path):
        return _json(laying.normalise(document, path, _out(payload)))


def _source(payload: Payload) -> tuple[str, opening.Document]:
    """A fresh copy in memory of the structure: what is changed here must not be what a next job opens."""
    path, password = str(payload["path"]), payload.get("password")
    return path, opening.open_pdf(path, None if password is None else str(password))


def _out(payload: Payload) -> str:
    return str(payload["out"])


def _pictures(payload: Payload) -> dict[str, str]:
    return decode(dict[str, str], payload["pictures"])


def _json(value: object, kind: Any = None) -> Json:
    return cast("Json", encode(value, kind))


JOBS = {job.__name__: job for job in (lay, stamp_drawings, normalise)}
