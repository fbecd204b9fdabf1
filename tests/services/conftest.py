"""A real house: real database, real child processes, keys in memory; and one with an account at a strict VisiSign."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.house import House
from tests.fakes.visisign import VisiSign
from tests.support import houses
from tests.support.outboxes import Post, posts


@pytest.fixture(scope="session")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def house(rooms: houses.Rooms, tmp_path: Path) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library") as built:
        yield built


@pytest.fixture
def post(rooms: houses.Rooms, tmp_path: Path) -> Iterator[Post]:
    with posts(rooms, tmp_path) as built:
        yield built


@pytest.fixture
def fake(post: Post) -> Iterator[VisiSign]:
    with VisiSign(now=post.clock.at).serving() as served:
        assert isinstance(served, VisiSign)
        post.account(served)
        yield served
