"""Secrets as unmistakable strings: after a whole journey with faults none is in any file, text or foreign request."""

from __future__ import annotations

import base64
import io
import json
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from app.domain import errors
from app.services import (
    accounts,
    auditing,
    drafting,
    exporting,
    messages,
    outbox,
    preferences,
    pushing,
    settling,
    signing_at_once,
)
from app.sync.flow import Kind
from app.sync.flow_registry import FLOWS
from app.vault import open_vault
from tests.fakes.clearpolicy import Client
from tests.fakes.every import FAKES
from tests.fakes.fake import SECRET_HEADERS
from tests.support import far_side, houses, leases, pages
from tests.support.command_line import CommandLine
from tests.support.http_server import Plain, Reply, Seen, as_json, serving
from tests.support.outboxes import ACCOUNT, START, Post

PASSPHRASE: Final = "canary-passphrase-5f2c9d"
KEYS: Final = {
    "clearpolicy": "cp_canary0d5a7be1",
    "documenso": "api_canary0d5a7be1",
    "docuseal": "canary0d5a7be1docuseal",
    "nueform": "nf_" + "ca4a97be1d0d5a7b" * 4,
    "pigeon": "ca4a97be1d0d5a7bca4a97be1d0d5a7b",
    "signatureapi": "key_test_canary0d5a7be1",
    "visisign": "vsk_" + "ca4a97be1d0d5a7b" * 3,
}
CLIENT: Final = Client("client-1", "client-secret-canary-77aa")
TOLD: Final = re.compile(r'"(signing_url|embed_url|embed_src|signingUrl|short_code|access_token)": ?"([^"]{6,})"')
"""What answers tell that lets somebody sign or ask."""
FAULTS: Final[tuple[dict[str, Any], ...]] = (
    *({"kind": "status", "status": status} for status in (401, 403, 422, 500)),
    *({"kind": kind} for kind in ("html", "not_json", "reset_after")),
)


