"""The signed message inside /Contents (CMS, RFC 5652), read without believing it."""

from typing import Any

from asn1crypto import cms

from app.sealing.verifying import der


class Unreadable(ValueError):
    """No signed message; internal to this package, where it becomes a reason."""


class Message:
    """One CMS SignedData with its single signer, parsed from `/Contents`; `signed_data` where that was done already."""

    def __init__(self, contents: bytes, signed_data: Any = None) -> None:
        size = der.length_of(contents)
        self.encoded = contents if size is None else contents[:size]
        self.padding = b"" if size is None else contents[size:]
        try:
            self.signed_data = cms.ContentInfo.load(self.encoded)["content"] if signed_data is None else signed_data
            (self.signer_info,) = self.signed_data["signer_infos"]
            self.digest_algorithm: str = self._digest_algorithm()
            self.declared_digest = self._declared_digest()
        except Exception as problem:  # whatever asn1crypto makes of hostile bytes
            raise Unreadable(str(problem)) from problem

    @property
    def is_strict(self) -> bool:
        return der.is_strict(self.encoded)

    @property
    def is_padded_with_zeros(self) -> bool:
        return not self.padding.strip(b"\0")

    def _content(self) -> Any:
        return self.signed_data["encap_content_info"]

    def _digest_algorithm(self) -> str:
        """The one the file is digested with: for a timestamp token that of its imprint (RFC 3161, 2.4.2)."""
        if self._content()["content_type"].native == "tst_info":
            imprint = self._content()["content"].parsed["message_imprint"]
            return str(imprint["hash_algorithm"]["algorithm"].native)
        return str(self.signer_info["digest_algorithm"]["algorithm"].native)

    def _declared_digest(self) -> bytes | None:
        """What the file's digest has to be; None where only the signature itself could tell (no signed attributes)."""
        if self._content()["content_type"].native == "tst_info":
            return bytes(self._content()["content"].parsed["message_imprint"]["hashed_message"].native)
        for attribute in self.signer_info["signed_attrs"] or ():
            if attribute["type"].native == "message_digest":
                return bytes(attribute["values"][0].native)
        return None
