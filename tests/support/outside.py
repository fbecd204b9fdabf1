"""An authority that is not ours: certificates that live for a year, revocation lists and timestamps, as the world has
them. Times count from `NOW`, and signers claim `NOW` too: a suite that takes ten minutes must not turn a timestamp of
the same moment into one from before the claimed time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.sealing.verifying import TrustAnchor
from tests.support.signed import anchor

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)


_POINT = x509.UniformResourceIdentifier("http://outside.invalid/revoked.crl")
_STAMPING = ExtendedKeyUsageOID.TIME_STAMPING
_REVOCATIONS = x509.CRLDistributionPoints([x509.DistributionPoint([_POINT], None, None, None)])
"""Where nobody ever looks: revocation is judged by what the file brings along."""


@dataclass(frozen=True)
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def parsed(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)

    @property
    def parsed_key(self) -> keys.PrivateKeyInfo:
        encoding, form = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
        return keys.PrivateKeyInfo.load(self.key.private_bytes(encoding, form, serialization.NoEncryption()))


@cache
def _key(name: str) -> rsa.RSAPrivateKey:
    """One a name and run: making them is what takes long."""
    return rsa.generate_private_key(65537, 2048)


class Outside:
    """A root that issues directly."""

    def __init__(self, name: str = "Outside Root") -> None:
        self.root = self._issue(name, None, NOW - 3650 * DAY, NOW + 3650 * DAY, authority=True)

    @property
    def anchor(self) -> TrustAnchor:
        return anchor(self.root.der, "imported")

    def person(self, name: str = "Carol", start: datetime = NOW - 30 * DAY, end: datetime = NOW + 335 * DAY) -> Holder:
        return self._issue(name, self.root, start, end)

    def server(self) -> Holder:
        """Whose certificate is for web sites."""
        purpose = ExtendedKeyUsageOID.SERVER_AUTH
        return self._issue("Server", self.root, NOW - 30 * DAY, NOW + 335 * DAY, purpose=purpose)

    def presumed(self, issuer: Holder) -> Holder:
        """Issued by somebody who is no authority."""
        return self._issue("Presumed", issuer, NOW - 30 * DAY, NOW + 335 * DAY)

    def stamper(self, at: datetime = NOW, start: datetime = NOW - 3000 * DAY) -> DummyTimeStamper:
        """An authority for timestamps whose clock stands still at `at`."""
        holder = self._issue("Stamper", self.root, start, NOW + 3000 * DAY, purpose=_STAMPING)
        store = SimpleCertificateStore.from_certs([self.root.parsed])
        return DummyTimeStamper(holder.parsed, holder.parsed_key, certs_to_embed=store, fixed_dt=at)

    def crl(self, revoked: Holder, since: datetime, issued: datetime = NOW) -> asn1_crl.CertificateList:
        entry = x509.RevokedCertificateBuilder().serial_number(revoked.certificate.serial_number)
        entry = entry.revocation_date(since).add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), False)
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.root.certificate.subject)
        builder = builder.last_update(issued).next_update(issued + 3000 * DAY).add_revoked_certificate(entry.build())
        signed = builder.sign(self.root.key, hashes.SHA256())
        return asn1_crl.CertificateList.load(signed.public_bytes(serialization.Encoding.DER))

    def _issue(
        self, name: str, issuer: Holder | None, start: datetime, end: datetime, *, authority: bool = False,
        purpose: x509.ObjectIdentifier | None = None,
    ) -> Holder:  # fmt: skip
        key = _key(name)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.certificate.subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(authority, None), critical=True)
            .add_extension(_usage(authority), critical=True)
        )
        if not authority:
            builder = builder.add_extension(_REVOCATIONS, critical=False)
        if purpose is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        return Holder(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def _usage(authority: bool) -> x509.KeyUsage:
    kinds = ("data_encipherment", "key_agreement", "encipher_only", "decipher_only", "key_encipherment")
    flags = dict.fromkeys(kinds, False)
    return x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_cert_sign=authority,
        crl_sign=authority, **flags,
    )  # fmt: skip


class _AtNow(PdfSigner):
    """pyHanko reads the machine's clock here and takes no other."""

    def init_signing_session(self, *given: Any, **named: Any) -> PdfSigningSession:
        session = super().init_signing_session(*given, **named)
        session.system_time = NOW
        return session


def sign(
    data: bytes,
    who: Holder,
    field: str = "Paraph_1_sign",
    stamper: Any = None,
    pades: bool = True,
    chain: tuple[Holder, ...] = (),
    digest: str = "sha256",
) -> bytes:
    """As any other program would: an approval signature in an empty field, with a timestamp if there is a stamper."""
    store = SimpleCertificateStore.from_certs([each.parsed for each in chain])
    signer = SimpleSigner(who.parsed, who.parsed_key, store)
    kind = SigSeedSubFilter.PADES if pades else SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    metadata = PdfSignatureMetadata(field_name=field, subfilter=kind, md_algorithm=digest)
    out = _AtNow(metadata, signer, timestamper=stamper).sign_pdf(IncrementalPdfFileWriter(BytesIO(data)))
    return bytes(out.getvalue())


def with_crl(data: bytes, revocation: asn1_crl.CertificateList) -> bytes:
    """A security store appended, as long-term validation does it."""
    out = BytesIO(data)
    DocumentSecurityStore.add_dss(out, sig_contents=None, crls=[revocation])
    return out.getvalue()


def with_document_timestamp(data: bytes, outside: Outside, stamper: DummyTimeStamper) -> bytes:
    context = ValidationContext(trust_roots=[outside.root.parsed], allow_fetching=False)
    writer = IncrementalPdfFileWriter(BytesIO(data))
    out = PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256", validation_context=context)
    return bytes(out.getvalue())
