"""One recipient's ceremony step by step, as the room does it, in a process that may be killed at any moment.

    python -m tests.support.ceremony_child LIBRARY ENVELOPE ROLE

Begins where the library says the ceremony stands, prints a line when a step was acknowledged, and waits a little after
each, as a person does.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from app import bootstrap
from app.domain.ceremony import Ceremony, Stage
from app.services import reading, signing, sitting
from app.services.house import House
from tests.support.leases import DRAWN

PAUSE_S = 0.03


def steps(house: House, envelope_id: str, role: str) -> Iterator[str]:
    """Each is done when it is yielded; what was done before is not done again."""
    envelope = reading.envelope(house, envelope_id)
    if envelope.recipient(role).status.over:
        return
    # A new process is a new handover, whatever stage the one before died in.
    signing.open_room(house, envelope_id, role)
    yield "opened"
    signing.identify(house, envelope_id, role, "Known to me")
    yield "identified"
    signing.consent(house, envelope_id, role)
    yield "consented"
    ceremony = _ceremony(house, envelope_id, role)
    assert ceremony.stage is Stage.CONSENTED
    for page in (1, 2):
        if signing.show_page(house, envelope_id, role, envelope.documents[0].id, page).items:
            yield f"shown {page}"
    if ceremony.signature is None:
        signing.adopt(house, envelope_id, role, DRAWN)
        yield "adopted"
    for field in envelope.fields_of(role):
        if field.id not in reading.envelope(house, envelope_id).values:
            signing.fill(house, envelope_id, role, field.id, DRAWN if field.kind == "signature" else "As agreed")
            yield f"filled {field.id}"
    signing.finish(house, envelope_id, role)
    yield "finished"
    sitting.hand_back(house, envelope_id, role, "Present")
    yield "handed back"


def _ceremony(house: House, envelope_id: str, role: str) -> Ceremony:
    found = reading.envelope(house, envelope_id).recipient(role).ceremony
    assert found is not None
    return found


def main(library: str, envelope_id: str, role: str) -> None:
    house = bootstrap.build(Path(library), lambda: "x")
    for step in steps(house, envelope_id, role):
        print(step, flush=True)
        time.sleep(PAUSE_S)
    house.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
