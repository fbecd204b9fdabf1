"""What is here and what is missing, with the remedy."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass

from app import __version__
from app.domain import errors
from app.paths import share_under
from app.services.house import House
from app.services.messages import words


@dataclass(frozen=True)
class Check:
    """`remedy` is empty where `ok`."""

    name: str
    ok: bool
    found: str
    remedy: str = ""


def examine(house: House) -> tuple[Check, ...]:
    """Each check stands alone: one that fails says why and hides none of the others."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("program", lambda: f"Paraph {__version__}, Python {sys.version.split()[0]}"),
        ("library", lambda: f"{house.folder}, {sum(house.library.counts().values())} envelopes"),
        ("disk", lambda: _disk(house)),
        ("fonts", lambda: f"{house.metrics.spans('Ærøskøbing Ελλάς Žižkov', 'sans')[0].face} and fall-backs"),
        ("documents", lambda: _documents(house)),
        ("vault", lambda: _vault(house)),
        ("device authority", lambda: _authority(house)),
    )
    return (*(_tried(name, check) for name, check in checks), place(house))


def place(house: House) -> Check:
    """Whether the library lies where two programs can be kept from writing at once (robustness, fault 51)."""
    kind = share_under(house.folder)
    if not kind:
        return Check("place", True, "a disk of this machine")
    return Check(
        "place",
        False,
        f"The library lies on a network share ({kind}), where locks cannot be relied on.",
        "Move it to a disk of this machine, or see to it that only one person opens it at a time.",
    )


def _tried(name: str, check: Callable[[], str]) -> Check:
    try:
        return Check(name, True, check())
    except (errors.ParaphError, OSError) as problem:
        said = words(problem)
        return Check(name, False, said.happened, said.todo)


def _disk(house: House) -> str:
    free = shutil.disk_usage(house.folder).free
    if free < 200 * 2**20:
        raise errors.LibraryUnwritable(library=str(house.folder), reason=f"only {free // 2**20} MB are free")
    return f"{free // 2**30} GB free"


def _documents(house: House) -> str:
    out = house.library.blobs.new_file(".pdf")
    try:
        house.maker.from_markdown("# Test", out)
        return f"pages are made and read ({len(house.looker.inspect(out).pages)} page)"
    finally:
        out.unlink(missing_ok=True)


def _vault(house: House) -> str:
    house.vault.put("doctor", b"probe")
    house.vault.delete("doctor")
    return f"can be written, holds {len(house.vault.names())} secrets"


def _authority(house: House) -> str:
    own = [record for record in house.library.identities.list() if record.kind == "device"]
    return own[0].issuer if own else "none yet; made when the first seal is made"
