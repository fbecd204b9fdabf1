"""Other people's PDF/A files, sealed and as envelopes in both ways: what veraPDF finds good before, it finds good
after.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.geometry import Rect
from app.services.house import House
from tests.services.test_archival import completed, sealed
from tests.support.verapdf import judged


def claiming(corpus: Path) -> list[Path]:
    return [path for path in sorted(corpus.rglob("*.pdf")) if b"pdfaid:part" in path.read_bytes()]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_was_archival_before_is_archival_after(house: House, corpus: Path, tmp_path: Path) -> None:
    found = claiming(corpus)
    good = [path for path, one in zip(found, judged(*found), strict=True) if not one.broken]
    assert len(good) >= 10
    made: list[Path] = []
    for path in good:
        for way, more in {"each": {}, "once": {"sealing": "at_completion"}}.items():
            copy = tmp_path / f"{path.stem} {way}.pdf"
            copy.write_bytes(path.read_bytes())
            fields = [{"type": kind, "recipient": "buyer", "page": 1, "x": 20, "y": y, "width": 90, "height": 30,
                       "required": kind != "checkbox"}
                      for kind, y in (("signature", 20), ("checkbox", 60), ("date", 100))]  # fmt: skip
            text = {"type": "text", "mapping_key": "buyer_text", "recipient": "buyer", "page": 1, "x": 20, "y": 140}
            made.append(completed(house, copy, fields=[*fields, {**text, "width": 90, "height": 20}], **more)[0])
        copy = tmp_path / f"{path.stem} sealed by itself.pdf"
        copy.write_bytes(path.read_bytes())
        made.append(sealed(house, copy, page=1, rect=Rect(20, 20, 90, 40)))
    broken = {path.name: one.broken for path, one in zip(made, judged(*made), strict=True) if one.broken}
    assert broken == {}
