"""A kiosk in a process that may be killed at any moment: one person signs, then another begins.

python -m tests.support.kiosk_child LIBRARY FOLDER
"""

import sys
import time
from pathlib import Path

from app import bootstrap
from app.services import kiosk, preferences, signing, signing_at_once
from tests.support import leases


def main(library: str, folder: str) -> None:
    house = bootstrap.build(Path(library), lambda: "x")
    try:
        nobody = [{"role": "visitor", "name": "Visitor", "email": ""}]
        made = leases.draft(house, Path(folder), "visitor", recipients=nobody)
        preferences.set_pin(house, "2580")
        kiosk.start(house, made)
        run = kiosk.begin(house, "Ana Ruiz")
        signing_at_once.sign(house, run.envelope, run.role, leases.act(run.role))
        kiosk.over(house, run.envelope)
        print("one has signed", flush=True)
        run = kiosk.begin(house, "Bob Jones")
        signing.open_room(house, run.envelope, run.role)
        time.sleep(60)
    finally:
        house.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
