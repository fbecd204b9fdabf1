"""Tax and identity numbers with their check digits.

The shapes of VAT numbers are those of the European Commission's VIES; check digits follow the national rules that are
published. That a number is in use only the authority can tell.
"""

from collections.abc import Callable

from app.domain.presets.banking import luhn
from app.domain.presets.preset import Preset, shaped


def _checked(pattern: str, country: str, fits: Callable[[str], bool]) -> Callable[[str], str]:
    """`fits` gets the number without the letters of the country."""
    shape = shaped(pattern, f"a number of {country} is written otherwise", drop=" .-/", upper=True)

    def check(text: str) -> str:
        number = shape(text)
        if not fits(number.removeprefix(country)):
            raise ValueError("a digit is wrong, the check digit does not fit")
        return number

    return check


def _sum(digits: str, *weights: int) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _mod_11_10(digits: str) -> bool:
    """ISO 7064, MOD 11,10: German VAT and tax numbers, Croatian OIB."""
    product = 10
    for digit in digits[:-1]:
        product = (int(digit) + product) % 10 or 10
        product = product * 2 % 11
    return (11 - product) % 10 == int(digits[-1])


def _at(number: str) -> bool:
    doubled = [int(d) * (1 + n % 2) for n, d in enumerate(number[1:8])]
    total = sum(d // 10 + d % 10 for d in doubled)
    return (10 - (total + 4) % 10) % 10 == int(number[8])


def _be(number: str) -> bool:
    return 97 - int(number[:8]) % 97 == int(number[8:])


def _dk(number: str) -> bool:
    return _sum(number, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0


def _fi(number: str) -> bool:
    return (11 - _sum(number[:7], 7, 9, 10, 5, 8, 4, 2) % 11) % 11 == int(number[7])


def _fr(number: str) -> bool:
    """Numeric keys only; keys with letters follow no published rule, their SIREN is checked."""
    key, siren = number[:2], number[2:]
    return luhn(siren) and (not key.isdigit() or (12 + 3 * (int(siren) % 97)) % 97 == int(key))


def _lu(number: str) -> bool:
    return int(number[:6]) % 89 == int(number[6:])


def _pl(number: str) -> bool:
    return _sum(number[:9], 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == int(number[9])


def _pt(number: str) -> bool:
    rest = 11 - _sum(number[:8], 9, 8, 7, 6, 5, 4, 3, 2) % 11
    return (0 if rest >= 10 else rest) == int(number[8])


def _spanish_letter(number: str) -> bool:
    """NIF and NIE: the letter is that of the number modulo 23."""
    digits = number[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(digits) % 23] == number[-1]


def _vat(country: str, example: str, pattern: str, fits: Callable[[str], bool]) -> Preset:
    check = _checked(f"{country}{pattern}", country, fits)
    return Preset(f"vat_{country.lower()}", f"VAT number, {country}", example, check, country)


TAX = (
    _vat("AT", "ATU13585627", "U[0-9]{8}", _at),
    _vat("BE", "BE0428759497", "[01][0-9]{9}", _be),
    _vat("DE", "DE136695976", "[1-9][0-9]{8}", _mod_11_10),
    _vat("DK", "DK13585628", "[1-9][0-9]{7}", _dk),
    _vat("FI", "FI20774740", "[0-9]{8}", _fi),
    _vat("FR", "FR40303265045", "[0-9A-HJ-NP-Z]{2}[0-9]{9}", _fr),
    _vat("IT", "IT00743110157", "[0-9]{11}", luhn),
    _vat("LU", "LU15027442", "[0-9]{8}", _lu),
    _vat("PL", "PL8567346215", "[0-9]{10}", _pl),
    _vat("PT", "PT501964843", "[1-9][0-9]{8}", _pt),
    Preset("tax_de", "Steuer-ID, DE", "36574261809", _checked("[1-9][0-9]{10}", "DE", _mod_11_10), "DE"),
    Preset("tax_es", "NIF or NIE, ES", "54362315K", _checked("[0-9XYZ][0-9]{7}[A-Z]", "ES", _spanish_letter), "ES"),
    Preset("tax_pl", "NIP, PL", "8567346215", _checked("[0-9]{10}", "PL", _pl), "PL"),
)
