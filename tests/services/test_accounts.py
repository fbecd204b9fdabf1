"""Accounts and the ledger in a real house."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain import errors
from app.services import accounts, connections, preferences, reaching
from app.services.house import House
from tests.support import houses, web_pki
from tests.support.http_server import Plain, Seen, as_json, proxying, serving

KEY = "vsk_canary_0123456789"
CLIENT = {"credential": "client", "client_id": "c-1"}


def test_trying_an_account_leaves_a_line_of_what_left_this_machine(house: House) -> None:
    with serving(as_json({"signature_requests": []})) as server:
        accounts.add(house, "visisign", "work", KEY, f"{server.url}/v1")
        assert accounts.test(house, "work").status == 200
    (line,) = connections.newest(house)
    assert (line.account, line.host, line.method, line.path) == ("work", "127.0.0.1", "GET", "/v1/signature_requests")
    assert (line.why, line.outcome) == ("account test", "200")
    assert line.sent > 0
    assert line.received > 0
    assert connections.count(house) == 1
    assert connections.newest(house, account="other") == ()


def test_a_try_that_failed_leaves_one_too(house: House) -> None:
    accounts.add(house, "visisign", "work", KEY, "http://127.0.0.1:9")
    with pytest.raises(errors.NoConnection):
        accounts.test(house, "work")
    assert {line.outcome for line in connections.newest(house)} == {"NoConnection"}


def test_removing_an_account_destroys_its_secrets(house: House) -> None:
    accounts.add(house, "visisign", "work", KEY)
    house.vault.put(reaching.token_name("work"), b"token")
    assert "account/work" in house.vault.names()
    accounts.remove(house, "work")
    assert not [name for name in house.vault.names() if name.startswith("account/")]
    assert accounts.cards(house) == ()


def test_a_new_key_replaces_the_one_before_and_its_token(house: House) -> None:
    accounts.add(house, "visisign", "work", "vsk_old_0123456789")
    house.vault.put(reaching.token_name("work"), b"token")
    accounts.renew(house, "work", f" {KEY}\n")
    assert house.vault.get("account/work") == KEY.encode()
    assert reaching.token_name("work") not in house.vault.names()
    with pytest.raises(errors.SpecError) as refused:
        accounts.renew(house, "work", "two\nlines")
    assert refused.value.path == "secret"
    with pytest.raises(errors.UnknownAccount):
        accounts.renew(house, "other", KEY)
    assert house.vault.get("account/work") == KEY.encode()


def test_an_account_whose_secret_was_lost_is_shown_as_such(house: House) -> None:
    accounts.add(house, "visisign", "work", KEY)
    house.vault.delete("account/work")
    (card,) = accounts.cards(house)
    assert not card.has_secret
    with pytest.raises(errors.SecretMissing):
        accounts.test(house, "work")


def test_an_account_of_a_newer_version_is_listed_and_cannot_be_used(house: House) -> None:
    from app.store import AccountRecord

    newer = AccountRecord("new", "brandnew", "https://api.example.com", {}, datetime(2026, 1, 1, tzinfo=UTC))
    house.library.accounts.add(newer)
    assert [card.title for card in accounts.cards(house)] == ["brandnew"]
    with pytest.raises(errors.UnknownProvider):
        accounts.test(house, "new")


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"name": "a/b"}, "name"),
        ({"name": "x" * 65}, "name"),
        ({"name": ""}, "name"),
        ({"name": " a"}, "name"),
        ({"base_url": "http://api.example.com"}, "base_url"),
        ({"base_url": "https://10.0.0.7/v1"}, "base_url"),
        ({"base_url": "nonsense"}, "base_url"),
        ({"base_url": "https://u:p@x.example"}, "base_url"),
        ({"provider": "pigeon"}, "base_url"),
        ({"options": {"colour": "red"}}, "option colour"),
        ({"options": {"test_mode": "perhaps"}}, "option test_mode"),
        ({"provider": "clearpolicy", "options": {"credential": "client"}}, "option client_id"),
        ({"secret": ""}, "secret"),
        ({"secret": "vsk_a\nX: b"}, "secret"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(house: House, given: dict[str, Any], path: str) -> None:
    with pytest.raises(errors.SpecError) as refused:
        accounts.add(house, **{"provider": "visisign", "name": "a", "secret": KEY, **given})
    assert refused.value.path == path
    assert KEY not in str(refused.value)
    assert (accounts.cards(house), house.vault.names()) == ((), ())


def test_a_name_is_taken_once_and_its_key_is_not_replaced(house: House) -> None:
    accounts.add(house, "visisign", "Büro von Zoë", KEY)
    with pytest.raises(errors.AccountExists):
        accounts.add(house, "visisign", "Büro von Zoë", "vsk_other")
    assert house.vault.get("account/Büro von Zoë") == KEY.encode()


# -- the secret of a client ------------------------------------------------------------------------------------------


class ClearPolicy:
    """Gives tokens that run out, and counts."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.good = ""

    def __call__(self, seen: Seen) -> Plain:
        if seen.target == "/oauth/token":
            self.asked.append(seen.json)
            if seen.json["client_secret"] != KEY:
                return as_json({"error": f"no client has {seen.json['client_secret']}"}, 401)
            self.good = f"token-{len(self.asked)}"
            return as_json({"token_type": "Bearer", "expires_in": 3600, "access_token": self.good})
        known = seen.headers.get("authorization") == f"Bearer {self.good}"
        return as_json({"id": "u1"}) if known and seen.target == "/v1/me" else as_json({"error": "Expired."}, 401)


