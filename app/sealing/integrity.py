"""Whether the bytes of a signature's revision are those that were signed; not a word about trust."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from asn1crypto import core
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature


def digest_signatures(signatures: Iterable[EmbeddedPdfSignature], memory: memoryview) -> None:
    """Fills in the document digest of every signature whose byte range is the usual one, in one pass over the file.

    The range of a later signature begins with the bytes of an earlier one: a running hash serves them all. For any
    other byte range pyHanko counts itself.
    """
    by_algorithm: dict[str, list[EmbeddedPdfSignature]] = defaultdict(list)
    for signature in signatures:
        if _is_usual(signature.byte_range, len(memory)):
            by_algorithm[signature.external_md_algorithm].append(signature)
    for algorithm, group in by_algorithm.items():
        running, done = hashlib.new(algorithm), 0
        for signature in sorted(group, key=lambda each: int(each.byte_range[1])):
            _, head, tail, length = map(int, signature.byte_range)
            running.update(memory[done:head])
            own, done = running.copy(), head
            own.update(memory[tail : tail + length])
            signature.external_digests[algorithm] = own.digest()


def is_intact(signature: EmbeddedPdfSignature) -> bool:
    """Document digest and signature value hold (RFC 5652, 5.4; for a document timestamp RFC 3161, 2.4.2)."""
    content = signature.signed_data["encap_content_info"]["content"]
    if signature.sig_object_type == "/DocTimeStamp":
        return _is_intact_timestamp(signature, content)
    if content is not core.VOID and content.native is not None:
        return False  # a second, embedded content: PDF signatures are detached
    return all(
        validate_sig_integrity(signature.signer_info, signature.signer_cert, "data", signature.compute_digest())
    )


def _is_intact_timestamp(signature: EmbeddedPdfSignature, content: core.ParsableOctetString) -> bool:
    imprint = content.parsed["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    if imprint["hashed_message"].native != signature.compute_digest(algorithm):
        return False
    signed_with = signature.signer_info["digest_algorithm"]["algorithm"].native
    digest = hashlib.new(signed_with, bytes(content)).digest()
    return all(validate_sig_integrity(signature.signer_info, signature.signer_cert, "tst_info", digest))


def _is_usual(byte_range: Sequence[int], size: int) -> bool:
    """From the start of the file, with one gap."""
    if len(byte_range) != 4:
        return False
    start, head, tail, length = map(int, byte_range)
    return start == 0 and 0 < head <= tail and length >= 0 and tail + length <= size
