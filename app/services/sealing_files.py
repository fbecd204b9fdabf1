"""PDFs that are in no envelope, sealed directly: one, or thousands with one key. Each has its own outcome."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from app.domain import errors
from app.domain.appearance import Appearance, Stated
from app.domain.geometry import Rect
from app.domain.identity import KeyMaterial
from app.domain.ids import Sha256
from app.domain.level import Level
from app.identities import card
from app.pdf import Inspection, Xfa
from app.sealing import EmptyField, SealedRevision, SealRequest
from app.sealing.request import DocMdp
from app.services import designs, device, gathering
from app.services import identities as people
from app.services.house import House
from app.services.laying import blobs_of
from app.services.taking_in import open_regular

FIELD: Final = "Paraph_seal"
TOKEN_ROOM: Final = 16 * 1024
"""Bytes kept free in a signature that gets a time stamp before anybody has it."""
_MENDED: Final = ("structure", "hybrid")
"""By a full save."""


@dataclass(frozen=True)
class Order:
    """How all files of a run are sealed. `into` is a field that is there and empty; `page` (from 1) and `rect` make a
    new visible one; neither: an empty one if the file has any, else an invisible one. `docmdp` certifies. `tsa_url`
    None means that of the settings.
    """

    level: Level = Level.B_B
    tsa_url: str | None = None
    into: str = ""
    page: int = 0
    rect: Rect | None = None
    docmdp: DocMdp | None = None
    reason: str = ""
    look: Appearance = field(default_factory=Appearance)


@dataclass(frozen=True)
class Sealed:
    """`normalised`: the file's structure had to be rewritten first; it carried no signature."""

    path: Path
    out: Path
    sha256: Sha256
    level: Level
    signature_field: str
    normalised: bool = False


def chosen_identity(house: House, identity: str | None) -> str | None:
    """The one named, else the default one; None for the device's seal."""
    return identity or next((each.name for each in people.records(house) if each.is_default), None)


def signing_key(house: House, chosen: str | None, passphrase: str | None) -> KeyMaterial:
    """Of the identity, None for the device's seal. Raises `IdentityError` or `VaultError`."""
    return people.key(house, chosen, passphrase) if chosen else device.seal(house)


def seal_file(house: House, path: Path, out: Path, key: KeyMaterial, order: Order) -> Sealed:
    """Raises what stands against it; then `out` is as it was."""
    (outcome,) = seal_several(house, [(path, out)], key, order)
    if isinstance(outcome, errors.ParaphError):
        raise outcome
    return outcome


def seal_several(
    house: House, places: Sequence[tuple[Path, Path]], key: KeyMaterial, order: Order
) -> list[Sealed | errors.ParaphError]:
    """Sources and where their seals go, as outcomes in the same order: their signatures are made together."""
    with ExitStack() as files:
        readied = [_readied(house, *place, key, order, files) for place in places]
        requests = [each.request for each in readied if isinstance(each, _Ready)]
        made = iter(house.sealer.seal_many(requests))
        return [_finished(house, each, next(made), order) if isinstance(each, _Ready) else each for each in readied]


@dataclass(frozen=True)
class _Ready:
    """A request that was thought of, for a file that was looked at. `out` is where it goes in the end."""

    path: Path
    out: Path
    found: Inspection
    request: SealRequest


def _readied(
    house: House, path: Path, out: Path, key: KeyMaterial, order: Order, files: ExitStack
) -> _Ready | errors.ParaphError:
    try:
        open_regular(path).close()
        found = house.looker.inspect(path.absolute())
        _expect_signable(path, found, order)
        return _Ready(path, out, found, _request(house, path.absolute(), out.absolute(), key, order, found, files))
    except errors.Cancelled:
        raise
    except errors.ParaphError as problem:
        return problem


