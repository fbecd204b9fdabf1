"""An exported envelope as a stranger reads it: the trail, and whether the certificate's thirty-two facts are in it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.services import certificate_words, exporting
from app.services.house import House

NUMBERS = range(1, 33)
CLOCK = "UTC+00:00"
Told = tuple[int, str, str]
"""The number of a fact, whom it is about (a role, or nobody), and what the trail makes of it."""


def squeezed(text: str) -> str:
    return "".join(text.split())


def clock_of(event: dict[str, Any]) -> str:
    """In the time zone of the tests."""
    return f"{event['time'][:19].replace('T', ' ')} {CLOCK}"


@dataclass(frozen=True)
class Bundle:
    """What a stranger has: the trail, the personal texts beside it, and the certificate's words without blanks."""

    events: list[dict[str, Any]]
    texts: dict[str, str]
    certificate: str
    folder: Path

    def last(self, kind: str, **like: Any) -> dict[str, Any]:
        found = self.all(kind, **like)
        assert found, f"nothing is told of {kind} {like}"
        return found[-1]

    def all(self, kind: str, **like: Any) -> list[dict[str, Any]]:
        return [e for e in self.events if e["kind"] == kind and like.items() <= e["facts"].items()]

    @property
    def words(self) -> certificate_words.Words:
        return certificate_words.in_language("de" if "Abschlussprotokoll" in self.certificate else "en")

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(one["role"] for one in self.last("out")["facts"]["recipients"])

    def told(self, number: int, text: object) -> bool:
        """Whether the certificate says so under this number; a label that is broken into lines stands around it."""
        said = re.escape(squeezed(str(text)))
        return re.search(rf"{number}·[^·]{{0,60}}?{said}", self.certificate) is not None

    def plain(self, text: str) -> str:
        return self.texts.get(text, text)

    def untold(self) -> list[Told]:
        """What the trail proves and the certificate does not say, of all the thirty-two."""
        expected = [*self._of_envelope(), *(told for role in self.roles for told in self._of_person(role))]
        assert {number for number, _, _ in expected} == set(NUMBERS)
        return [told for told in expected if not self.told(told[0], told[2])]

    def _of_envelope(self) -> Iterator[Told]:
        frozen, opened = self.last("frozen")["facts"], self.last("room_opened")["facts"]
        none = self.words["none"]
        template = f"{frozen['template']} {frozen['template_sha256']}" if frozen.get("template") else none
        known = (self.events[0]["envelope"], frozen["title"], template, opened["program"], opened["device"])
        yield from ((number, "", text) for number, text in enumerate(known, start=1))
        for one in frozen["documents"]:
            sealed = self.last("sealed", document=one["title"])["facts"]["sha256"]
            came_in = ", ".join([one["original"], *one["made_of"]])
            rewritten = ", ".join(each for each in (one["normalised"], one["edited"]) if each)
            prints = (came_in, rewritten or none, one["prepared"], sealed)
            told = (one["title"], str(one["pages"]), *prints)
            yield from ((number, "", text) for number, text in enumerate(told, start=6))
        at = next(n for n, event in enumerate(self.events) if event["kind"] == "completed") - 1
        head = self.events[at]
        yield 31, "", self.words["events"].format(count=head["sequence"])
        assert head["sha256"] in self.certificate
        yield 32, "", ", ".join(sorted({e["facts"]["level"] for e in self.all("sealed")}))

    def _of_person(self, role: str) -> Iterator[Told]:
        (person,) = (one for one in self.last("out")["facts"]["recipients"] if one["role"] == role)
        instead = [*self.all("delegated", role=role), *self.all("reassigned", role=role)]
        now = instead[-1]["facts"] if instead else person
        name, contact = now["name"], now.get("contact")
        yield 12, role, self.plain(name)
        yield 13, role, self.plain(contact) if contact else self.words["none"]
        yield 14, role, f"{role}, {self.words['act_' + person['action']]}"
        yield 15, role, str(person["order"])
        yield 25, role, clock_of(instead[0]) if instead else self.words["none"]
        yield from ((number, role, text) for number, text in self._of_ceremony(role))

    def _of_ceremony(self, role: str) -> Iterator[tuple[int, str]]:
        opened, known = self.last("room_opened", role=role)["facts"], self.last("identified", role=role)["facts"]
        agreed, signed = self.last("consented", role=role), self.last("signed", role=role)
        wrong = len(self.all("access_denied", role=role))
        methods = ", ".join(self.words[f"by_{method}"] for method in known["methods"])
        yield 16, self.words["auth"].format(methods=methods, wrong=wrong) if methods else self.words["auth_none"]
        yield 17, agreed["facts"]["text_sha256"]
        yield 18, f"{clock_of(agreed)} ({agreed['facts']['language']})"
        shown = {(e["facts"]["document"], e["facts"]["page"]) for e in self.all("page_shown", role=role)}
        for one in self.last("frozen")["facts"]["documents"]:
            seen = sum(title == one["title"] for title, _ in shown)
            yield 19, self.words["pages_of"].format(document=one["title"], shown=seen, pages=one["pages"])
        yield 20, clock_of(signed)
        yield 21, self.words["sequence"].format(sequence=signed["sequence"], monotonic=signed["monotonic_ns"])
        yield 22, signed["facts"]["values_sha256"]
        yield 24, signed["facts"]["intent"]
        for mark in self.all("adopted", role=role):
            yield 23, f"{self.words[mark['facts']['capture']]}, {mark['facts']['mark_sha256']}"
        for spot in self.all("spot_pictured", role=role):
            assert spot["facts"]["sha256"] in self.certificate
        not_stated = self.words["not_stated"]
        yield 26, self.plain(opened["host"]) or not_stated
        yield 27, self.plain(known["how"]) or not_stated
        if "witness_of" in signed["facts"]:
            seen = {"role": signed["facts"]["witness_of"], "apart": signed["facts"]["apart_s"]}
            yield 27, self.words["witnessed"].format(**seen)
        yield 28, self.words[f"id_{known['evidence']}"]
        yield 29, self.plain(opened["place"]) or not_stated
        yield 30, self.words[opened["clock"]]
        for sealed in (e["facts"] for e in self.all("sealed", role=role)):
            told = {"level": sealed["level"], "certificate": sealed["certificate_sha256"]}
            yield 32, self.words["level"].format(**told)


def exported(house: House, envelope_id: str, folder: Path) -> Bundle:
    """Of a completed envelope."""
    files = {file.kind: file.path for file in exporting.export(house, envelope_id, folder)}
    text = subprocess.run(["pdftotext", "-raw", files["certificate"], "-"], capture_output=True, check=True).stdout
    return Bundle(
        json.loads(files["audit"].read_text("utf-8"))["events"],
        json.loads(files["personal"].read_text("utf-8"))["texts"],
        squeezed("\n".join(line for line in text.decode().splitlines() if "/" not in line[:6])),
        folder,
    )
