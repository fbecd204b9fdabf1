"""One file, once, over the local network: what a telephone gets, and everybody else does not."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator

import pytest

from app.domain import errors
from app.sync import handout
from app.sync.handout import Handout, PageWords, Parcel

WORDS = PageWords("en", right_to_left=False, title="Your copy <b>", compare="Same code?", fetch="Get it")
PARCEL = Parcel("Lease – été.pdf", "application/pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40)


class Ends:
    """What the handout told."""

    def __init__(self) -> None:
        self.allowed: list[str] = []
        self.sent: list[tuple[str, int]] = []
        self.refuses = False

    def allow(self, peer: str) -> None:
        if self.refuses:
            raise errors.LibraryBusy(library="x", seconds=10)
        self.allowed.append(peer)

    def tell(self, peer: str, size: int) -> None:
        self.sent.append((peer, size))


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ends() -> Ends:
    return Ends()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def given(ends: Ends, clock: Clock) -> Iterator[Handout]:
    made = Handout("127.0.0.1", PARCEL, WORDS, ends.allow, ends.tell, now=clock)
    yield made
    made.close()


def path(given: Handout) -> str:
    return "/" + given.url.rpartition("/")[2]


def ask(given: Handout, method: str, where: str, host: str = "") -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", int(given.host.rpartition(":")[2]), timeout=5)
    try:
        connection.request(method, where, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())
    finally:
        connection.close()


def until(true: object) -> None:
    """Waits for the server's thread."""
    assert callable(true)
    for _ in range(200):
        if true():
            return
        threading.Event().wait(0.02)
    raise AssertionError("waited four seconds")


def test_the_page_shows_the_code_and_the_press_brings_the_file(given: Handout, ends: Ends) -> None:
    status, page, headers = ask(given, "GET", path(given))
    assert status == 200
    assert given.code in page.decode()
    assert "Your copy &lt;b&gt;" in page.decode()
    assert not ends.allowed, "looking at a link fetches nothing"
    status, data, headers = ask(given, "POST", path(given))
    assert (status, data) == (200, PARCEL.data)
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''Lease%20%E2%80%93%20%C3%A9t%C3%A9.pdf"
    until(lambda: given.fetched)
    assert ends.allowed == ["127.0.0.1"]
    assert ends.sent == [("127.0.0.1", len(PARCEL.data))]


def test_once_fetched_nobody_listens_any_more(given: Handout) -> None:
    ask(given, "POST", path(given))
    until(lambda: given.left_s == 0)
    with pytest.raises((OSError, http.client.HTTPException)):
        ask(given, "GET", path(given))


@pytest.mark.parametrize(
    "where", ["/", "/../etc/passwd", "/index.html", "//", "/%2e%2e/", "*", "http://x/y", "/%C3%A9"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everything_else_is_not_there(given: Handout, ends: Ends, method: str, where: str) -> None:
    status, body, headers = ask(given, method, where)
    assert (status, body) == (404, b"Not found")
    assert headers["Content-Type"] == "text/plain"
    assert not ends.allowed


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "HEAD"])
def test_nothing_else_can_be_done_there(given: Handout, method: str) -> None:
    status, body, _ = ask(given, method, path(given))
    assert (status, body) == (501, b"")


def test_every_answer_keeps_browsers_from_storing_framing_and_guessing(given: Handout) -> None:
    for method, where in (("GET", path(given)), ("GET", "/x"), ("PUT", "/x"), ("POST", path(given))):
        _, _, headers = ask(given, method, where)
        assert {name: headers[name] for name in handout.HEADERS} == handout.HEADERS
        assert headers["Server"] == "Paraph"


def test_under_another_name_it_is_not_there(given: Handout) -> None:
    assert ask(given, "GET", path(given), "paraph.example:80")[0] == 404
    assert ask(given, "GET", path(given), given.host)[0] == 200


def test_guessing_ends_it(given: Handout) -> None:
    for number in range(handout.MOST_WRONG - 1):
        assert ask(given, "GET", f"/guess{number}")[0] == 404
    with pytest.raises((OSError, http.client.HTTPException)):
        ask(given, "GET", "/one-too-many")
    until(lambda: given.left_s == 0)


