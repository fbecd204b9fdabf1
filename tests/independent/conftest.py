"""A real house: real database, real child processes, keys in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.house import House
from tests.support import houses


@pytest.fixture(scope="session")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library") as built:
        yield built
