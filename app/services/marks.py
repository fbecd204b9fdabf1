"""Saved signatures: of one person, on this machine, encrypted; several per person, never offered to another name.

Each is a box under a key of the vault, with the log of where it was used.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from app import codec
from app.domain import errors
from app.domain.canonical import composed
from app.domain.changes import Changes
from app.domain.ids import EnvelopeId
from app.domain.mark import Mark
from app.services.house import House
from app.store import Boxes
from app.vault import box

KEY = "marks/key"
FOLDER = "marks"


@dataclass(frozen=True)
class Use:
    """When it was put into which envelope."""

    at: datetime
    envelope: str


@dataclass(frozen=True)
class SavedMark:
    """`label` tells a person's several apart; `picture` are the bytes of an uploaded one."""

    id: str
    person: str
    label: str
    mark: Mark = field(repr=False)
    saved_at: datetime
    initials: bool = False
    picture: bytes = field(default=b"", repr=False)
    used: tuple[Use, ...] = ()


def offered(house: House, person: str) -> tuple[SavedMark, ...]:
    """Those of exactly this person, newest first; nothing of anybody else is even decrypted into the answer.

    Raises `VaultError` when there are some and the vault cannot be opened.
    """
    return tuple(saved for saved in everybody(house) if _same(saved.person, person))[::-1]


def everybody(house: House) -> tuple[SavedMark, ...]:
    """For the host's own list; the signing room never asks this."""
    return tuple(_opened(house, name) for name in _boxes(house).names())


def save(house: House, person: str, label: str, mark: Mark, *, initials: bool = False) -> Changes:
    """Under a label no other of this person has. Raises `MarkExists`, `MarkRefused`."""
    mark = mark.checked()
    _check_free(house, person, label, initials)
    picture = house.library.blobs.read(mark.picture) if mark.picture else b""
    new_id = house.clock.new_id()
    _put(house, SavedMark(new_id, person, label, mark, house.clock.now(), initials, picture))
    return Changes.of("mark", new_id)


def use(house: House, person: str, wanted: str, envelope_id: str) -> Mark:
    """The mark called `wanted` (its id or label), its use noted. `MarkNotTheirs` if this person has none such."""
    mine = [saved for saved in offered(house, person) if wanted in (saved.id, saved.label)]
    if not mine:
        raise errors.MarkNotTheirs(name=wanted)
    envelope = house.library.envelope(EnvelopeId(envelope_id))
    noted = Use(house.clock.now(), envelope.id)
    _put(house, replace(mine[0], used=(*mine[0].used, noted)))
    if mine[0].picture:
        house.library.blobs.put_bytes(mine[0].picture)
    return mine[0].mark


def rename(house: House, saved_id: str, label: str) -> Changes:
    """Raises `MarkExists`, and `MarkNotTheirs` where there is none of that id or label."""
    found, label = _one(house, saved_id), " ".join(label.split())
    if not label or label == found.label:
        return Changes()
    _check_free(house, found.person, label, found.initials)
    _put(house, replace(found, label=label))
    return Changes.of("mark", found.id)


def remove(house: House, saved_id: str) -> Changes:
    """By its id, also when it cannot be opened, or the only one that has this label; raises `MarkNotTheirs`."""
    boxes = _boxes(house)
    found = saved_id if saved_id in boxes.names() else _one(house, saved_id).id
    boxes.remove(found)
    return Changes.of("mark", found)


def put_back(house: House, removed: SavedMark) -> Changes:
    """With its log, as it was."""
    _put(house, removed)
    return Changes.of("mark", removed.id)


def count(house: House) -> int:
    """How many there are; nothing is decrypted for it."""
    return len(_boxes(house).names())


def where_used(house: House, saved: SavedMark) -> tuple[tuple[datetime, str], ...]:
    """Newest first: when, and the title of the envelope; empty where that is gone."""
    ids = [EnvelopeId(use.envelope) for use in saved.used]
    titles = {row.id: row.title for row in house.library.rows(ids)}
    return tuple((use.at, titles.get(EnvelopeId(use.envelope), "")) for use in reversed(saved.used))


def _one(house: House, wanted: str) -> SavedMark:
    found = [saved for saved in everybody(house) if wanted in (saved.id, saved.label)]
    if len(found) != 1:
        raise errors.MarkNotTheirs(name=wanted)
    return found[0]


def _check_free(house: House, person: str, label: str, initials: bool) -> None:
    if any(saved.label == label and saved.initials == initials for saved in offered(house, person)):
        raise errors.MarkExists(person=person, name=label)


def _put(house: House, saved: SavedMark) -> None:
    plain = codec.encode_text(replace(saved, picture=b"")).encode() + b"\n" + saved.picture
    _boxes(house).put(saved.id, box.closed(house.vault, KEY, plain, saved.id))


def _opened(house: House, name: str) -> SavedMark:
    try:
        plain = box.opened(house.vault, KEY, _boxes(house).get(name), name)
    except errors.SecretMissing:
        raise errors.VaultDamaged(where=str(Path(FOLDER) / name)) from None
    text, _, picture = plain.partition(b"\n")
    return replace(codec.decode_text(SavedMark, text), picture=picture)


def _boxes(house: House) -> Boxes:
    return house.library.boxes(FOLDER)


def _same(one: str, other: str) -> bool:
    """However it is cased or spaced, as people type their own name."""
    folded = [composed(" ".join(name.split()).casefold()) for name in (one, other)]
    return bool(folded[0] and folded[0] == folded[1])
