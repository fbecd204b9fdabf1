"""Postal codes by country; shape only, that a code is in use nobody can know offline."""

from app.domain.presets.preset import Preset, shaped

CODES = {
    "AT": ("[1-9][0-9]{3}", "1010"),
    "BE": ("[1-9][0-9]{3}", "1000"),
    "CA": ("[ABCEGHJ-NPRSTVXY][0-9][A-Z] ?[0-9][A-Z][0-9]", "K1A 0B1"),
    "CH": ("[1-9][0-9]{3}", "8001"),
    "DE": ("(0[1-9]|[1-9][0-9])[0-9]{3}", "10115"),
    "ES": ("(0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3}", "28013"),
    "FR": ("(0[1-9]|[1-8][0-9]|9[0-8])[0-9]{3}", "75001"),
    "GB": ("([A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}|GIR ?0AA)", "SW1A 1AA"),
    "IT": ("[0-9]{5}", "00184"),
    "NL": ("[1-9][0-9]{3} ?[A-Z]{2}", "1012 AB"),
    "PL": ("[0-9]{2}-[0-9]{3}", "00-950"),
    "PT": ("[1-9][0-9]{3}-[0-9]{3}", "1100-148"),
    "US": ("[0-9]{5}(-[0-9]{4})?", "20500"),
}
"""Shape and example by country."""

POSTAL = tuple(
    Preset(
        f"postal_{country.lower()}",
        f"Postal code, {country}",
        example,
        shaped(pattern, f"a postal code of {country} is written otherwise", upper=True),
        country,
    )
    for country, (pattern, example) in CODES.items()
)
