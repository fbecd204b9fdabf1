"""Timestamp tokens inside a signature (RFC 3161; CAdES signature-time-stamp): what they prove, if anything."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyhanko.sign.validation.generic_cms import (
    extract_tst_data_iter,
    message_imprint_checker,
    validate_tst_signed_data,
)

from app.sealing.verifying.trusting import Trust


@dataclass(frozen=True, slots=True)
class Stamp:
    """`proves` is the token's time if it holds and its authority is trusted; `is_intact` also for strangers."""

    is_intact: bool
    proves: datetime | None = None
    reasons: tuple[str, ...] = ()


async def signature_timestamp(signer_info: Any, trust: Trust, proven: datetime | None) -> Stamp | None:
    """The earliest proof among the tokens over this signature; None without any. One broken token taints them all:
    nobody adds a token that does not fit by accident. `proven` is a time at which the tokens existed already.
    """
    tokens = list(extract_tst_data_iter(signer_info, signed=False))
    if not tokens:
        return None
    stamps = [await _judged(token, signer_info, trust, proven) for token in tokens]
    if not all(stamp.is_intact for stamp in stamps):
        return Stamp(False, reasons=("timestamp_broken",))
    proofs = [stamp.proves for stamp in stamps if stamp.proves is not None]
    reasons = tuple({reason: None for stamp in stamps for reason in stamp.reasons})
    return Stamp(True, min(proofs, default=None), reasons)


async def _judged(token: Any, signer_info: Any, trust: Trust, proven: datetime | None) -> Stamp:
    """Asked for now and, where its own certificate has expired since, for the time proven by a later timestamp."""
    for moment in (trust.at, proven):
        if moment is None:
            continue
        status = await validate_tst_signed_data(token, trust.context(moment), message_imprint_checker(signer_info))
        if not (status["intact"] and status["valid"]):
            return Stamp(False)
        if status["timestamp"] < status["signing_cert"].not_valid_before:
            # pyHanko was measured to let a token pass that is years older than its own certificate.
            return Stamp(True, reasons=("timestamp_before_certificate",))
        if trust.chain(status).is_trusted:
            return Stamp(True, status["timestamp"])
    return Stamp(True, reasons=("timestamp_unknown_trust",))
