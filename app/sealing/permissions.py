"""What a signature allows afterwards (ISO 32000-1, 12.8.2)."""

from dataclasses import dataclass

from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm

from app.sealing.request import SealRequest


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a signature allows afterwards: its DocMDP level if it certifies, and the fields it locks."""

    docmdp: MDPPerm | None
    lock: FieldMDPSpec | None


def permissions_of(request: SealRequest) -> Permissions:
    """DocMDP for the first signature, a FieldMDP lock on what this signer filled for every one."""
    lock = FieldMDPSpec(FieldMDPAction.INCLUDE, fields=list(request.lock)) if request.lock else None
    return Permissions(MDPPerm(request.docmdp) if request.certify else None, lock)
