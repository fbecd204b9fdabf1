"""What comes back from a service: forwards only, once, with ours and theirs side by side."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain import drafting, ending, erasing, errors, handing, reminding, routing, sending, visibility
from app.domain.canonical import canonical
from app.domain.envelope import Envelope, EnvelopeStatus
from app.domain.ids import EnvelopeId
from app.domain.recipient import RecipientStatus
from app.domain.remote import News, PersonNews, PersonStatus, Remote, RemoteEvent, RemoteFile, RemoteStatus
from app.domain.steps import Step
from tests.support.envelopes import START, envelope, moment, sha

SIGNED, VIEWED, PENDING = PersonStatus.SIGNED, PersonStatus.VIEWED, PersonStatus.PENDING
GOOD = frozenset({"valid"})


def out(*, key: str = "") -> Envelope:
    """Two people who still have to act."""
    whole = envelope(1, EnvelopeStatus.OUT)
    people = tuple(
        replace(one, status=RecipientStatus.WAITING, viewed_at=None, completed_at=None) for one in whole.recipients
    )
    fields = tuple(
        replace(one, kind="text", mapping_key=key, recipient=people[0].role, value=None) if n == 0 else one
        for n, one in enumerate(whole.fields)
    )
    return routing.advanced(replace(whole, recipients=people, fields=fields, values={}, salt="ab" * 16))


def away(whole: Envelope | None = None) -> Envelope:
    """Handed over, and there."""
    whole = whole or out()
    roles = tuple(one.role for one in handing.for_there(whole))
    remote = Remote("work", "visisign", "01JOP", roles)
    there = handing.hand_over(whole, remote, {"Lease": sha(1)}, moment()).envelope
    return handing.arrive(there, "sr_1", moment()).envelope


def news(*people: tuple[str, PersonStatus], status: RemoteStatus = RemoteStatus.SENT, **more: Any) -> News:
    told = tuple(
        PersonNews(
            role,
            one,
            str(one),
            viewed_at=START if one in (VIEWED, SIGNED) else None,
            signed_at=START + timedelta(hours=1) if one is SIGNED else None,
        )
        for role, one in people
    )
    return News(status, f"raw {status}", told, **more)


def kinds(step: Step | None) -> list[str]:
    return [entry.kind for entry in step.entries] if step else []


def learn(whole: Envelope, *readings: News) -> tuple[Envelope, list[str]]:
    told: list[str] = []
    for reading in readings:
        step = handing.learn(whole, reading, moment(1))
        if step is not None:
            for entry in step.entries:
                canonical(entry.facts)
            told += kinds(step)
            whole = step.envelope
    return whole, told


def test_who_is_handed_over_acts_there_and_not_here() -> None:
    whole = away()
    assert whole.remote is not None
    assert all(one.remote for one in whole.recipients if one.role in whole.remote.roles)
    with pytest.raises(errors.SignsElsewhere):
        routing.require_turn(whole, whole.remote.roles[0], "sign")
    with pytest.raises(errors.AlreadyHandedOver):
        handing.hand_over(whole, whole.remote, {}, moment())
    back = handing.take_back(whole, moment()).envelope
    assert routing.require_turn(back, whole.remote.roles[0], "sign").remote is False
    with pytest.raises(errors.NotHandedOver):
        handing.take_back(back, moment())


def test_another_person_is_named_at_the_service_not_here() -> None:
    with pytest.raises(errors.SignsElsewhere):
        ending.reassign(away(), "buyer", "Eve", "eve@example.com", moment())
    with pytest.raises(errors.SignsElsewhere):
        ending.decline(away(), "buyer", "No", moment())


def test_what_is_there_again_was_not_gone() -> None:
    gone, _ = learn(away(), news(status=RemoteStatus.GONE))
    back, told = learn(gone, news(status=RemoteStatus.SENT))
    assert told == ["remote_status"]
    assert back.remote is not None
    assert back.remote.status is RemoteStatus.SENT


def test_those_who_chose_to_act_elsewhere_are_the_ones_who_do() -> None:
    whole = out()
    first, second = routing.pending(whole)
    chosen = whole.with_recipient(replace(second, remote=True))
    assert [one.role for one in handing.for_there(chosen)] == [second.role]
    assert [one.role for one in handing.for_there(whole)] == [first.role, second.role]


def test_a_reading_moves_people_on_and_keeps_their_words_and_times() -> None:
    whole = away()
    assert whole.remote is not None
    first, second = whole.remote.roles
    after, told = learn(whole, news((first, SIGNED), (second, PENDING), status=RemoteStatus.PARTIALLY_SIGNED))
    assert told == ["remote_viewed", "remote_signed", "remote_status"]
    assert after.recipient(first).status is RecipientStatus.COMPLETED
    assert after.recipient(first).completed_at == START + timedelta(hours=1)
    assert after.recipient(second).status is RecipientStatus.TURN
    assert after.remote is not None
    assert after.remote.raw == "raw partially_signed"


def test_the_same_reading_twice_tells_nothing_new() -> None:
    whole = away()
    assert whole.remote is not None
    reading = news((whole.remote.roles[0], VIEWED), status=RemoteStatus.VIEWED)
    after, told = learn(whole, reading, reading, reading)
    assert told == ["remote_viewed", "remote_status"]
    assert handing.learn(after, reading, moment()) is None


@pytest.mark.parametrize("seed", range(60))
def test_fault_65_readings_that_overtake_or_repeat_each_other_end_the_same(seed: int) -> None:
    chance = random.Random(seed)
    whole = away()
    assert whole.remote is not None
    first, second = whole.remote.roles
    event = RemoteEvent("e1", "viewed", "document_viewed", START)
    story = [
        news((first, PENDING), (second, PENDING)),
        news((first, VIEWED), (second, PENDING), status=RemoteStatus.VIEWED, events=(event,)),
        news((first, SIGNED), (second, PENDING), status=RemoteStatus.PARTIALLY_SIGNED, events=(event,)),
        news((first, SIGNED), (second, SIGNED), status=RemoteStatus.COMPLETED, values={"k": "v"}),
    ]
    ordered, _ = learn(whole, *story)
    mixed = story * 2
    chance.shuffle(mixed)
    shuffled, told = learn(whole, *mixed)
    assert shuffled.remote is not None
    assert ordered.remote is not None
    assert shuffled.remote.people == ordered.remote.people
    assert shuffled.remote.status is RemoteStatus.COMPLETED
    assert [one.status for one in shuffled.recipients] == [one.status for one in ordered.recipients]
    assert told.count("remote_signed") == 2
    assert told.count("remote_event") == 1


def test_a_decline_there_ends_it_here_with_its_reason() -> None:
    whole = away()
    assert whole.remote is not None
    role = whole.remote.roles[0]
    no = PersonNews(role, PersonStatus.DECLINED, "rejected", reason="Too dear")
    after, told = learn(whole, News(RemoteStatus.DECLINED, "declined", (no,)))
    assert after.status is EnvelopeStatus.DECLINED
    assert after.end_reason == "Too dear"
    assert "remote_declined" in told
    assert "Too dear" in after.personal.values()


@pytest.mark.parametrize(
    ("status", "here"),
    [
        (RemoteStatus.VOIDED, EnvelopeStatus.VOIDED),
        (RemoteStatus.EXPIRED, EnvelopeStatus.EXPIRED),
        (RemoteStatus.DECLINED, EnvelopeStatus.DECLINED),
        (RemoteStatus.FAILED, EnvelopeStatus.OUT),
        (RemoteStatus.GONE, EnvelopeStatus.OUT),
        (RemoteStatus.UNKNOWN, EnvelopeStatus.OUT),
        (RemoteStatus.COMPLETED, EnvelopeStatus.OUT),
    ],
)
def test_an_end_there_is_an_end_here_but_completion_waits_for_the_files(
    status: RemoteStatus, here: EnvelopeStatus
) -> None:
    after, _ = learn(away(), news(status=status))
    assert after.status is here


def test_completed_there_needs_every_document_with_a_good_verdict() -> None:
    after, _ = learn(away(), news(status=RemoteStatus.COMPLETED))
    assert routing.finished(after)
    assert not handing.is_whole(after, GOOD)
    (document,) = after.documents
    bad = RemoteFile("Lease", sha(7), "invalid", document.id)
    refused = handing.take_file(after, bad, 10, moment()).envelope
    assert not handing.is_whole(refused, GOOD)
    good = replace(bad, sha256=sha(8), verdict="valid")
    whole = handing.take_file(refused, good, 10, moment()).envelope
    assert handing.is_whole(whole, GOOD)
    assert whole.remote is not None
    assert len(whole.remote.files) == 2


def test_both_sides_of_a_contradiction_are_kept_and_told_once() -> None:
    voided = ending.void(away(), "Changed our minds", moment()).envelope
    reading = news(status=RemoteStatus.COMPLETED)
    after, told = learn(voided, reading, reading)
    assert told == ["remote_status", "remote_conflict"]
    assert after.remote is not None
    assert after.remote.conflict == "voided/completed"
    assert after.status is EnvelopeStatus.VOIDED
    agreeing, told = learn(voided, news(status=RemoteStatus.VOIDED))
    assert told == ["remote_status"]
    assert agreeing.remote is not None
    assert agreeing.remote.conflict == ""


def test_answers_that_fit_come_into_our_fields_and_the_others_are_kept() -> None:
    whole = away(out(key="city"))
    after, _ = learn(whole, news(values={"city": "Ulm", "other": True}))
    field = whole.fields[0]
    assert after.values[field.id] == "Ulm"
    assert after.remote is not None
    assert after.remote.values == {"city": "Ulm", "other": True}
    odd, _ = learn(whole, news(values={"city": True}))
    assert field.id not in odd.values


def test_nobody_of_ours_is_moved_by_news_about_somebody_else() -> None:
    after, told = learn(away(), news(("stranger", SIGNED)))
    assert told == ["remote_status"]
    assert after.remote is not None
    assert after.remote.people == ()


def test_nobody_here_waits_for_or_reminds_who_acts_there() -> None:
    whole = replace(away(), sent_at=START)
    assert routing.current(whole)
    assert routing.here(whole) == ()
    late = START + timedelta(days=90)
    assert reminding.due(whole, late, timedelta(days=3)) == ()
    back = handing.take_back(whole, moment()).envelope
    assert len(reminding.due(back, late, timedelta(days=3))) == 1


def test_a_copy_was_never_anywhere() -> None:
    copied = drafting.copy_of(away(), EnvelopeId("01JCOPY"), moment(), "cd" * 16).envelope
    assert copied.remote is None
    assert not any(one.remote for one in copied.recipients)


def test_what_is_handed_over_does_not_go_back_to_draft() -> None:
    with pytest.raises(errors.AlreadyHandedOver):
        sending.back_to_draft(away(), moment())


def test_erasing_leaves_that_a_service_had_it_and_no_words_of_people() -> None:
    whole = away()
    assert whole.remote is not None
    no = PersonNews(whole.remote.roles[0], PersonStatus.DECLINED, "rejected", reason="Too dear")
    event = RemoteEvent("e1", "declined", "declined", START, details={"ip_address": "203.0.113.7"})
    after, _ = learn(whole, News(RemoteStatus.DECLINED, "declined", (no,), {"city": "Ulm"}, (event,)))
    erased = erasing.erase(after, moment()).envelope
    assert erased.remote is not None
    assert erased.remote.status is RemoteStatus.DECLINED
    for text in ("Too dear", "Ulm", "203.0.113.7"):
        assert text in str(after)
        assert text not in str(erased)


def test_others_do_not_see_who_acts_at_the_service() -> None:
    assert visibility.without_others(replace(away(), hide_other_signers=True), "buyer").remote is None
