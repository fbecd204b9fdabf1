"""An envelope goes to a service and comes back, and what the service's publisher says is held against every exchange:
what we send and what our fake answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.envelope import EnvelopeStatus
from app.services import ending
from tests.contracts.test_flows_there_and_back import later, signed_by_all, there
from tests.fakes.every import FAKES
from tests.house.source import CHECKOUT
from tests.independent.openapi import Held, Published, watched
from tests.support import houses
from tests.support.outboxes import Post, posts

FOLDER = CHECKOUT.parent / "shared" / "contracts" / "published"
PUBLISHED = {
    "pigeon": ("pandadoc-8.8.json", "/public/v1"),
    "docuseal": ("docuseal.json", ""),
    "documenso": ("documenso-v2.json", ""),
}
each = pytest.mark.parametrize("name", sorted(PUBLISHED))


@pytest.fixture(scope="module")
def rooms() -> Iterator[houses.Rooms]:
    with houses.rooms() as shared:
        yield shared


@pytest.fixture
def post(rooms: houses.Rooms, tmp_path: Path) -> Iterator[Post]:
    with posts(rooms, tmp_path) as built:
        yield built


def published(name: str) -> Published:
    file, root = PUBLISHED[name]
    if not FOLDER.is_dir():
        pytest.skip(f"no published contracts here: {file} is beside the checkout where it is known")
    return Published.at(FOLDER / file, root)


def expect_fit(name: str, found: Held) -> None:
    """The fakes of DocuSeal and Documenso answer with what is read, and leave out the rest of what is promised."""
    assert not sorted(set(found.requests))
    if name == "pigeon":
        assert not sorted(set(found.answers))


@each
def test_there_and_back(name: str, post: Post) -> None:
    with FAKES[name](now=post.clock.at).serving() as fake:
        found = watched(fake, published(name))
        envelope_id = there(post, fake, "buyer", "seller")
        signed_by_all(post, fake, 2)
        assert post.envelope(envelope_id).status is EnvelopeStatus.COMPLETED
        expect_fit(name, found)


@each
def test_voided(name: str, post: Post) -> None:
    with FAKES[name](now=post.clock.at).serving() as fake:
        found = watched(fake, published(name))
        envelope_id = there(post, fake, "buyer", "seller")
        ending.void(post.house, envelope_id, "Changed our minds")
        later(post, fake)
        post.news()
        expect_fit(name, found)