def hearing(kind: Any) -> Any:
    """A fake that knows what it told in secret, and whose refusals repeat it, as careless services do."""

    class Hearing(kind):  # type: ignore[misc]
        def __init__(self, *given: Any, **more: Any) -> None:
            self.secrets: set[str] = set()
            super().__init__(*given, **more)

        def __call__(self, seen: Seen) -> Reply:
            reply: Reply = super().__call__(seen)
            if isinstance(reply, Plain) and b"json" in reply.bytes()[:400]:
                self._hear(seen, reply.body.decode())
            return reply

        def _hear(self, seen: Seen, text: str) -> None:
            self.secrets |= {value.rstrip("/").rpartition("/")[2] for _, value in TOLD.findall(text)}
            if seen.path.endswith("/session") and text.startswith("{") and "id" in json.loads(text):
                self.secrets.add(json.loads(text)["id"])

        def refusal(self, status: int, message: str, complaints: Any = ()) -> Plain:
            links = " ".join(f"https://sign.example/{one}" for one in sorted(self.secrets)[:2])
            plain: Plain = super().refusal(status, f"You sent {self.key}, see {links}. {message}", complaints)
            return plain

    return Hearing


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything anybody logs, down to the last detail."""
    out, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(out), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def journey(post: Post, fake: Any, texts: list[str]) -> str:
    """Up, reminded, linked, signed, home; a fault before every stretch, and every error as text."""
    name = fake.name
    envelope_id = leases.draft(post.house, post.folder, "buyer", "seller")
    pushing.push(post.house, envelope_id, ACCOUNT, far_side.options_of(fake))
    asked = False
    for number in range(34):
        if number < 20 and number % 10 < len(FAULTS):
            fake.fail("*", **FAULTS[number % 10])
        if not asked and post.states(envelope_id)["send"] == "confirmed":
            asked = True
            for kind in (Kind.REMIND, Kind.LINK):
                if kind in FLOWS[name].steps:
                    settling.ask(post.house, envelope_id, kind, role="buyer")
        if number > 22 and number % 3 == 0:
            with suppress(AssertionError, LookupError, StopIteration):
                fake.sign()
        run = outbox.run_once(post.house, reach=far_side.brisk, chance=lambda: 0.5)
        texts += [f"{told.error!s} {told.error!r} {settling.sentence(told.operation)}" for told in run.told]
        for row in post.house.library.outbox.list(envelope_id):
            texts.append(json.dumps(settling.told(row)) + repr(row))
            if row.state == "failed":
                settling.retry(post.house, row.id)
            elif row.state == "unknown":
                settling.resolve(post.house, row.id, "remote")
        fake.advance(7200)
        post.clock.at = fake.now
    return envelope_id


@pytest.mark.parametrize("name", sorted(FAKES))
def test_no_secret_is_where_it_does_not_belong(
    name: str, rooms: houses.Rooms, tmp_path: Path, logged: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    fake: Any = hearing(FAKES[name])(KEYS[name], now=START)
    library, texts = tmp_path / "library", list[str]()
    vault = open_vault(library, lambda: PASSPHRASE, backend="file")
    clock = houses.SteppingClock(START)
    with fake.serving(), houses.house(rooms, library, clock, vault) as house:
        post = Post(house, clock, tmp_path)
        post.account(fake)
        envelope_id = journey(post, fake, texts)
        line = CommandLine(house, tmp_path)
        for words in (("sync", "status"), ("sync", "status", "--connections"), ("show", envelope_id),
                      ("audit", envelope_id), ("account", "list"), ("list",)):  # fmt: skip
            ran = (line.run("--json", *words), line.run(*words))
            texts += [one.out + one.err for one in ran]
        exporting.export(house, envelope_id, tmp_path / "out")
        assert auditing.verify_trail(house, envelope_id).intact
        kept = {secret: vault.get(secret).decode("utf-8", "replace") for secret in vault.names()}
    links = {value.rstrip("/").rpartition("/")[2] for key, value in kept.items() if key.startswith("envelope/")}
    secrets = {KEYS[name], PASSPHRASE, *fake.secrets, *links}
    assert kept[f"account/{ACCOUNT}"] == KEYS[name]
    if name != "clearpolicy":
        assert len(secrets) > 2, "nothing secret was told"
    printed = capfd.readouterr()
    texts += [logged.getvalue(), printed.out, printed.err]
    assert not [(secret, text) for secret in secrets for text in texts if secret in text]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 10
    assert not [(secret, path) for path in files for secret in secrets if secret.encode() in path.read_bytes()]


PROXY_PASSWORD: Final = "canary-proxy-41d8"
DOCUMENT_PASSWORD: Final = "canary-document-9b02"
COPY_PASSWORD: Final = "canary-copy-c77e"
ENVELOPE_PASSWORD: Final = "canary-envelope-1f3a"
PROXIES: Final = (
    f"http://me:{PROXY_PASSWORD}@proxy.example:3128",
    f"me:{PROXY_PASSWORD}@proxy.example:3128",
    f"socks5://me:{PROXY_PASSWORD}@proxy.example",
    f"http://proxy.example:3128/?password={PROXY_PASSWORD}",
    f"http://[{PROXY_PASSWORD}",
)


def holding(folder: Path, *secrets: str) -> list[Path]:
    """The files in which a secret stands, in any of the ways programs write text down."""
    forms = [secret.encode(code) for secret in secrets for code in ("utf-8", "utf-16-le", "utf-16-be")]
    forms += [base64.b64encode(secret.encode()).rstrip(b"=")[:-1] for secret in secrets]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 3
    return [path for path in files if any(form in path.read_bytes() for form in forms)]


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_proxys_password_is_kept_nowhere(
    proxy: str, rooms: houses.Rooms, tmp_path: Path, logged: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is refused where it is set; where somebody wrote it into the file of settings it goes no further."""
    fake: Any = FAKES["visisign"](now=START)
    clock, texts, library = houses.SteppingClock(START), list[str](), tmp_path / "library"
    with fake.serving(), houses.house(rooms, library, clock) as house:
        post = Post(house, clock, tmp_path)
        post.account(fake)
        envelope_id = post.pushed("buyer")
        with pytest.raises(errors.SpecError) as refused:
            preferences.change(house, proxy_url=proxy)
        texts += [str(refused.value), repr(refused.value), str(messages.words(refused.value))]
        assert house.settings.proxy_url == ""
        house.preferences.current = replace(house.settings, proxy_url=proxy)
        with pytest.raises(errors.SpecError) as refused:
            accounts.test(house, ACCOUNT)
        texts += [repr(refused.value), str(messages.words(refused.value))]
        told = outbox.run_once(house).told
        assert [one.operation.state for one in told] == ["failed"]
        texts += [f"{one!r} {one.error!r} {settling.sentence(one.operation)}" for one in told]
        line = CommandLine(house, tmp_path)
        for words in (("sync", "status"), ("account", "test", ACCOUNT), ("audit", envelope_id)):
            ran = (line.run("--json", *words), line.run(*words))
            texts += [one.out + one.err for one in ran]
        exporting.export(house, envelope_id, tmp_path / "out")
    printed = capfd.readouterr()
    texts += [logged.getvalue(), printed.out, printed.err]
    assert fake.log == []
    assert not [text for text in texts if PROXY_PASSWORD in text]
    assert not holding(tmp_path, PROXY_PASSWORD)


