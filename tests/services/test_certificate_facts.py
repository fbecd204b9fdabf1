"""The thirty-two facts of a certificate of completion, one by one, against the trail as a stranger reads it."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.domain.ceremony import IdEvidence
from app.services import certificate_words, exporting, preferences, reading, seeing, signing, sitting
from app.services.house import House
from app.services.seeing import Seen
from tests.support import leases

PEOPLE = [
    {"role": "buyer", "name": "Ana Ruiz", "email": "ana@example.com", "order": 1,
     "auth": [{"type": "access_code", "code": "1234"}]},
    {"role": "seller", "name": "Bob Jones", "email": "bob@example.com", "order": 2},
    {"role": "watcher", "name": "Wim Witness", "email": "wim@example.com", "action": "witness", "order": 3},
    {"role": "office", "name": "Olga Office", "email": "olga@example.com", "action": "acknowledge", "order": 4},
]  # fmt: skip


@dataclass(frozen=True)
class Bundle:
    """What a stranger has: the trail, the personal texts beside it, and the certificate's words without blanks."""

    events: list[dict[str, Any]]
    texts: dict[str, str]
    certificate: str
    folder: Path

    def last(self, kind: str, **like: Any) -> dict[str, Any]:
        found = [e for e in self.events if e["kind"] == kind and like.items() <= e["facts"].items()]
        assert found, f"nothing is told of {kind} {like}"
        return found[-1]

    @property
    def words(self) -> certificate_words.Words:
        return certificate_words.in_language("de" if "Abschlussprotokoll" in self.certificate else "en")

    def told(self, number: int, text: object) -> bool:
        """Whether the certificate says so under this number; a label that is broken into lines stands around it."""
        said = re.escape(squeezed(str(text)))
        return re.search(rf"{number}·[^·]{{0,60}}?{said}", self.certificate) is not None

    def plain(self, text: str) -> str:
        return self.texts.get(text, text)


def squeezed(text: str) -> str:
    return "".join(text.split())


def act(house: House, envelope_id: str, role: str, language: str, evidence: IdEvidence, **known: Any) -> None:
    signing.open_room(house, envelope_id, role)
    signing.identify(house, envelope_id, role, f"{role} known", evidence=evidence, **known)
    signing.consent(house, envelope_id, role, language)
    envelope = reading.envelope(house, envelope_id)
    document = envelope.documents[0]
    signing.show_page(house, envelope_id, role, document.id, 1)
    seeing.saw(house, envelope_id, role, [Seen(document.id, 1, 4_000, 100), Seen(document.id, 2, 3_000, 150)])
    if role == "office":
        sitting.acknowledge(house, envelope_id, role, "olga  OFFICE")
    else:
        signing.adopt(house, envelope_id, role, leases.DRAWN)
    for field in envelope.fields_of(role):
        value = leases.DRAWN if field.kind == "signature" else "As agreed"
        signing.fill(house, envelope_id, role, field.id, value)
    signing.finish(house, envelope_id, role)
    sitting.hand_back(house, envelope_id, role, "Present, under no pressure")


@pytest.fixture(params=["en", "de"])
def bundle(house: House, tmp_path: Path, request: pytest.FixtureRequest) -> Bundle:
    preferences.change(house, host_name="Hanna Host", place="Bremen")
    spec = leases.spec_of("buyer", "seller", "watcher")
    more = {"metadata": {"template": "lease-7", "template_sha256": "7" * 64}}
    envelope_id = leases.sent(house, tmp_path, "buyer", fields=spec["fields"], recipients=PEOPLE, **more)
    act(house, envelope_id, "buyer", request.param, IdEvidence.PASSPORT, digits="417", access_code="1234")
    act(house, envelope_id, "seller", request.param, IdEvidence.KNOWN)
    sitting.skip(house, envelope_id, "watcher", "Getting coffee")
    signing.open_room(house, envelope_id, "watcher")
    sitting.delegate(house, envelope_id, "watcher", "Willa Witness", "willa@example.com", "No glasses")
    act(house, envelope_id, "watcher", request.param, IdEvidence.INTRODUCED)
    act(house, envelope_id, "office", "en", IdEvidence.OTHER)
    files = {f.kind: f.path for f in exporting.export(house, envelope_id, tmp_path / "out")}
    text = subprocess.run(["pdftotext", "-raw", files["certificate"], "-"], capture_output=True, check=True).stdout
    return Bundle(
        json.loads(files["audit"].read_text("utf-8"))["events"],
        json.loads(files["personal"].read_text("utf-8"))["texts"],
        squeezed("\n".join(line for line in text.decode().splitlines() if "/" not in line[:6])),
        tmp_path / "out",
    )


