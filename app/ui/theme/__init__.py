"""The look: one table of tokens, and the only place where a colour is written."""

from app.ui.theme.colours import mix, qcolor
from app.ui.theme.motion import reduce_motion, show_busy
from app.ui.theme.recipients import RECIPIENT_COLOURS, Pattern, RecipientColour, recipient_colour
from app.ui.theme.scheme import Scheme, Theme
from app.ui.theme.spacing import CORNER, CORNER_SMALL, SPACE, Space
from app.ui.theme.tokens import DARK, LIGHT, PAPER, STRONG_DARK, STRONG_LIGHT, TABLES, Tokens, tokens_of
from app.ui.theme.type import TypeSize, Weight, face, font_of, text_scale

__all__ = [
    "CORNER",
    "CORNER_SMALL",
    "DARK",
    "LIGHT",
    "PAPER",
    "RECIPIENT_COLOURS",
    "SPACE",
    "STRONG_DARK",
    "STRONG_LIGHT",
    "TABLES",
    "Pattern",
    "RecipientColour",
    "Scheme",
    "Space",
    "Theme",
    "Tokens",
    "TypeSize",
    "Weight",
    "face",
    "font_of",
    "mix",
    "qcolor",
    "recipient_colour",
    "reduce_motion",
    "show_busy",
    "text_scale",
    "tokens_of",
]
