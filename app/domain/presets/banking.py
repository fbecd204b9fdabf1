"""Accounts and cards: IBAN (ISO 13616), BIC (ISO 9362), payment cards (ISO/IEC 7812)."""

import re

from app.domain.presets.preset import Preset, shaped

LENGTHS = {
    country: int(length)
    for country, length in re.findall(
        "([A-Z]{2})([0-9]{2})",
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18"
        " FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20"
        " LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18"
        " SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20",
    )
}
"""Characters of an IBAN by country, from the registry of ISO 13616."""


def iban(text: str) -> str:
    """Capitals without blanks; length by country and the two check digits (ISO 7064, MOD 97-10)."""
    compact = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch("[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}", compact):
        raise ValueError("an IBAN begins with two letters and two digits")
    length = LENGTHS.get(compact[:2])
    if length is not None and len(compact) != length:
        raise ValueError(f"an IBAN of {compact[:2]} has {length} characters, this one has {len(compact)}")
    digits = "".join(str(int(c, 36)) for c in compact[4:] + compact[:4])
    if int(digits) % 97 != 1:
        raise ValueError("a letter or digit of the IBAN is wrong, its check digits do not fit")
    return compact


def card(text: str) -> str:
    """12 to 19 digits and the check digit of ISO/IEC 7812-1, annex B."""
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch("[0-9]{12,19}", digits):
        raise ValueError("a card number has 12 to 19 digits")
    if not luhn(digits):
        raise ValueError("a digit of the card number is wrong, its check digit does not fit")
    return digits


def luhn(digits: str) -> bool:
    """Every second digit from the right doubled, the digits of all summed: a multiple of ten."""
    doubled = (int(d) * (1 + n % 2) for n, d in enumerate(reversed(digits)))
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


BANKING = (
    Preset("iban", "IBAN", "DE89370400440532013000", iban),
    Preset(
        "bic",
        "BIC",
        "DEUTDEFF",
        shaped("[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", "a BIC has 8 or 11 characters", drop=" ", upper=True),
    ),
    Preset("card", "Card number", "4111111111111111", card),
)
