"""The sample envelope: two documents of our own, to play with at first start and to show the whole road."""

from app.domain.changes import Changes
from app.paths import resource
from app.services import specifying
from app.services.house import House
from app.services.spec import ReadSpec, read
from app.store import Query


def sample_spec() -> ReadSpec:
    return read(resource("samples", "samples.json"))


def ensure_sample(house: House) -> Changes | None:
    """A draft of the samples in a library that has never held anything; None otherwise."""
    marker = house.folder / "sample-shown"
    if marker.exists() or house.library.list(Query(limit=1)).total:
        return None
    changes = specifying.new(house, sample_spec())
    marker.touch()
    return changes
