"""The room's model: stages read from the envelope, one call after the other, one signature."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain import errors
from app.domain.ceremony import IdEvidence, Stage
from app.domain.ids import FieldId
from app.domain.mark import InkPoint, Mark
from app.ui.models.room import RoomModel, Screen
from app.ui.models.room_desk import Identified, Words
from app.ui.models.room_walk import Control
from tests.support.inline_runner import InlineRunner
from tests.support.room import DRAWN, RoomDeskInMemory, a_field, an_envelope

Heard = list[Words]


@pytest.fixture
def desk() -> RoomDeskInMemory:
    return RoomDeskInMemory(an_envelope())


KNOWN = Identified("Known to me personally", IdEvidence.KNOWN)
PASSPORT = IdEvidence.PASSPORT


def a_model(desk: RoomDeskInMemory, runner: InlineRunner | None = None) -> RoomModel:
    model = RoomModel(desk, runner or InlineRunner())
    model.open()
    return model


def consented(desk: RoomDeskInMemory) -> RoomModel:
    model = a_model(desk)
    model.identify(KNOWN, {}, lambda words: pytest.fail(words.happened))
    model.consent()
    return model


def by_label(model: RoomModel, label: str) -> FieldId:
    return next(field.id for field in model.walk.fields if field.label == label)


def fill_everything(model: RoomModel) -> None:
    simple = {
        "Your name": "Jane Smith",
        "E-mail": "jane@example.com",
        "Rooms": "3",
        "Move in": "2027-01-01",
        "House rules read": True,
        "Heating": "Wood",
        "Floor": "First",
    }
    for label, value in simple.items():
        model.fill({by_label(model, label): value})
    for control in (Control.INITIALS, Control.SIGNATURE):
        places = model.walk.of_control(control)
        model.adopt(DRAWN, control, places, lambda: None, lambda words: pytest.fail(words.happened))


def test_the_screen_follows_the_stage_of_the_ceremony(qapp: object, desk: RoomDeskInMemory) -> None:
    model = a_model(desk)
    assert model.screen is Screen.HANDOVER
    model.identify(Identified("Passport seen, ends in 417", PASSPORT), {}, lambda words: pytest.fail(words.happened))
    assert model.screen is Screen.READING
    model.consent()
    assert model.screen is Screen.WALK
    assert desk.shelf.envelope.recipient("buyer").ceremony is not None


def test_a_wrong_access_code_is_counted_and_said(qapp: object) -> None:
    model = a_model(RoomDeskInMemory(an_envelope(code="1234")))
    heard: Heard = []
    model.identify(KNOWN, {"access_code": "9999"}, heard.append)
    assert model.screen is Screen.HANDOVER
    assert "4 tries are left" in heard[0].happened
    assert model.ceremony is not None
    assert model.ceremony.tries_left == 4, "what is shown is what is stored"
    model.identify(KNOWN, {"access_code": "1234"}, heard.append)
    assert model.screen is Screen.READING


def test_a_value_is_stored_at_once_and_a_wrong_one_leaves_the_field_as_it_was(
    qapp: object, desk: RoomDeskInMemory
) -> None:
    model = consented(desk)
    refused: list[tuple[str, Words]] = []
    model.refused.connect(lambda name, words: refused.append((name, words)))
    email = by_label(model, "E-mail")
    model.fill({email: "jane@example.com"})
    model.fill({email: "jane at home"})
    assert desk.shelf.envelope.values[email] == "jane@example.com"
    assert model.value_of(model.walk.field(email)) == "jane@example.com"
    assert refused[0][0] == email
    assert "name@example.com" in refused[0][1].happened, "an example of what is wanted"


def test_what_is_being_stored_is_shown_already(qapp: object, desk: RoomDeskInMemory) -> None:
    runner = InlineRunner()
    model = RoomModel(desk, runner)
    model.open()
    model.identify(KNOWN, {}, lambda _: None)
    model.consent()
    runner.held = True
    name = by_label(model, "Your name")
    model.fill({name: "Jane"})
    assert model.value_of(model.walk.field(name)) == "Jane"
    assert name not in desk.shelf.envelope.values
    runner.release()
    assert desk.shelf.envelope.values[name] == "Jane"


def test_calls_are_asked_one_after_the_other(qapp: object, desk: RoomDeskInMemory) -> None:
    runner = InlineRunner()
    model = RoomModel(desk, runner)
    model.open()
    model.identify(KNOWN, {}, lambda _: None)
    model.consent()
    runner.held = True
    model.fill({by_label(model, "Your name"): "Jane"})
    model.fill({by_label(model, "Rooms"): "2"})
    assert len(runner.waiting) == 1
    runner.release()
    assert len(desk.shelf.envelope.values) == 2


def test_too_simple_a_signature_is_refused_and_stands_nowhere(qapp: object, desk: RoomDeskInMemory) -> None:
    model = consented(desk)
    heard: Heard = []
    dot = Mark("drawn", ((InkPoint(5, 5), InkPoint(6, 5)),))
    model.adopt(dot, Control.SIGNATURE, model.walk.of_control(Control.SIGNATURE), lambda: None, heard.append)
    assert "too simple" in heard[0].happened
    assert not desk.shelf.envelope.values


def test_one_adopted_signature_is_placed_in_all_the_fields_chosen(qapp: object, desk: RoomDeskInMemory) -> None:
    model = consented(desk)
    places = model.walk.of_control(Control.SIGNATURE)
    model.adopt(DRAWN, Control.SIGNATURE, places, lambda: None, lambda words: pytest.fail(words.happened))
    assert [desk.shelf.envelope.values[field.id] for field in places] == [DRAWN, DRAWN]
    assert model.adopted(Control.SIGNATURE) == DRAWN
    assert model.adopted(Control.INITIALS) is None


def test_fault_87_asking_twice_to_finish_makes_one_signature(qapp: object, desk: RoomDeskInMemory) -> None:
    runner = InlineRunner()
    model = RoomModel(desk, runner)
    model.open()
    model.identify(KNOWN, {}, lambda _: None)
    model.consent()
    fill_everything(model)
    runner.held = True
    model.finish()
    model.finish()
    assert model.screen is Screen.SEALING
    runner.release()
    model.finish()
    assert model.screen is Screen.THANKS
    assert desk.shelf.events.count("signed") == 1


def test_a_seal_that_failed_comes_back_to_the_review_and_can_be_tried_again(
    qapp: object, desk: RoomDeskInMemory
) -> None:
    model = consented(desk)
    fill_everything(model)
    desk.fails_with = errors.SealNotMade(path="Lease", reason="disk full")
    heard: Heard = []
    model.failed.connect(heard.append)
    model.review()
    model.finish()
    assert model.screen is Screen.REVIEW
    assert "disk full" in heard[0].happened
    model.finish()
    assert model.screen is Screen.THANKS


def test_the_review_waits_until_nothing_is_missing(qapp: object, desk: RoomDeskInMemory) -> None:
    model = consented(desk)
    model.review()
    assert model.screen is Screen.WALK
    fill_everything(model)
    model.go_on()
    assert model.screen is Screen.REVIEW


def test_whoever_comes_back_is_handed_over_again_and_goes_on_where_they_stopped(
    qapp: object, desk: RoomDeskInMemory
) -> None:
    model = consented(desk)
    name, email = by_label(model, "Your name"), by_label(model, "E-mail")
    model.fill({name: "Jane Smith"})
    later = RoomModel(desk.beside("buyer"), InlineRunner())
    later.open()
    assert later.screen is Screen.HANDOVER, "nobody is taken for the person who sat here before"
    later.identify(KNOWN, {}, lambda _: None)
    later.consent()
    later.go_on()
    assert later.current is not None
    assert later.current.id == email
    assert later.envelope.values[name] == "Jane Smith"


def test_a_page_is_told_as_shown_once(qapp: object, desk: RoomDeskInMemory) -> None:
    model = consented(desk)
    document = model.envelope.documents[0].id
    model.tell_shown(document, 1)
    model.tell_shown(document, 1)
    assert desk.shelf.events.count("page_shown") == 1


def test_after_the_buyer_it_is_the_sellers_turn(qapp: object, desk: RoomDeskInMemory) -> None:
    model = consented(desk)
    fill_everything(model)
    model.finish()
    assert model.next_recipient is not None
    assert model.next_recipient.role == "seller"


def test_declining_ends_it_with_the_reason(qapp: object, desk: RoomDeskInMemory) -> None:
    model = consented(desk)
    model.decline("I want it on paper", lambda words: pytest.fail(words.happened))
    assert model.screen is Screen.DECLINED
    assert desk.shelf.envelope.end_reason == "I want it on paper"
    ceremony = desk.shelf.envelope.recipient("buyer").ceremony
    assert ceremony is not None
    assert ceremony.stage is Stage.DECLINED


def test_an_envelope_voided_meanwhile_is_said_and_nothing_is_stored(qapp: object, desk: RoomDeskInMemory) -> None:
    model = consented(desk)
    desk.void()
    refused: list[Words] = []
    model.refused.connect(lambda _, words: refused.append(words))
    model.fill({by_label(model, "Your name"): "Jane"})
    assert refused
    assert not desk.shelf.envelope.values


def test_what_a_kind_offers_is_offered_until_something_stands_there(qapp: object) -> None:
    desk = RoomDeskInMemory(an_envelope([a_field("name"), a_field("date", y=200), a_field("text", y=300)]))
    model = consented(desk)
    name, day, text = model.walk.fields
    assert model.offered(name) == "Jane Smith"
    assert model.offered(day) == "2026-11-20"
    assert model.offered(text) is None
    model.fill({name.id: "J. Smith"})
    assert model.offered(replace(name)) == "J. Smith"
