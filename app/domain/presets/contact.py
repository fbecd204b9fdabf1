"""Reaching people: telephone, e-mail, web address."""

import re

from app.domain.presets.preset import TEXTS, Preset, shaped

ADDRESS = r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+"


def international(text: str) -> str:
    """E.164: a plus and 7 to 15 digits; `00` is read as the plus, marks between digits are dropped."""
    compact = _digits(text)
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", compact):
        raise ValueError("a telephone number begins with + and the country's code")
    return compact


def any_phone(text: str) -> str:
    """As people write it at home, kept as it is; 5 to 15 digits."""
    if not re.fullmatch(r"\+?[0-9]{5,15}", _digits(text)):
        raise ValueError("a telephone number has 5 to 15 digits")
    return text.strip()


def _digits(text: str) -> str:
    compact = re.sub(r"[\s()./-]", "", text.replace("(0)", ""))
    return f"+{compact[2:]}" if compact.startswith("00") else compact


CONTACT = (
    Preset("phone", "Telephone, international", "+4930123456", international),
    Preset("phone_any", "Telephone", "030 123456", any_phone),
    Preset("email", "E-mail", "name@example.com", shaped(ADDRESS, "an address has one @ and a domain"), "", TEXTS),
    Preset(
        "url",
        "Web address",
        "https://example.com/page",
        shaped(r"https?://[^\s/@?#]+\.[^\s/@?#.]+([/?#]\S*)?", "a web address begins with https://"),
    ),
)
