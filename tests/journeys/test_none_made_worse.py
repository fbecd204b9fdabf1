"""Fault 17: signing what others signed keeps what was said of them, or is refused with a reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.verdict import Verdict
from app.services.house import House
from tests.journeys import made_worse as strangers


@pytest.fixture(autouse=True)
def unheard(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """pyHanko tells what it does not like in a stranger's file; here that is the point."""
    with caplog.at_level("CRITICAL", "pyhanko"):
        yield


@pytest.mark.timeout(400)
def test_fault_17_every_earlier_verdict_stands_after_our_signature_or_it_is_refused_with_a_reason(
    house: House, corpus: Path
) -> None:
    found = list(strangers.outcomes(house, strangers.files(corpus)))
    assert [f"{one.path.name}: {', '.join(one.worse)}" for one in found if one.worse] == []
    assert all(one.prefix_kept for one in found)
    assert all(one.refused or one.after for one in found)
    # With nothing valid before, or everything refused, there would have been nothing to lose.
    signed = [one for one in found if one.after is not None]
    assert len(signed) >= 0.6 * len(found)
    assert sum(any(each.verdict is Verdict.VALID for each in one.before.signatures) for one in signed) >= 5


def test_a_verdict_that_sinks_is_noticed(house: House, corpus: Path) -> None:
    """The comparison itself: going back to the file as it came, our own signature is gone."""
    name = "minimal-signed-twice-second-created.pdf"
    (one,) = strangers.outcomes(house, [path for path in strangers.files(corpus) if path.name == name])
    assert one.after is not None
    swapped = strangers.Outcome(one.path, one.after, one.before)
    assert len(swapped.worse) == 1
    assert one.kept == len(one.before.signatures)
