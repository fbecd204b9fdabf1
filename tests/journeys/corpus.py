"""Documents nobody here made, taken through the whole road. `python -m tests.journeys.corpus [FOLDER]` prints
the table.

Each file is opened, its first page drawn, a signature laid on it, sealed, and the result verified; or it is
refused, by an
error that has words. Nothing may hang, and no file may take another down.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain import errors
from app.domain.envelope import Envelope
from app.domain.geometry import Rect
from app.domain.mark import Mark
from app.domain.verdict import Verdict
from app.services import drafting, reading, sending, signing_at_once, verifying, viewing
from app.services.house import House
from app.services.messages import TABLE, words
from app.services.signing_at_once import Act
from tests.support import houses

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Outcome:
    """`sealed` is valid or a reason why not; an error is told by its kind. Seconds are of the whole road."""

    path: Path
    opened: str
    drawn: str
    sealed: str
    seconds: float

    @property
    def good(self) -> bool:
        return self.sealed == "valid" or self.sealed in TABLE or self.opened in TABLE or self.drawn in TABLE


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.pdf"))


def outcomes(house: House, paths: Iterable[Path]) -> Iterator[Outcome]:
    for path in paths:
        started = time.monotonic()
        yield Outcome(path, *_through(house, path), time.monotonic() - started)


def _through(house: House, path: Path) -> tuple[str, str, str]:
    try:
        envelope = reading.envelope(house, drafting.from_files(house, [path]).one("envelope"))
    except errors.ParaphError as problem:
        return _told(problem), "", ""
    opened = f"{len(envelope.documents[0].pages)} p" + (
        "" if not envelope.documents[0].prior_signatures else ", signed"
    )
    drawn = _drawn(house, envelope)
    try:
        return opened, drawn, _sealed(house, envelope)
    except errors.ParaphError as problem:
        return opened, drawn, _told(problem)


def _drawn(house: House, envelope: Envelope) -> str:
    try:
        pixels = viewing.page_image(house, envelope.documents[0].latest, 1, 0.5)
    except errors.ParaphError as problem:
        return _told(problem)
    size = f"{pixels.width}x{pixels.height}"
    pixels.release()
    return size


def _sealed(house: House, envelope: Envelope) -> str:
    document = envelope.documents[0]
    signer = drafting.new_recipient(house, envelope, "Zoë Müller", "zoe@example.com")
    drafting.set_recipients(house, envelope.id, [signer])
    size = document.pages[0].size
    place = Rect(size.width * 0.1, size.height * 0.1, min(160.0, size.width * 0.5), min(48.0, size.height * 0.3))
    field = drafting.new_field(house, envelope, "signature", document.id, 1, place, signer.role)
    drafting.set_fields(house, envelope.id, [field])
    sending.send(house, envelope.id)
    signing_at_once.sign(house, envelope.id, signer.role, Act(consent=True, signature=Mark("typed", text="Zoë Müller")))
    sealed = viewing.blob_path(house, reading.envelope(house, envelope.id).documents[0].latest)
    report = verifying.verify(house, sealed).report
    if document.prior_signatures and report.signatures:
        # The strangers who signed before are trusted by nobody here: what counts is our own signature over theirs.
        ours = report.signatures[-1]
        return str(ours.verdict) if ours.intact else f"ours {ours.verdict} {','.join(ours.reasons)}"
    return str(report.verdict) if report.verdict is Verdict.VALID else f"{report.verdict} {','.join(report.reasons)}"


def _told(problem: errors.ParaphError) -> str:
    assert words(problem).happened
    return problem.kind


def main(folder: Path) -> int:
    """0 when every file came through or was refused with words."""
    print(f"{'file':<58} {'opened':<24} {'page 1':<12} {'sealed and verified':<40} {'s':>5}")
    bad, counted = 0, Counter[str]()
    with (
        tempfile.TemporaryDirectory() as scratch,
        houses.rooms() as rooms,
        houses.house(rooms, Path(scratch) / "l") as house,
    ):
        for one in outcomes(house, files(folder)):
            name = str(one.path.relative_to(folder))[-58:]
            print(f"{name:<58} {one.opened:<24} {one.drawn:<12} {one.sealed:<40} {one.seconds:5.1f}", flush=True)
            counted[one.sealed or one.opened] += 1
            bad += not one.good
    print("\n" + "\n".join(f"{count:5}  {what}" for what, count in counted.most_common()))
    print(f"{sum(counted.values())} files, {bad} without a clear answer")
    return 1 if bad else 0


if __name__ == "__main__":
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PARAPH_CORPUS")
    sys.exit(main(Path(named) if named else CHECKOUT.parent / "shared" / "corpus"))
