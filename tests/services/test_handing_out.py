"""A copy by telephone: only where the host allows it, told in the trail and in the ledger, and it is the file."""

import gc
import http.client
import io
import threading
import weakref
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain import errors
from app.domain.envelope import CopyMode
from app.services import connections, handing_out, preferences, reading, signing_at_once
from app.services.handing_out import Handout, PageWords
from app.services.house import House
from tests.support import leases

WORDS = PageWords("en", right_to_left=False, title="Your copy", compare="Same code?", fetch="Get it")


def fetched(given: Handout) -> tuple[int, bytes, str]:
    host, _, path = given.url.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=10)
    try:
        connection.request("POST", f"/{path}")
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.getheader("Content-Disposition") or ""
    finally:
        connection.close()


class Link(str):
    """One whose end can be noticed."""


def test_no_link_outlives_its_picture() -> None:
    link = Link("https://sign.example/canary")
    assert handing_out.picture(link).width > 20
    end = weakref.ref(link)
    del link
    gc.collect()
    assert end() is None


def until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        threading.Event().wait(0.02)
    raise AssertionError("waited four seconds")


def allowed(house: House) -> None:
    preferences.change(house, copies_by_qr=True, copies_address="127.0.0.1")


def test_the_sealed_document_is_fetched_and_both_books_tell_of_it(house: House, tmp_path: Path) -> None:
    allowed(house)
    envelope_id = leases.sent(house, tmp_path, "buyer", "seller")
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    before = connections.count(house)
    given = handing_out.start(house, envelope_id, "buyer", WORDS)
    try:
        status, data, named = fetched(given)
        until(lambda: given.fetched)
    finally:
        given.close()
    document = reading.envelope(house, envelope_id).documents[0]
    assert (status, data) == (200, house.library.blobs.read(document.latest))
    assert named.endswith("lease.pdf")
    facts = reading.trail(house, envelope_id)[-1].entry.facts
    assert (facts["way"], facts["sha256"]) == ("qr", [document.latest])
    until(lambda: connections.newest(house, 1)[0].outcome == "200")
    (line,) = connections.newest(house, 1)
    assert connections.count(house) == before + 1
    assert (line.host, line.path, line.why, line.sent) == ("127.0.0.1", "/", handing_out.WHY, len(data))


def test_it_is_off_until_the_host_allows_it(house: House, tmp_path: Path) -> None:
    envelope_id = leases.sent(house, tmp_path, "buyer")
    assert not house.settings.copies_by_qr
    with pytest.raises(errors.CopyRefused):
        handing_out.start(house, envelope_id, "buyer", WORDS)


def test_where_the_sender_lets_nobody_take_a_copy_nobody_listens(house: House, tmp_path: Path) -> None:
    allowed(house)
    envelope_id = leases.sent(house, tmp_path, "buyer", copy_mode=str(CopyMode.DISABLED))
    with pytest.raises(errors.CopyRefused):
        handing_out.start(house, envelope_id, "buyer", WORDS)


def test_an_address_the_world_can_reach_is_refused(house: House, tmp_path: Path) -> None:
    preferences.change(house, copies_by_qr=True, copies_address="203.0.113.9.1")
    envelope_id = leases.sent(house, tmp_path, "buyer")
    with pytest.raises(errors.NoLocalNetwork):
        handing_out.start(house, envelope_id, "buyer", WORDS)


def test_several_documents_go_in_one_archive(house: House, tmp_path: Path) -> None:
    allowed(house)
    envelope_id = leases.sent(house, tmp_path, "buyer")
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer"))
    given = handing_out.start(house, envelope_id, "buyer", WORDS)
    try:
        _, data, named = fetched(given)
    finally:
        given.close()
    assert named.endswith("Lease.zip")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["1 lease.pdf", "2 certificate.pdf"]
        document = reading.envelope(house, envelope_id).documents[0]
        assert archive.read("1 lease.pdf") == house.library.blobs.read(document.latest)
