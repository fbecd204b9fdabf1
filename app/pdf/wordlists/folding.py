"""One spelling for a word: small letters without accents, parts separated by blanks."""

import re
import unicodedata
from typing import Final

_CAMEL: Final = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
_NO_WORD: Final = re.compile(r"[^\w]+|_+")


def folded(text: str) -> str:
    """`fullName`, `Full_Name` and `FULL NAME` are one; so are `Numéro` and `numero`, `E-Mail` and `e mail`."""
    parted = _CAMEL.sub(" ", text.replace("’", "'").replace("'s", " "))
    plain = "".join(c for c in unicodedata.normalize("NFKD", parted.casefold()) if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", plain).strip()
