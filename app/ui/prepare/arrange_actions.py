"""What the table of actions calls to put fields in order. The field selected last is the one the others follow."""

from __future__ import annotations

from functools import partial

from app.domain import arranging
from app.domain.arranging import Axis, Edge
from app.ui.prepare import commands
from app.ui.prepare.field_actions import FieldActions


class ArrangeActions(FieldActions):
    """Mixed into the page."""

    def align_left(self) -> None:
        self._align(Edge.LEFT)

    def align_centre(self) -> None:
        self._align(Edge.CENTER)

    def align_right(self) -> None:
        self._align(Edge.RIGHT)

    def align_top(self) -> None:
        self._align(Edge.TOP)

    def align_middle(self) -> None:
        self._align(Edge.MIDDLE)

    def align_bottom(self) -> None:
        self._align(Edge.BOTTOM)

    def distribute_across(self) -> None:
        self._arrange("Distribute", partial(arranging.distribute, axis=Axis.ACROSS))

    def distribute_down(self) -> None:
        self._arrange("Distribute", partial(arranging.distribute, axis=Axis.DOWN))

    def match_spacing_across(self) -> None:
        self._arrange("Match the gaps of", partial(arranging.match_spacing, axis=Axis.ACROSS))

    def match_spacing_down(self) -> None:
        self._arrange("Match the gaps of", partial(arranging.match_spacing, axis=Axis.DOWN))

    def same_width(self) -> None:
        self._arrange("Resize", partial(arranging.same_size, height=False))

    def same_height(self) -> None:
        self._arrange("Resize", partial(arranging.same_size, width=False))

    def same_size(self) -> None:
        self._arrange("Resize", arranging.same_size)

    def tidy(self) -> None:
        self._arrange("Tidy", arranging.tidy)

    def _align(self, edge: Edge) -> None:
        self._arrange("Align", partial(arranging.align, edge=edge))

    def _arrange(self, name: str, how: commands.Arrange) -> None:
        commands.arrange(self.draft, name, how, self.studio.view.size_of)
