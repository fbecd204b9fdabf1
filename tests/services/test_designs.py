"""Named designs: kept, renamed, removed, made the usual one; and what is seen of them in a sealed page."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.appearance import Appearance, Line, Side
from app.domain.geometry import Rect
from app.domain.mark import Mark
from app.services import designs, sealing_files
from app.services.house import House
from app.services.sealing_files import Order
from tests.sealing.test_appearance import BLUE, a_jpeg
from tests.support.pages import write_pdf

BOX = Rect(100, 300, 220, 70)
LOOK = Appearance(mark=Mark("typed", text="Jane"), lines=(Line.NAME, Line.REASON))


def names(house: House) -> list[str]:
    return [design.name for design in designs.list_designs(house)]


def test_a_design_is_kept_renamed_and_removed(house: House) -> None:
    designs.save(house, "Office", LOOK)
    designs.save(house, "Abroad", replace(LOOK, ink="#14507a"))
    assert names(house) == ["Abroad", "Office"]
    assert designs.find(house, "Office").look == LOOK
    designs.rename(house, "Office", "  B\u00fcro ")
    assert names(house) == ["Abroad", "B\u00fcro"]
    designs.remove(house, "Abroad")
    assert names(house) == ["B\u00fcro"]


def test_the_usual_design_follows_its_name_and_goes_with_it(house: House) -> None:
    assert designs.look(house) == Appearance()
    designs.save(house, "Office", LOOK)
    designs.make_default(house, "Office")
    assert designs.look(house) == LOOK
    assert designs.rename(house, "Office", "Desk").touches("setting", "design")
    assert (house.settings.design, designs.look(house)) == ("Desk", LOOK)
    designs.remove(house, "Desk")
    assert (house.settings.design, designs.look(house)) == ("", Appearance())


def test_names_are_checked_and_never_taken_twice(house: House) -> None:
    designs.save(house, "A", LOOK)
    designs.save(house, "B", LOOK)
    for name in ("", "  ", "x" * 61, "a\u202eb"):
        with pytest.raises(errors.SpecError):
            designs.save(house, name, LOOK)
    with pytest.raises(errors.SpecError):
        designs.rename(house, "A", "B")
    with pytest.raises(errors.UnknownDesign) as unknown:
        designs.look(house, "C")
    assert unknown.value.known == ["A", "B"]


def test_a_damaged_file_hides_no_other(house: House) -> None:
    designs.save(house, "Good", LOOK)
    (house.folder / designs.FOLDER / "bad.json").write_text("{")
    assert names(house) == ["Good"]


def test_a_picture_survives_the_library_it_was_taken_into(house: House, tmp_path: Path) -> None:
    source = tmp_path / "logo.jpg"
    source.write_bytes(a_jpeg(40, 20, BLUE))
    look = designs.with_picture(house, Appearance(), source)
    designs.save(house, "Logo", look)
    assert look.picture is not None
    house.library.blobs.path(look.picture).unlink()
    assert designs.find(house, "Logo").picture == house.library.blobs.read(look.picture)


def words_of(path: Path) -> list[tuple[str, Rect]]:
    """As poppler reads them on the page as it is displayed."""
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True, text=True).stdout
    shape = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    found = []
    for *edges, word in re.findall(shape, out):
        left, top, right, bottom = map(float, edges)
        found.append((word, Rect(left, top, right - left, bottom - top)))
    return found


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("side", list(Side))
def test_the_design_stands_upright_in_its_box_on_turned_pages(
    house: House, tmp_path: Path, rotate: int, side: Side
) -> None:
    source, out = write_pdf(tmp_path / "a.pdf", extra=f"/Rotate {rotate}"), tmp_path / "out.pdf"
    order = Order(page=1, rect=BOX, reason="Agreed", look=replace(LOOK, side=side, lines=(Line.REASON, Line.NAME)))
    sealing_files.seal_file(house, source, out, sealing_files.signing_key(house, None, None), order)
    found = dict(words_of(out))
    agreed, paraph = found["Agreed"], found["Paraph"]
    assert agreed.width > agreed.height
    assert agreed.bottom <= paraph.bottom - 5
    for word in (agreed, paraph):
        assert BOX.x <= word.x < word.right <= BOX.right
        assert BOX.y - 3 <= word.y < word.bottom <= BOX.bottom + 3
