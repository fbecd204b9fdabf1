"""Every trial document: looked at, drawn, frozen if it may be, or refused by name. No hang, no dead child, no bug."""

from collections import Counter
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.fields.base import FormType
from app.domain.geometry import Rect
from app.pdf import LaidField, Looker, Maker

REFUSALS = (errors.NotADocument, errors.DocumentDamaged, errors.EncryptionUnsupported)


def test_every_document_is_shown_or_refused(corpus: Path, looker: Looker) -> None:
    files = sorted(corpus.rglob("*.pdf"))
    outcomes: Counter[str] = Counter()
    for path in files:
        outcomes[_look(looker, path)] += 1
    assert sum(outcomes.values()) == len(files)
    assert outcomes["shown"] > 0.8 * len(files)
    assert set(outcomes) <= {"shown", "locked", *(kind.__name__ for kind in REFUSALS)}


def test_every_unsigned_document_is_frozen_or_refused(
    corpus: Path, looker: Looker, maker: Maker, tmp_path: Path
) -> None:
    out, outcomes = tmp_path / "out.pdf", Counter[str]()
    for path in sorted(corpus.rglob("*.pdf")):
        outcomes[_freeze(looker, maker, path, out)] += 1
    assert set(outcomes) <= {
        "frozen", "AlreadySigned", "SigningForbidden", "PasswordNeeded", *(kind.__name__ for kind in REFUSALS),
    }  # fmt: skip
    assert outcomes["frozen"] > 150


def test_text_and_fields_are_read_or_refused(corpus: Path, looker: Looker) -> None:
    for path in sorted(corpus.rglob("*.pdf"))[::4]:
        for read in (
            lambda path=path: looker.text(path, 1),
            lambda path=path: looker.find_fields(path),
            lambda path=path: looker.guides(path, 1),
            lambda path=path: looker.outline(path),
            lambda path=path: looker.skew(path, 1),
        ):
            try:
                read()
            except (*REFUSALS, errors.PasswordNeeded):
                continue


def _look(looker: Looker, path: Path) -> str:
    try:
        if looker.inspect(path).needs_password:
            return "locked"
        pixels = looker.render(path, 1, 0.5)
    except REFUSALS as refused:
        return refused.kind
    assert min(pixels.width, pixels.height) > 0
    pixels.release()
    return "shown"


def _freeze(looker: Looker, maker: Maker, path: Path, out: Path) -> str:
    """A frozen file opens without repair, with one field more that lies where it was put."""
    try:
        maker.lay(path, out, [LaidField("Paraph_seal", FormType.SIGNATURE, 1, Rect(1, 2, 30, 10))])
    except errors.DocumentError as refused:
        return refused.kind
    found = looker.inspect(out)
    assert not found.repaired, path
    assert "Paraph_seal" in {each.name for each in found.empty_signatures}, path
    ours = next(field for field in looker.read_fields(out) if field.name == "Paraph_seal")
    assert ours.rect.x == pytest.approx(1, abs=0.01), path
    assert ours.rect.height == pytest.approx(10, abs=0.01), path
    return "frozen"