def test_the_passwords_of_documents_are_kept_nowhere(
    rooms: houses.Rooms, tmp_path: Path, logged: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    """Of a file that is opened, of a copy that is made, and of an envelope; wrong ones, too."""
    library, texts, clock = tmp_path / "library", list[str](), houses.SteppingClock(START)
    wrong = f"{DOCUMENT_PASSWORD}-wrong"
    with houses.house(rooms, library, clock) as house:
        plain, locked = tmp_path / "plain.pdf", tmp_path / "locked.pdf"
        pages.write_pdf(plain, 1)
        house.maker.copy([plain], locked, password=DOCUMENT_PASSWORD)
        with pytest.raises(errors.PasswordWrong) as refused:
            drafting.from_files(house, [locked], passwords={str(locked): wrong})
        texts += [str(refused.value), repr(refused.value), str(messages.words(refused.value))]
        opened = drafting.from_files(house, [locked], passwords={str(locked): DOCUMENT_PASSWORD}).one("envelope")
        document = leases.spec_of("buyer")["documents"][0]
        with_password = [{**document, "path": "locked.pdf", "password": DOCUMENT_PASSWORD}]
        spec = leases.write_spec(tmp_path, "buyer", pages=1, documents=with_password, password=ENVELOPE_PASSWORD)
        line = CommandLine(house, tmp_path)
        made = line.run("new", str(spec))
        spec.unlink()
        sealed = leases.sent(house, tmp_path, "buyer")
        signing_at_once.sign(house, sealed, "buyer", leases.act("buyer"))
        texts.append(made.out + made.err)
        for envelope_id in (opened, made.out.split()[0], sealed):
            for words in (
                ("export", envelope_id, "--out", str(tmp_path / "out"), "--password", COPY_PASSWORD),
                ("export", envelope_id, "--out", str(spec), "--password", COPY_PASSWORD),
                ("show", envelope_id),
                ("audit", envelope_id),
            ):
                ran = (line.run("--json", *words), line.run(*words))
                texts += [one.out + one.err for one in ran]
        encrypted = [path for path in (tmp_path / "out").glob("*.pdf") if house.looker.inspect(path).needs_password]
        assert len(encrypted) > 1
        assert house.looker.inspect(encrypted[0], COPY_PASSWORD).pages
    printed = capfd.readouterr()
    texts += [logged.getvalue(), printed.out, printed.err]
    planted = (DOCUMENT_PASSWORD, COPY_PASSWORD, ENVELOPE_PASSWORD)
    assert not [(secret, text) for secret in planted for text in texts if secret in text]
    assert not holding(tmp_path, *planted)


@pytest.mark.parametrize("name", sorted(FAKES))
def test_a_second_host_never_sees_a_credential(name: str, rooms: houses.Rooms, tmp_path: Path) -> None:
    """Neither where a redirect leads, nor where a link to a file does."""
    fake: Any = FAKES[name](KEYS[name], now=START)
    at_the_store: list[Seen] = []
    fetched = fake._fetched

    def watched(seen: Seen) -> Reply:
        at_the_store.append(seen)
        reply: Reply = fetched(seen)
        return reply

    fake._fetched = watched
    clock = houses.SteppingClock(START)
    with (
        serving(as_json({"stolen": True})) as elsewhere,
        fake.serving(),
        houses.house(rooms, tmp_path / "library", clock) as house,
    ):
        post = Post(house, clock, tmp_path)
        post.account(fake)
        envelope_id = post.pushed("buyer", options=far_side.options_of(fake))
        for number in range(16):
            fake.fail("*", "redirect", to=f"http://localhost:{elsewhere.port}/take", skip=number % 3)
            outbox.run_once(house, reach=far_side.brisk, chance=lambda: 0.5)
            for row in house.library.outbox.list(envelope_id):
                if row.state == "unknown":
                    settling.resolve(house, row.id, "remote")
            with suppress(AssertionError, LookupError, StopIteration):
                fake.sign()
            fake.advance(7200)
            clock.at = fake.now
    assert len(fake.log) > 4
    assert elsewhere.seen == []
    for seen in at_the_store:
        assert not set(seen.headers) & set(SECRET_HEADERS)
        assert KEYS[name] not in f"{seen.target}{seen.headers}{seen.body!r}"
    assert bool(at_the_store) == (name in ("docuseal", "signatureapi"))


def test_the_secret_of_a_client_and_its_token_are_in_the_vault_alone(
    rooms: houses.Rooms, tmp_path: Path, logged: io.StringIO
) -> None:
    """ClearPolicy's OAuth: refused once, exchanged, used, and exchanged again."""
    fake: Any = FAKES["clearpolicy"](now=START)
    fake.client, library = CLIENT, tmp_path / "library"
    document = fake.add_document("House rules", "signature")
    vault = open_vault(library, lambda: PASSPHRASE, backend="file")
    clock, texts = houses.SteppingClock(START), list[str]()
    with fake.serving(), houses.house(rooms, library, clock, vault) as house:
        post = Post(house, clock, tmp_path)
        accounts.add(
            house, fake.name, ACCOUNT, CLIENT.secret, fake.url, {"credential": "client", "client_id": CLIENT.id}
        )
        envelope_id = post.pushed("buyer", options={"document_id": document["id"]})
        for known in (replace(CLIENT, secret="another"), CLIENT, CLIENT):
            fake.client = known
            texts += [f"{told!r} {settling.sentence(told.operation)}" for told in outbox.run_once(house).told]
            clock.at += timedelta(hours=2)
        assert post.states(envelope_id) == {"send": "confirmed"}
        exporting.export(house, envelope_id, tmp_path / "out")
    secrets = {CLIENT.secret, *fake.tokens}
    assert len(secrets) > 1
    assert not [text for text in (*texts, logged.getvalue()) for secret in secrets if secret in text]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files for secret in secrets if secret.encode() in path.read_bytes()]
