"""What a making child can be asked. Imported in the child only; `Maker` is the other side."""

from typing import Any, cast

from app.codec import decode, encode
from app.domain.drawing import Drawing
from app.domain.paging import Leaf
from app.domain.trim import Trim
from app.pdf.certificate_facts import CertificateFacts
from app.pdf.laid import FoundToken, LaidField, Placed, Spot
from app.pdf.mupdf import binding, closing, copying, laying, opening, picturing, sheets, story, stripping
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


def bind(payload: Payload) -> Json:
    """`leaves`, `sources` → `LaidDocument`."""
    leaves = decode(tuple[Leaf, ...], payload["leaves"])
    sources = decode(dict[str, str], payload["sources"])
    with opening.translated(next(iter(sources.values()), "")):
        return _json(binding.bind(leaves, sources, _out(payload), _text(payload["password"])))


def strip(payload: Payload) -> Json:
    """`spots`, `names` → `LaidDocument`."""
    path, document = _source(payload)
    spots = decode(tuple[Spot, ...], payload["spots"])
    names = decode(tuple[str, ...], payload["names"])
    with opening.translated(path):
        return _json(stripping.strip(document, path, _out(payload), spots, names))


def from_markdown(payload: Payload) -> Json:
    """`markdown`, `title` → list of `FoundToken`."""
    with opening.translated(""):
        tokens = story.from_markdown(str(payload["markdown"]), _out(payload), str(payload["title"]))
        return _json(tokens, tuple[FoundToken, ...])


def from_picture(payload: Payload) -> Json:
    """→ `LaidDocument`."""
    path = str(payload["path"])
    with opening.translated(path):
        return _json(picturing.from_picture(path, _out(payload)))


def clean_picture(payload: Payload) -> Json:
    """`trim` → width and height."""
    trim = decode(Trim, payload["trim"])
    return list(picturing.clean_picture(str(payload["path"]), _out(payload), trim))


def certificate(payload: Payload) -> Json:
    """`facts` → `LaidDocument`."""
    return _json(sheets.from_certificate(decode(CertificateFacts, payload["facts"]), _out(payload)))


def draw_sheets(payload: Payload) -> Json:
    """`drawings`, `title` → `LaidDocument`."""
    drawings = decode(tuple[Drawing, ...], payload["drawings"])
    return _json(sheets.from_drawings(drawings, _out(payload), str(payload["title"])))


def close(payload: Payload) -> Json:
    """`certificate`, `attached` → `LaidDocument`."""
    path, document = _source(payload)
    attached = decode(dict[str, str], payload["attached"])
    with opening.translated(path):
        return _json(closing.close(document, str(payload["certificate"]), attached, _out(payload)))


def copy(payload: Payload) -> Json:
    """`sources`, `watermark`, `new_password` → `LaidDocument`."""
    sources = decode(tuple[str, ...], payload["sources"])
    with opening.translated(sources[0]):
        return _json(
            copying.copy(
                sources,
                _out(payload),
                _text(payload["watermark"]),
                _text(payload["new_password"]),
                _text(payload["password"]),
            )
        )


def watermark(payload: Payload) -> Json:
    """`watermark` → `LaidDocument`."""
    path, document = _source(payload)
    with opening.translated(path):
        return _json(copying.watermark(document, path, _out(payload), str(payload["watermark"])))


def _source(payload: Payload) -> tuple[str, opening.Document]:
    """A fresh copy in memory of the structure: what is changed here must not be what a next job opens."""
    path = str(payload["path"])
    return path, opening.open_pdf(path, _text(payload["password"]))


def _text(value: Json) -> str | None:
    return None if value is None else str(value)


def _out(payload: Payload) -> str:
    return str(payload["out"])


def _pictures(payload: Payload) -> dict[str, str]:
    return decode(dict[str, str], payload["pictures"])


def _json(value: object, kind: Any = None) -> Json:
    return cast("Json", encode(value, kind))


JOBS = {
    job.__name__: job
    for job in (
        lay,
        stamp_drawings,
        normalise,
        bind,
        strip,
        from_markdown,
        from_picture,
        clean_picture,
        certificate,
        draw_sheets,
        close,
        copy,
        watermark,
    )
}
