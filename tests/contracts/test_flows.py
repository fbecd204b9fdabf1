"""What every provider's flow promises; a new one is proved by these tests the moment it is in the registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain import errors
from app.sync import flow_registry
from app.sync.flow import Call, Flow, Kind
from app.sync.flow_registry import FLOWS, flow_of
from app.sync.provider import Capability
from app.sync.registry import PROVIDERS
from tests.support.flowing import job, outgoing

each = pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
NEEDS = {Kind.REMIND: Capability.REMIND, Kind.VOID: Capability.VOID, Kind.DOWNLOAD: Capability.DOWNLOAD}


def test_every_file_of_the_folder_is_in_the_registry() -> None:
    folder = Path(flow_registry.__file__).parent / "flows"
    assert {path.stem for path in folder.glob("[a-z]*.py")} == set(FLOWS)
    assert set(FLOWS) <= set(PROVIDERS)


def test_an_unknown_one_is_named_with_the_known_ones() -> None:
    with pytest.raises(errors.UnknownProvider) as refused:
        flow_of("docusign")
    assert refused.value.known == sorted(FLOWS)


@each
def test_it_can_do_what_its_provider_is_said_to_be_capable_of(flow: Flow) -> None:
    provider = PROVIDERS[flow.provider]
    assert Kind.SEND in flow.steps
    for kind, capability in NEEDS.items():
        assert (kind in flow.steps) == provider.can(capability), kind


@each
def test_a_send_begins_with_a_step_and_the_question_changes_nothing(flow: Flow) -> None:
    options = {"form_id": "f1", "template_id": "t1", "document_id": "d1", "person_id": "p1"}
    asked = job(Kind.SEND, outgoing("buyer", options=options))
    first, again = flow.steps[Kind.SEND](asked, {}), flow.steps[Kind.SEND](asked, {})
    assert isinstance(first, Call)
    assert isinstance(again, Call)
    assert (first.name, first.request) == (again.name, again.request)


@each
def test_nobody_left_to_act_or_fields_off_the_page_never_pass_its_plan_silently(flow: Flow) -> None:
    plan = flow.plan(outgoing(people=(), fields=(), documents=()), {})
    assert plan.problems
