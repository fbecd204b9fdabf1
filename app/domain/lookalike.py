"""Names that may pass for another: hidden letters and directions, and letters of scripts that look alike (UTS 39, 4;
robustness, fault 86).
"""

import unicodedata
from typing import Final, Literal

ALIKE: Final = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "MATHEMATICAL", "FULLWIDTH"})
JOINERS: Final = frozenset("\u200c\u200d")
"""Persian, Hindi and others write with them; between letters of `ALIKE` nobody does."""

Doubt = Literal["", "name_hidden", "name_mixed"]


def shown(name: str) -> str:
    """Without letters that show nothing or turn others round, on one line."""
    keeps = JOINERS if not _scripts(name) else frozenset[str]()
    seen = (" " if _is_unseen(letter) and letter not in keeps else letter for letter in name)
    return " ".join("".join(seen).split())


def doubt(name: str) -> Doubt:
    """Why a name may not be the one it looks like; empty where nothing speaks for it."""
    keeps = JOINERS if not _scripts(name) else frozenset[str]()
    if any(_is_unseen(letter) and letter not in keeps for letter in name):
        return "name_hidden"
    return "name_mixed" if len(_scripts(name)) > 1 else ""


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _scripts(name: str) -> frozenset[str]:
    """Of the scripts with look-alikes, those this name is written in."""
    words = (unicodedata.name(letter, "").partition(" ")[0] for letter in name if letter.isalpha())
    return ALIKE.intersection(words)
