"""How a picture somebody brings of their signature is turned, cut and freed of its paper."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trim:
    """`degrees` clockwise, any; then `left`, `top`, `right`, `bottom` as shares of what is left, 0 to 1, are cut away.

    `ink_only` makes the paper transparent and cuts to the ink; `darkness` from 0 to 1 is where paper ends and ink
    begins, a half being what fits most pictures.
    """

    degrees: float = 0.0
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    ink_only: bool = False
    darkness: float = 0.5


PLAIN = Trim()
