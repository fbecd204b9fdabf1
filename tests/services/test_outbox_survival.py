"""The outbox after the worst: killed at any write, put back from a backup, its people erased."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.envelope import EnvelopeStatus
from app.services import (
    auditing,
    ending,
    erasing,
    settling,
)
from app.store import Library
from app.sync.flow import Kind
from tests.fakes.visisign import VisiSign
from tests.support import houses
from tests.support.outboxes import START, Post, posts


class Killed(BaseException):
    """The program died here."""


def mortal(chance: random.Random, real: Callable[..., Any]) -> Callable[..., Any]:
    def write(*given: Any, **more: Any) -> Any:
        fate = chance.random()
        if fate < 0.15:
            raise Killed
        done = real(*given, **more)
        if fate > 0.85:
            raise Killed
        return done

    return write


def sign_if_there(fake: VisiSign) -> None:
    for sent in fake.requests.values():
        if sent.status == "sent":
            fake.sign()


@pytest.mark.parametrize("seed", range(20))
def test_killed_at_any_write_it_goes_on_and_nothing_is_there_twice(
    seed: int, post: Post, fake: VisiSign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before or after any commit and any secret that is kept; the lock of a dead program is free."""
    chance, library = random.Random(seed), post.house.library
    envelope_id = post.pushed("buyer")
    with monkeypatch.context() as dangerous:
        for owner, name in ((library, "record"), (library.outbox, "save"), (post.house.vault, "put")):
            dangerous.setattr(owner, name, mortal(chance, getattr(owner, name)))
        for _ in range(40):
            with suppress(Killed):
                post.run(hours=2)
            fake.now = post.clock.at
            if chance.random() < 0.3:
                sign_if_there(fake)
    for _ in range(4):
        post.run(hours=2)
        sign_if_there(fake)
    assert list(fake.requests) == ["sr_1"]
    assert len(fake.asked_for("POST /signature_requests")) == 1
    envelope = post.envelope(envelope_id)
    assert envelope.status is EnvelopeStatus.COMPLETED
    assert envelope.remote is not None
    assert len(envelope.remote.files) == 1
    assert sorted(post.states().values()) == ["confirmed"] * 3
    assert auditing.verify_trail(post.house, envelope_id).intact


def test_erasing_takes_people_out_of_the_outbox_and_their_links_out_of_the_vault(post: Post, fake: VisiSign) -> None:
    envelope_id = post.pushed("buyer")
    post.run()
    ending.void(post.house, envelope_id, "Changed our minds")
    erasing.erase(post.house, envelope_id)
    assert settling.link(post.house, envelope_id, "buyer") == ""
    rows = post.house.library.outbox.list(envelope_id)
    assert rows
    assert not [one for one in rows if "buyer" in str(one.request) + str(one.facts)]
    post.run(hours=1)
    (sent,) = fake.requests.values()
    assert sent.status == "cancelled"
    assert post.states()["void"] == "confirmed"


@pytest.mark.parametrize("kind", [Kind.SEND, Kind.REMIND])
def test_a_library_put_back_from_a_backup_sends_nothing_again(kind: Kind, rooms: houses.Rooms, tmp_path: Path) -> None:
    """What waits in it was done since: it is looked for; a letter that cannot be looked for is a person's."""
    with VisiSign(now=START).serving() as fake:
        assert isinstance(fake, VisiSign)
        with posts(rooms, tmp_path) as post:
            post.account(fake)
            envelope_id = post.pushed("buyer")
            if kind is Kind.REMIND:
                post.run()
                settling.ask(post.house, envelope_id, kind, role="buyer")
            backup = post.house.library.back_up()
            post.run()
            vault = post.house.vault
        Library.restore(tmp_path / "library", backup).close()
        with posts(rooms, tmp_path) as post:
            again = replace(post, house=replace(post.house, vault=vault))
            again.run(minutes=5)
            assert len(fake.requests) == 1
            assert len(fake.asked_for("POST /signature_requests")) == 1
            wanted = {Kind.SEND: "confirmed", Kind.REMIND: "unknown"}
            assert again.states()[str(kind)] == wanted[kind]
            if kind is Kind.REMIND:
                settling.resolve(again.house, again.rows()["remind"].id, "remote")
                assert again.states()["remind"] == "confirmed"
                assert len(fake.asked_for("POST /signature_requests/{id}/remind")) == 1
