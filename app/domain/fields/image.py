"""A picture the recipient supplies, such as a photograph of a card."""

from app.domain.drawing import Drawing, Metrics, Picture
from app.domain.fields.base import Field, Kind, PictureValue, Value
from app.domain.geometry import Rect, Size


class Image(Kind):
    """Shown whole, never stretched."""

    name = "image"
    title = "Picture"
    icon = "image"
    default_size = Size(140, 100)

    def accept(self, field: Field, value: Value) -> Value:
        if not isinstance(value, PictureValue):
            raise self.refusal(field, "format", "a PNG or JPEG picture", value)
        return value

    def draw(self, field: Field, value: Value | None, metrics: Metrics) -> Drawing:
        box = Rect(0, 0, field.rect.width, field.rect.height)
        pictures = (Picture(value.sha256, box),) if isinstance(value, PictureValue) else ()
        return Drawing(box.width, box.height, pictures=pictures)

    def text_of(self, field: Field, value: Value) -> str:
        return value.sha256 if isinstance(value, PictureValue) else ""

    def form_value(self, field: Field, value: Value) -> str:
        return ""
