"""The program's side: asks the child. No XML is read here."""

from pathlib import Path
from typing import Final

from app import codec
from app.domain.trusted_list import Scheme, TrustedList
from app.sealing.calling import Caller

MODULE: Final = "app.sealing.lists.jobs"


def read_scheme(worker: Caller, path: Path) -> Scheme:
    """Raises `TrustedListRefused` with not_one, entities or unsigned, `FileTooLarge`, and what a file may raise."""
    return codec.decode(Scheme, worker.call(f"{MODULE}:scheme", {"path": str(path)}))


def read_list(worker: Caller, path: Path, signer_sha256: str) -> TrustedList:
    """As `read_scheme`, and with signature or signer: it does not hold, or is by another certificate."""
    payload = {"path": str(path), "signer_sha256": signer_sha256}
    return codec.decode(TrustedList, worker.call(f"{MODULE}:whole", payload))
