"""Files being verified, and what each was found to be, ready for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal

from app.domain.geometry import PageGeometry, Rect
from app.domain.verdict import SignatureReport
from app.services import verdict_words, verifying, viewing
from app.services.house import House
from app.services.verifying import Judged
from app.tasks import Handle, Runner
from app.ui.models.wording import full_date

ICONS: Final = {"good": "shield-check", "warn": "shield-question-mark", "bad": "shield-x"}
"""By tone."""


@dataclass(frozen=True)
class Spot:
    """A place on a page worth pointing at; `tone` accent for signatures, warn or bad for changes."""

    page: int
    rect: Rect
    tone: str


@dataclass(frozen=True)
class Card:
    """One signature in words. `facts` are for those who unfold them."""

    signer: str
    word: tuple[str, str, str]
    when: str
    lines: tuple[str, ...]
    reasons: tuple[str, ...]
    changes: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    revision: int
    spot: Spot | None


@dataclass(frozen=True)
class Finding:
    """What is known of one file: the judgement, its cards and its pages; or why it could not be judged."""

    path: Path
    title: str
    judged: Judged | None = None
    cards: tuple[Card, ...] = ()
    suspicions: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()
    pages: tuple[PageGeometry, ...] = ()
    error: Exception | None = None

    @property
    def file(self) -> Path:
        """The bytes that were judged, whatever has become of `path` since."""
        return (self.judged.file if self.judged else None) or self.path

    @property
    def working(self) -> bool:
        return self.judged is None and self.error is None


class Judge(Protocol):
    """Called off the window's thread."""

    def judge(self, path: Path) -> Judged: ...

    def pages(self, path: Path) -> tuple[PageGeometry, ...]: ...


class HouseJudge:
    """The real one."""

    def __init__(self, house: House) -> None:
        self._house = house

    def judge(self, path: Path) -> Judged:
        return verifying.verify_to_show(self._house, path)

    def pages(self, path: Path) -> tuple[PageGeometry, ...]:
        return viewing.geometry(self._house, path).pages


class Verdicts(QObject):
    """Signals: `changed` when a file was added or judged; the page reads `findings` again."""

    changed = Signal()

    def __init__(self, judge: Judge, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._judge = judge
        self._runner = runner
        self._handles: list[Handle] = []
        self.findings: tuple[Finding, ...] = ()

    def verify(self, files: Sequence[Path], titles: Sequence[str] = ()) -> None:
        """Replaces what was shown. `titles` stand for the names of files that have none of their own."""
        for handle in self._handles:
            handle.cancel()
        named = [titles[at] if at < len(titles) else path.name for at, path in enumerate(files)]
        self.findings = tuple(Finding(path, title) for path, title in zip(files, named, strict=True))
        self.changed.emit()
        self._handles = [self._start(at) for at in range(len(self.findings))]

    def _start(self, at: int) -> Handle:
        asked = self.findings[at]
        return self._runner.start(
            lambda _: finding_of(self._judge, asked),
            lambda found: self._take(at, found),
            lambda error: self._take(at, replace(asked, error=error)),
            owner=self,
        )

    def _take(self, at: int, found: Finding) -> None:
        self.findings = (*self.findings[:at], found, *self.findings[at + 1 :])
        self.changed.emit()


def finding_of(judge: Judge, asked: Finding) -> Finding:
    """A file that can be judged but not drawn keeps its verdict and shows no pages."""
    judged = judge.judge(asked.path)
    try:
        pages = judge.pages(judged.file or asked.path)
    except Exception:  # noqa: BLE001 - the verdict stands; the renderer's refusal is one of its reasons already
        pages = ()
    signatures = judged.report.signatures
    return replace(
        asked,
        judged=judged,
        cards=tuple(card_of(signature) for signature in signatures),
        suspicions=(*verdict_words.suspicions(judged.report), *judged.notes),
        spots=tuple(spot for signature in signatures for spot in spots_of(signature)),
        pages=pages,
    )


def word_of(signature: SignatureReport) -> tuple[str, str, str]:
    """Word, tone and icon."""
    return with_icon(verdict_words.word_of(signature))


def with_icon(word: tuple[str, str]) -> tuple[str, str, str]:
    return (*word, ICONS[word[1]])


def card_of(one: SignatureReport) -> Card:
    spot = Spot(one.page, one.rect, "accent") if one.page and one.rect and one.rect.width else None
    return Card(
        signer=one.signer or "Unknown signer",
        word=word_of(one),
        when=_when(one),
        lines=tuple(verdict_words.standing(one)),
        reasons=tuple(verdict_words.reasons(one)),
        changes=tuple(verdict_words.changes(one)),
        facts=tuple((name, value) for name, value in _facts(one) if value),
        revision=one.revision,
        spot=spot,
    )


def spots_of(one: SignatureReport) -> tuple[Spot, ...]:
    """Where the signature stands, and where something changed after it that no later signer has signed."""
    own = [Spot(one.page, one.rect, "accent")] if one.page and one.rect and one.rect.width else []
    since = (
        Spot(change.page, change.rect, "warn" if change.allowed else "bad")
        for change in one.changes_after
        if change.page and change.rect and not (change.covered and change.allowed)
    )
    return (*own, *since)


def _when(one: SignatureReport) -> str:
    """A clock is told apart from a proof."""
    now = datetime.now().astimezone()
    if one.proven_time is not None:
        return f"Proven to exist on {full_date(one.proven_time, now)}"
    if one.claimed_time is not None:
        return f"Signed {full_date(one.claimed_time, now)}, by the signer's clock"
    return "No time is stated"


def _facts(one: SignatureReport) -> tuple[tuple[str, str], ...]:
    return (
        ("Reason", one.reason),
        ("Place", one.location),
        ("Issuer", one.issuer),
        ("Serial", one.serial),
        ("Certificate SHA-256", one.certificate_sha256),
        ("Field", one.field),
        ("Revision", str(one.revision) if one.revision else ""),
    )
