"""Saved signatures: encrypted, of one person, never offered to another."""

from pathlib import Path

import pytest

from app.domain import errors
from app.domain.mark import Mark
from app.services import marks, pictures, signing_at_once
from app.services.house import House
from app.vault import MemoryVault
from tests.support import houses, leases

ANA, BOB = "Ana Ruiz", "Bob Jones"


def test_a_person_finds_their_own_however_they_write_their_name(house: House) -> None:
    marks.save(house, ANA, "usual", leases.DRAWN)
    marks.save(house, ANA, "short", Mark("typed", text="A. Ruiz"))
    found = marks.offered(house, "  ana   RUIZ ")
    assert [saved.label for saved in found] == ["short", "usual"]
    assert found[1].mark == leases.DRAWN


@pytest.mark.parametrize("other", [BOB, "Ana Ruiz Jr.", "Ana", ""])
def test_nobody_is_offered_somebody_elses(house: House, other: str, tmp_path: Path) -> None:
    marks.save(house, ANA, "usual", leases.DRAWN)
    assert marks.offered(house, other) == ()
    envelope_id = leases.sent(house, tmp_path)
    (hers,) = marks.everybody(house)
    for wanted in ("usual", hers.id):
        with pytest.raises(errors.MarkNotTheirs):
            marks.use(house, other, wanted, envelope_id)


def test_on_the_disk_nothing_can_be_read_of_it(house: House) -> None:
    marks.save(house, ANA, "usual", Mark("typed", text="A very own hand"))
    (file,) = (house.folder / "marks").iterdir()
    data = file.read_bytes()
    for text in (b"Ana", b"usual", b"hand", b"typed"):
        assert text not in data
    assert file.stat().st_mode & 0o077 == 0


def test_a_use_is_logged_and_the_mark_signs(house: House, tmp_path: Path) -> None:
    marks.save(house, "Buyer Smith", "usual", leases.DRAWN)
    envelope_id = leases.sent(house, tmp_path, "buyer")
    mark = marks.use(house, "Buyer Smith", "usual", envelope_id)
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer", mark))
    (saved,) = marks.offered(house, "Buyer Smith")
    assert [use.envelope for use in saved.used] == [envelope_id]


def test_a_picture_comes_back_after_its_blob_was_swept(house: House, tmp_path: Path) -> None:
    taken = pictures.take_picture(house, Path("resources/app-icon/paraph-32.png").absolute())
    mark = Mark("image", picture=taken.sha256, picture_size=(taken.width, taken.height))
    marks.save(house, ANA, "stamp", mark)
    house.library.blobs.path(taken.sha256).unlink()
    envelope_id = leases.sent(house, tmp_path)
    assert marks.use(house, ANA, "stamp", envelope_id) == mark
    assert house.library.blobs.read(taken.sha256)


def test_two_of_one_name_are_refused_and_one_is_removed(house: House) -> None:
    marks.save(house, ANA, "usual", leases.DRAWN)
    with pytest.raises(errors.MarkExists):
        marks.save(house, ANA, "usual", leases.DRAWN)
    marks.save(house, ANA, "usual", leases.DRAWN, initials=True)
    marks.save(house, BOB, "other", leases.DRAWN)
    marks.remove(house, "other")
    assert [saved.person for saved in marks.everybody(house)] == [ANA, ANA]
    with pytest.raises(errors.MarkNotTheirs):
        marks.remove(house, "nothing")


def test_a_box_that_was_changed_or_exchanged_is_not_believed(house: House) -> None:
    marks.save(house, ANA, "usual", leases.DRAWN)
    marks.save(house, BOB, "usual", leases.DRAWN)
    one, other = sorted((house.folder / "marks").iterdir())
    one.write_bytes(other.read_bytes())
    with pytest.raises(errors.VaultDamaged):
        marks.everybody(house)


def test_without_the_key_there_is_nothing_to_offer_but_an_error(rooms: houses.Rooms, tmp_path: Path) -> None:
    with houses.house(rooms, tmp_path / "library") as house:
        assert marks.offered(house, ANA) == ()
        assert house.vault.names() == ()
        marks.save(house, ANA, "usual", leases.DRAWN)
    with houses.house(rooms, tmp_path / "library", vault=MemoryVault()) as house, pytest.raises(errors.VaultDamaged):
        marks.offered(house, ANA)


def test_one_gets_another_name_and_keeps_its_log(house: House, tmp_path: Path) -> None:
    marks.save(house, ANA, "usual", leases.DRAWN)
    marks.save(house, ANA, "short", leases.DRAWN)
    envelope_id = leases.sent(house, tmp_path)
    marks.use(house, ANA, "usual", envelope_id)
    (usual,) = [saved for saved in marks.everybody(house) if saved.label == "usual"]
    with pytest.raises(errors.MarkExists):
        marks.rename(house, usual.id, " short ")
    marks.rename(house, usual.id, "  For  contracts ")
    renamed = next(saved for saved in marks.everybody(house) if saved.id == usual.id)
    assert renamed.label == "For contracts"
    assert [title for _, title in marks.where_used(house, renamed)] == ["Lease"]
    assert not marks.rename(house, usual.id, "  ").items


def test_what_was_removed_comes_back_whole(house: House, tmp_path: Path) -> None:
    marks.save(house, ANA, "usual", leases.DRAWN)
    marks.use(house, ANA, "usual", leases.sent(house, tmp_path))
    (before,) = marks.everybody(house)
    marks.remove(house, before.id)
    assert marks.count(house) == 0
    marks.put_back(house, before)
    assert marks.everybody(house) == (before,)
    assert marks.count(house) == 1
