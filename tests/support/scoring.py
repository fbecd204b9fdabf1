"""How good finding is: recall and precision against the truth."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.geometry import Rect
from app.pdf import FoundField
from tests.support.forms import Form, Truth


@dataclass
class Score:
    """Counted fields of one sort."""

    hit: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def recall(self) -> float:
        return self.hit / max(self.hit + self.missed, 1)

    @property
    def precision(self) -> float:
        return self.hit / max(self.hit + self.wrong, 1)


@dataclass
class Scores:
    """Altogether, and by language, kind and layout."""

    total: Score = field(default_factory=Score)
    by: dict[tuple[str, str], Score] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    def count(self, form: Form, kind: str, what: str) -> None:
        for score in (self.total, *(self._of(key) for key in self._keys(form, kind))):
            setattr(score, what, getattr(score, what) + 1)

    def _of(self, key: tuple[str, str]) -> Score:
        return self.by.setdefault(key, Score())

    @staticmethod
    def _keys(form: Form, kind: str) -> tuple[tuple[str, str], ...]:
        return ("language", form.language), ("kind", kind), ("layout", form.layout)


def score(forms: Iterable[Form], find: Callable[[Form], Sequence[FoundField]]) -> Scores:
    """A find is a hit when it lies on a place that is asked for and says its kind."""
    scores = Scores()
    for form in forms:
        open_truths = list(form.truths)
        for found in find(form):
            truth = next((one for one in open_truths if one.kind == found.kind and _same(one, found.rect)), None)
            if truth is None:
                scores.count(form, found.kind, "wrong")
                scores.mistakes.append(f"wrong  {form.name}: {found.kind} {found.name!r} {_told(found.rect)}")
            else:
                open_truths.remove(truth)
                scores.count(form, truth.kind, "hit")
        for truth in open_truths:
            scores.count(form, truth.kind, "missed")
            scores.mistakes.append(f"missed {form.name}: {truth.kind} {_told(truth.rect)}")
    return scores


def _same(truth: Truth, rect: Rect) -> bool:
    """Half of the truth is covered, and the find is not much wider or longer than what is asked for."""
    covered = truth.rect.overlap(rect)
    return (
        covered >= 0.5 * truth.rect.width * truth.rect.height
        and rect.width <= truth.rect.width * 1.25 + 4
        and rect.height <= truth.rect.height * 1.25 + 26
    )


def _told(rect: Rect) -> str:
    return f"{rect.x:.0f},{rect.y:.0f} {rect.width:.0f}x{rect.height:.0f}"


def counted(found: Iterable[FoundField]) -> Counter[str]:
    return Counter(one.kind for one in found)
