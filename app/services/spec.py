"""The envelope spec: the JSON people and scripts write. Unknown keys, wrong types and impossible values are
refused with the key's path.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from app import codec
from app.domain import errors
from app.domain.envelope import CopyMode, Routing, SealingMode
from app.domain.fields.base import Align
from app.domain.fields.condition import Effect, Match, Op
from app.domain.recipient import Action, Attestation

STRICT = {"extra": "forbid", "strict": True}
LARGEST_SPEC = 32 * 2**20


@dataclass(frozen=True)
class TestSpec:
    """`field` by its key, label or `#number`; `value` as it is stored, none for filled, empty, checked, unchecked."""

    __pydantic_config__ = STRICT
    __test__ = False
    field: str
    op: Op
    value: str | bool | int | float = ""


@dataclass(frozen=True)
class GroupSpec:
    """Tests that must hold together: all of them, or any."""

    __pydantic_config__ = STRICT
    tests: tuple[TestSpec, ...]
    match: Match = Match.ALL


@dataclass(frozen=True)
class ConditionSpec:
    """Either `tests`, or `groups` of them; `match` says whether all must hold or any."""

    __pydantic_config__ = STRICT
    effect: Effect = Effect.SHOW
    match: Match = Match.ALL
    tests: tuple[TestSpec, ...] = ()
    groups: tuple[GroupSpec, ...] = ()


@dataclass(frozen=True)
class StyleSpec:
    """For every field that says nothing else; `font_size` null: as large as fits. `design` names that of the seals."""

    __pydantic_config__ = STRICT
    font: str = "sans"
    font_size: float | None = None
    bold: bool = False
    colour: str | None = None
    date_format: str | None = None
    time_zone: str | None = None
    language: str = "en"
    design: str = ""


@dataclass(frozen=True)
class DocumentSpec:
    """Either `path` (PDF, picture or Markdown file, relative to the spec) or `markdown` (the text itself). It may only
    be shown on a condition.
    """

    __pydantic_config__ = STRICT
    path: str | None = None
    markdown: str | None = None
    title: str | None = None
    password: str | None = None
    attestation: Attestation = Attestation.SIGNATURE
    conditions: tuple[ConditionSpec, ...] = ()


@dataclass(frozen=True)
class AttachmentSpec:
    """A file that travels along unsigned; `path` is relative to the spec."""

    __pydantic_config__ = STRICT
    path: str
    title: str | None = None


@dataclass(frozen=True)
class AuthSpec:
    """What a recipient must know before they may begin; an `email_code` is made and sent when they sit down."""

    __pydantic_config__ = STRICT
    type: Literal["access_code", "password", "email_code"]
    code: str = ""


@dataclass(frozen=True)
class RecipientSpec:
    """A person and the part they play; `order` counts from 1, equal numbers act together. `witness_of` is a role,
    `attestation` overrides what the documents ask for.
    """

    __pydantic_config__ = STRICT
    role: str
    name: str
    email: str = ""
    phone: str = ""
    action: Action = Action.SIGN
    order: int = 1
    auth: tuple[AuthSpec, ...] = ()
    witness_of: str | None = None
    attestation: Attestation | None = None


@dataclass(frozen=True)
class FieldSpec:
    """`document` and `page` count from 1; `x, y` is the top-left corner on the page as displayed, points. What is null
    is inherited from `style`. The `value` of a stamp or picture is the path of its file.
    """

    __pydantic_config__ = STRICT
    type: str
    page: int
    x: float
    y: float
    recipient: str | None = None
    document: int = 1
    width: float | None = None
    height: float | None = None
    label: str = ""
    help: str = ""
    required: bool = True
    read_only: bool = False
    mapping_key: str | None = None
    value: str | bool | None = None
    options: tuple[str, ...] = ()
    date_format: str | None = None
    font_size: float | None = None
    align: Align = Align.LEFT
    minimum: str | None = None
    maximum: str | None = None
    max_length: int | None = None
    pattern: str | None = None
    pattern_message: str | None = None
    preset: str | None = None
    tooltip: str = ""
    locked: bool = False
    tab_index: int | None = None
    linked: str | None = None
    font: str | None = None
    bold: bool | None = None
    colour: str | None = None
    language: str | None = None
    multiline: bool = False
    comb: int | None = None
    formula: str | None = None
    conditions: tuple[ConditionSpec, ...] = ()


@dataclass(frozen=True)
class EnvelopeSpec:
    """The whole; every key may be left out of an edit, and what is left out stays."""

    __pydantic_config__ = STRICT
    title: str | None = None
    message: str = ""
    routing: Routing = Routing.SEQUENTIAL
    sealing: SealingMode | None = None
    expires_at: datetime | None = None
    test_mode: bool = False
    metadata: dict[str, str] = field(default_factory=dict)
    hide_other_signers: bool = False
    copy_mode: CopyMode = CopyMode.ASK
    password: str | None = None
    confirmation_page: bool = True
    confirm_each_field: bool = False
    documents: tuple[DocumentSpec, ...] = ()
    attachments: tuple[AttachmentSpec, ...] = ()
    recipients: tuple[RecipientSpec, ...] = ()
    fields: tuple[FieldSpec, ...] = ()
    import_fields: bool = False
    style: StyleSpec | None = None


@dataclass(frozen=True)
class ReadSpec:
    """A spec, the keys it names, and the folder its paths are relative to."""

    spec: EnvelopeSpec
    named: frozenset[str]
    folder: Path


def read(path: Path) -> ReadSpec:
    """Raises `FileMissing`, `FileUnreadable`, `SpecError`."""
    text = read_text(path)
    return parse(text, path.absolute().parent)


def parse(text: str, folder: Path) -> ReadSpec:
    named = _keys(text)
    spec = codec.decode_text(EnvelopeSpec, text)
    for number, document in enumerate(spec.documents):
        if (document.path is None) == (document.markdown is None):
            raise errors.SpecError(path=f"documents[{number}]", problem="needs either path or markdown")
    return ReadSpec(spec, named, folder)


def schema() -> dict[str, Any]:
    return codec.schema(EnvelopeSpec)


def read_text(path: Path) -> str:
    """A JSON file somebody wrote, within reason."""
    try:
        if path.stat().st_size > LARGEST_SPEC:
            raise errors.FileTooLarge(path=str(path), size=path.stat().st_size, limit=LARGEST_SPEC)
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise errors.FileMissing(path=str(path)) from None
    except UnicodeDecodeError:
        raise errors.SpecError(path=str(path), problem="is not UTF-8 text") from None
    except OSError as problem:
        raise errors.FileUnreadable(path=str(path), reason=problem.strerror or str(problem)) from problem


def _keys(text: str) -> frozenset[str]:
    try:
        found = json.loads(text, object_pairs_hook=_no_doubles)
    except ValueError as problem:
        raise errors.SpecError(path="(the whole file)", problem=f"is not JSON: {problem}") from None
    except RecursionError:
        raise errors.SpecError(path="(the whole file)", problem="is nested too deeply") from None
    if not isinstance(found, dict):
        raise errors.SpecError(path="(the whole file)", problem="should be an object")
    return frozenset(found)


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise errors.SpecError(path=key, problem="is given twice")
    return dict(pairs)
