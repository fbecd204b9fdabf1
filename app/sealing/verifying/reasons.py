"""Why a verdict is what it is: every reason there is, and what it does to a signature.

`invalid` follows ETSI EN 319 102-1, table 5 (TOTAL-FAILED: hash, signature or format failure) and covers changes that
the signature forbids; whatever could not be found out is `indeterminate`; notes change nothing.
"""

from typing import Final

from app.domain.verdict import Verdict

FATAL: Final = frozenset({
    "digest_mismatch",  # the bytes covered are not those that were signed
    "signature_mismatch",  # the key's owner did not sign this digest
    "coverage_broken",  # the signature leaves out more than itself, or less than a whole revision
    "padding_not_empty",  # something hides behind the signature
    "certificate_replaced",  # the signature names another certificate than the one that came with it
    "certificate_damaged",  # a certificate that came with it was altered
    "digits_mixed",  # hexadecimal digits in both cases: no program writes that, an altered byte does
    "changed_after_signing",  # a later revision does what no later revision may do
    "forbidden_change",  # a later revision does what this certification or lock forbids
})  # fmt: skip
ALTERED: Final = frozenset({"digest_mismatch", "coverage_broken"})
"""The only reasons that allow the word for a file somebody has meddled with."""

DOUBTS: Final = frozenset({
    "unknown_trust", "expired", "not_yet_valid", "revoked", "revocation_unknown", "wrong_usage", "weak_algorithm",
    "chain_broken", "service_withdrawn", "certificate_missing", "claimed_outside_certificate",
    "timestamp_broken", "timestamp_before_certificate", "timestamp_before_claimed",
    "contents_not_der", "contents_irregular", "shared_signature", "unsupported_signature",
    "annotations_after_signing", "analyses_disagree", "signature_unreadable",
    # of the whole file
    "unsigned", "hidden_signature", "tail_irregular", "repaired", "irregular_file", "hybrid_file", "encrypted",
    "unlisted_objects", "unreadable", "timed_out", "crashed", "too_heavy", "quarantined", "page_looks_different",
    "not_comparable",
})  # fmt: skip
NOT_ANALYSED: Final = frozenset({"encrypted", "unreadable", "timed_out", "crashed", "too_heavy", "quarantined"})
"""Reasons of a whole file about which nothing else is known."""
NOTES: Final = frozenset({
    "signers_clock",  # the time is what the signer's machine said; nothing proves it
    "short_lived_certificate",  # expired by now, as it was meant to; judged at the claimed time
    "expired_since",  # expired by now, but a timestamp proves the signature is older
    "revoked_since",  # revoked by now, but a timestamp proves the signature is older
    "service_withdrawn_since",  # its issuer is no longer on the trusted list; it was when the signature was made
    "timestamp_unknown_trust",  # there is a timestamp, from nobody we trust: it proves nothing
    "name_hidden",  # the signer's name holds letters that show nothing or turn others round
    "name_mixed",  # the signer's name is written in several scripts whose letters look alike
    "timestamp_late",  # proven to exist only long after the claimed time
})  # fmt: skip

_WORST_FIRST: Final = ((FATAL, Verdict.INVALID), (DOUBTS, Verdict.INDETERMINATE))


def verdict_of(reasons: tuple[str, ...]) -> Verdict:
    """What these reasons amount to. An unknown reason is a bug: KeyError rather than a quiet `valid`."""
    unknown = set(reasons) - FATAL - DOUBTS - NOTES
    if unknown:
        raise KeyError(*sorted(unknown))
    return next((verdict for kind, verdict in _WORST_FIRST if kind.intersection(reasons)), Verdict.VALID)
