"""Taking a copy along: nothing changes but the trail, which tells what left, how, and with whom."""

from collections.abc import Sequence

from app.domain import errors
from app.domain.audit import Moment
from app.domain.envelope import CopyMode, Envelope
from app.domain.ids import Sha256
from app.domain.steps import Step, by, step


def check_allowed(envelope: Envelope, role: str) -> None:
    """Raises `CopyRefused` where the sender lets nobody take one, `UnknownRole` for who is not in it."""
    envelope.recipient(role)
    if envelope.copy_mode is CopyMode.DISABLED:
        raise errors.CopyRefused(role=role)


def give_copy(
    envelope: Envelope, role: str, files: Sequence[Sha256], moment: Moment, way: str = "folder", to: str = ""
) -> Step:
    """`way` is folder, drive, email or qr; `to` the address it went to."""
    check_allowed(envelope, role)
    told = {"files": len(files), "sha256": list(files), "way": way, "to": to}
    return step(envelope, "copy_given", by(role), moment, role=role, **told)
