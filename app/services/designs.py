"""Named designs of seals: one file each beside the database, the usual one told by the settings."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from app import codec
from app.domain import appearance, errors
from app.domain.appearance import Appearance, Stated
from app.domain.changes import Changes
from app.domain.drawing import Drawing
from app.glyphs import qr
from app.services import pictures, preferences
from app.services.house import House
from app.services.named_files import named_file, write_whole
from app.services.spec import read_text

FOLDER: Final = "designs"
SCHEMA: Final = "paraph.design/1"
LONGEST_NAME: Final = 60


@dataclass(frozen=True)
class Design:
    """`picture` are the bytes of the picture that `look` names, so that a design survives without the library."""

    name: str
    look: Appearance = field(default_factory=Appearance)
    picture: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class _File:
    schema: str
    name: str
    look: Appearance
    picture: str
    """In base64."""


def list_designs(house: House) -> tuple[Design, ...]:
    """By name. A file that cannot be read is passed over: the others are still good."""
    return tuple(sorted(_readable(house), key=lambda design: design.name.casefold()))


def at_hand(house: House) -> tuple[Design, ...]:
    """As `list_designs`, their pictures in the library from now on."""
    return tuple(_with_picture(house, design) for design in list_designs(house))


def find(house: House, name: str) -> Design:
    """Its picture is in the library from now on. Raises `UnknownDesign`."""
    known = {design.name: design for design in list_designs(house)}
    if name not in known:
        raise errors.UnknownDesign(name=name, known=sorted(known))
    return _with_picture(house, known[name])


def look(house: House, name: str | None = None) -> Appearance:
    """The design of that name; without one the usual one, and where that is gone, the plain one."""
    if name:
        return find(house, name).look
    usual = house.settings.design
    return find(house, usual).look if any(usual == each.name for each in list_designs(house)) else Appearance()


def save(house: House, name: str, look: Appearance) -> Changes:
    """A design of that name is replaced. Raises `SpecError` for what cannot be drawn, `NotWritable`."""
    name = _checked_name(name)
    if look.mark is not None and look.mark.picture is not None:
        look = replace(look, mark=None, picture=look.mark.picture)
    appearance.check(look)
    _write(house, Design(name, look, house.library.blobs.read(look.picture) if look.picture else b""))
    return Changes.of("design", name)


def rename(house: House, old: str, new: str) -> Changes:
    """Raises `SpecError` where the name is taken."""
    design, new = find(house, old), _checked_name(new)
    if new == old:
        return Changes()
    if any(each.name == new for each in list_designs(house)):
        raise errors.SpecError(path="name", problem=f"there is a design {new} already")
    _write(house, replace(design, name=new))
    _path(house, old).unlink(missing_ok=True)
    changes = Changes.of("design", old, new)
    return changes | make_default(house, new) if house.settings.design == old else changes


def remove(house: House, name: str) -> Changes:
    """The plain design is the usual one again if this was."""
    find(house, name)
    _path(house, name).unlink(missing_ok=True)
    changes = Changes.of("design", name)
    return changes | preferences.change(house, design="") if house.settings.design == name else changes


def make_default(house: House, name: str) -> Changes:
    """What is sealed with when nobody names a design; empty: the plain one."""
    if name:
        find(house, name)
    return preferences.change(house, design=name)


def with_picture(house: House, look: Appearance, path: Path) -> Appearance:
    """A PNG or JPEG of the person's as picture of the design."""
    return replace(look, picture=pictures.take_picture(house, path).sha256, mark=None)


def sample(house: House) -> Stated:
    """What a preview tells."""
    name = house.settings.host_name or "Jane Smith"
    return Stated(name, house.clock.now(), "I agree to this document", house.settings.place or "Springfield")


def drawing(house: House, look: Appearance, stated: Stated, width: float, height: float) -> Drawing:
    """As it will be sealed. Raises `GlyphsMissing`, and `SpecError` for a design that cannot be drawn."""
    appearance.check(look)
    return appearance.draw(look, stated, width, height, house.metrics, qr.drawing)


def fits(house: House, look: Appearance, stated: Stated, width: float, height: float) -> bool:
    return appearance.fits(look, stated, width, height, house.metrics)


def _with_picture(house: House, design: Design) -> Design:
    if design.picture:
        house.library.blobs.put_bytes(design.picture)
    return design


def _readable(house: House) -> Iterator[Design]:
    for path in (house.folder / FOLDER).glob("*.json"):
        try:
            yield _read(path)
        except errors.ParaphError:
            continue


def _read(path: Path) -> Design:
    found = codec.decode_text(_File, read_text(path))
    if found.schema != SCHEMA:
        raise errors.SpecError(path="schema", problem=f"{found.schema[:40]}, but should be {SCHEMA}")
    appearance.check(found.look)
    try:
        return Design(found.name, found.look, base64.b64decode(found.picture, validate=True))
    except ValueError as problem:
        raise errors.SpecError(path="picture", problem=str(problem)) from None


def _write(house: House, design: Design) -> None:
    file = _File(SCHEMA, design.name, design.look, base64.b64encode(design.picture).decode())
    text = json.dumps(codec.encode(file), indent=1, ensure_ascii=False) + "\n"
    write_whole(_path(house, design.name), text, in_new_folder=True)


def _path(house: House, name: str) -> Path:
    return named_file(house.folder / FOLDER, name)


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise errors.SpecError(path="name", problem=f"should have from 1 to {LONGEST_NAME} letters")
    return name
