"""A block: fields that belong together, to be put down in one go wherever they are needed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.errors import SpecError
from app.domain.fields.base import Field
from app.domain.fields.condition import Condition
from app.domain.fields.registry import kind_of
from app.domain.geometry import Point, Size
from app.domain.ids import DocumentId, FieldId

NOWHERE = DocumentId("")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Block:
    """`fields` lie relative to the block's top-left corner, on page 1 of no document; their recipients are the roles
    they had. `size` is that of the box around them.
    """

    name: str
    size: Size
    fields: tuple[Field, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(field.recipient for field in self.fields if field.recipient is not None))


def made_of(name: str, fields: Sequence[Field]) -> Block:
    """Fields of one page. What they say about fields outside the block is left behind, and pictures, which
    the library of another would not have.
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise SpecError(path="name", problem=f"should have 1 to {LONGEST_NAME} letters")
    if not fields:
        raise SpecError(path="fields", problem="a block needs at least one field")
    if len({(field.document, field.page) for field in fields}) > 1:
        raise SpecError(path="fields", problem="the fields of a block lie on one page")
    left, top = min(f.rect.x for f in fields), min(f.rect.y for f in fields)
    size = Size(max(f.rect.right for f in fields) - left, max(f.rect.bottom for f in fields) - top)
    inside = {field.id for field in fields}
    return Block(name, size, tuple(_loose(field, inside, left, top) for field in fields))


def placed(
    block: Block,
    document: DocumentId,
    page: int,
    page_size: Size,
    at: Point,
    new_id: Callable[[], FieldId],
    owners: Mapping[str, str],
) -> tuple[Field, ...]:
    """New fields, the block's corner at `at`, moved as a whole onto the page. `owners` says which role takes the part
    of which in the block; conditions inside the block look at the new fields.
    """
    names = {field.id: new_id() for field in block.fields}
    dx = max(0.0, min(at.x, page_size.width - block.size.width))
    dy = max(0.0, min(at.y, page_size.height - block.size.height))
    return tuple(
        replace(
            field,
            id=names[field.id],
            document=document,
            page=page,
            rect=field.rect.moved(dx, dy).clamped(page_size),
            recipient=owners[field.recipient] if field.recipient and kind_of(field).needs_recipient else None,
            conditions=tuple(_renamed(condition, names) for condition in field.conditions),
        )
        for field in block.fields
    )


def _loose(field: Field, inside: set[FieldId], left: float, top: float) -> Field:
    kept = tuple(condition for condition in field.conditions if inside.issuperset(condition.looks_at))
    rect = field.rect.moved(-left, -top)
    value = field.value if isinstance(field.value, str | bool) else None
    loose = replace(field, document=NOWHERE, page=1, rect=rect, value=value)
    return replace(loose, conditions=kept, linked=None, tab_index=None)


def _renamed(condition: Condition, names: Mapping[FieldId, FieldId]) -> Condition:
    groups = tuple(
        replace(group, tests=tuple(replace(test, field=names[test.field]) for test in group.tests))
        for group in condition.groups
    )
    return replace(condition, groups=groups)