def test_too_many_requests_a_minute_are_refused(given: Handout, clock: Clock) -> None:
    for _ in range(handout.MOST_A_MINUTE):
        assert ask(given, "GET", path(given))[0] == 200
    status, _, headers = ask(given, "GET", path(given))
    assert (status, headers["Retry-After"]) == (429, "60")
    clock.now += 61
    assert ask(given, "GET", path(given))[0] == 200


def test_after_five_minutes_it_is_gone(given: Handout, clock: Clock) -> None:
    assert 0 < given.left_s <= handout.LIFE_S
    clock.now += handout.LIFE_S
    assert given.left_s == 0
    until(lambda: nobody_listens(given))


def nobody_listens(given: Handout) -> bool:
    """Who comes while it is ending is told that it is gone."""
    try:
        assert ask(given, "GET", path(given))[0] == 410
    except (OSError, http.client.HTTPException):
        return True
    return False


def test_closing_it_stops_the_thread_and_may_be_done_twice(given: Handout) -> None:
    given.close()
    given.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "handout"]
    with pytest.raises(OSError):
        ask(given, "GET", path(given))


def test_what_cannot_be_written_down_is_not_sent(given: Handout, ends: Ends) -> None:
    ends.refuses = True
    with pytest.raises((OSError, http.client.HTTPException)):
        ask(given, "POST", path(given))
    assert not given.fetched
    ends.refuses = False
    assert ask(given, "POST", path(given))[1] == PARCEL.data


def test_a_telephone_that_hung_up_may_try_again(ends: Ends, clock: Clock) -> None:
    big = Parcel("big.pdf", "application/pdf", bytes(30_000_000))
    given = Handout("127.0.0.1", big, WORDS, ends.allow, ends.tell, now=clock)
    try:
        with socket.create_connection(("127.0.0.1", int(given.host.rpartition(":")[2])), timeout=5) as hasty:
            request = f"POST {path(given)} HTTP/1.1\r\nHost: {given.host}\r\nContent-Length: 0\r\n\r\n"
            hasty.sendall(request.encode())
            hasty.recv(1000)
        until(lambda: ask(given, "POST", path(given))[1] == big.data)
        until(lambda: given.fetched)
        assert len(ends.sent) == 1
    finally:
        given.close()


def test_two_at_once_do_not_both_get_it(ends: Ends, clock: Clock) -> None:
    big = Parcel("big.pdf", "application/pdf", bytes(30_000_000))
    given = Handout("127.0.0.1", big, WORDS, ends.allow, ends.tell, now=clock)
    try:
        with socket.create_connection(("127.0.0.1", int(given.host.rpartition(":")[2])), timeout=5) as slow:
            request = f"POST {path(given)} HTTP/1.1\r\nHost: {given.host}\r\nContent-Length: 0\r\n\r\n"
            slow.sendall(request.encode())
            slow.recv(1000)
            assert ask(given, "POST", path(given))[0] == 410
    finally:
        given.close()


@pytest.mark.parametrize(
    "address", ["", "8.8.8.8", ".".join("0000"), "fe80::%", "224.0.0.1", "example.com", "192.168.300.1", "::"]
)
def test_only_an_address_of_this_device_in_a_private_network_is_listened_at(ends: Ends, address: str) -> None:
    with pytest.raises(errors.NoLocalNetwork):
        Handout(address, PARCEL, WORDS, ends.allow, ends.tell)


def test_an_address_of_another_device_is_refused(ends: Ends) -> None:
    with pytest.raises(errors.NoLocalNetwork):
        Handout("10.255.255.1", PARCEL, WORDS, ends.allow, ends.tell)


def test_in_arabic_the_page_runs_from_the_right_and_the_code_does_not(ends: Ends) -> None:
    given = Handout("127.0.0.1", PARCEL, PageWords("ar", True, "نسختك", "قارن", "حمّل"), ends.allow, ends.tell)
    try:
        page = ask(given, "GET", path(given))[1].decode()
        assert 'lang="ar" dir="rtl"' in page
        assert f'<b dir="ltr">{given.code}</b>' in page
    finally:
        given.close()
