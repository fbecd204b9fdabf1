"""Choosing: a tick, one of several buttons, one of a list."""

from dataclasses import replace

from app.domain.drawing import BLACK, INK, Drawing, Metrics, Path, TextRun, ellipse, polyline
from app.domain.errors import SpecError
from app.domain.fields.base import Align, Field, FormType, Kind, Value
from app.domain.fields.text import Text
from app.domain.fields.typesetting import set_text
from app.domain.geometry import Rect, Size

LINE_PT = 0.8


class Checkbox(Kind):
    """Yes or no; a required one must be ticked, as for terms that are agreed to."""

    name = "checkbox"
    title = "Checkbox"
    icon = "square-check"
    key = "C"
    form = FormType.CHECKBOX
    default_size = Size(18, 18)
    minimum_size = Size(8, 8)

    def accept(self, field: Field, value: Value) -> Value:
        if not isinstance(value, bool):
            raise self.refusal(field, "format", "true or false", value)
        if field.required and not value:
            raise self.refusal(field, "required", "true", value)
        return value

    def draw(self, field: Field, value: Value | None, metrics: Metrics) -> Drawing:
        width, height = field.rect.width, field.rect.height
        side = max(min(width, height) - LINE_PT, 0.0)
        box = Rect((width - side) / 2, (height - side) / 2, side, side)
        paths = [_outline(box)]
        if value is True:
            paths.append(_tick(box))
        return Drawing(width, height, paths=tuple(paths))

    def form_value(self, field: Field, value: Value) -> str:
        return "Yes" if value else "Off"

    def text_of(self, field: Field, value: Value) -> str:
        return "yes" if value else "no"


class Radio(Kind):
    """One field holds the whole group: its options share the box, one row each."""

    name = "radio"
    title = "Radio buttons"
    icon = "circle-dot"
    key = "R"
    form = FormType.RADIO
    default_size = Size(120, 54)
    minimum_size = Size(16, 16)

    def check(self, field: Field, path: str) -> None:
        super().check(field, path)
        _check_options(field, path)

    def accept(self, field: Field, value: Value) -> Value:
        return _one_of(self, field, value)

    def draw(self, field: Field, value: Value | None, metrics: Metrics) -> Drawing:
        paths: list[Path] = []
        runs: list[TextRun] = []
        for option, row in zip(field.options, rows(field), strict=True):
            button = button_in(row)
            paths.append(ellipse(button, stroke=BLACK, width=min(LINE_PT, button.width / 4)))
            if option == value:
                paths.append(ellipse(button.inset(button.width * 0.24), fill=INK))
            label = Rect(button.right + 3, row.y, max(row.width - button.right - 3, 1), row.height)
            style = replace(field.style, align=Align.LEFT, comb=None, multiline=False)
            words = set_text(option, label.width, label.height, style, metrics).runs
            runs.extend(replace(run, x=run.x + label.x, y=run.y + label.y) for run in words)
        return Drawing(field.rect.width, field.rect.height, tuple(runs), tuple(paths))


class Dropdown(Text):
    """One of a list, written like text."""

    name = "dropdown"
    title = "Dropdown"
    icon = "chevrons-up-down"
    key = ""
    form = FormType.CHOICE
    demands = frozenset()
    looks = frozenset()
    computable = False

    def check(self, field: Field, path: str) -> None:
        super().check(field, path)
        _check_options(field, path)

    def accept(self, field: Field, value: Value) -> Value:
        return _one_of(self, field, value)


def rows(field: Field) -> tuple[Rect, ...]:
    """The row of each option, relative to the field."""
    height = field.rect.height / max(len(field.options), 1)
    return tuple(Rect(0, number * height, field.rect.width, height) for number in range(len(field.options)))


def button_in(row: Rect) -> Rect:
    side = max(min(row.height - 2, 12.0, row.width - 2), min(row.height, row.width, 4.0) / 2)
    return Rect(min(1.0, (row.width - side) / 2), row.y + (row.height - side) / 2, side, side)


def _one_of(kind: Kind, field: Field, value: Value) -> Value:
    if value == "" and not field.required:
        return ""
    if not isinstance(value, str) or value not in field.options:
        raise kind.refusal(field, "options", ", ".join(field.options), value)
    return value


def _check_options(field: Field, path: str) -> None:
    if not field.options:
        raise SpecError(path=f"{path}.options", problem="at least one option is needed")
    if len(set(field.options)) < len(field.options):
        raise SpecError(path=f"{path}.options", problem="an option is there twice")


def _outline(box: Rect) -> Path:
    corners = [
        (box.x, box.y),
        (box.right, box.y),
        (box.right, box.bottom),
        (box.x, box.bottom),
        (box.x, box.y),
    ]
    return polyline(corners, BLACK, LINE_PT)


def _tick(box: Rect) -> Path:
    w, h = box.width, box.height
    points = [
        (box.x + 0.2 * w, box.y + 0.53 * h),
        (box.x + 0.42 * w, box.y + 0.76 * h),
        (box.x + 0.82 * w, box.y + 0.24 * h),
    ]
    return polyline(points, INK, max(1.0, w * 0.11))
