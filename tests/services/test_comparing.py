"""Pages that cannot be compared with what was signed confirm nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.domain import errors
from app.domain.verdict import Verdict
from app.pdf import Inspection, Looker
from app.services import comparing, sealing_files, verdict_words, verifying
from app.services.house import House
from app.services.sealing_files import Order
from tests.support.pages import write_pdf


class Weary(Looker):
    """Looks at one file and then no more."""

    def __init__(self, looker: Looker) -> None:
        self._looker = looker
        self._looks = 0

    def inspect(self, path: Path, password: str | None = None) -> Inspection:
        self._looks += 1
        if self._looks > 1:
            raise errors.DocumentTimedOut(path=str(path), seconds=15)
        return self._looker.inspect(path, password)


def test_pages_that_cannot_be_compared_are_named(house: House, tmp_path: Path) -> None:
    key = sealing_files.signing_key(house, None, None)
    once, twice = tmp_path / "once.pdf", tmp_path / "twice.pdf"
    sealing_files.seal_file(house, write_pdf(tmp_path / "a.pdf"), once, key, Order())
    sealing_files.seal_file(house, once, twice, key, Order())
    good = verifying.verify(house, twice).report
    assert good.verdict is Verdict.VALID
    report = comparing.compared(replace(house, looker=Weary(house.looker)), twice, good)
    assert "not_comparable" in report.reasons
    assert report.verdict is Verdict.INDETERMINATE
    assert verdict_words.REASONS["not_comparable"] in verdict_words.file_reasons(report)
    assert verdict_words.REASONS["not_comparable"] in verdict_words.sentence(report)
