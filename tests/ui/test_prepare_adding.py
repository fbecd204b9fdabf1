"""A document that is added is seen, without a search for it below the others."""

from __future__ import annotations

from pathlib import Path

from app.services import drafting
from app.ui.canvas.layout import PageRef
from app.ui.theme import Theme
from tests.support import houses
from tests.support.inline_runner import InlineRunner
from tests.support.pages import write_pdf
from tests.support.studios import bench


def test_the_first_page_of_what_was_added_is_in_front(theme: Theme, runner: InlineRunner, tmp_path: Path) -> None:
    with houses.rooms() as rooms, houses.house(rooms, tmp_path / "library") as house:
        envelope_id = drafting.from_files(house, [write_pdf(tmp_path / "first.pdf")]).one("envelope")
        with bench(house, envelope_id, runner) as made:
            made.page.add_files([write_pdf(tmp_path / "second.pdf"), write_pdf(tmp_path / "third.pdf")])
            _, second, _ = made.stored.documents
            assert made.studio.view.page == PageRef(second.id, 1)
