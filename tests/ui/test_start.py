"""Nothing heavy stands before the first paint, and the program wakes up by itself afterwards."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
HEAVY = (
    "pymupdf", "pyhanko", "alembic", "requests", "keyring", "sqlalchemy", "pydantic", "cryptography", "fontTools",
    "logging.handlers", "app.services", "app.store", "app.pdf", "app.cli", "app.domain", "app.ui.theme",
)  # fmt: skip

START = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
import app.bootstrap, app.paths, app.__main__
from app.ui import program

def stop(self, shell):
    heavy = [name for name in sys.argv[2].split(",") if name in sys.modules]
    print("HEAVY", *heavy, flush=True)
    self._app.exit(0)

program.Opening._go_on = stop
sys.exit(app.bootstrap.open_window(sys.argv[1], []))
"""


def test_at_the_first_paint_no_heavy_library_has_been_imported(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path), ",".join(HEAVY)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].split() == ["HEAVY"]
