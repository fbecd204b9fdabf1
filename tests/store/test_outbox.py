"""The outbox: rows that are written with the step that caused them, and that only one runner changes at a time."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain import errors
from app.store import Library, OperationRecord
from app.store.schema import CURRENT
from tests.support.envelopes import START, envelope, recorded, retitled


def operation(number: int = 1, **more: object) -> OperationRecord:
    when = START + timedelta(seconds=number)
    plain = OperationRecord(f"01JOP{number:021d}", "send", "work", "01JENVELOPE", when, when, when)
    return replace(plain, **{"request": {"title": "Für Zoë"}, **more})  # type: ignore[arg-type]


def test_an_operation_comes_back_as_it_was(folder: Path, library: Library) -> None:
    whole = operation(
        facts={"id": "sr_1", "list": [1, None, True]},
        state="failed",
        step="create",
        begun_at=START + timedelta(microseconds=3),
        attempts=4,
        error={"kind": "RemoteGone", "facts": {"host": "h", "what": "w"}},
    )
    (saved,) = library.outbox.save(whole)
    assert saved == replace(whole, number=1, version=1)
    with Library.open(folder) as again:
        assert again.outbox.get(whole.id) == saved
        assert again.outbox.list(envelope="01JENVELOPE") == (saved,)


def test_what_is_done_on_this_machine_has_no_account(library: Library) -> None:
    (saved,) = library.outbox.save(operation(kind="strengthen", account=None, envelope=None))
    assert library.outbox.get(saved.id).account is None
    assert library.outbox.open()[0].account is None


def test_a_step_and_its_operation_are_there_together_or_not_at_all(library: Library) -> None:
    first = envelope()
    library.record(recorded(first), operations=[operation()])
    stale = retitled(replace(first, version=7), "Later")
    with pytest.raises(errors.EnvelopeChanged):
        library.record(stale, operations=[operation(2)])
    assert [one.id for one in library.outbox.open()] == [operation().id]
    standing = library.outbox.get(operation().id)
    with pytest.raises(errors.OperationChanged):
        library.record(retitled(library.envelope(first.id), "Later"), operations=[replace(standing, version=9)])
    assert library.envelope(first.id).title == first.title


def test_only_one_of_many_changes_an_operation(folder: Path, library: Library) -> None:
    (standing,) = library.outbox.save(operation())
    won: list[str] = []

    def claim(name: str) -> None:
        with Library.open(folder) as mine:
            try:
                mine.outbox.save(replace(standing, state="running", step=name))
                won.append(name)
            except errors.OperationChanged:
                pass

    threads = [threading.Thread(target=claim, args=(f"t{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert library.outbox.get(standing.id).step == won[0]


def test_open_are_those_not_settled_in_the_order_they_were_asked_for(library: Library) -> None:
    states = ("waiting", "confirmed", "running", "failed", "unknown", "conflict")
    library.outbox.save(*(operation(9 - number, state=state) for number, state in enumerate(states)))
    assert [one.state for one in library.outbox.open()] == ["waiting", "running", "unknown"]
    assert [one.state for one in library.outbox.list()] == list(reversed(states))
    assert "confirmed" not in {one.state for one in library.outbox.list(settled=False)}
    assert [one.state for one in library.outbox.list(limit=1)] == ["conflict"]


def test_the_beginning_of_an_id_is_enough_when_only_one_has_it(library: Library) -> None:
    library.outbox.save(operation(1), operation(2))
    assert library.outbox.get(operation(1).id).number == 1
    for unclear in ("01JOP", "01JXX", "%", ""):
        with pytest.raises(errors.NotInOutbox):
            library.outbox.get(unclear)


def test_a_blob_an_operation_names_is_no_orphan(library: Library) -> None:
    sent, learnt = "ab" * 32, "cd" * 32
    library.outbox.save(operation(request={"documents": [{"sha256": sent}]}, facts={"file": learnt}))
    assert {sent, learnt} <= library.referenced()


def test_the_table_is_that_of_the_third_schema(library: Library) -> None:
    assert CURRENT.version >= 3
    library.outbox.save(operation())
    library.examine()
