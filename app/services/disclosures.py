"""What a signer consents to before signing electronically.

One text file per language in `resources/disclosures`: title, blank line, text. The trail keeps the hash of the
exact text.
"""

from dataclasses import dataclass

from app.domain.canonical import fingerprint
from app.domain.ids import Sha256
from app.paths import resource


@dataclass(frozen=True)
class Disclosure:
    """`sha256` is over the UTF-8 text and goes into the audit trail."""

    title: str
    text: str
    language: str

    @property
    def sha256(self) -> Sha256:
        return fingerprint(self.text.encode())


def in_language(language: str) -> Disclosure:
    """English where there is no translation; the trail tells which language was shown."""
    try:
        path = resource("disclosures", f"{language}.txt")
    except FileNotFoundError:
        return in_language("en")
    title, _, text = path.read_text("utf-8").partition("\n\n")
    return Disclosure(title, text.strip(), path.stem)
