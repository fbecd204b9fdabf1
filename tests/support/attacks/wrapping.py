"""Signature wrapping and universal forgery: the signature stays right and speaks of other bytes, or is made
unfindable (Mladenov et al., CCS 2019). Sneaky signatures: one that nobody trusts covers the good ones.
"""

from __future__ import annotations

import random
import re
from io import BytesIO
from typing import Any

from asn1crypto import keys, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, sign_pdf
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.identities import self_signed
from app.sealing.verifying.raw import RawFile
from tests.support.attacks import Attack, Expect
from tests.support.attacks.revising import Edit, field_of, page_of, revised, stream, value
from tests.support.signed import SIGNED_AT, Signed

_FIRST, _FIELD = "Paraph_1_sign", "Paraph_2_sign"


def _edit(edit: Edit):  # type: ignore[no-untyped-def]
    return lambda signed, _: revised(signed.data, edit)


def _signature(key: str, plain: Any, field: str = _FIELD) -> Edit:
    """Overwrites an entry of a signature's dictionary, the last one's by default; None takes it away."""

    def edit(writer: IncrementalPdfFileWriter) -> None:
        reference = field_of(writer, field).raw_get("/V").reference
        copy = generic.DictionaryObject({k: reference.get_object().raw_get(k) for k in reference.get_object()})
        copy.pop(key, None)
        if plain is not None:
            copy[generic.pdf_name(key)] = value(plain)
        writer.objects[(0, reference.idnum)] = copy

    return edit


def _copied(writer: IncrementalPdfFileWriter) -> None:
    """The same signature dictionary again, under another number."""
    field = field_of(writer, _FIELD)
    original = field["/V"]
    field["/V"] = writer.add_object(generic.DictionaryObject({k: original.raw_get(k) for k in original}))


def _shared(writer: IncrementalPdfFileWriter) -> None:
    """A second field shows the first one's signature (fault 23)."""
    field_of(writer, "Paraph_3_sign")["/V"] = field_of(writer, "Paraph_1_sign").raw_get("/V")


def _moved(signed: Signed, chance: random.Random) -> bytes:
    """Wrapping: the signed ending is moved behind new content and the hole is made to reach it."""
    covered = RawFile(signed.data).byte_ranges[-1]
    ending = signed.data[covered.resume :]
    room = b"\n%d 0 obj\n<</Evil true>>\nendobj\n" % 400
    start = covered.resume + len(room)
    text = b"[0 %d %d %d]" % (covered.before, start, covered.after)
    at = signed.data.rindex(b"/ByteRange")
    declared = re.compile(rb"\[[^\]]*\]").search(signed.data, at)
    assert declared
    width = declared.end() - declared.start()
    head = signed.data[: declared.start()] + text.ljust(width) + signed.data[declared.end() : covered.resume]
    return head + room + ending


def _stranger(signed: Signed, chance: random.Random) -> bytes:
    """Somebody nobody trusts signs over new content that the certification forbids."""
    return sealed_by_stranger(revised(signed.data, _white))


def _stranger_alone(signed: Signed, chance: random.Random) -> bytes:
    """Somebody nobody trusts signs in a free field, under a name that is known."""
    return sealed_by_stranger(signed.data)


def _white(writer: IncrementalPdfFileWriter) -> None:
    page_of(writer)["/Contents"] = stream(writer, b"1 g 0 0 2000 2000 re f")


def sealed_by_stranger(data: bytes, field: str = "Paraph_3_sign") -> bytes:
    """With a certificate of the attacker's own making, in the name of somebody who did sign."""
    key = self_signed("Jane Smith", "jane@example.com", SIGNED_AT)
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(key.certificate_der),
        signing_key=keys.PrivateKeyInfo.load(key.key_der),
        cert_registry=SimpleCertificateStore(),
    )
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=False)
    out = sign_pdf(writer, PdfSignatureMetadata(field_name=field), signer)
    return bytes(out.getvalue())


_FORGED: dict[str, tuple[str, Any]] = {
    "without message": ("/Contents", None),
    "whose message is null": ("/Contents", generic.NullObject()),
    "with an empty message": ("/Contents", generic.ByteStringObject(b"")),
    "with a zero for message": ("/Contents", generic.ByteStringObject(b"\0")),
    "whose message is a number": ("/Contents", 7),
    "without range": ("/ByteRange", None),
    "whose range is null": ("/ByteRange", generic.NullObject()),
    "whose range is empty": ("/ByteRange", []),
    "whose range is zero": ("/ByteRange", [0, 0, 0, 0]),
    "whose range is negative": ("/ByteRange", [0, -1, -1, -1]),
    "whose range is huge": ("/ByteRange", [0, 10**9, 10**9, 10**9]),
    "whose range is text": ("/ByteRange", ["0", "1", "2", "3"]),
    "whose range has one hole more": ("/ByteRange", [0, 10, 20, 10, 40, 10]),
    "without kind": ("/SubFilter", None),
    "whose kind is null": ("/SubFilter", generic.NullObject()),
    "of another kind": ("/SubFilter", "/adbe.x509.rsa_sha1"),
    "without handler": ("/Filter", None),
    "of another handler": ("/Filter", "/Evil.Handler"),
    "that is a timestamp": ("/Type", "/DocTimeStamp"),
    "without references": ("/Reference", None),
    "whose references are null": ("/Reference", generic.NullObject()),
    "without time": ("/M", None),
    "of another time": ("/M", "D:20200101000000Z"),
}
"""Universal signature forgery: entries missing, null, or of another type, in a revision of their own."""


def _forgeries() -> tuple[Attack, ...]:
    return tuple(
        Attack(f"{which} signature {name}", _edit(_signature(key, plain, field)))
        for field, which in ((_FIRST, "the first"), (_FIELD, "the last"))
        for name, (key, plain) in _FORGED.items()
    )


ATTACKS = (
    *_forgeries(),
    Attack("another name in the signature", _edit(_signature("/Name", "Mallory")), Expect.INVALID),
    Attack("a copied signature", _edit(_copied)),
    Attack("a shared signature", _edit(_shared)),
    Attack("a signature no longer referred to", _edit(lambda w: field_of(w, _FIELD).pop("/V") and None)),
    Attack("a signed ending moved", _moved),
    Attack("a stranger signs other content", _stranger, Expect.INVALID),
    Attack("a stranger signs", _stranger_alone),
)
