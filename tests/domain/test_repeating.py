"""The same field on many pages."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import SpecError
from app.domain.geometry import PageGeometry, Rect, Size
from app.domain.ids import FieldId
from app.domain.repeating import Fit, fitted, follow, linked_with, pages_in, repeated
from tests.support.drafts import document, field


@pytest.mark.parametrize(
    ("text", "total", "pages"),
    [
        ("1-3, 7", 9, (1, 2, 3, 7)),
        ("7,1-3,2", 9, (1, 2, 3, 7)),
        ("5-", 7, (5, 6, 7)),
        ("2 – 3", 7, (2, 3)),
        ("all", 3, (1, 2, 3)),
        ("ODD", 5, (1, 3, 5)),
        ("even, 5", 5, (2, 4, 5)),
        ("all but first", 3, (2, 3)),
        ("all but last", 3, (1, 2)),
        ("all but first and last", 4, (2, 3)),
        ("first, last", 4, (1, 4)),
    ],
)
def test_ranges_mean_what_people_write(text: str, total: int, pages: tuple[int, ...]) -> None:
    assert pages_in(text, total) == pages


@pytest.mark.parametrize("text", ["", "0", "3-1", "4", "1-4", "x", "1,,2", "-2", "all but first and last"])
def test_what_means_no_page_is_refused(text: str) -> None:
    with pytest.raises(SpecError) as refused:
        pages_in(text, 2)
    assert refused.value.path == "pages"


@pytest.mark.parametrize(
    ("fit", "corner"),
    [
        (Fit.TOP_LEFT, (10, 20)), (Fit.TOP_RIGHT, (210, 20)),
        (Fit.BOTTOM_LEFT, (10, 120)), (Fit.BOTTOM_RIGHT, (210, 120)),
    ],
)  # fmt: skip
def test_a_field_keeps_its_distance_from_the_corner(fit: Fit, corner: tuple[float, float]) -> None:
    placed = fitted(Rect(10, 20, 30, 40), Size(600, 800), Size(800, 900), fit)
    assert ((placed.x, placed.y), placed.size) == (corner, Size(30, 40))


def test_a_scaled_field_grows_with_the_page() -> None:
    assert fitted(Rect(10, 20, 30, 40), Size(600, 800), Size(1200, 400), Fit.SCALED) == Rect(20, 10, 60, 20)


lengths = st.floats(50, 2000)


@given(st.sampled_from(Fit), lengths, lengths, lengths, lengths, st.floats(0, 40), st.floats(0, 40))
def test_a_repeated_field_always_lies_on_its_page(
    fit: Fit, w: float, h: float, wide: float, high: float, x: float, y: float
) -> None:
    after = Size(wide, high)
    assert fitted(Rect(x, y, 10, 10), Size(w, h), after, fit).within(after)


def three_sizes() -> object:
    return replace(
        document(), pages=(PageGeometry(0, 0, 600, 800), PageGeometry(0, 0, 800, 600), PageGeometry(0, 0, 300, 400))
    )


def test_copies_stand_on_every_other_page_with_ids_of_their_own() -> None:
    numbers = count(100)
    one = field(1, rect=Rect(500, 700, 60, 20))
    made = repeated([one], (1, 2, 3), three_sizes(), Fit.BOTTOM_RIGHT, lambda: FieldId(f"N{next(numbers)}"))  # type: ignore[arg-type]
    assert [(f.id, f.page) for f in made] == [("F1", 1), ("N100", 2), ("N101", 3)]
    assert [(f.rect.x, f.rect.y) for f in made] == [(500, 700), (700, 500), (200, 300)]
    assert {f.linked for f in made} == {None}


def test_a_linked_set_is_edited_once() -> None:
    numbers = count(100)
    pages = three_sizes()
    one, other = field(1, rect=Rect(500, 700, 60, 20)), field(2)
    made = repeated([one], (1, 2, 3), pages, Fit.TOP_LEFT, lambda: FieldId(f"N{next(numbers)}"), lambda: "set")  # type: ignore[arg-type]
    assert len(linked_with(made, made[0])) == 2
    sizes = {(one.document, n): page.size for n, page in enumerate(pages.pages, start=1)}  # type: ignore[attr-defined]
    after = replace(made[0], label="Case", rect=Rect(490, 690, 70, 20))
    changed = follow((*made, other), made[0], after, sizes)
    assert [f.label for f in changed] == ["Case", "Case", "Case", "Field 2"]
    assert [f.id for f in changed] == ["F1", "N100", "N101", "F2"]
    assert [f.rect.width for f in changed[:3]] == [70, 70, 70]
    assert changed[1].rect.x == made[1].rect.x - 10
    assert all(f.rect.within(sizes[f.document, f.page]) for f in changed)


def test_a_field_without_a_set_changes_alone() -> None:
    one, other = field(1), field(2)
    after = replace(one, label="X")
    assert follow((one, other), one, after, {}) == (after, other)
    assert linked_with((one, other), one) == ()
