"""What can be known of a PDF before anything is done with it."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.geometry import PageGeometry, Rect


class Xfa(StrEnum):
    """XML forms (deprecated in ISO 32000-2): static ones have pages beneath, dynamic ones only a notice."""

    NONE = "none"
    STATIC = "static"
    DYNAMIC = "dynamic"


@dataclass(frozen=True, slots=True)
class Permissions:
    """What the owner allows (ISO 32000-2, table 22); everything in a file that is not encrypted."""

    may_sign: bool = True
    may_fill: bool = True
    may_modify: bool = True


@dataclass(frozen=True, slots=True)
class Action:
    """Something the file would like a viewer to do; we never do it. `kind` is the name of ISO 32000-2, table 201.

    `target` is an address, a file or the first letters of a script; `page` counts from 1, None for the document.
    """

    kind: str
    target: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell: `code` is looked up in the table of words, `page` counts from 1."""

    code: str
    page: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class EmptySignature:
    """A signature field without a signature; `rect` is its first place as displayed, None where nothing is seen."""

    name: str
    rect: Rect | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """One look at a file. With `needs_password`, nothing else is known.

    `certification` is the level of DocMDP (1-3, ISO 32000-2, 12.8.2.2), None without. `repaired`: the file is
    damaged and MuPDF guessed; what it shows may not be what another reader shows.
    """

    pages: tuple[PageGeometry, ...] = ()
    encrypted: bool = False
    needs_password: bool = False
    permissions: Permissions = Permissions()
    signed: bool = False
    signature_count: int = 0
    empty_signatures: tuple[EmptySignature, ...] = ()
    certification: int | None = None
    xfa: Xfa = Xfa.NONE
    actions: tuple[Action, ...] = ()
    embedded_files: tuple[str, ...] = ()
    has_layers: bool = False
    hybrid_xref: bool = False
    repaired: bool = False
    acroform_fields: int = 0
    title: str = ""
    producer: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands, in points of the page as displayed; words of one line share `line`."""

    text: str
    rect: Rect
    line: int


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a page in reading order; none where the page is a picture."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Lines separated by line ends, words by blanks."""
        lines: dict[int, list[str]] = {}
        for word in self.words:
            lines.setdefault(word.line, []).append(word.text)
        return "\n".join(" ".join(words) for words in lines.values())


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a searched text stands; several rectangles when it runs over a line's end."""

    page: int
    rects: tuple[Rect, ...]


class Source(StrEnum):
    """Where a found field comes from."""

    ACROFORM = "acroform"
    TOKEN = "token"  # noqa: S105 - a mark in a text, no secret
    DETECTED = "detected"


@dataclass(frozen=True, slots=True)
class FoundField:
    """A place to fill that is in a file already. `kind` as in `domain.fields.registry`, `page` from 1.

    `name` is the full field name, the token's key or the label beside the line; `confidence` 0-1, always 1 for
    form fields and tokens. `role_hint` is who it seems to be for: a role the token names, or an English word for
    the one the label names (`tenant`). `token` is what a token looks like on the page and `written` where its letters
    stand. `date_format` as in strftime.
    """

    source: Source
    kind: str
    name: str
    page: int
    rect: Rect
    options: tuple[str, ...] = ()
    value: str = ""
    label: str = ""
    required: bool = False
    read_only: bool = False
    max_length: int | None = None
    comb: bool = False
    multiline: bool = False
    confidence: float = 1.0
    role_hint: str = ""
    token: str = ""
    written: Rect | None = None
    help: str = ""
    date_format: str = ""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the document's own table of contents: `level` from 1, `page` from 1, None when it leads nowhere."""

    level: int
    title: str
    page: int | None
