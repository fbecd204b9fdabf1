"""The page Exchange: everything that goes to, or comes from, somebody else's server."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from app.ui.action import Standing
from app.ui.desk import Desk
from app.ui.exchange.accounts import AccountsTab
from app.ui.exchange.ledger import LedgerTab
from app.ui.exchange.operations import OperationsTab
from app.ui.exchange.outbox import OutboxTab
from app.ui.theme import SPACE
from app.ui.widgets.look import column, label

TABS: Final = ("Outbox", "Accounts", "Operations", "What left this machine")


class ExchangePage(QWidget):
    """Its parts behind tabs; see `TABS`."""

    standing_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName("Parts of this page")
        self._stack = QStackedWidget()
        self._outbox, self.accounts, self.ledger = OutboxTab(desk), AccountsTab(desk), LedgerTab(desk)
        self.operations = OperationsTab(desk)
        tabs = (self._outbox, self.accounts, self.operations, self.ledger)
        for name, tab in zip(TABS, tabs, strict=True):
            self._tabs.addTab(name)
            self._stack.addWidget(tab)
        self._tabs.currentChanged.connect(self._stack.setCurrentIndex)
        head = column(
            label("Exchange", "title", strong=True),
            label(
                "Paraph works without any of this. With an account, envelopes go to a service and come back; nothing "
                "leaves before you send it.",
                ink="muted",
                wrap=True,
            ),
            gap=SPACE.tight,
        )
        self.setLayout(column(head, self._tabs, self._stack, gap=SPACE.snug, margin=SPACE.around))

    def open_tab(self, name: str) -> None:
        self._tabs.setCurrentIndex(TABS.index(name))

    def show_only(self, which: str) -> None:
        """One of the choices of the outbox."""
        self._outbox.show_only(which)

    def standing(self) -> Standing:
        return Standing()

    def panels(self) -> list[QWidget]:
        return [self._tabs, self._stack]
