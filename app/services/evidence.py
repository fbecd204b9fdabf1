"""The thirty-two facts of a certificate of completion, read from the audit trail and from nothing else.

1–5 envelope, template, program, device; 6–11 each document; 12–25 each person; 26–30 what each handover was like;
31 the chain; 32 the level. Who holds the trail can check every one of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.domain.audit import Event, head_of
from app.domain.personal import revealed
from app.services.certificate_words import Words


@dataclass(frozen=True)
class Fact:
    """`number` as in the list above; `about` is a document's title, a role, or empty for the envelope."""

    number: int
    about: str
    text: str


@dataclass(frozen=True)
class Evidence:
    """A trail with its personal texts in their places, and the language to tell it in."""

    events: Sequence[Event]
    personal: Mapping[str, str]
    words: Words

    def facts(self) -> tuple[Fact, ...]:
        return (*self.of_envelope(), *self.of_documents(), *self.of_people(), *self.of_chain())

    def of_envelope(self) -> Iterator[Fact]:
        frozen, opened = self._last("frozen"), self._last("room_opened")
        template = " ".join(part for part in (frozen.get("template"), frozen.get("template_sha256")) if part)
        yield Fact(1, "", str(self.events[0].envelope))
        yield Fact(2, "", str(frozen.get("title", "")))
        yield Fact(3, "", template or self.words["none"])
        yield Fact(4, "", self._stated(opened, "program"))
        yield Fact(5, "", self._stated(opened, "device"))

    def of_documents(self) -> Iterator[Fact]:
        for one in self._last("frozen").get("documents", ()):
            title = one["title"]
            sealed = self._last("sealed", document=title)
            came_in = ", ".join((one["original"], *one.get("made_of", ())))
            rewritten = ", ".join(filter(None, (one["normalised"], one.get("edited"))))
            told = (title, one["pages"], came_in, rewritten, one["prepared"], sealed.get("sha256"))
            for number, value in enumerate(told, start=6):
                yield Fact(number, title, str(value) if value else self.words["none"])

    def of_people(self) -> Iterator[Fact]:
        for one in self._last("out").get("recipients", ()):
            role = one["role"]
            instead = self._last("delegated", role=role) or self._last("reassigned", role=role)
            yield Fact(12, role, str(instead.get("name") or one["name"]))
            yield Fact(13, role, str(instead.get("contact", "") if instead else one["contact"]) or self.words["none"])
            yield Fact(14, role, f"{role}, {self.words['act_' + one['action']]}")
            yield Fact(15, role, str(one["order"]))
            if self._last("room_opened", role=role):
                yield from self._of_ceremony(role)
            yield from self._of_ends(role)

    def of_chain(self) -> Iterator[Fact]:
        head = head_of(self.events)
        yield Fact(31, "", f"{self.words['events'].format(count=head.count)}: {head.sha256}")
        levels = {facts["level"] for facts in self._all("sealed")}
        yield Fact(32, "", ", ".join(sorted(levels)) or self.words["none"])

    def _of_ceremony(self, role: str) -> Iterator[Fact]:
        opened, known = self._last("room_opened", role=role), self._last("identified", role=role)
        agreed, signed = self._event("consented", role), self._event("signed", role)
        yield Fact(16, role, self._authentication(role, known))
        if agreed is not None:
            yield Fact(17, role, str(agreed.entry.facts["text_sha256"]))
            yield Fact(18, role, f"{when(agreed)} ({agreed.entry.facts['language']})")
        yield Fact(19, role, self._pages(role))
        if signed is not None:
            yield from self._of_act(role, signed)
        for number, key in ((26, "host"), (29, "place")):
            yield Fact(number, role, self._stated(opened, key))
        yield Fact(27, role, self._stated(known, "how"))
        yield Fact(28, role, self._identified_by(known))
        yield Fact(30, role, self._clock(role))

    def _of_act(self, role: str, signed: Event) -> Iterator[Fact]:
        facts = signed.entry.facts
        sequence = {"sequence": signed.sequence, "monotonic": signed.entry.moment.monotonic_ns}
        yield Fact(20, role, when(signed))
        yield Fact(21, role, self.words["sequence"].format(**sequence))
        yield Fact(22, role, str(facts["values_sha256"]))
        for mark in self._all("adopted", role=role):
            yield Fact(23, role, f"{self.words[mark['capture']]}, {mark['mark_sha256']}")
        for spot in self._all("spot_pictured", role=role):
            yield Fact(23, role, self.words["spot"].format(**spot))
        yield Fact(24, role, str(facts.get("intent", "")))
        if "witness_of" in facts:
            told = {"role": facts["witness_of"], "apart": facts["apart_s"]}
            yield Fact(27, role, self.words["witnessed"].format(**told))
        for sealed in self._all("sealed", role=role):
            told = {"level": sealed["level"], "certificate": sealed["certificate_sha256"]}
            yield Fact(32, role, self.words["level"].format(**told))

    def _of_ends(self, role: str) -> Iterator[Fact]:
        kinds = ("declined", "delegated", "reassigned")
        told = [
            f"{when(event)}: {self.words.sentence(event.entry.kind, self._facts(event))}"
            for event in self.events
            if event.entry.kind in kinds and event.entry.facts.get("role") == role
        ]
        yield Fact(25, role, "; ".join(told) or self.words["none"])

    def _authentication(self, role: str, known: Mapping[str, Any]) -> str:
        methods = ", ".join(self.words[f"by_{method}"] for method in known.get("methods", ()))
        wrong = len(list(self._all("access_denied", role=role)))
        return self.words["auth"].format(methods=methods, wrong=wrong) if methods else self.words["auth_none"]

    def _pages(self, role: str) -> str:
        shown = {(facts["document"], facts["page"]) for facts in self._all("page_shown", role=role)}
        parts = []
        for one in self._last("frozen").get("documents", ()):
            seen = sum(1 for title, _ in shown if title == one["title"])
            told = {"document": one["title"], "shown": seen, "pages": one["pages"]}
            parts.append(self.words["pages_of"].format(**told))
        looked = [page for facts in self._all("pages_seen", role=role) for page in facts["pages"]]
        if looked:
            parts.append(self.words["seconds_seen"].format(seconds=round(sum(page[2] for page in looked) / 1000)))
        return "; ".join(parts)

    def _identified_by(self, known: Mapping[str, Any]) -> str:
        kind = self.words[f"id_{known.get('evidence', 'other')}"]
        digits = known.get("digits")
        return f"{kind}, {self.words['digits'].format(digits=digits)}" if digits else kind

    def _clock(self, role: str) -> str:
        opened = self._event("room_opened", role)
        if opened is None:
            return self.words["unknown"]
        state = self.words[str(opened.entry.facts.get("clock", "unknown"))]
        return self.words["clock"].format(state=state, offset=offset(opened.entry.moment.offset_minutes))

    def _stated(self, facts: Mapping[str, Any], key: str) -> str:
        return str(facts.get(key) or self.words["not_stated"])

    def _facts(self, event: Event) -> dict[str, Any]:
        return revealed(self.personal, event.entry.facts)

    def _all(self, kind: str, **like: str) -> Iterator[dict[str, Any]]:
        for event in self.events:
            if event.entry.kind == kind and all(event.entry.facts.get(key) == value for key, value in like.items()):
                yield self._facts(event)

    def _last(self, kind: str, **like: str) -> dict[str, Any]:
        """The newest of its kind; empty when it never happened."""
        found: dict[str, Any] = {}
        for found in self._all(kind, **like):  # noqa: B007 - the last one is wanted
            pass
        return found

    def _event(self, kind: str, role: str) -> Event | None:
        mine = [e for e in self.events if e.entry.kind == kind and e.entry.facts.get("role") == role]
        return mine[-1] if mine else None


def when(event: Event) -> str:
    """In the signer's own time, with its distance from UTC."""
    moment = event.entry.moment
    local = moment.wall + timedelta(minutes=moment.offset_minutes)
    return f"{local:%Y-%m-%d %H:%M:%S} UTC{offset(moment.offset_minutes)}"


def offset(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
