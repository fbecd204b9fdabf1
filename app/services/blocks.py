"""The library of blocks: one file each beside the database, so that people can hand them on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app import codec
from app.domain import block as rules
from app.domain import errors
from app.domain.block import Block
from app.domain.changes import Changes
from app.domain.envelope import Envelope
from app.domain.fields import registry
from app.domain.fields.base import Field
from app.domain.geometry import Point
from app.domain.ids import DocumentId
from app.services.drafting import new_field_id
from app.services.house import House
from app.services.named_files import named_file, write_whole
from app.services.spec import read_text

FOLDER, SCHEMA = "blocks", "paraph.blocks/1"


@dataclass(frozen=True)
class BlockFile:
    """What an exported file holds."""

    schema: str
    blocks: tuple[Block, ...]


def save(house: House, name: str, fields: Iterable[Field]) -> Changes:
    """A block of that name is replaced."""
    made = rules.made_of(name, tuple(fields))
    _write(_path(house, made.name), BlockFile(SCHEMA, (made,)))
    return Changes.of("block", made.name)


def list_blocks(house: House) -> tuple[Block, ...]:
    """By name. A file that cannot be read is passed over: the others are still good."""
    found: list[Block] = []
    for path in sorted((house.folder / FOLDER).glob("*.json")):
        try:
            found.extend(_read(path).blocks)
        except errors.ParaphError:
            continue
    return tuple(sorted(found, key=lambda block: block.name.casefold()))


def remove(house: House, name: str) -> Changes:
    _path(house, name).unlink(missing_ok=True)
    return Changes.of("block", name)


def export(house: House, names: Iterable[str], path: Path) -> None:
    """One file with all of them. Raises `UnknownField` for a name there is no block of."""
    known = {block.name: block for block in list_blocks(house)}
    wanted = tuple(names)
    for name in wanted:
        if name not in known:
            raise errors.UnknownField(name=name, known=sorted(known))
    _write(path, BlockFile(SCHEMA, tuple(known[name] for name in wanted)))


def import_file(house: House, path: Path) -> tuple[str, ...]:
    """The names that were taken in; blocks of the same names are replaced. All or nothing."""
    blocks = _read(path).blocks
    for one in blocks:
        _write(_path(house, one.name), BlockFile(SCHEMA, (one,)))
    return tuple(one.name for one in blocks)


def place(
    house: House, envelope: Envelope, block: Block, document: str, page: int, at: Point, recipient: str | None = None
) -> tuple[Field, ...]:
    """New fields for `set_fields`. Roles the envelope knows keep their fields; those of others go to `recipient`, or to
    the first who acts.
    """
    known = [one.role for one in envelope.recipients]
    usual = recipient or next((r.role for r in envelope.recipients if r.action.seals), None)
    if usual is None and not set(known).issuperset(block.roles):
        raise errors.SpecError(path="recipients", problem="nobody is there to fill them")
    owners = {role: role if role in known and recipient is None else usual or role for role in block.roles}
    size = envelope.document(DocumentId(document)).pages[page - 1].size
    return rules.placed(block, DocumentId(document), page, size, at, lambda: new_field_id(house), owners)


def _path(house: House, name: str) -> Path:
    return named_file(house.folder / FOLDER, name)


def _read(path: Path) -> BlockFile:
    found = codec.decode_text(BlockFile, read_text(path))
    if found.schema != SCHEMA:
        raise errors.SpecError(path="schema", problem=f"{found.schema[:40]}, but should be {SCHEMA}")
    for number, block in enumerate(found.blocks):
        for place, field in enumerate(block.fields):
            if field.kind not in registry.KINDS:
                raise errors.SpecError(path=f"blocks[{number}].fields[{place}].kind", problem="there is no such kind")
            registry.check(field, f"blocks[{number}].fields[{place}]")
    return found


def _write(path: Path, content: BlockFile) -> None:
    text = json.dumps(codec.encode(content), indent=1, ensure_ascii=False) + "\n"
    write_whole(path, text, in_new_folder=True)
