"""Making PDFs from the program's own process, which never loads MuPDF."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from app.codec import decode, encode
from app.domain.drawing import Drawing
from app.domain.ids import Sha256
from app.domain.paging import Leaf
from app.domain.trim import PLAIN, Trim
from app.pdf.certificate_facts import CertificateFacts
from app.pdf.laid import FoundToken, LaidDocument, LaidField, Placed, Spot
from app.pdf.looker import Asked
from app.process import Json, Limits, Worker

MODULE: Final = "app.pdf.jobs_making"

# Laying a form into 500 scanned pages writes hundreds of megabytes: more than one look may take.
_LIMITS: Final = Limits(cpu_s=60, wall_s=90.0)

Pictures = Mapping[Sha256, Path]
"""Where the blobs of pictures in drawings lie."""


class Maker:
    """Writes PDFs in a child process. Thread-safe; every method blocks.

    Each writes `out` whole or not at all, and never touches its source. Raises `DocumentError`s.
    """

    def __init__(self, worker: Asked) -> None:
        self._worker = worker

    @classmethod
    def with_child(cls, limits: Limits = _LIMITS) -> "Maker":
        return cls(Worker("maker", (MODULE,), limits))

    def start(self) -> None:
        """Begin to start the child."""
        self._worker.start()

    def lay(
        self,
        source: Path,
        out: Path,
        fields: Sequence[LaidField],
        pictures: Pictures | None = None,
        *,
        replaced: Sequence[str] = (),
        password: str | None = None,
    ) -> LaidDocument:
        """Freeze a document: one full save that lays every field it will ever have.

        `replaced` names form fields of the file that ours stand for; they are taken out. Raises `AlreadySigned`
        for a file with signatures, which `sealing` extends by increments instead.
        """
        payload = {"fields": encode(tuple(fields), tuple[LaidField, ...]), "replaced": list(replaced)}
        return decode(LaidDocument, self._make("lay", source, out, payload, pictures, password))

    def stamp_drawings(
        self,
        source: Path,
        out: Path,
        drawings: Sequence[Placed],
        pictures: Pictures | None = None,
        *,
        password: str | None = None,
    ) -> LaidDocument:
        """Draw into the pages, beneath nothing and above everything. Raises `AlreadySigned`."""
        payload = {"drawings": encode(tuple(drawings), tuple[Placed, ...])}
        return decode(LaidDocument, self._make("stamp_drawings", source, out, payload, pictures, password))

    def normalise(self, source: Path, out: Path, password: str | None = None) -> LaidDocument:
        """Rewrite an unsigned file whole: one cross-reference table, no leftovers, no encryption, no scripts.

        Raises `AlreadySigned`: rewriting would break the signatures.
        """
        return decode(LaidDocument, self._make("normalise", source, out, {}, None, password))

    def bind(
        self, leaves: Sequence[Leaf], sources: Mapping[str, Path], out: Path, *, password: str | None = None
    ) -> LaidDocument:
        """Pages of these files, and blank ones, as one document; `sources` by the names the leaves use.

        Form fields go with their pages. Raises `AlreadySigned` when one of the files carries signatures,
        `PageOutOfRange`, and `SpecError` for a crop outside of its page.
        """
        listed = {name: str(path.absolute()) for name, path in sources.items()}
        payload = {"leaves": encode(tuple(leaves), tuple[Leaf, ...]), "sources": listed}
        return decode(LaidDocument, self._make("bind", None, out, payload, password=password))

    def strip(self, source: Path, out: Path, spots: Sequence[Spot], names: Sequence[str] = ()) -> LaidDocument:
        """Without the letters in these spots, and without the form fields of these names. Raises `AlreadySigned`."""
        payload = {"spots": encode(tuple(spots), tuple[Spot, ...]), "names": list(names)}
        return decode(LaidDocument, self._make("strip", source, out, payload))

    def from_markdown(self, markdown: str, out: Path, title: str = "") -> tuple[FoundToken, ...]:
        """A4 pages made of Markdown, and the places of its field tokens.

        Raises `MarkdownRefused` where nothing is left to show.
        """
        payload: dict[str, Json] = {"markdown": markdown, "title": title}
        return decode(tuple[FoundToken, ...], self._make("from_markdown", None, out, payload))

    def from_picture(self, source: Path, out: Path) -> LaidDocument:
        """A page that holds a PNG or JPEG at its own size, at most A4. Raises `NotADocument`."""
        return decode(LaidDocument, self._make("from_picture", source, out, {}))

    def clean_picture(self, source: Path, out: Path, trim: Trim = PLAIN) -> tuple[int, int]:
        """A PNG or JPEG as an upright PNG without metadata, turned and cut by `trim`; returns its size in pixels.
        Raises `NotADocument`.
        """
        return decode(tuple[int, int], self._make("clean_picture", source, out, {"trim": encode(trim)}))

    def certificate(self, facts: CertificateFacts, out: Path) -> LaidDocument:
        """The certificate of completion: A4 pages in any script."""
        return decode(LaidDocument, self._make("certificate", None, out, {"facts": encode(facts)}))

    def sheets(self, drawings: Sequence[Drawing], out: Path, title: str) -> LaidDocument:
        """A page for each drawing, of its size."""
        payload = {"drawings": encode(tuple(drawings), tuple[Drawing, ...]), "title": title}
        return decode(LaidDocument, self._make("draw_sheets", None, out, payload))

    def close_document(self, source: Path, certificate: Path, out: Path, attached: Mapping[str, Path]) -> LaidDocument:
        """The certificate's pages behind the document's own, and files attached under their names (ISO 32000-2,
        7.11.4).
        """
        payload = {"certificate": str(certificate), "attached": {name: str(path) for name, path in attached.items()}}
        return decode(LaidDocument, self._make("close", source, out, payload))

    def copy(
        self,
        sources: Sequence[Path],
        out: Path,
        *,
        watermark: str | None = None,
        password: str | None = None,
    ) -> LaidDocument:
        """A copy for reading: files one after the other, form and signatures flattened into the pages.

        `watermark` is written across each page, `password` encrypts with AES-256. No signature survives:
        the sealed files themselves are what proves.
        """
        payload: dict[str, Json] = {
            "sources": [str(source.absolute()) for source in sources],
            "watermark": watermark,
            "new_password": password,
        }
        return decode(LaidDocument, self._make("copy", sources[0], out, payload))

    def watermark(self, source: Path, out: Path, text: str) -> LaidDocument:
        """A word across each page, form and all else untouched. Raises `AlreadySigned`."""
        return decode(LaidDocument, self._make("watermark", source, out, {"watermark": text}))

    def cancel(self) -> None:
        """Kill what is under way; the waiting call raises `Cancelled`."""
        self._worker.cancel()

    def close(self) -> None:
        self._worker.close()

    def _make(
        self,
        job: str,
        source: Path | None,
        out: Path,
        payload: Mapping[str, Any],
        pictures: Pictures | None = None,
        password: str | None = None,
    ) -> Any:
        asked: dict[str, Json] = {
            "path": str(source.absolute()) if source else None,
            "out": str(out.absolute()),
            "password": password,
            "pictures": {sha256: str(path.absolute()) for sha256, path in (pictures or {}).items()},
        }
        return self._worker.call(f"{MODULE}:{job}", asked | dict(payload))
