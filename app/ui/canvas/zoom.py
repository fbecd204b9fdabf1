"""How large pages are shown. 100 % is the size on paper: 96 logical pixels an inch."""

from __future__ import annotations

from enum import Enum
from typing import Final

from app.domain.geometry import Size
from app.ui.canvas.layout import MARGIN

PX_PER_PT: Final = 96 / 72
STEPS: Final = (0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0, 8.0)
LEAST, MOST = STEPS[0], STEPS[-1]


class Fit(Enum):
    """What the zoom follows when the window changes its size."""

    FREE = "free"
    WIDTH = "width"
    PAGE = "page"


def bounded(zoom: float) -> float:
    return min(max(zoom, LEAST), MOST)


def step_up(zoom: float) -> float:
    return next((step for step in STEPS if step > zoom * 1.001), MOST)


def step_down(zoom: float) -> float:
    return next((step for step in reversed(STEPS) if step < zoom * 0.999), LEAST)


def fitting(fit: Fit, page: Size, widest: float, window: Size) -> float | None:
    """The zoom at which the widest page, or the whole of `page`, just fits the window; None for a free zoom."""
    if fit is Fit.FREE or min(page.width, page.height, widest) <= 0:
        return None
    across = (window.width - 2 * MARGIN) / (widest * PX_PER_PT)
    if fit is Fit.WIDTH:
        return bounded(across)
    down = (window.height - 2 * MARGIN) / (page.height * PX_PER_PT)
    return bounded(min(down, (window.width - 2 * MARGIN) / (page.width * PX_PER_PT)))
