"""The left side of Verify: the sentence, the signatures, what is worth a look."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from app.services import verdict_words
from app.ui.action_set import ActionSet
from app.ui.frame.failing import failure_of
from app.ui.models.verdicts import Finding, with_icon
from app.ui.theme import SPACE, show_busy
from app.ui.verify.signature_card import SignatureCard
from app.ui.widgets.failure import FailurePanel
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.look import clear, column, label, row, selectable, set_look

LEAST: Final = 360
LARGE_UP_TO: Final = 64
"""Characters of a sentence in the largest type; longer ones take the next size."""


class VerdictPanel(QScrollArea):
    """Signals: `place_wanted(Spot)`, `version_wanted(int)`."""

    place_wanted = Signal(object)
    version_wanted = Signal(int)

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        inside = QWidget()
        set_look(inside, ground="window")
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(SPACE.around, SPACE.around, SPACE.around, SPACE.around)
        self._box.setSpacing(SPACE.between)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self.setAccessibleName("Verdict")

    def minimumSizeHint(self) -> QSize:
        """Nothing of a verdict may be cut off at the side, however large the type."""
        inside = self.widget()
        width = inside.minimumSizeHint().width() if inside is not None else 0
        return QSize(max(LEAST, width + self.verticalScrollBar().sizeHint().width()), 200)

    def show_finding(self, finding: Finding) -> None:
        clear(self._box)
        if finding.error is not None:
            self._box.addWidget(FailurePanel(failure_of(finding.error)))
        elif finding.working:
            self._box.addWidget(_working(finding))
        else:
            self._show_verdict(finding)
        self._box.addStretch(1)
        self.updateGeometry()

    def _show_verdict(self, finding: Finding) -> None:
        judged = finding.judged
        if judged is None:
            return
        self._box.addWidget(_sentence(judged.sentence, with_icon(verdict_words.VERDICTS[judged.report.verdict])))
        name = selectable(label(finding.title, strong=True, wrap=True))
        print_ = selectable(label(_grouped(judged.report.sha256), "small", ink="muted", wrap=True))
        print_.setAccessibleName(f"SHA-256 of the file: {judged.report.sha256}")
        buttons = row(
            self._actions.button("verify.copy"), self._actions.button("verify.save", text="Save report…"), None
        )
        self._box.addLayout(column(name, label("SHA-256 of the file", "small", ink="muted"), print_, gap=2))
        self._box.addLayout(buttons)
        if finding.cards:
            words = "1 signature" if len(finding.cards) == 1 else f"{len(finding.cards)} signatures"
            self._box.addWidget(label(words, "large", strong=True))
        for card in finding.cards:
            made = SignatureCard(card)
            made.place_wanted.connect(self.place_wanted)
            made.version_wanted.connect(self.version_wanted)
            self._box.addWidget(made)
        if finding.suspicions:
            self._box.addWidget(_suspicions(finding.suspicions))


def _sentence(text: str, word: tuple[str, str, str]) -> QFrame:
    """The verdict itself, tinted by what it is."""
    _, tone, icon = word
    made = QFrame()
    set_look(made, ground=tone)
    made.setAccessibleName(text)
    said = selectable(label(text, "display" if len(text) <= LARGE_UP_TO else "title", strong=True, wrap=True))
    line = row(gap=SPACE.between, margin=SPACE.between)
    line.addWidget(IconLabel(icon, tone, 40), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(said, 1)
    made.setLayout(line)
    return made


def _working(finding: Finding) -> QWidget:
    made = QWidget()
    bar = QProgressBar()
    show_busy(bar)
    bar.setTextVisible(False)
    bar.setAccessibleName(f"Verifying {finding.title}")
    made.setLayout(column(label(f"Verifying {finding.title}", "title", strong=True, wrap=True), bar, gap=SPACE.snug))
    return made


def _suspicions(sentences: tuple[str, ...]) -> QFrame:
    made = QFrame()
    set_look(made, ground="warn")
    lines = column(label("Worth a look", strong=True), margin=SPACE.between)
    for sentence in sentences:
        lines.addLayout(row(IconLabel("triangle-alert", "warn", 16), label(sentence, wrap=True)))
    made.setLayout(lines)
    return made


def _grouped(fingerprint: str) -> str:
    return " ".join(fingerprint[at : at + 8] for at in range(0, len(fingerprint), 8))
