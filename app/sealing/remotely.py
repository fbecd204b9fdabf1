"""A seal with a key that lives at a service. The child has no network: it lays the revision with a hole for the
signature, and fills it with what the service has sent when that is by the key of the certificate, over these octets.
"""

import base64
from pathlib import Path
from typing import Any

from app import codec
from app.domain import errors
from app.domain.ids import Sha256
from app.process import Json
from app.sealing import wire
from app.sealing.permissions import permissions_of
from app.sealing.publishing import copy
from app.sealing.rechecking import Expected
from app.sealing.request import SealedRevision
from app.sealing.revising import LEVEL, append_revision, checked, forbid_wrong_time, template_of
from app.sealing.signing import Hole, fill_hole


def lay(payload: dict[str, Any]) -> Json:
    """A request and `draft` -> the octets to sign, and what `fill` must be given."""
    request, draft, holes = wire.request_from_json(payload), Path(payload["draft"]), list[Hole]()
    template = template_of(request.key)
    forbid_wrong_time(request, template)
    copy(request.source, draft)
    before = draft.stat().st_size

    def leave_open(hole: Hole) -> bytes:
        holes.append(hole)
        return b""

    signatures = append_revision(draft, request, template, sign=leave_open)
    (hole,) = holes
    return {
        "digest": template.key.digest,
        "to_be_signed": base64.b64encode(template.to_be_signed(hole.digest)).decode(),
        "hole": [hole.start, hole.end, base64.b64encode(hole.digest).decode()],
        "before": before,
        "signatures": signatures,
    }


def fill(payload: dict[str, Any]) -> Json:
    """The same, what `lay` gave as `laid`, and the `signature` -> a `SealedRevision`. Raises `SealNotTrusted`
    (another_key) and what the check of a revision raises; the draft is then to be thrown away.
    """
    request, laid, draft = wire.request_from_json(payload), payload["laid"], Path(payload["draft"])
    path, template = str(request.source), template_of(request.key)
    start, end, digest = laid["hole"]
    hole = Hole(start, end, base64.b64decode(digest))
    try:
        signature = template.with_value(hole.digest, base64.b64decode(payload["signature"]))
    except ValueError:
        raise errors.SealNotTrusted(path=path, reason="another_key") from None
    fill_hole(draft, hole, signature)
    signatures = laid["signatures"]
    expected = Expected(request.signature_field, template, permissions_of(request), signatures, laid["before"])
    whole = checked(draft, path, expected)
    certificate = Sha256(template.key.certificate_sha256)
    made: Json = codec.encode(
        SealedRevision(whole.sha256, whole.size, request.signature_field, LEVEL, certificate, signatures)
    )
    return made
