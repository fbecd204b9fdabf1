"""Documents that strangers signed, signed once more by us: what was said of each earlier signature before and after.

`python -m tests.journeys.made_worse [FOLDER]` prints the table.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader

from app.domain import errors
from app.domain.envelope import Envelope
from app.domain.geometry import Rect
from app.domain.mark import Mark
from app.domain.verdict import Report, SignatureReport, Verdict
from app.pdf import FoundField, Source
from app.sealing.verifying import TrustAnchor
from app.services import drafting, importing, reading, sending, signing_at_once, verifying, viewing
from app.services.house import House
from app.services.importing import ImportChoices
from app.services.messages import words
from app.services.signing_at_once import Act
from tests.support import houses
from tests.support.signed import anchor

CHECKOUT = Path(__file__).resolve().parents[2]
AT = datetime(2021, 6, 1, tzinfo=UTC)
"""Most of the strangers' certificates lived then."""
NAME = "Zoë Müller"
_RANK = {Verdict.INVALID: 0, Verdict.INDETERMINATE: 1, Verdict.VALID: 2}


@dataclass(frozen=True)
class Outcome:
    """`refused` is the kind of the error, or empty. Reports are of the file as it came and as we signed it."""

    path: Path
    before: Report
    after: Report | None = None
    refused: str = ""
    prefix_kept: bool = True

    @property
    def worse(self) -> tuple[str, ...]:
        """Earlier signatures that are judged worse now, or are gone."""
        if self.after is None:
            return ()
        now = {one.field: one for one in self.after.signatures}
        return tuple(
            f"{one.field}: {one.verdict} {','.join(one.reasons)} -> {_told(now.get(one.field))}"
            for one in self.before.signatures
            if one.field not in now or _is_worse(one, now[one.field])
        )

    @property
    def kept(self) -> int:
        return 0 if self.after is None else len(self.before.signatures) - len(self.worse)


def _is_worse(before: SignatureReport, now: SignatureReport) -> bool:
    """By the verdict and by each of the facts it stands on."""
    facts = (before.intact and not now.intact, bool(before.docmdp_ok) and not now.docmdp_ok)
    lost = before.covers != "nothing" and now.covers == "nothing"
    return _RANK[now.verdict] < _RANK[before.verdict] or any(facts) or lost or before.level != now.level


def _told(one: SignatureReport | None) -> str:
    return f"{one.verdict} {','.join(one.reasons)}" if one else "gone"


def files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.pdf")) if b"/ByteRange" in path.read_bytes()]


def outcomes(house: House, paths: Iterable[Path]) -> Iterator[Outcome]:
    for path in paths:
        trust = _everybody(path.read_bytes())
        before = verifying.verify(house, path, trust, AT).report
        try:
            signed = _signed_again(house, path)
        except errors.ParaphError as problem:
            yield Outcome(path, before, refused=_reason(problem))
            continue
        after = verifying.verify(house, signed, trust, AT).report
        yield Outcome(path, before, after, prefix_kept=signed.read_bytes().startswith(path.read_bytes()))


def _reason(problem: errors.ParaphError) -> str:
    """An error without words is a KeyError here."""
    return problem.kind if words(problem).happened else ""


def _signed_again(house: House, path: Path) -> Path:
    """In an empty signature field of the file where there is one, else in one of ours."""
    envelope = reading.envelope(house, drafting.from_files(house, [path]).one("envelope"))
    signer = drafting.new_recipient(house, envelope, NAME, "zoe@example.com")
    drafting.set_recipients(house, envelope.id, [signer])
    document = envelope.documents[0]
    empty = [each for each in importing.offers(house, envelope.id, document.id) if _is_place_to_sign(each)]
    if empty:
        importing.bring_in(house, envelope.id, document.id, ImportChoices((empty[0],), owner=signer.role))
    else:
        _own_field(house, envelope, signer.role)
    sending.send(house, envelope.id)
    signing_at_once.sign(house, envelope.id, signer.role, Act(consent=True, signature=Mark("typed", text=NAME)))
    return viewing.blob_path(house, reading.envelope(house, envelope.id).documents[0].latest)


def _is_place_to_sign(found: FoundField) -> bool:
    return found.source is Source.ACROFORM and found.kind == "signature"


def _own_field(house: House, envelope: Envelope, role: str) -> None:
    size = envelope.documents[0].pages[0].size
    place = Rect(size.width * 0.1, size.height * 0.1, min(160.0, size.width * 0.5), min(48.0, size.height * 0.3))
    field = drafting.new_field(house, envelope, "signature", envelope.documents[0].id, 1, place, role)
    drafting.set_fields(house, envelope.id, [field])


def _everybody(data: bytes) -> tuple[TrustAnchor, ...]:
    """Every certificate any signature of the file brought along: so that there is something to lose."""
    try:
        signatures = PdfFileReader(BytesIO(data)).embedded_signatures
        found = {c.dump() for each in signatures for c in (each.signer_cert, *each.other_embedded_certs)}
    except Exception:  # noqa: BLE001 - a file that cannot be read vouches for nobody
        return ()
    return tuple(anchor(der, "imported") for der in sorted(found))


def main(folder: Path) -> int:
    """0 when no earlier verdict is worse."""
    found = []
    with (
        tempfile.TemporaryDirectory() as scratch,
        houses.rooms() as rooms,
        houses.house(rooms, Path(scratch) / "l") as house,
    ):
        for one in outcomes(house, files(folder)):
            found.append(one)
            said = one.refused or ("WORSE " + "; ".join(one.worse) if one.worse else f"{one.kept} kept")
            before = ",".join(str(each.verdict) for each in one.before.signatures)
            print(f"{str(one.path.relative_to(folder))[-58:]:<58} {before[:40]:<40} {said}", flush=True)
    worse = sum(bool(one.worse) for one in found)
    signed = sum(one.after is not None for one in found)
    print(f"\n{len(found)} signed files: {signed} signed again, {len(found) - signed} refused, {worse} made worse")
    return int(worse > 0)


if __name__ == "__main__":
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PARAPH_CORPUS")
    sys.exit(main(Path(named) if named else CHECKOUT.parent / "shared" / "corpus"))
