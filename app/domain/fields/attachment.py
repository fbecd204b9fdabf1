"""A file the recipient hands in, such as a proof of insurance; the page names it, the export holds it."""

from app.domain.drawing import Drawing, Metrics
from app.domain.fields.base import Field, FileValue, Kind, Value
from app.domain.fields.typesetting import set_text
from app.domain.geometry import Size

FINGERPRINT_LETTERS = 8


class Attachment(Kind):
    """What was handed in stays bound to the signed page: its name, its size and the start of its SHA-256 stand there,
    the whole hash in the trail.
    """

    name = "attachment"
    title = "Attachment"
    icon = "paperclip"
    default_size = Size(180, 24)
    minimum_size = Size(96, 12)

    def accept(self, field: Field, value: Value) -> Value:
        if not isinstance(value, FileValue) or not value.name.strip() or value.size < 1:
            raise self.refusal(field, "format", "a file that is not empty", value)
        return value

    def draw(self, field: Field, value: Value | None, metrics: Metrics) -> Drawing:
        if not isinstance(value, FileValue):
            return Drawing(field.rect.width, field.rect.height)
        return set_text(self.text_of(field, value), field.rect.width, field.rect.height, field.style, metrics)

    def text_of(self, field: Field, value: Value) -> str:
        if not isinstance(value, FileValue):
            return ""
        return f"{_drawable(value.name)}, {_measured(value.size)}, {value.sha256[:FINGERPRINT_LETTERS]}"


def _drawable(name: str) -> str:
    """A name from anybody's disk; what no line can show becomes a question mark."""
    return "".join(c if c.isprintable() else "?" for c in name)


def _measured(size: int) -> str:
    """Bytes as people read them, in powers of 1024."""
    if size < 1024:
        return f"{size} bytes"
    for unit, divisor in (("KB", 1024), ("MB", 1024**2)):
        if size < divisor * 1000:
            return f"{size / divisor:.1f} {unit}"
    return f"{size / 1024**3:.1f} GB"
