"""Fields and conditions, from the words of a spec to the values of the domain and back."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain import errors
from app.domain.envelope import Document
from app.domain.fields.base import Constraint, Field, PictureValue, TextStyle, Value
from app.domain.fields.condition import Condition, Group, Test
from app.domain.fields.registry import KINDS, accept, check
from app.domain.geometry import Rect
from app.domain.ids import FieldId
from app.domain.style import EnvelopeStyle
from app.services import designs, pictures
from app.services.house import House
from app.services.spec import ConditionSpec, FieldSpec, StyleSpec, TestSpec

PICTURES = ("image", "stamp")
"""Kinds whose `value` in a spec is the path of a picture."""


def field_of(house: House, documents: Sequence[Document], number: int, spec: FieldSpec, folder: Path) -> Field:
    """Without its conditions, which may name fields that come later. Raises `SpecError` below `fields[number]`."""
    path = f"fields[{number}]"
    kind = KINDS.get(spec.type)
    if kind is None:
        raise errors.SpecError(path=f"{path}.type", problem=f"{spec.type} is none of {', '.join(KINDS)}")
    if not 1 <= spec.document <= len(documents):
        problem = f"{spec.document}, the envelope has {len(documents)} documents"
        raise errors.SpecError(path=f"{path}.document", problem=problem)
    field = Field(
        id=FieldId(house.clock.new_id()),
        kind=spec.type,
        document=documents[spec.document - 1].id,
        page=spec.page,
        rect=_rect(path, spec, kind.default_size.width, kind.default_size.height),
        recipient=spec.recipient,
        label=spec.label,
        help=spec.help,
        tooltip=spec.tooltip,
        required=spec.required,
        read_only=spec.read_only,
        locked=spec.locked,
        mapping_key=spec.mapping_key,
        tab_index=spec.tab_index,
        linked=spec.linked,
        value=_value(house, path, spec, folder),
        formula=spec.formula,
        options=spec.options,
        date_format=spec.date_format,
        style=_style(spec),
        constraint=_constraint(spec),
    )
    check(field, path)
    if field.value is None:
        return field
    return replace(field, value=accept(replace(field, required=False, read_only=False), field.value))


def conditions_of(specs: Sequence[ConditionSpec], fields: Sequence[Field], path: str) -> tuple[Condition, ...]:
    """`fields` are all of the envelope, in the order of the spec; a test names one by its key, label, id or `#number`
    counted from 1.
    """
    found: list[Condition] = []
    for number, spec in enumerate(specs):
        here = f"{path}[{number}]"
        if bool(spec.tests) == bool(spec.groups):
            raise errors.SpecError(path=here, problem="needs either tests or groups")
        groups = tuple(
            Group(_tests(group.tests, fields, f"{here}.groups[{place}].tests"), group.match)
            for place, group in enumerate(spec.groups)
        )
        single = (Group(_tests(spec.tests, fields, f"{here}.tests"), spec.match),) if spec.tests else ()
        found.append(Condition(spec.effect, (*groups, *single), spec.match))
    return tuple(found)


def style_of(house: House, spec: StyleSpec) -> EnvelopeStyle:
    """Raises `UnknownDesign`."""
    if spec.design:
        designs.find(house, spec.design)
    return EnvelopeStyle(
        face=spec.font,
        size_pt=spec.font_size,
        bold=spec.bold,
        colour=spec.colour,
        date_format=spec.date_format or house.settings.date_format,
        time_zone=spec.time_zone,
        language=spec.language,
        design=spec.design,
    )


def told_style(style: EnvelopeStyle) -> dict[str, Any]:
    """In the keys of the spec."""
    return {
        "font": style.face,
        "font_size": style.size_pt,
        "bold": style.bold,
        "colour": style.colour,
        "date_format": style.date_format,
        "time_zone": style.time_zone,
        "language": style.language,
        "design": style.design,
    }


def told_conditions(conditions: Sequence[Condition], fields: Sequence[Field]) -> list[dict[str, Any]]:
    """In the keys of the spec, fields by a name that means them alone."""
    names = _names(fields)

    def told(group: Group) -> dict[str, Any]:
        tests = [{"field": names.get(t.field, t.field), "op": t.op, "value": t.value} for t in group.tests]
        return {"match": group.match, "tests": tests}

    return [{"effect": c.effect, "match": c.match, "groups": [told(group) for group in c.groups]} for c in conditions]


def told_looks(field: Field) -> dict[str, Any]:
    """Style and demands, in the keys of the spec."""
    return {
        "date_format": field.date_format,
        "font": field.style.face,
        "font_size": field.style.size_pt,
        "bold": field.style.bold,
        "colour": field.style.colour,
        "align": field.style.align,
        "multiline": field.style.multiline,
        "comb": field.style.comb,
        "language": field.style.language,
        "minimum": field.constraint.minimum,
        "maximum": field.constraint.maximum,
        "max_length": field.constraint.max_length,
        "pattern": field.constraint.pattern,
        "preset": field.constraint.preset,
        "pattern_message": field.constraint.message,
    }


def _tests(specs: Sequence[TestSpec], fields: Sequence[Field], path: str) -> tuple[Test, ...]:
    return tuple(
        Test(_named(spec.field, fields, f"{path}[{number}].field"), spec.op, _neutral(spec.value))
        for number, spec in enumerate(specs)
    )


def _named(name: str, fields: Sequence[Field], path: str) -> FieldId:
    numbers = {f"#{number}": [field] for number, field in enumerate(fields, start=1)}
    for matches in (
        [f for f in fields if f.mapping_key == name],
        [f for f in fields if f.label == name],
        [f for f in fields if f.id == name],
        numbers.get(name, []),
    ):
        if matches:
            return matches[0].id
    raise errors.SpecError(path=path, problem=f"{name[:40]} is the key, label or number (#1) of no field")


def _neutral(value: str | bool | int | float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _names(fields: Sequence[Field]) -> dict[FieldId, str]:
    keys = [field.mapping_key for field in fields]
    labels = [field.label for field in fields]
    names: dict[FieldId, str] = {}
    for number, field in enumerate(fields, start=1):
        if field.mapping_key and keys.count(field.mapping_key) == 1:
            names[field.id] = field.mapping_key
        elif field.label and labels.count(field.label) == 1 and field.label not in keys:
            names[field.id] = field.label
        else:
            names[field.id] = f"#{number}"
    return names


def _value(house: House, path: str, spec: FieldSpec, folder: Path) -> Value | None:
    if spec.type not in PICTURES or spec.value is None:
        return spec.value
    if not isinstance(spec.value, str):
        raise errors.SpecError(path=f"{path}.value", problem="should be the path of a picture")
    taken = pictures.take_picture(house, folder / spec.value)
    return PictureValue(taken.sha256, taken.width, taken.height)


def _style(spec: FieldSpec) -> TextStyle:
    return TextStyle(
        face=spec.font,
        size_pt=spec.font_size,
        align=spec.align,
        bold=spec.bold,
        colour=spec.colour,
        multiline=spec.multiline,
        comb=spec.comb,
        language=spec.language,
    )


def _constraint(spec: FieldSpec) -> Constraint:
    return Constraint(
        spec.minimum, spec.maximum, spec.max_length, spec.pattern, message=spec.pattern_message, preset=spec.preset
    )


def _rect(path: str, spec: FieldSpec, width: float, height: float) -> Rect:
    wide, high = spec.width if spec.width is not None else width, spec.height if spec.height is not None else height
    for key, value in (("width", wide), ("height", high)):
        if not 1 <= value <= 14_400:
            raise errors.SpecError(path=f"{path}.{key}", problem=f"{value:g}, but should be from 1 to 14400 points")
    try:
        return Rect(spec.x, spec.y, wide, high)
    except ValueError:
        raise errors.SpecError(path=f"{path}.x", problem="is not a place on a page") from None
