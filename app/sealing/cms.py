"""The CMS signature inside a PAdES B-B seal: RFC 5652 within the bounds of ETSI EN 319 142-1, 6.3.

Written directly: pyHanko builds and parses an object tree for each signature (and signs twice to learn the size);
all but digest and signature is the same for every document a key seals.
"""

import hashlib
from dataclasses import dataclass, replace

from app.sealing import der
from app.sealing.signing_key import SigningKey

_DATA = der.oid("1.2.840.113549.1.7.1")
_SIGNED_DATA = der.oid("1.2.840.113549.1.7.2")
_CONTENT_TYPE = der.oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.4")
_SIGNING_CERTIFICATE_V2 = der.oid("1.2.840.113549.1.9.16.2.47")
_ALGORITHM_PROTECTION = der.oid("1.2.840.113549.1.9.52")

_GROWTH = 32
"""Room to spare; it costs nothing."""


@dataclass(frozen=True)
class CmsTemplate:
    """Everything a key's signatures share. `size` bounds the octets of any of them."""

    key: SigningKey
    certificates: bytes
    signer_identifier: bytes
    fixed_attributes: tuple[bytes, ...]
    size: int

    def signature_over(self, document_digest: bytes) -> bytes:
        """A detached SignedData (ContentInfo, DER) over a document of this digest.

        No signing-time attribute: in PAdES the claimed time stands in /M (EN 319 142-1, 6.3).
        """
        signed = self._signed_attributes(document_digest)
        return self._assembled(signed, self.key.sign(signed))

    def to_be_signed(self, document_digest: bytes) -> bytes:
        """The octets over which a key somewhere else makes its signature (RFC 5652, 5.4)."""
        return self._signed_attributes(document_digest)

    def with_value(self, document_digest: bytes, value: bytes) -> bytes:
        """As `signature_over`, with a signature that was made elsewhere. Raises ValueError when this certificate's key
        has not made it, or not over this document.
        """
        signed = self._signed_attributes(document_digest)
        if not self.key.is_valid(value, signed):
            raise ValueError("a signature by another key, or over something else")
        return self._assembled(signed, value)

    def is_signature_over(self, document_digest: bytes, padded: bytes) -> bool:
        """Whether these octets, zeros behind them, are what this key signs over a document of this digest."""
        try:
            found = der.first(padded)
            signed_data = der.children(der.children(found)[1])[0]
            signer_info = der.children(der.children(signed_data)[-1])[0]
            value = der.content(der.children(signer_info)[-1])
        except (ValueError, IndexError):
            return False
        signed = self._signed_attributes(document_digest)
        is_ours = found == self._assembled(signed, value) and not any(padded[len(found) :])
        return is_ours and self.key.is_valid(value, signed)

    @property
    def longest(self) -> int:
        """In octets."""
        digest = bytes(hashlib.new(self.key.digest).digest_size)
        return len(self._assembled(self._signed_attributes(digest), bytes(self.key.longest)))

    def _signed_attributes(self, document_digest: bytes) -> bytes:
        return der.set_of(*self.fixed_attributes, _attribute(_MESSAGE_DIGEST, der.octets(document_digest)))

    def _assembled(self, signed: bytes, value: bytes) -> bytes:
        signer_info = der.sequence(
            der.integer(1),
            self.signer_identifier,
            self.key.digest_algorithm,
            b"\xa0" + signed[1:],
            self.key.signature_algorithm,
            der.octets(value),
        )
        content = der.sequence(
            der.integer(1),
            der.set_of(self.key.digest_algorithm),
            der.sequence(_DATA),
            self.certificates,
            der.set_of(signer_info),
        )
        return der.sequence(_SIGNED_DATA, der.explicit(0, content))


def cms_template(key: SigningKey) -> CmsTemplate:
    """The size is that of the longest signature: no key is asked for one that nobody needs."""
    issuer, serial = _issuer_and_serial(key.certificate_der)
    attributes = (
        _attribute(_CONTENT_TYPE, _DATA),
        _attribute(_SIGNING_CERTIFICATE_V2, _signing_certificate(key, issuer, serial)),
        _attribute(_ALGORITHM_PROTECTION, _protection(key)),
    )
    draft = CmsTemplate(
        key=key,
        certificates=der.explicit(0, *sorted((key.certificate_der, *key.chain_der))),
        signer_identifier=der.sequence(issuer, serial),
        fixed_attributes=attributes,
        size=0,
    )
    return replace(draft, size=draft.longest + _GROWTH)


def _issuer_and_serial(certificate: bytes) -> tuple[bytes, bytes]:
    """As they stand in the certificate (RFC 5280, 4.1), octet for octet: re-encoding may change string types."""
    fields = der.children(der.children(certificate)[0])
    first = 1 if fields[0][0] == 0xA0 else 0
    return fields[first + 2], fields[first]


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der.sequence(kind, der.set_of(value))


def _signing_certificate(key: SigningKey, issuer: bytes, serial: bytes) -> bytes:
    """ESSCertIDv2 with the default hash SHA-256 (RFC 5035): another certificate for the same key cannot step in."""
    names = der.sequence(der.explicit(4, issuer))
    identifier = der.sequence(
        der.octets(hashlib.sha256(key.certificate_der).digest()), der.sequence(names, serial)
    )
    return der.sequence(der.sequence(identifier))


def _protection(key: SigningKey) -> bytes:
    """RFC 6211: the algorithms are under the signature too. [1] is implicit over the algorithm's SEQUENCE."""
    return der.sequence(key.digest_algorithm, b"\xa1" + key.signature_algorithm[1:])
