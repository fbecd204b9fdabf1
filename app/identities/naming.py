"""A person's name as a distinguished name can hold it.

Verifiers compare names after the string preparation of RFC 4518, and some (asn1crypto, beneath pyHanko) refuse a whole
certificate whose name that cannot prepare: characters younger than Unicode 3.2, and text that mixes directions. What a
name cannot hold stands unshortened in the certificate's user notice.
"""

import stringprep
import unicodedata
from typing import Final

LONGEST_OCTETS: Final = 64
"""ub-common-name and its neighbours (RFC 5280, appendix A): characters there, octets to the library that checks."""


def directory_text(text: str) -> str:
    """As much of the text as may stand in a name, perhaps nothing: one line, one direction, known characters."""
    clean = " ".join("".join(map(_known, unicodedata.normalize("NFC", text))).split())
    return _shortened(_one_direction(clean))


def is_whole(text: str) -> bool:
    """Whether a name can hold all of it."""
    return directory_text(text) == text


def _known(character: str) -> str:
    if not character.isprintable():
        return " "
    if any(table(character) for table in (stringprep.in_table_a1, stringprep.in_table_c3, stringprep.in_table_c8)):
        return "?" if character.isalnum() else ""
    return character


def _one_direction(text: str) -> str:
    """The direction with more letters stays; what runs left must begin and end with such a letter (RFC 3454, 6)."""
    leftwards = sum(map(stringprep.in_table_d1, text))
    rightwards = sum(map(stringprep.in_table_d2, text))
    if not leftwards:
        return text
    if rightwards >= leftwards:
        return " ".join("".join(c for c in text if not stringprep.in_table_d1(c)).split())
    kept = "".join(c for c in text if not stringprep.in_table_d2(c))
    strong = [at for at, c in enumerate(kept) if stringprep.in_table_d1(c)]
    return " ".join(kept[strong[0] : strong[-1] + 1].split())


def _shortened(text: str) -> str:
    if len(text.encode()) <= LONGEST_OCTETS:
        return text
    cut = text.encode()[: LONGEST_OCTETS - len("…".encode())].decode(errors="ignore").rstrip()
    # An ellipsis has no direction of its own: behind letters that run left it would end the name on the wrong side.
    return cut if any(map(stringprep.in_table_d1, cut)) else f"{cut}…"
