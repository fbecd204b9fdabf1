"""Logging in at a trust service: a client's secret or the person's web browser, and keys released on a page there."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from app.domain import errors
from app.domain.recipient import RecipientStatus
from app.domain.verdict import Verdict
from app.services import (
    batching,
    identities,
    key_offers,
    reading,
    remote_keys,
    remote_login,
    sealing_files,
    sealing_jobs,
    signing_at_once,
    verifying,
)  # fmt: skip
from app.services.house import House
from app.services.messages import words
from app.services.remote_login import BROWSER, CLIENT, TOKEN, Account
from app.services.visiting import Visit, Visits
from app.sync import csc
from app.vault import open_vault
from tests.fakes import csc_login as fake
from tests.fakes.csc import PIN, Trust, trust_service
from tests.fakes.csc import TOKEN as BEARER
from tests.support import leases
from tests.support.browsing import Browser
from tests.support.certo import Certo, certo
from tests.support.pages import write_pdf

NAME = "identity/far/token"


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certo]:
    with certo(tmp_path_factory.mktemp("pki")) as served:
        yield served


@pytest.fixture
def trust(pki: Certo) -> Iterator[Trust]:
    with trust_service({"k1": pki.person("alice"), "k2": pki.person("carol")}) as served:
        yield served


@pytest.fixture
def browser(house: House) -> Iterator[Browser]:
    made = Browser()
    house.visits.shown_by(made.show)
    yield made
    made.close()


def account(trust: Trust, way: str = BROWSER, client: str = fake.PUBLIC) -> Account:
    return Account(trust.url, way, client, fake.CLIENTS[client])


def add(house: House, wanted: Account, key: str = "k1") -> None:
    remote_keys.add(remote_login.session(house, wanted), "far", key)


def seal(house: House, folder: Path, secret: str | None = None) -> Path:
    out = folder / "sealed.pdf"
    key = sealing_files.signing_key(house, "far", secret)
    sealing_files.seal_file(house, write_pdf(folder / "a.pdf"), out, key, sealing_files.Order())
    return out


def grants(trust: Trust) -> list[str]:
    return [each["grant_type"] for each in trust.logins.asked]


# -- logging in ---------------------------------------------------------------------------------------------------


def test_a_client_logs_in_with_its_secret_and_its_token_is_used_until_its_end(
    house: House, trust: Trust, tmp_path: Path
) -> None:
    add(house, account(trust, CLIENT, fake.CLIENT))
    assert grants(trust) == ["client_credentials"]
    assert seal(house, tmp_path, PIN).exists()
    assert grants(trust) == ["client_credentials"]
    (record,) = identities.records(house)
    assert {name: record.where[name] for name in ("login", "client")} == {"login": "client", "client": fake.CLIENT}
    assert record.where["oauth"].endswith("/as")
    assert not [secret for secret in (fake.SECRET, *trust.logins.handed_out) if secret in str(record)]


@pytest.mark.parametrize("client", [fake.CLIENT, fake.PUBLIC])
def test_a_person_logs_in_in_the_browser_with_a_proof_key_and_is_asked_once(
    house: House, trust: Trust, browser: Browser, tmp_path: Path, client: str
) -> None:
    add(house, account(trust, client=client))
    assert seal(house, tmp_path, PIN).exists()
    (visit,) = browser.visits
    assert (visit.host, visit.purpose, visit.over) == ("127.0.0.1", "Log in", True)
    (page,) = trust.logins.pages
    assert (page["scope"], page["code_challenge_method"]) == ("service", "S256")
    assert grants(trust) == ["authorization_code"]
    browser.close()
    assert browser.statuses == [302, 200]


@pytest.mark.parametrize(("way", "more"), [(CLIENT, "client_credentials"), (BROWSER, "refresh_token")])
def test_a_token_that_has_run_out_is_renewed_without_asking_anybody(
    house: House, trust: Trust, browser: Browser, tmp_path: Path, way: str, more: str
) -> None:
    add(house, account(trust, way, fake.CLIENT))
    first = grants(trust)
    trust.logins.end_tokens()
    assert seal(house, tmp_path, PIN).exists()
    assert grants(trust) == [*first, more]
    assert len(browser.visits) == (way == BROWSER)


def test_a_token_near_its_end_is_renewed_before_it_is_used_and_refresh_tokens_change(
    house: House, trust: Trust, browser: Browser, tmp_path: Path
) -> None:
    add(house, account(trust))
    for each in ("one", "two"):
        (tmp_path / each).mkdir()
        kept = json.loads(house.vault.get(NAME))
        house.vault.put(NAME, json.dumps({**kept, "until": house.clock.now().isoformat()}).encode())
        before = trust.requests
        assert seal(house, tmp_path / each, PIN).exists()
        assert trust.requests - before == len(("info", "authorize", "signHash"))
    assert grants(trust) == ["authorization_code", "refresh_token", "refresh_token"]
    assert len(trust.logins.spent) == 2
    assert len(browser.visits) == 1


def test_a_token_of_seconds_is_used_and_not_renewed_before_each_request(
    house: House, trust: Trust, browser: Browser, tmp_path: Path
) -> None:
    trust.logins.lasts_s, trust.logins.refreshes = 50, False
    add(house, account(trust))
    assert seal(house, tmp_path, PIN).exists()
    assert len(browser.visits) == 1


def test_a_refresh_token_that_is_withdrawn_leads_back_to_the_page(
    house: House, trust: Trust, browser: Browser, tmp_path: Path
) -> None:
    add(house, account(trust))
    trust.logins.end_tokens()
    trust.logins.refresh_tokens.clear()
    assert seal(house, tmp_path, PIN).exists()
    assert grants(trust) == ["authorization_code", "refresh_token", "authorization_code"]
    assert [each.purpose for each in browser.visits] == ["Log in", "Log in"]


def test_a_service_that_gives_no_refresh_tokens_asks_the_person_again(
    house: House, trust: Trust, browser: Browser, tmp_path: Path
) -> None:
    trust.logins.refreshes = False
    add(house, account(trust))
    trust.logins.end_tokens()
    assert seal(house, tmp_path, PIN).exists()
    assert grants(trust) == ["authorization_code"] * 2


def test_what_is_refused_again_after_a_new_token_is_refused(
    house: House, trust: Trust, browser: Browser, tmp_path: Path
) -> None:
    add(house, account(trust))
    trust.fault, before = "401", trust.requests
    with pytest.raises(errors.CredentialRefused):
        seal(house, tmp_path, PIN)
    assert trust.requests - before == 2
    assert grants(trust) == ["authorization_code", "refresh_token"]


def test_threads_that_renew_at_once_use_each_refresh_token_once(house: House, trust: Trust, browser: Browser) -> None:
    add(house, account(trust))
    trust.logins.end_tokens()
    (record,) = identities.records(house)
    failures: list[Exception] = []

    def ask() -> None:
        try:
            remote_keys.listed(remote_login.Session(house, Account.of(record.where), "far", NAME))
        except errors.ParaphError as problem:
            failures.append(problem)

    threads = [Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failures == []
    assert grants(trust) == ["authorization_code", "refresh_token"]


@pytest.mark.parametrize("login", [None, "no info", "/deep/er", ""])
def test_where_one_logs_in_is_told_by_the_service_or_is_the_service(
    house: House, trust: Trust, login: str | None
) -> None:
    trust.login = login
    add(house, account(trust, CLIENT, fake.CLIENT))
    assert len(trust.logins.asked) == 1


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("http://login.example/", "http"),
        ("file:///etc/passwd", "address"),
        ("javascript:alert(1)", "address"),
        ("https://user:pass@login.example/", "address"),
        ("https://10.0.0.1/", "private"),
    ],
)
def test_a_service_cannot_send_the_secret_or_the_browser_just_anywhere(
    house: House, trust: Trust, browser: Browser, told: str, reason: str
) -> None:
    trust.fault = f"oauth {told}"
    for way, client in ((CLIENT, fake.CLIENT), (BROWSER, fake.PUBLIC)):
        with pytest.raises(errors.TargetRefused) as refused:
            add(house, account(trust, way, client))
        assert refused.value.reason == reason
    assert browser.visits == []


def test_a_service_elsewhere_cannot_send_them_to_this_machine(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csc, "oauth_base", lambda _: "http://127.0.0.1:9/")
    with pytest.raises(errors.TargetRefused) as refused:
        remote_login.session(house, Account("https://trust.example/csc/v2", BROWSER, "c"))
    assert refused.value.reason == "loopback"


def test_a_wrong_secret_is_refused_and_not_repeated(house: House, trust: Trust) -> None:
    with pytest.raises(errors.CredentialRefused) as refused:
        add(house, replace(account(trust, CLIENT, fake.CLIENT), secret="another_secret_1234"))
    assert "another_secret_1234" not in str(refused.value.facts)
    assert house.vault.names() == ()


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        (Account(""), "address"), (Account("https://x"), "access token"),
        (Account("https://x", BROWSER), "client id"), (Account("https://x", CLIENT, "c", " "), "client secret"),
    ],
)  # fmt: skip
def test_what_a_login_lacks_is_said_before_anybody_is_asked(house: House, lacking: Account, told: str) -> None:
    with pytest.raises(errors.UsageError) as refused:
        remote_login.session(house, lacking)
    assert told in refused.value.problem


# -- a browser that does not come back, or with something else -----------------------------------------------------


@pytest.mark.parametrize(
    ("habit", "fault", "reason"),
    [
        ("cancelled", "", "given_up"), ("none", "", "no_browser"), ("stray", "", "state"), ("", "state", "state"),
        ("", "denied", "denied"), ("", "broken", "refused"),
    ],
)  # fmt: skip
def test_a_page_that_is_not_answered_as_asked_keeps_and_signs_nothing(
    house: House, trust: Trust, browser: Browser, tmp_path: Path, habit: str, fault: str, reason: str
) -> None:
    browser.habit, trust.logins.fault = habit, fault
    with pytest.raises(errors.BrowserLoginFailed) as refused:
        add(house, account(trust))
    assert refused.value.reason == reason
    assert (house.vault.names(), identities.records(house), trust.requests) == ((), (), 0)
    said = words(refused.value)
    assert "Nothing was signed or kept" in said.todo
    assert trust.logins.pages == [] or trust.logins.pages[0]["state"] not in said.line
    trust.mode, browser.habit, trust.logins.fault = "oauth2code", "", ""
    add(house, account(trust))
    browser.habit, trust.logins.fault = habit, fault
    before = {each for each in tmp_path.rglob("*") if each.name != "a.pdf"}
    with pytest.raises(errors.BrowserLoginFailed) as refused:
        seal(house, tmp_path)
    assert refused.value.reason == reason
    assert trust.signed == 0
    assert {each for each in tmp_path.rglob("*") if each.name != "a.pdf"} == before


def test_a_browser_that_was_closed_is_waited_for_until_its_time_is_over(house: House, trust: Trust) -> None:
    browser, impatient = Browser("closed"), replace(house, visits=Visits(patience_s=0.05))
    impatient.visits.shown_by(browser.show)
    with pytest.raises(errors.BrowserLoginFailed) as refused:
        add(impatient, account(trust))
    assert refused.value.reason == "timed_out"
    assert browser.visits[0].over


def test_without_anybody_who_could_open_one_there_is_no_browser(house: House, trust: Trust) -> None:
    with pytest.raises(errors.BrowserLoginFailed) as refused:
        add(house, account(trust))
    assert refused.value.reason == "no_browser"


def test_a_browser_that_looks_around_first_is_heard_in_the_end(house: House, trust: Trust, browser: Browser) -> None:
    browser.habit = "curious"
    add(house, account(trust))
    browser.close()
    assert browser.statuses == [302, 404, 404, 404, 404, 200]


def test_the_end_of_the_program_ends_the_wait(house: House, trust: Trust) -> None:
    ended, browser = replace(house, visits=Visits()), Browser("closed")

    def show(visit: Visit) -> None:
        browser.show(visit)
        Thread(target=ended.visits.close).start()

    ended.visits.shown_by(show)
    for _ in range(2):
        with pytest.raises(errors.BrowserLoginFailed) as refused:
            add(ended, account(trust))
        assert refused.value.reason == "given_up"
    assert len(browser.visits) == 1


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ("withdrawn", errors.RequestRefused), ("no token", errors.AnswerUnreadable),
        ("another scope", errors.AnswerUnreadable), ("token down", errors.RemoteDown),
    ],
)  # fmt: skip
def test_a_code_that_brings_no_token_keeps_nothing_and_is_told_nowhere(
    house: House, trust: Trust, browser: Browser, fault: str, problem: type[errors.ParaphError]
) -> None:
    trust.logins.fault = fault
    with pytest.raises(problem) as refused:
        add(house, account(trust))
    told = str(refused.value.facts) + str(house.library.connections.newest())
    secrets = [*trust.logins.handed_out, *(each["code_verifier"] for each in trust.logins.asked)]
    assert not [secret for secret in secrets if secret in told]
    assert house.vault.names() == ()


# -- keys that are released in the browser --------------------------------------------------------------------------


@pytest.mark.parametrize(("way", "client"), [(BROWSER, fake.PUBLIC), (CLIENT, fake.CLIENT)])
def test_a_key_is_released_on_a_page_for_the_hash_it_signs(
    house: House, trust: Trust, browser: Browser, pki: Certo, tmp_path: Path, way: str, client: str
) -> None:
    trust.mode = "oauth2code"
    add(house, account(trust, way, client), "k2")
    assert identities.asked(house, "far") == ()
    assert not identities.asks_passphrase(house, "far")
    assert identities.asks_browser(house, "far")
    (signer,) = [each for each in sealing_jobs.signers(house) if each.name == "far"]
    assert (signer.asks, signer.in_browser) == ((), True)
    verifying.add_trust(house, pki.root_file(tmp_path))
    judged = verifying.verify(house, seal(house, tmp_path)).report
    assert (judged.verdict, judged.signatures[0].signer) == (Verdict.VALID, "Carol")
    assert browser.visits[-1].purpose == "Release the key for one signature"
    assert trust.logins.pages[-1]["credentialID"] == "k2"
    assert trust.signed == 1
    assert not trust.logins.is_good(trust.logins.handed_out[-1], "credential")


def test_a_recipient_signs_with_a_key_that_is_released_on_a_page(
    house: House, trust: Trust, browser: Browser, pki: Certo, tmp_path: Path
) -> None:
    trust.mode = "oauth2code"
    add(house, account(trust))
    verifying.add_trust(house, pki.root_file(tmp_path))
    envelope_id = leases.sent(house, tmp_path, "buyer")
    browser.habit = "cancelled"
    with pytest.raises(errors.BrowserLoginFailed):
        signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer", identity="far"))
    assert reading.envelope(house, envelope_id).recipient("buyer").status is RecipientStatus.TURN
    browser.habit = ""
    signing_at_once.sign(house, envelope_id, "buyer", leases.act("buyer", identity="far"))
    (document,) = reading.envelope(house, envelope_id).documents
    judged = verifying.verify(house, house.library.blobs.path(document.latest)).report
    assert (judged.verdict, judged.signatures[0].signer) == (Verdict.VALID, "Alice")


def test_a_login_that_ran_out_while_the_page_was_open_is_renewed(
    house: House, trust: Trust, browser: Browser, tmp_path: Path
) -> None:
    trust.mode = "oauth2code"
    add(house, account(trust))

    def show(visit: Visit) -> None:
        trust.logins.end_tokens()
        browser.show(visit)

    house.visits.shown_by(show)
    assert seal(house, tmp_path).exists()
    assert grants(trust) == ["authorization_code", "authorization_code", "refresh_token"]
    assert (trust.signed, len(trust.logins.pages)) == (1, 2)


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ("another key's", errors.AnswerUnreadable), ("withdrawn", errors.KeyNotReleased),
        ("token down", errors.RemoteDown),
    ],
)  # fmt: skip
def test_a_page_that_releases_nothing_signs_nothing(
    house: House, trust: Trust, browser: Browser, tmp_path: Path, fault: str, problem: type[errors.ParaphError]
) -> None:
    trust.mode = "oauth2code"
    add(house, account(trust))
    trust.logins.fault = fault
    with pytest.raises(problem):
        seal(house, tmp_path)
    assert trust.signed == 0
    assert not (tmp_path / "sealed.pdf").exists()


def test_of_many_files_each_is_released_and_once_given_up_no_further_page_opens(
    house: House, trust: Trust, browser: Browser, tmp_path: Path
) -> None:
    trust.mode = "oauth2code"
    add(house, account(trust))
    files = [write_pdf(tmp_path / f"{number}.pdf") for number in range(3)]
    key = sealing_files.signing_key(house, "far", None)
    sealed = batching.seal_files(house, files, tmp_path / "out", key, sealing_files.Order(), lambda *_: None)
    assert [each.error for each in sealed] == [None] * 3
    assert len(browser.visits) == 1 + 3
    browser.habit = "cancelled"
    key = sealing_files.signing_key(house, "far", None)
    sealed = batching.seal_files(house, files, tmp_path / "more", key, sealing_files.Order(), lambda *_: None)
    assert {each.error.kind for each in sealed if each.error} == {"BrowserLoginFailed"}
    assert len(browser.visits) == 1 + 3 + 1


def test_a_bearer_token_alone_cannot_use_such_a_key_and_that_is_said_before(
    house: House, trust: Trust, browser: Browser
) -> None:
    trust.mode = "oauth2code"
    session = remote_login.session(house, Account(trust.url, TOKEN, secret=BEARER))
    assert all("client id" in offer.against for offer in key_offers.at_service(session))
    with pytest.raises(errors.IdentityUnusable) as refused:
        remote_keys.add(session, "far", "k1")
    assert refused.value.reason == "login"
    assert "client id" in words(refused.value).line


def test_one_login_serves_for_looking_and_for_adding_and_goes_with_the_identity(
    house: House, trust: Trust, browser: Browser
) -> None:
    session = remote_login.session(house, account(trust))
    assert [each.key for each in key_offers.at_service(session)] == ["k1", "k2"]
    assert house.vault.names() == ()
    remote_keys.add(session, "far", "k1")
    assert len(browser.visits) == 1
    assert house.vault.names() == (NAME,)
    identities.remove(house, "far")
    assert house.vault.names() == ()


def test_no_secret_stands_in_any_file_the_log_or_an_error(
    house: House, trust: Trust, browser: Browser, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """With a vault of its own, in a file."""
    caplog.set_level(logging.DEBUG)
    vault = open_vault(house.folder, lambda: "canary-passphrase-5f2c9d", backend="file")
    house, trust.mode = replace(house, vault=vault), "oauth2code"
    add(house, account(trust, client=fake.CLIENT))
    seal(house, tmp_path)
    trust.logins.end_tokens()
    trust.logins.refresh_tokens.clear()
    trust.fault = "401"
    with pytest.raises(errors.CredentialRefused) as refused:
        seal(house, tmp_path)
    told = caplog.text + str(refused.value.facts) + words(refused.value).line + str(house.library.connections.newest())
    caplog.clear()
    pages, forms = trust.logins.pages, trust.logins.asked
    secrets = {fake.SECRET, "canary-passphrase-5f2c9d", *trust.logins.handed_out}
    secrets |= {page["state"] for page in pages} | {form["code_verifier"] for form in forms if "code_verifier" in form}
    assert len(secrets) > 10
    assert "oauth2/token" in told
    assert not [secret for secret in secrets if secret in told]
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert [each for each in files if fake.CLIENT.encode() in each.read_bytes()]
    assert not [each for each in files for secret in secrets if secret.encode() in each.read_bytes()]


def test_a_kept_login_that_cannot_be_read_is_replaced_by_a_new_one(
    house: House, trust: Trust, browser: Browser, tmp_path: Path
) -> None:
    add(house, account(trust))
    for damaged in (b"{", b"{}", b"[]", b'{"secret": "", "access": "", "until": "never", "refresh": ""}'):
        house.vault.put(NAME, damaged)
        assert seal(house, tmp_path, PIN).exists()
    assert set(grants(trust)) == {"authorization_code"}
