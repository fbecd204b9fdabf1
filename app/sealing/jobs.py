"""What the sealing child may be asked to do."""

from collections.abc import Callable, Mapping

from app import codec
from app.process import Json
from app.sealing import wire
from app.sealing.revising import seal_revision


def seal(payload: dict[str, Json]) -> Json:
    """One recipient's revision, into a field that was laid before."""
    return _encoded(seal_revision(wire.request_from_json(payload)))


def seal_plain(payload: dict[str, Json]) -> Json:
    """A seal of the program's own; its signature field is made when it is not there."""
    return _encoded(seal_revision(wire.request_from_json(payload), field_must_exist=False))


def _encoded(value: object) -> Json:
    encoded: Json = codec.encode(value)
    return encoded


JOBS: Mapping[str, Callable[[dict[str, Json]], Json]] = {"seal": seal, "seal_plain": seal_plain}