def _finished(
    house: House, ready: _Ready, outcome: SealedRevision | errors.ParaphError, order: Order
) -> Sealed | errors.ParaphError:
    try:
        if isinstance(outcome, errors.SealNotMade) and not ready.found.signed and outcome.reason in _MENDED:
            return _normalised(house, ready, order)
        if isinstance(outcome, errors.ParaphError):
            return outcome
        return _raised(house, ready, outcome, order)
    except errors.Cancelled:
        raise
    except errors.ParaphError as problem:
        return problem


def _normalised(house: House, ready: _Ready, order: Order) -> Sealed:
    """Of a file without signatures, whose structure a full save mends."""
    clean = house.library.blobs.new_file(".pdf")
    try:
        house.maker.normalise(ready.request.source, clean)
        request = replace(ready.request, source=clean)
        return replace(_raised(house, ready, house.sealer.seal(request), order), normalised=True)
    finally:
        clean.unlink(missing_ok=True)


def _raised(house: House, ready: _Ready, revision: SealedRevision, order: Order) -> Sealed:
    """To the level that was ordered."""
    field = revision.signature_field
    if order.level is Level.B_B:
        return Sealed(ready.path, ready.out, revision.sha256, order.level, field)
    terms = gathering.terms(house, order.tsa_url)
    fetch, out = gathering.fetch(house, terms), ready.out.absolute()
    made = house.sealer.raise_level(ready.request.out, out, order.level, terms, fetch, fresh=True)
    return Sealed(ready.path, ready.out, made.sha256, made.level, field)


def _expect_signable(path: Path, found: Inspection, order: Order) -> None:
    """Robustness, faults 3 to 6 and 17 to 20: said before anything is made."""
    if found.needs_password:
        raise errors.PasswordNeeded(path=str(path))
    if not found.permissions.may_sign:
        raise errors.SigningForbidden(path=str(path), by="permissions")
    if found.xfa is Xfa.DYNAMIC:
        raise errors.SigningForbidden(path=str(path), by="xfa")
    if found.signed and order.docmdp is not None:
        raise errors.SigningForbidden(path=str(path), by="signed")
    has_room = bool(found.empty_signatures) and order.rect is None
    if found.certification == 1 or (found.certification is not None and not has_room):
        raise errors.SigningForbidden(path=str(path), by="docmdp")


def _field_name(order: Order, found: Inspection) -> str:
    """A new one has a name of its own beside those of earlier seals."""
    if order.into:
        return order.into
    if order.rect is None and found.empty_signatures:
        return found.empty_signatures[0].name
    return f"{FIELD}_{found.signature_count + 1}"


def _stated(house: House, key: KeyMaterial, order: Order) -> Stated:
    now = house.clock.now()
    return Stated(card(key, now).name, now, order.reason, house.settings.place)


def _request(
    house: House, source: Path, out: Path, key: KeyMaterial, order: Order, found: Inspection, files: ExitStack
) -> SealRequest:
    """For a level above, by way of a file of the library's own folder: what is half done is never seen at `out`."""
    name, upwards = _field_name(order, found), order.level is not Level.B_B
    areas = {each.name: each.rect for each in found.empty_signatures}
    is_there, rect = bool(order.into) or name in areas, order.rect or areas.get(name)
    stated = _stated(house, key, order)
    look = designs.drawing(house, order.look, stated, rect.width, rect.height) if rect else None
    if upwards:
        out = house.library.blobs.new_file(".pdf")
        files.callback(out.unlink, missing_ok=True)
    return SealRequest(
        source=source,
        out=out,
        signature_field=name,
        new_field=None if is_there else EmptyField(name, order.page or 1, order.rect),
        key=key,
        at=stated.at,
        appearance=look,
        pictures=blobs_of(house, [look] if look else []),
        certify=order.docmdp is not None,
        docmdp=order.docmdp or 2,
        name=stated.name,
        reason=stated.reason,
        location=stated.place,
        room=TOKEN_ROOM if upwards else 0,
    )