def test_a_secret_is_exchanged_once_and_its_token_kept_in_the_vault(house: House) -> None:
    service = ClearPolicy()
    with serving(service) as server:
        accounts.add(house, "clearpolicy", "policy", KEY, f"{server.url}/v1", CLIENT)
        accounts.test(house, "policy")
        accounts.test(house, "policy")
    assert service.asked == [
        {"grant_type": "client_credentials", "client_id": "c-1", "client_secret": KEY, "scope": ""}
    ]
    assert json.loads(house.vault.get("account/policy/token"))["token"] == "token-1"
    assert [line.why for line in connections.newest(house)] == ["account test", "account test", "log in"]


def test_fault_54_a_token_the_service_withdrew_is_asked_for_anew(house: House) -> None:
    service = ClearPolicy()
    with serving(service) as server:
        accounts.add(house, "clearpolicy", "policy", KEY, f"{server.url}/v1", CLIENT)
        accounts.test(house, "policy")
        service.good = "withdrawn"
        assert accounts.test(house, "policy").status == 200
    assert len(service.asked) == 2


def test_a_token_that_has_run_out_is_not_even_tried(rooms: houses.Rooms, tmp_path: Path) -> None:
    service, clock = ClearPolicy(), houses.SteppingClock(datetime(2026, 3, 4, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house, serving(service) as server:
        accounts.add(house, "clearpolicy", "policy", KEY, f"{server.url}/v1", CLIENT)
        accounts.test(house, "policy")
        clock.at += timedelta(minutes=59, seconds=30)
        accounts.test(house, "policy")
        assert [line.outcome for line in connections.newest(house)] == ["200"] * 4
    assert len(service.asked) == 2


def test_fault_77_a_client_secret_that_is_repeated_by_the_service_is_struck_out(house: House) -> None:
    with serving(ClearPolicy()) as server:
        accounts.add(house, "clearpolicy", "policy", "wrong-canary-secret", f"{server.url}/v1", CLIENT)
        with pytest.raises(errors.CredentialRefused) as refused:
            accounts.test(house, "policy")
    assert refused.value.message == "no client has [hidden]"


def test_a_log_in_that_brings_no_token_is_not_understood(house: House) -> None:
    with serving(as_json({"ok": True})) as server:
        accounts.add(house, "clearpolicy", "policy", KEY, f"{server.url}/v1", CLIENT)
        with pytest.raises(errors.AnswerUnreadable) as refused:
            accounts.test(house, "policy")
    assert refused.value.reason == "no access_token"


def test_a_kept_token_that_cannot_be_read_is_replaced(house: House) -> None:
    with serving(ClearPolicy()) as server:
        accounts.add(house, "clearpolicy", "policy", KEY, f"{server.url}/v1", CLIENT)
        house.vault.put("account/policy/token", b"{}")
        assert accounts.test(house, "policy").status == 200


# -- the network's settings ------------------------------------------------------------------------------------------


def test_fault_73_the_proxy_and_the_companys_certificate_come_from_the_settings(house: House, tmp_path: Path) -> None:
    company = web_pki.authority(tmp_path)
    context = web_pki.server_context(tmp_path, company, "api.visisign.app")
    with serving(as_json({}), context) as server, proxying(server.port) as proxy:
        preferences.change(house, proxy_url=proxy.url, ca_file=str(company.pem))
        accounts.add(house, "visisign", "work", KEY)
        assert accounts.test(house, "work").host == "api.visisign.app"
    assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert len(proxy.asked) == 1


@pytest.mark.parametrize("proxy", ["proxy:8080", "https://proxy:8080", "http://u:p@proxy", "http://", "http://a:b"])
def test_a_proxy_that_is_none_is_named_before_anything_is_sent(house: House, proxy: str) -> None:
    with pytest.raises(errors.SpecError):
        preferences.change(house, proxy_url=proxy)
    house.preferences.current = replace(house.settings, proxy_url=proxy)
    accounts.add(house, "visisign", "work", KEY)
    with pytest.raises(errors.SpecError) as refused:
        accounts.test(house, "work")
    assert refused.value.path == "settings.json: proxy_url"
    assert connections.count(house) == 0
