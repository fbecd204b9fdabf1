"""What is asked of the sealing child, and what it answers. Values only: they cross the process border as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from app.domain.drawing import Drawing
from app.domain.fields.base import FormType
from app.domain.geometry import Rect
from app.domain.identity import KeyMaterial
from app.domain.ids import Sha256

DocMdp = Literal[1, 2, 3]
"""ISO 32000-1, table 254: no changes; filling forms and signing; also annotating."""


@dataclass(frozen=True, slots=True)
class Fill:
    """One form field's new content: `state` is /V (the chosen state of a button), `drawing` its look."""

    pdf_name: str
    form: FormType
    state: str
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class SealRequest:
    """One revision: fills, then a signature in `signature_field` that locks the fields named in `lock` (FieldMDP).

    `certify` is for the first signature of a document and states `docmdp`. `pictures` tells where the blobs of the
    drawings lie. `appearance` None leaves the signature field as it looks. `at` becomes /M: the claimed time.
    `room` in bytes is kept free inside the signature, for a time stamp that comes before anybody has the file.
    `new_field` is that signature field where it has still to be made, in the same revision; without it, it must be
    there.
    """

    source: Path
    out: Path
    signature_field: str
    key: KeyMaterial
    at: datetime
    lock: tuple[str, ...] = ()
    fills: tuple[Fill, ...] = ()
    appearance: Drawing | None = None
    pictures: Mapping[Sha256, Path] = field(default_factory=dict)
    certify: bool = False
    docmdp: DocMdp = 2
    name: str = ""
    reason: str = ""
    location: str = ""
    contact: str = ""
    room: int = 0
    new_field: "EmptyField | None" = None


@dataclass(frozen=True, slots=True)
class SealedRevision:
    """`signatures` counts those in the file, this one included; `size` in bytes."""

    sha256: Sha256
    size: int
    signature_field: str
    level: str
    certificate_sha256: Sha256
    signatures: int


@dataclass(frozen=True, slots=True)
class EmptyField:
    """A signature field that is added to a file. `page` from 1, `rect` as displayed; None is invisible."""

    pdf_name: str
    page: int = 1
    rect: Rect | None = None
