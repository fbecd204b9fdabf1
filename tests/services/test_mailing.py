"""Codes and copies by e-mail, through a real mail server on this machine."""

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain import errors, one_time_code
from app.services import admitting, copies, mailing, preferences, reading, signing
from app.services.house import House
from app.services.mailing import Account, Letter
from tests.support import houses, leases, mail

LETTER = Letter("ana@example.com", "A subject\r\nBcc: eve@example.com", "Some words.\n")
BY_CODE = [{"role": "buyer", "name": "Ana Ruiz", "email": "ana@example.com", "auth": [{"type": "email_code"}]}]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[mail.Running]:
    with mail.server(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        yield running


def account(server: mail.Running, **more: object) -> Account:
    usual = Account("localhost", server.port, "starttls", mail.USER, "host@example.com")
    return replace(usual, **more)  # type: ignore[arg-type]


def with_account(house: House, server: mail.Running, password: str = mail.PASSWORD) -> None:
    mailing.set_account(house, account(server), password)


def test_a_letter_arrives_encrypted_with_password_and_without_headers_of_its_own(
    house: House, server: mail.Running
) -> None:
    with_account(house, server)
    mailing.check(house)
    mailing.send(house, replace(LETTER, files=(("lease.pdf", "application/pdf", b"%PDF-1.7"),)))
    (letter,) = server.letters.received
    assert (letter["To"], letter["From"], letter["Bcc"]) == ("ana@example.com", "host@example.com", None)
    assert [part.get_filename() for part in letter.iter_attachments()] == ["lease.pdf"]
    assert mail.PASSWORD not in (house.folder / "settings.json").read_text("utf-8")


def test_a_wrong_password_is_said_without_repeating_it(house: House, server: mail.Running) -> None:
    with_account(house, server, "wrong")
    with pytest.raises(errors.MailNotSent) as refused:
        mailing.send(house, LETTER)
    assert "wrong" not in str(refused.value)
    assert server.letters.received == []


def test_fault_74_a_server_nobody_vouches_for_gets_nothing(
    house: House, server: mail.Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_account(house, server)
    (tmp_path / "nobody.pem").write_text("")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nobody.pem"))
    with pytest.raises(errors.MailNotSent):
        mailing.send(house, LETTER)
    assert server.letters.received == []


@pytest.mark.parametrize("answer", ["554 No", "452 Later"])
def test_a_refusal_is_told_with_its_number(house: House, tmp_path: Path, answer: str) -> None:
    with mail.server(tmp_path, tls=False, answer=answer) as server:
        mailing.set_account(house, account(server, security="none", user=""))
        with pytest.raises(errors.MailNotSent) as refused:
            mailing.send(house, LETTER)
        assert answer[:3] in refused.value.reason


def test_without_encryption_nothing_leaves_this_machine(house: House, server: mail.Running) -> None:
    mailing.set_account(house, account(server, host="mail.example.com", security="none", user=""))
    with pytest.raises(errors.MailNotSent) as refused:
        mailing.send(house, LETTER)
    assert "unencrypted" in refused.value.reason


@pytest.mark.parametrize("address", ["", "nobody", "ana@example.com, eve@example.com", "a@b\nBcc: eve@example.com"])
def test_what_is_no_address_is_no_header_either(house: House, server: mail.Running, address: str) -> None:
    with_account(house, server)
    with pytest.raises(errors.MailNotSent):
        mailing.send(house, replace(LETTER, to=address))
    assert server.letters.received == []


def test_no_account_and_no_server_are_said(house: House) -> None:
    with pytest.raises(errors.NoMailAccount):
        mailing.send(house, LETTER)
    mailing.set_account(house, Account("localhost", 1, "starttls", "", "host@example.com"))
    with pytest.raises(errors.MailNotSent):
        mailing.check(house)


def test_a_server_that_never_answers_is_given_up(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "LIMIT_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mailing.set_account(house, Account("localhost", silent.getsockname()[1], "none", "", "host@example.com"))
        with pytest.raises(errors.MailNotSent) as given_up:
            mailing.check(house)
    assert given_up.value.reason == "no answer in time"


def code_in(server: mail.Running) -> str:
    body = server.letters.received[-1].get_body()
    assert body is not None
    found = re.search(r"\b\d{6}\b", body.get_content())
    assert found is not None
    return found.group()


@pytest.mark.parametrize(
    ("language", "begins"),
    [("en", "Your code:"), ("de", "Ihr Code:"), ("fr", "Votre code"), ("es", "Su código:"), ("ar", "رمزك:"),
     ("tlh", "Your code:")],
)  # fmt: skip
def test_the_letter_with_the_code_speaks_the_language_of_the_room(
    house: House, server: mail.Running, tmp_path: Path, language: str, begins: str
) -> None:
    with_account(house, server)
    envelope_id = leases.sent(house, tmp_path, "buyer", recipients=BY_CODE)
    signing.open_room(house, envelope_id, "buyer")
    admitting.send_code(house, envelope_id, "buyer", language)
    letter = server.letters.received[-1]
    assert str(letter["Subject"]).startswith(begins)
    assert str(letter["Subject"]).endswith(code_in(server))
    body = letter.get_body()
    assert body is not None
    text = body.get_content()
    assert "Lease" in text
    assert str(int(one_time_code.LIFE.total_seconds() // 60)) in text
    assert not {"{", "}"} & set(text)


def test_a_one_time_code_admits_once_and_leaves_no_digit_in_the_trail(
    house: House, server: mail.Running, tmp_path: Path
) -> None:
    with_account(house, server)
    envelope_id = leases.sent(house, tmp_path, "buyer", recipients=BY_CODE)
    signing.open_room(house, envelope_id, "buyer")
    admitting.send_code(house, envelope_id, "buyer")
    code = code_in(server)
    with pytest.raises(errors.AccessDenied) as wrong:
        signing.identify(house, envelope_id, "buyer", "", codes={"email_code": f"{(int(code) + 1) % 10**6:06d}"})
    assert wrong.value.tries_left == 4
    signing.identify(house, envelope_id, "buyer", "", codes={"email_code": code})
    trail = reading.trail(house, envelope_id)
    (identified,) = (event.entry.facts for event in trail if event.entry.kind == "identified")
    assert identified["methods"] == ["email_code"]
    assert not any(code in str(event.entry.facts) for event in trail)
    signing.open_room(house, envelope_id, "buyer")
    with pytest.raises(errors.CodeExpired):
        signing.identify(house, envelope_id, "buyer", "", codes={"email_code": code})


@pytest.fixture
def clock() -> houses.SteppingClock:
    return houses.SteppingClock(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def timed(rooms: houses.Rooms, tmp_path: Path, clock: houses.SteppingClock) -> Iterator[House]:
    with houses.house(rooms, tmp_path / "library", clock) as built:
        yield built


def opened(house: House, server: mail.Running, folder: Path) -> str:
    with_account(house, server)
    envelope_id = leases.sent(house, folder, "buyer", recipients=BY_CODE)
    signing.open_room(house, envelope_id, "buyer")
    return envelope_id


def test_a_new_code_makes_the_old_one_worthless(
    timed: House, clock: houses.SteppingClock, server: mail.Running, tmp_path: Path
) -> None:
    envelope_id = opened(timed, server, tmp_path)
    codes: list[str] = []
    while len(set(codes)) < 2:
        admitting.send_code(timed, envelope_id, "buyer")
        codes.append(code_in(server))
        clock.at += one_time_code.PAUSE
    with pytest.raises(errors.AccessDenied):
        signing.identify(timed, envelope_id, "buyer", "", codes={"email_code": codes[-2]})


def test_another_code_is_sent_only_after_a_pause(
    timed: House, clock: houses.SteppingClock, server: mail.Running, tmp_path: Path
) -> None:
    envelope_id = opened(timed, server, tmp_path)
    admitting.send_code(timed, envelope_id, "buyer")
    clock.at += timedelta(seconds=40)
    with pytest.raises(errors.CodeTooSoon) as refused:
        admitting.send_code(timed, envelope_id, "buyer")
    assert 0 < refused.value.wait_s <= 20
    assert len(server.letters.received) == 1
    clock.at += timedelta(seconds=refused.value.wait_s)
    admitting.send_code(timed, envelope_id, "buyer")
    assert len(server.letters.received) == 2


def test_a_clock_set_back_does_not_hold_codes_up(
    timed: House, clock: houses.SteppingClock, server: mail.Running, tmp_path: Path
) -> None:
    envelope_id = opened(timed, server, tmp_path)
    admitting.send_code(timed, envelope_id, "buyer")
    clock.at -= timedelta(days=1)
    with pytest.raises(errors.CodeTooSoon) as refused:
        admitting.send_code(timed, envelope_id, "buyer")
    assert refused.value.wait_s <= 60


def test_one_handover_sends_five_codes_and_the_next_one_more(
    timed: House, clock: houses.SteppingClock, server: mail.Running, tmp_path: Path
) -> None:
    envelope_id = opened(timed, server, tmp_path)
    for _ in range(one_time_code.MOST):
        admitting.send_code(timed, envelope_id, "buyer")
        clock.at += one_time_code.PAUSE
    with pytest.raises(errors.CodesSpent):
        admitting.send_code(timed, envelope_id, "buyer")
    assert len(server.letters.received) == one_time_code.MOST
    signing.open_room(timed, envelope_id, "buyer")
    with pytest.raises(errors.CodeExpired):
        signing.identify(timed, envelope_id, "buyer", "", codes={"email_code": code_in(server)})
    admitting.send_code(timed, envelope_id, "buyer")
    signing.identify(timed, envelope_id, "buyer", "", codes={"email_code": code_in(server)})


def test_a_letter_the_server_refused_counts_for_nothing(house: House, tmp_path: Path) -> None:
    with mail.server(tmp_path, tls=False, answer="452 Later") as refusing:
        mailing.set_account(house, account(refusing, security="none", user=""))
        envelope_id = leases.sent(house, tmp_path, "buyer", recipients=BY_CODE)
        signing.open_room(house, envelope_id, "buyer")
        for _ in range(2):
            with pytest.raises(errors.MailNotSent):
                admitting.send_code(house, envelope_id, "buyer")


def test_a_code_runs_out_after_ten_minutes(rooms: houses.Rooms, server: mail.Running, tmp_path: Path) -> None:
    clock = houses.SteppingClock(datetime(2026, 1, 1, tzinfo=UTC))
    with houses.house(rooms, tmp_path / "library", clock) as house:
        with_account(house, server)
        envelope_id = leases.sent(house, tmp_path, "buyer", recipients=BY_CODE)
        signing.open_room(house, envelope_id, "buyer")
        admitting.send_code(house, envelope_id, "buyer")
        clock.at += timedelta(minutes=10)
        with pytest.raises(errors.CodeExpired):
            signing.identify(house, envelope_id, "buyer", "", codes={"email_code": code_in(server)})


def test_after_five_wrong_codes_even_the_right_one_waits_for_the_host(
    house: House, server: mail.Running, tmp_path: Path
) -> None:
    with_account(house, server)
    envelope_id = leases.sent(house, tmp_path, "buyer", recipients=BY_CODE)
    signing.open_room(house, envelope_id, "buyer")
    admitting.send_code(house, envelope_id, "buyer")
    for _ in range(5):
        with pytest.raises(errors.AccessDenied):
            signing.identify(house, envelope_id, "buyer", "", codes={"email_code": "no"})
    with pytest.raises(errors.AccessDenied) as closed:
        signing.identify(house, envelope_id, "buyer", "", codes={"email_code": code_in(server)})
    assert closed.value.tries_left == 0


def test_a_copy_goes_by_mail_and_the_trail_says_so(house: House, server: mail.Running, tmp_path: Path) -> None:
    with_account(house, server)
    preferences.change(house, host_name="Hanna")
    envelope_id = leases.sent(house, tmp_path, "buyer")
    copies.by_email(house, envelope_id, "buyer")
    (letter,) = server.letters.received
    (attached,) = letter.iter_attachments()
    document = reading.envelope(house, envelope_id).documents[0]
    assert attached.get_content() == house.library.blobs.read(document.latest)
    facts = reading.trail(house, envelope_id)[-1].entry.facts
    assert (facts["way"], facts["sha256"]) == ("email", [document.latest])
    assert "buyer@example.com" not in str(facts)
