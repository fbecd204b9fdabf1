"""A stamp: the picture of an office, put by the sender beforehand or by the recipient in the room."""

from app.domain.fields.image import Image
from app.domain.geometry import Size


class Stamp(Image):
    """A picture that stands for a company, as the mark of a signature stands for a person."""

    name = "stamp"
    title = "Stamp"
    icon = "stamp"
    default_size = Size(110, 70)
    minimum_size = Size(24, 24)
