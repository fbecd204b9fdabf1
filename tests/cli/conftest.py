"""One house for the commands of a file; its child processes run for the whole run of tests."""

from collections.abc import Iterator

import pytest

from tests.support import houses
from tests.support.command_line import CommandLine


@pytest.fixture(scope="session")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture(scope="module")
def line(rooms: houses.Rooms, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    folder = tmp_path_factory.mktemp("commands")
    with houses.house(rooms, folder / "library") as house:
        yield CommandLine(house, folder)
