"""Where a browser comes back to: this machine, once, and nobody else is heard."""

from __future__ import annotations

import socket
import threading

import pytest

from app.sync.redirect import Redirect
from tests.support.browsing import get


def test_the_first_answer_is_taken_and_the_person_sent_back() -> None:
    with Redirect() as redirect:
        assert redirect.uri.startswith("http://127.0.0.1:")
        assert get(f"{redirect.uri}?code=a%20b&state=s")[0] == 200
        assert get(f"{redirect.uri}?code=other&state=s")[0] == 404
        assert redirect.wait(5) == {"code": "a b", "state": "s"}


@pytest.mark.parametrize("query", ["", "?x=1", "?code=1&code=2&state=s", "?code=1&state=s&state=t"])
def test_what_is_no_answer_is_not_taken_for_one(query: str) -> None:
    with Redirect() as redirect:
        assert get(redirect.uri + query)[0] == 404
        redirect.give_up()
        assert redirect.wait(5) is None


def test_another_path_name_or_method_is_not_heard() -> None:
    with Redirect() as redirect:
        root = redirect.uri.removesuffix("/callback")
        assert get(f"{root}/?code=1&state=s")[0] == 404
        assert get(f"{redirect.uri}?code=1&state=s", host="localhost")[0] == 404
        with socket.create_connection(("127.0.0.1", int(root.rpartition(":")[2]))) as sent:
            sent.sendall(f"POST /callback?code=1&state=s HTTP/1.1\r\nHost: {redirect.host}\r\n\r\n".encode())
            assert b" 501 " in sent.recv(100)
        redirect.give_up()
        assert redirect.wait(5) is None


def test_each_listens_at_a_port_of_its_own_and_nobody_does_afterwards() -> None:
    with Redirect() as one, Redirect() as other:
        assert one.uri != other.uri
        held = socket.create_connection(("127.0.0.1", int(one.host.rpartition(":")[2])))
    with held:
        assert held.recv(1) == b""
    with pytest.raises(OSError):
        get(one.uri)


def test_the_wait_ends_when_it_is_given_up_and_when_its_time_is_over() -> None:
    with Redirect() as redirect:
        assert redirect.wait(0.01) is None
        threading.Thread(target=redirect.give_up).start()
        assert redirect.wait(60) is None
        assert get(f"{redirect.uri}?code=late&state=s")[0] == 404