def clock_of(event: dict[str, Any]) -> str:
    return event["time"][:19].replace("T", " ")


def test_facts_1_to_5_say_what_was_sent_round_by_which_program_on_which_device(bundle: Bundle) -> None:
    frozen, opened = bundle.last("frozen")["facts"], bundle.last("room_opened")["facts"]
    assert bundle.told(1, bundle.events[0]["envelope"])
    assert bundle.told(2, frozen["title"])
    assert bundle.told(3, f"lease-7 {'7' * 64}")
    assert bundle.told(4, opened["program"])
    assert bundle.told(5, opened["device"])


def test_facts_6_to_11_say_what_was_signed(bundle: Bundle) -> None:
    (document,) = bundle.last("frozen")["facts"]["documents"]
    assert bundle.told(6, document["title"])
    assert bundle.told(7, document["pages"])
    assert bundle.told(8, document["original"])
    assert bundle.told(9, "")
    assert document["normalised"] is None
    assert bundle.told(10, document["prepared"])
    assert bundle.told(11, bundle.last("sealed", document=document["title"])["facts"]["sha256"])


@pytest.mark.parametrize("role", ["buyer", "seller", "watcher", "office"])
def test_facts_12_to_15_say_who_it_was(bundle: Bundle, role: str) -> None:
    (person,) = (one for one in bundle.last("out")["facts"]["recipients"] if one["role"] == role)
    if role == "watcher":
        person = {**person, **bundle.last("delegated", role=role)["facts"]}
    assert bundle.told(12, bundle.plain(person["name"]))
    assert bundle.told(13, bundle.plain(person["contact"]))
    assert bundle.told(14, f"{role}, {person['action']}")
    assert bundle.told(15, person["order"])
    assert person["name"].startswith("personal:")


@pytest.mark.parametrize("role", ["buyer", "seller", "watcher", "office"])
def test_facts_16_to_22_and_24_say_how_they_came_to_act(bundle: Bundle, role: str) -> None:
    known, agreed, signed = (bundle.last(kind, role=role) for kind in ("identified", "consented", "signed"))
    passed = known["facts"]["methods"]
    assert passed == (["access_code"] if role == "buyer" else [])
    wrong = sum(e["kind"] == "access_denied" and e["facts"]["role"] == role for e in bundle.events)
    by_code = bundle.words["auth"].format(methods="access code", wrong=wrong)
    assert bundle.told(16, by_code if passed else bundle.words["auth_none"])
    assert bundle.told(17, agreed["facts"]["text_sha256"])
    assert bundle.told(18, f"{clock_of(agreed)} UTC+00:00 ({agreed['facts']['language']})")
    shown = {(e["facts"]["document"], e["facts"]["page"]) for e in bundle.events if e["kind"] == "page_shown"}
    assert shown == {("lease", 1)}
    assert bundle.told(19, bundle.words["pages_of"].format(document="lease", shown=1, pages=2))
    assert sum(page[2] for page in bundle.last("pages_seen", role=role)["facts"]["pages"]) == 7_000
    assert bundle.told(20, f"{clock_of(signed)} UTC+00:00")
    clock = {"sequence": signed["sequence"], "monotonic": signed["monotonic_ns"]}
    assert bundle.told(21, bundle.words["sequence"].format(**clock))
    assert bundle.told(22, signed["facts"]["values_sha256"])
    assert bundle.told(24, signed["facts"]["intent"])


