"""A ceremony begins with nothing shown, nothing agreed to and all its tries."""

from __future__ import annotations

from app.domain.ceremony import TRIES, Ceremony, Stage
from tests.support.drafts import NOW


def test_a_ceremony_that_was_just_opened_assumes_nothing() -> None:
    fresh = Ceremony(Stage.OPENED, NOW)
    assert fresh.consent is None
    assert fresh.signature is None
    assert fresh.initials is None
    assert fresh.pages_shown == ()
    assert fresh.identified_by == ""
    assert fresh.tries_left == TRIES
