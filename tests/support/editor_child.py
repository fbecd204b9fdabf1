"""The editor in a process of its own, over a draft with one field of every kind; ends when its input does."""

from __future__ import annotations

import select
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.fields.base import Field
from app.domain.fields.registry import KINDS
from app.domain.geometry import Rect
from tests.support.inline_runner import InlineRunner
from tests.support.studios import a_field, bench, dressed, keep_draft, paper_house


def main(folder: Path) -> None:
    app = QApplication(["paraph"])
    dressed(app)
    fields = tuple(_field(at, name) for at, name in enumerate(sorted(KINDS)))
    with (
        paper_house(folder / "library") as house,
        bench(house, keep_draft(house, fields=fields), InlineRunner(), size=(1240, 900)) as made,
    ):
        made.window.activateWindow()
        made.studio.view.setFocus()
        print("ready", flush=True)
        while not select.select([sys.stdin], [], [], 0)[0]:
            QTest.qWait(20)


def _field(at: int, kind: str) -> Field:
    size = KINDS[kind].default_size
    spot = Rect(60 + 260 * (at % 2), 60 + 62 * (at // 2), min(size.width, 200), min(size.height, 50))
    options = ("One", "Two") if kind in ("dropdown", "radio") else ()
    made = a_field(kind, spot, kind=kind, label="Street" if kind == "text" else "", options=options)
    return made if KINDS[kind].needs_recipient else replace(made, recipient=None)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