def test_fact_23_says_what_the_signature_looked_like(bundle: Bundle) -> None:
    for role in ("buyer", "seller", "watcher"):
        mark = bundle.last("adopted", role=role)["facts"]
        assert mark["capture"] == "drawn"
        assert bundle.told(23, f"{bundle.words['drawn']}, {mark['mark_sha256']}")


def test_fact_25_says_who_handed_on(bundle: Bundle) -> None:
    told = bundle.last("delegated", role="watcher")["facts"]
    for key in ("before", "name", "reason"):
        assert squeezed(bundle.plain(told[key])) in bundle.certificate


@pytest.mark.parametrize("role", ["buyer", "seller", "watcher", "office"])
def test_facts_26_to_30_say_who_hosted_and_what_they_stated(bundle: Bundle, role: str) -> None:
    opened, known = bundle.last("room_opened", role=role)["facts"], bundle.last("identified", role=role)["facts"]
    assert bundle.told(26, bundle.plain(opened["host"]))
    assert bundle.plain(opened["host"]) == "Hanna Host"
    assert bundle.told(27, bundle.plain(known["how"]))
    assert bundle.told(28, bundle.words[f"id_{known['evidence']}"])
    assert bundle.told(29, "Bremen")
    assert bundle.told(30, bundle.words[opened["clock"]])


def test_fact_27_names_whom_the_witness_saw_and_how_long_before(bundle: Bundle) -> None:
    told = bundle.last("signed", role="watcher")["facts"]
    assert told["witness_of"] == "seller"
    assert told["seen_at"] == bundle.last("signed", role="seller")["time"]
    assert bundle.told(27, bundle.words["witnessed"].format(role="seller", apart=told["apart_s"]))


def test_fact_31_is_the_head_the_certificate_was_made_at(bundle: Bundle) -> None:
    at = next(n for n, event in enumerate(bundle.events) if event["kind"] == "completed") - 1
    assert bundle.told(31, bundle.words["events"].format(count=bundle.events[at]["sequence"]))
    assert bundle.events[at]["sha256"] in bundle.certificate


def test_fact_32_is_the_level_that_was_reached_and_no_more(bundle: Bundle) -> None:
    assert {e["facts"]["level"] for e in bundle.events if e["kind"] == "sealed"} == {"B-B"}
    for role in ("buyer", "seller", "watcher", "office"):
        sealed = bundle.last("sealed", role=role)["facts"]
        told = {"level": "B-B", "certificate": sealed["certificate_sha256"]}
        assert bundle.told(32, bundle.words["level"].format(**told))
    assert squeezed(bundle.words["LEVEL"]) in bundle.certificate
    assert "eIDAS" in bundle.words["LEVEL"]


def test_no_personal_text_stands_in_the_trail(bundle: Bundle) -> None:
    trail = (bundle.folder / "audit.json").read_text("utf-8")
    for text in ("Ana Ruiz", "bob@example.com", "Hanna Host", "Bremen", "buyer known", "417\"", "No glasses"):
        assert text not in trail
    assert set(bundle.texts.values()) >= {"Ana Ruiz", "bob@example.com", "Hanna Host", "Bremen", "buyer known", "417"}


def test_every_language_has_every_word_and_every_event() -> None:
    english = certificate_words.in_language("en")
    for language in certificate_words.LANGUAGES:
        words = certificate_words.in_language(language)
        assert words.language == language
        assert set(words.text) == set(english.text)
        assert set(words.events) == set(english.events)
        for kind, sentence in english.events.items():
            assert names(sentence) == names(words.events[kind]), f"{language} {kind}"
        for name, text in english.text.items():
            assert names(text) == names(words.text[name]), f"{language} {name}"


def names(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}
