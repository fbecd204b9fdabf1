"""What the words beside an empty place say about what belongs there, in the languages people bring forms in."""

import re
from itertools import pairwise
from typing import Final

_WORDS: Final = {
    "signature": "signature signed sign_here signatory unterschrift signatur firma firmado assinatura handtekening "
    "podpis underskrift allekirjoitus aláírás imza подпись підпис υπογραφή توقيع חתימה हस्ताक्षर",
    "initials": "initial initials initialen paraphe iniciales iniziali paraaf",
    "date": "date dated datum fecha data dato päivämäärä dátum tarih дата ημερομηνία تاريخ תאריך दिनांक",
    "email": "email e-mail mail courriel correo",
    "name": "name fullname full_name printed_name print_name nom nombre nome naam jméno imię navn namn nimi név "
    "имя ім'я όνομα الاسم שם नाम",
    "company": "company organisation organization employer firma_name société empresa azienda bedrijf unternehmen",
    "title": "title position function poste cargo",
}
_KINDS: Final = {word.replace("_", " "): kind for kind, words in _WORDS.items() for word in words.split()}
_SPLIT: Final = re.compile(r"[^\w'-]+|_+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def kind_of_label(label: str, default: str | None = None) -> str | None:
    """The kind of field a label asks for; `default` when no word of it is known. The last known word decides.

    "Name of the company" asks for a name only by its first word; "Date of signature" for a date: so the first
    known word wins in a phrase with "of", the last in "Buyer signature date".
    """
    words = [word for word in _SPLIT.split(_CAMEL.sub(" ", label).lower()) if word]
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    known = [_KINDS[word] for word in (*pairs, *words) if word in _KINDS]
    if not known:
        return default
    return known[0] if {"of", "de", "der", "du", "della"} & set(words) else known[-1]
