"""The notation of field tokens: `{{type:key}}`, blanks inside ignored, and the sizes they stand for."""

import re
from typing import Final

from app.domain.geometry import Size

TOKEN: Final = re.compile(r"\{\{\s*(?P<type>[A-Za-z_]+)\s*:\s*(?P<key>[^{}|\n]{1,80}?)\s*\}\}")
PAGE_BREAK: Final = re.compile(r"\{\{\s*pagebreak\s*\}\}", re.IGNORECASE)

TOKEN_SIZES: Final = {
    "signature": Size(200, 50),
    "initials": Size(150, 50),
    "date": Size(160, 28),
    "text": Size(200, 28),
    "checkbox": Size(20, 20),
}
"""The five types of the contract; further kinds take their kind's default size."""
