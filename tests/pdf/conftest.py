"""One looking and one making child for all tests of the room: starting them costs more than most tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.pdf import Looker, Maker
from tests.support.pages import write_pdf


@pytest.fixture(scope="session")
def looker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looker]:
    made = Looker.with_children(1)
    made.inspect(write_pdf(tmp_path_factory.mktemp("looker") / "first.pdf"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    made, folder = Maker.with_child(), tmp_path_factory.mktemp("maker")
    made.normalise(write_pdf(folder / "first.pdf"), folder / "out.pdf")
    yield made
    made.close()


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return write_pdf(tmp_path / "plain.pdf", pages=3)
