"""The library of blocks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.geometry import Point
from app.services import blocks, drafting, reading
from app.services.house import House
from tests.support import leases


def test_a_block_is_saved_listed_placed_and_removed(house: House, tmp_path: Path) -> None:
    envelope_id = leases.draft(house, tmp_path)
    envelope = reading.envelope(house, envelope_id)
    mine = [f for f in envelope.fields if f.recipient == "buyer" and f.page == 1]
    assert blocks.save(house, "Käufer / Buyer", mine).touches("block", "Käufer / Buyer")
    (block,) = blocks.list_blocks(house)
    placed = blocks.place(house, envelope, block, envelope.documents[0].id, 2, Point(100, 500), "seller")
    drafting.set_fields(house, envelope_id, (*envelope.fields, *placed))
    assert {f.recipient for f in placed} == {"seller"}
    assert reading.envelope(house, envelope_id).fields[-1].rect.y == 500
    blocks.remove(house, "Käufer / Buyer")
    assert blocks.list_blocks(house) == ()


def test_names_that_only_differ_in_their_marks_are_two_blocks(house: House, tmp_path: Path) -> None:
    fields = reading.envelope(house, leases.draft(house, tmp_path)).fields[:1]
    for name in ("A/B", "A B", "A-B", "Ä", "Ö"):
        blocks.save(house, name, fields)
    assert len(blocks.list_blocks(house)) == 5


def test_blocks_are_handed_on_as_one_file(house: House, tmp_path: Path) -> None:
    fields = reading.envelope(house, leases.draft(house, tmp_path)).fields[:1]
    for name in ("One", "Two", "Three"):
        blocks.save(house, name, fields)
    before = blocks.list_blocks(house)
    blocks.export(house, ["One", "Two"], tmp_path / "blocks.json")
    for name in ("One", "Two", "Three"):
        blocks.remove(house, name)
    assert blocks.import_file(house, tmp_path / "blocks.json") == ("One", "Two")
    assert blocks.list_blocks(house) == tuple(b for b in before if b.name != "Three")
    with pytest.raises(errors.UnknownField):
        blocks.export(house, ["Four"], tmp_path / "x.json")


BOMB = (
    '{"schema": "paraph.blocks/1", "blocks": [{"name": "x", "size": {"width": 1, "height": 1}, "fields": ['
    '{"id": "a", "kind": "bomb", "document": "", "page": 1, "rect": {"x": 0, "y": 0, "width": 9, "height": 9}}]}]}'
)


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "{}", '{"schema": "other/1", "blocks": []}',
        '{"schema": "paraph.blocks/1", "blocks": [{"name": "x", "size": {"width": 1, "height": 1}, "fields": [{}]}]}',
        BOMB,
    ],
)  # fmt: skip
def test_fault_32_a_file_that_is_none_changes_nothing(house: House, tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content, "utf-8")
    with pytest.raises(errors.SpecError):
        blocks.import_file(house, tmp_path / "bad.json")
    assert blocks.list_blocks(house) == ()


def test_fault_32_what_a_stranger_names_like_a_path_stays_a_name(house: House, tmp_path: Path) -> None:
    fields = reading.envelope(house, leases.draft(house, tmp_path)).fields[:1]
    blocks.save(house, "Mine", fields)
    blocks.export(house, ["Mine"], tmp_path / "blocks.json")
    for name in ("../../evil", "/etc/passwd", "con", "a\u202efdp.exe", "x" * 200):
        changed = (tmp_path / "blocks.json").read_text("utf-8").replace('"Mine"', json.dumps(name))
        (tmp_path / "stranger.json").write_text(changed, "utf-8")
        before = {each for each in tmp_path.rglob("*") if each.parent.name != blocks.FOLDER}
        assert blocks.import_file(house, tmp_path / "stranger.json") == (name,)
        assert {each for each in tmp_path.rglob("*") if each.parent.name != blocks.FOLDER} == before
        assert name in [one.name for one in blocks.list_blocks(house)]


def test_a_damaged_file_in_the_library_does_not_hide_the_others(house: House, tmp_path: Path) -> None:
    fields = reading.envelope(house, leases.draft(house, tmp_path)).fields[:1]
    blocks.save(house, "Good", fields)
    (house.folder / blocks.FOLDER / "bad.json").write_text("{", "utf-8")
    assert [one.name for one in blocks.list_blocks(house)] == ["Good"]


def test_roles_the_envelope_knows_keep_their_fields_and_others_go_to_the_first(house: House, tmp_path: Path) -> None:
    envelope = reading.envelope(house, leases.draft(house, tmp_path))
    one = [f for f in envelope.fields if f.page == 1]
    blocks.save(house, "Both", one)
    (block,) = blocks.list_blocks(house)
    assert set(block.roles) == {"buyer", "seller"}
    document = envelope.documents[0].id
    assert [f.recipient for f in blocks.place(house, envelope, block, document, 1, Point(0, 0))] == ["buyer", "seller"]
    drafting.set_recipients(house, envelope.id, [r for r in envelope.recipients if r.role == "seller"])
    alone = reading.envelope(house, envelope.id)
    assert {f.recipient for f in blocks.place(house, alone, block, document, 1, Point(0, 0))} == {"seller"}
    nobody = reading.envelope(house, drafting.from_files(house, [tmp_path / "lease.pdf"]).one("envelope"))
    with pytest.raises(errors.SpecError):
        blocks.place(house, nobody, block, nobody.documents[0].id, 1, Point(0, 0))
