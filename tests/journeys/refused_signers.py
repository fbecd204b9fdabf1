"""A hundred signers nobody should sign with, through sealing and through verification, and twenty good ones.

`python -m tests.journeys.refused_signers` prints the table and ends with 1 when one of them came through.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.domain import errors
from app.domain.verdict import Verdict
from app.services import identities, keeping, sealing_files, verifying
from app.services.house import House
from app.services.messages import words
from tests.support import houses, signers
from tests.support.certo import PASSPHRASE, Certo, certo
from tests.support.pages import write_pdf
from tests.support.raising import sealed
from tests.support.signers import Signer


@dataclass(frozen=True)
class Outcome:
    """`refused` is the reason sealing gave, empty when it sealed; `written` what it left behind; `verdict` that of a
    file the same key signed elsewhere.
    """

    signer: Signer
    refused: str
    said: str
    written: tuple[str, ...]
    verdict: Verdict
    reasons: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        if self.signer.reason:
            told = self.refused == self.signer.reason
            return told and not self.written and self.verdict is not Verdict.VALID
        return not self.refused and self.written == ("sealed.pdf",) and self.verdict is Verdict.VALID


def outcomes(house: House, pki: Certo, folder: Path, people: Iterable[Signer]) -> Iterator[Outcome]:
    """The root is on the trust list, so that nothing but the signer is in the way."""
    verifying.add_trust(house, pki.root_file(folder))
    for signer in people:
        room = folder / signer.name
        room.mkdir()
        yield _outcome(house, pki, room, signer)


def _outcome(house: House, pki: Certo, room: Path, signer: Signer) -> Outcome:
    """The identity stands in the library already, as one that was good when it was imported."""
    key, source = pki.person(signer.name), write_pdf(room / "source.pdf")
    where = {"path": str(pki.pkcs12_file(signer.name, room))}
    house.library.identities.add(keeping.describe(house, signer.name, "pkcs12", key, where))
    before, refused, said = _listed(house, room), "", ""
    try:
        material = sealing_files.signing_key(house, signer.name, PASSPHRASE)
        sealing_files.seal_file(house, source, room / "sealed.pdf", material, sealing_files.Order())
    except errors.IdentityUnusable as problem:
        refused, said = problem.reason, words(problem).line
    written = tuple(sorted(_listed(house, room) - before))
    signature = sealed(_new(room / "elsewhere"), key, datetime.now(UTC) + signer.signs_at)
    (report,) = verifying.verify(house, signature).report.signatures
    identities.remove(house, signer.name)
    return Outcome(signer, refused, said, written, report.verdict, report.reasons)


def _listed(house: House, room: Path) -> set[str]:
    blobs = {str(each) for each in (house.folder / "blobs").rglob("*") if each.is_file()}
    return blobs | {each.name for each in room.iterdir()}


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def main() -> int:
    wrong = 0
    with tempfile.TemporaryDirectory() as name, houses.rooms() as rooms:
        folder = Path(name)
        with certo(_new(folder / "pki"), signers.town()) as pki, houses.house(rooms, folder / "library") as house:
            for one in outcomes(house, pki, folder, (*signers.bad(), *signers.good())):
                wrong += not one.is_right
                print(
                    f"{'ok   ' if one.is_right else 'WRONG'} {one.signer.name:<20} {one.signer.kind:<22} "
                    f"{one.refused or 'sealed':<14} {one.verdict:<14} {', '.join(one.reasons)}",
                    flush=True,
                )
    print(f"{len(signers.bad())} bad signers, {len(signers.good())} good ones, {wrong} taken wrongly")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
