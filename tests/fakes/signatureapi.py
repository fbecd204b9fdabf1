"""SignatureAPI as its contract has it: uploads, envelopes, recipients, ceremonies, deliverables, events."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from tests.fakes import papers
from tests.fakes import signatureapi_shapes as shapes
from tests.fakes.checking import Complaint, digits, obj, one_of, text
from tests.fakes.fake import Asked, Fake, Route
from tests.support.http_server import Plain, Seen, as_json

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_UPLOAD = 5_242_880
PROCESSING = timedelta(seconds=3)
FINAL = ("completed", "failed", "canceled")
DONE = ("completed", "rejected", "replaced", "failed")
PAGES = {"limit": digits(1, 100), "cursor": digits(0)}
T = TypeVar("T")

SLUGS = {401: "invalid-api-key", 404: "not-found", 409: "conflict", 422: "validation-error"}


@dataclass
class Recipient:
    """`replaced` ones stay."""

    id: str
    given: dict[str, Any]
    ceremony: dict[str, Any] | None
    status: str = "pending"
    changed_at: str = ""
    completed_at: str | None = None
    resent: list[datetime] = field(default_factory=list)


@dataclass
class Envelope:
    """With what was uploaded for it, in the order of its documents."""

    id: str
    mode: str
    given: dict[str, Any]
    papers: list[bytes]
    recipients: list[Recipient]
    created: datetime
    status: str = "processing"
    captures: dict[str, Any] = field(default_factory=dict)
    completed_at: str | None = None
    deliverables: list[dict[str, Any]] = field(default_factory=list)

    @property
    def waiting(self) -> list[Recipient]:
        return [one for one in self.recipients if one.status not in DONE]


def wait_after(tries: int) -> timedelta:
    """Until a recipient may be reminded again."""
    return timedelta(minutes=15) if tries <= 3 else timedelta(hours=1) if tries <= 6 else timedelta(days=1)


class SignatureApi(Fake):
    """The key decides about test and live, and each sees only its own."""

    name = "signatureapi"
    bases = ("/v1",)
    usual_key = "key_test_" + "0123456789abcdef"
    routes = (
        Route("POST", "/uploads", "uploaded", raw=("application/pdf", DOCX)),
        Route("GET", "/uploads/{id}", "upload_read", "upload"),
        Route("POST", "/envelopes", "created", body=shapes.ENVELOPE),
        Route(
            "GET",
            "/envelopes",
            "listed",
            query={
                **PAGES,
                "topic": text(1),
                "status": one_of("draft", "processing", "in_progress", *FINAL),
            },
        ),
        Route("GET", "/envelopes/{id}", "read", "envelope"),
        Route("PATCH", "/envelopes/{id}", "updated", "envelope", body=obj({"label!": text(0, 500)})),
        Route("DELETE", "/envelopes/{id}", "deleted", "envelope"),
        Route("POST", "/envelopes/{id}/cancel", "canceled", "envelope", body=obj({"reason": text(0, 2000)})),
        Route("POST", "/envelopes/{id}/deliverables", "ordered", "envelope", body=obj(shapes.DELIVERABLE)),
        Route("GET", "/envelopes/{id}/deliverables", "deliverables", "envelope"),
        Route("GET", "/envelopes/{id}/events", "envelope_events", "envelope", query=PAGES),
        Route("GET", "/deliverables/{id}", "deliverable_read", "deliverable"),
        Route("GET", "/events", "all_events", query=PAGES),
        Route("GET", "/recipients/{id}", "recipient_read", "recipient"),
        Route("GET", "/recipients/{id}/events", "recipient_events", "recipient", query=PAGES),
        Route("POST", "/recipients/{id}/ceremonies", "ceremony_made", "recipient", body=obj(shapes.CEREMONY)),
        Route("POST", "/recipients/{id}/replace", "replaced", "recipient", body=shapes.REPLACE),
        Route("POST", "/recipients/{id}/resend", "resent", "recipient"),
        Route("GET", "/senders", "senders_listed", query=PAGES),
        Route("POST", "/senders", "sender_made", body=shapes.SENDER),
        Route("DELETE", "/senders/{id}", "sender_deleted", "sender"),
    )

    def __init__(self, key: str = "", **more: Any) -> None:
        super().__init__(key, **more)
        self.live_key = self.key.replace("test", "live")
        self.live_mode = True
        self.uploads: dict[str, dict[str, Any]] = {}
        self.contents: dict[str, bytes] = {}
        self.envelopes: dict[str, Envelope] = {}
        self.events: list[dict[str, Any]] = []
        self.senders: dict[str, dict[str, Any]] = {}

    # -- who may what ------------------------------------------------------------------------------------------------

    def knows(self, seen: Seen) -> bool:
        given = seen.headers.get("x-api-key")
        return given == self.key or (given == self.live_key and self.live_mode)

    def refusal(self, status: int, message: str, complaints: Sequence[Complaint] = ()) -> Plain:
        kind = f"https://signatureapi.com/docs/v1/errors/{SLUGS.get(status, 'error')}"
        said: dict[str, Any] = {"type": kind, "title": message, "status": status, "detail": message}
        if complaints:
            said["errors"] = [str(one) for one in complaints]
        return as_json(said, status, Content_Type="application/problem+json")

    def mode(self, asked: Asked) -> str:
        return "test" if asked.seen.headers["x-api-key"] == self.key else "live"

    def upload(self, asked: Asked) -> dict[str, Any]:
        return self._known(self.uploads, asked, "upload")

    def sender(self, asked: Asked) -> dict[str, Any]:
        return self._known(self.senders, asked, "sender")

    def envelope(self, asked: Asked) -> Envelope:
        own = {key: one for key, one in self.envelopes.items() if one.mode == self.mode(asked)}
        return self._known(own, asked, "envelope")

    def recipient(self, asked: Asked) -> tuple[Envelope, Recipient]:
        mine = [one for one in self.envelopes.values() if one.mode == self.mode(asked)]
        return self._known({each.id: (one, each) for one in mine for each in one.recipients}, asked, "recipient")

    def deliverable(self, asked: Asked) -> dict[str, Any]:
        mine = [one for one in self.envelopes.values() if one.mode == self.mode(asked)]
        return self._known({each["id"]: each for one in mine for each in one.deliverables}, asked, "deliverable")

    def _known(self, store: Mapping[str, T], asked: Asked, what: str) -> T:
        if asked.at["id"] not in store:
            raise self.refuse(404, f"No such {what}.")
        return store[asked.at["id"]]

    # -- uploads and envelopes ---------------------------------------------------------------------------------------

    def uploaded(self, asked: Asked) -> Plain:
        if len(asked.file) > MOST_UPLOAD:
            raise self.invalid_at("body", f"must have at most {MOST_UPLOAD} bytes")
        asked.gate()
        made = {
            "id": f"upl_{self.token('upload')}",
            "retention": "temporary",
            "format": "pdf" if asked.seen.headers["content-type"] == "application/pdf" else "docx",
            "sha_256": hashlib.sha256(asked.file).hexdigest(),
            "size": len(asked.file),
            "created_at": self.stamp(places=3),
            "expires_at": self.stamp(self.now + timedelta(days=1), places=3),
        }
        made["url"] = f"https://uploads.signatureapi.com/{made['id']}"
        self.uploads[str(made["id"])] = made
        self.contents[str(made["url"])] = asked.file
        return as_json(made, 201, Location=f"/v1/uploads/{made['id']}")

    def upload_read(self, asked: Asked) -> Plain:
        return as_json(asked.found)

    def created(self, asked: Asked) -> Plain:
        data = asked.data
        contents = [self._content(number, one) for number, one in enumerate(data["documents"])]
        self._judge(data)
        for number, (one, content) in enumerate(zip(data["documents"], contents, strict=True)):
            self._judge_places(f"documents[{number}]", one, content)
        asked.gate()
        identifier = str(uuid.UUID(self.token("envelope", 32)))
        people = [self._recipient(one) for one in data["recipients"]]
        made = Envelope(identifier, self.mode(asked), data, contents, people, self.now)
        self.envelopes[identifier] = made
        self._event("envelope.created", made)
        return as_json(self._told(made), 201, Location=f"/v1/envelopes/{identifier}")

    def _content(self, number: int, document: dict[str, Any]) -> bytes:
        path, upload = f"documents[{number}].url", document["url"].rpartition("/")[2]
        if document["url"] not in self.contents:
            raise self.invalid_at(path, "is at no known store of files")
        kept = self.uploads.get(upload)
        if kept and datetime.fromisoformat(kept["expires_at"]) <= self.now:
            raise self.invalid_at(path, "has expired")
        if kept and kept["format"] != document["format"]:
            raise self.invalid_at(f"documents[{number}].format", "must be that of the file")
        return self.contents[document["url"]]

    def _judge(self, data: dict[str, Any]) -> None:
        keys = [one["key"] for one in data["recipients"]]
        if len(set(keys)) < len(keys):
            raise self.invalid_at("recipients", "must have keys of their own")
        if not any(one["type"] in ("signer", "automatic_signer") for one in data["recipients"]):
            raise self.invalid_at("recipients", "must have a signer")
        for number, one in enumerate(data["documents"]):
            for index, place in enumerate(one.get("places", [])):
                path = f"documents[{number}].places[{index}]"
                if place.get("recipient_key", keys[0]) not in keys:
                    raise self.invalid_at(f"{path}.recipient_key", "is nobody's")
                if place["type"] in shapes.INPUTS and data.get("routing") == "parallel" and len(keys) > 1:
                    raise self.invalid_at(path, "needs sequential routing")

    def _judge_places(self, path: str, document: dict[str, Any], content: bytes) -> None:
        if document["format"] == "docx":
            return
        try:
            pages, written = papers.sizes(content), papers.words(content)
        except ValueError:
            raise self.refuse(422, "cannot-parse-document", Complaint(path, "cannot be parsed")) from None
        places = {one["key"]: one for one in document.get("places", [])}
        fixed = document.get("fixed_positions", [])
        if lost := {one["place_key"] for one in fixed} - set(places):
            raise self.invalid_at(f"{path}.fixed_positions", f"names no place: {sorted(lost)[0]}")
        for key in set(places) - {one["place_key"] for one in fixed}:
            if f"[[{key}]]" not in written:
                raise self.invalid_at(f"{path}.places", f"is nowhere in the document: {key}")
        for index, one in enumerate(fixed):
            self._judge_box(f"{path}.fixed_positions[{index}]", one, places[one["place_key"]], pages)

    def _judge_box(self, path: str, at: dict[str, Any], place: dict[str, Any], pages: list[Any]) -> None:
        """`top` is that of the lower edge."""
        if at["page"] > len(pages):
            raise self.invalid_at(path, "is on no page")
        width, height = pages[at["page"] - 1]
        usual = {"signature": 60, "initials": 60, "checkbox": 20}.get(place["type"], 12)
        tall = place.get("height", usual)
        wide = tall * 2.5 if place["type"] == "signature" else place.get("width", 0)
        if at["top"] - tall < 0 or at["top"] > height or at["left"] + wide > width:
            raise self.invalid_at(path, "is not inside the page")

    def _recipient(self, given: dict[str, Any]) -> Recipient:
        manual = given.get("ceremony_creation") == "manual"
        ceremony = given.get("ceremony") or {"authentication": [{"type": "email_link"}]}
        made = None if manual else self._ceremony(ceremony)
        return Recipient(f"re_{self.token('recipient')}", given, made, changed_at=self.stamp(places=3))

    def _ceremony(self, given: dict[str, Any]) -> dict[str, Any]:
        overrides: dict[str, Any] = {"subject_override": None, "message_override": None}
        methods = [{**overrides, **one} if one["type"] == "email_link" else one for one in given["authentication"]]
        short = given.get("url_variant") == "short"
        token = self.token("ceremony", 12 if short else 48)
        url = f"https://sign.signatureapi.com/{'s/' if short else 'en/start?token='}{token}"
        usual: dict[str, Any] = {
            "embeddable_in": [],
            "redirect_url": None,
            "redirect_delay": 3,
            "url_variant": "standard",
        }
        return {**usual, **given, "authentication": methods, "url": None if methods[0]["type"] == "email_link" else url}

    # -- reading -----------------------------------------------------------------------------------------------------

    def _told(self, one: Envelope) -> dict[str, Any]:
        usual: dict[str, Any] = {"label": None, "message": None, "topics": [], "metadata": {}, "routing": "sequential"}
        kept = {name: value for name, value in one.given.items() if name not in ("documents", "recipients")}
        documents = [
            {
                **document,
                "id": f"doc_{one.id[:8]}_{number}",
                "envelope_id": one.id,
                "page_count": len(papers.sizes(content)) if document["format"] == "pdf" else 1,
            }
            for number, (document, content) in enumerate(zip(one.given["documents"], one.papers, strict=True))
        ]
        return {
            **usual,
            **kept,
            "id": one.id,
            "mode": one.mode,
            "status": one.status,
            "documents": documents,
            "recipients": [self._recipient_told(one, each) for each in one.recipients],
            "captures": one.captures,
            "created_at": self.stamp(one.created, places=3),
            "completed_at": one.completed_at,
        }

    def _recipient_told(self, envelope: Envelope, one: Recipient) -> dict[str, Any]:
        usual: dict[str, Any] = {
            "delivery_type": "email",
            "ceremony_creation": "automatic",
            "signature_options": ["typed", "drawn"],
        }
        return {
            **usual,
            **one.given,
            "id": one.id,
            "envelope_id": envelope.id,
            "status": one.status,
            "status_updated_at": one.changed_at,
            "completed_at": one.completed_at,
            "ceremony": one.ceremony,
        }

    def listed(self, asked: Asked) -> Plain:
        wanted, topic = asked.query.get("status"), asked.query.get("topic")
        found = [
            self._told(one)
            for one in reversed(self.envelopes.values())
            if one.mode == self.mode(asked)
            and wanted in (None, one.status)
            and (topic is None or topic in one.given.get("topics", []))
        ]
        return self._page(found, asked)

    def read(self, asked: Asked) -> Plain:
        return as_json(self._told(asked.found))

    def recipient_read(self, asked: Asked) -> Plain:
        return as_json(self._recipient_told(*asked.found))

    def _page(self, found: list[Any], asked: Asked) -> Plain:
        size, start = int(asked.query.get("limit", 20)), int(asked.query.get("cursor", 0))

        def link(cursor: int) -> str | None:
            return f"{self.origin}{asked.seen.path}?limit={size}&cursor={cursor}" if 0 <= cursor < len(found) else None

        links = {"next": link(start + size), "previous": link(start - size)}
        return as_json({"links": links, "data": found[start : start + size]})

    def all_events(self, asked: Asked) -> Plain:
        return self._page(list(self._events(asked, None)), asked)

    def envelope_events(self, asked: Asked) -> Plain:
        return self._page(list(self._events(asked, asked.found.id)), asked)

    def recipient_events(self, asked: Asked) -> Plain:
        return self._page(list(self._events(asked, asked.found[1].id)), asked)

    def _events(self, asked: Asked, about: str | None) -> Iterator[dict[str, Any]]:
        for one in reversed(self.events):
            mine = self.envelopes[one["data"]["envelope_id"]].mode == self.mode(asked)
            if mine and about in (None, one["data"]["envelope_id"], one["data"]["object_id"]):
                yield one

    def _event(self, kind: str, envelope: Envelope, one: Recipient | None = None, **more: Any) -> None:
        about = {"recipient_type": one.given["type"], "recipient_key": one.given["key"]} if one else {}
        data = {
            "object_id": one.id if one else envelope.id,
            "object_type": kind.partition(".")[0],
            "envelope_id": envelope.id,
            "envelope_metadata": envelope.given.get("metadata", {}),
            **about,
            **more,
        }
        event = {"id": f"evt_{self.token('event')}", "type": kind, "timestamp": self.stamp(places=3), "data": data}
        self.events.append(event)

    # -- changing ----------------------------------------------------------------------------------------------------

    def updated(self, asked: Asked) -> Plain:
        asked.gate()
        asked.found.given |= asked.data
        return as_json(self._told(asked.found))

    def deleted(self, asked: Asked) -> Plain:
        if asked.found.status not in FINAL:
            raise self.refuse(409, "The envelope is not in a final state.")
        asked.gate()
        del self.envelopes[asked.found.id]
        self.events = [one for one in self.events if one["data"]["envelope_id"] != asked.found.id]
        return Plain(204)

    def canceled(self, asked: Asked) -> Plain:
        self._expect_open(asked.found)
        asked.gate()
        asked.found.status = "canceled"
        self._end_ceremonies(asked.found)
        self._event("envelope.canceled", asked.found, reason=asked.data.get("reason"))
        return as_json(self._told(asked.found))

    def _expect_open(self, envelope: Envelope) -> None:
        if envelope.status != "in_progress":
            raise self.refuse(409, f"The envelope is {envelope.status}.")

    def _end_ceremonies(self, envelope: Envelope) -> None:
        for one in envelope.recipients:
            if one.ceremony:
                one.ceremony["url"] = None

    def ceremony_made(self, asked: Asked) -> Plain:
        envelope, one = asked.found
        if one.status in DONE or envelope.status in FINAL:
            raise self.refuse(409, "The recipient has no more to do.")
        asked.gate()
        one.ceremony = self._ceremony(asked.data)
        return as_json(one.ceremony, 201)

    def replaced(self, asked: Asked) -> Plain:
        envelope, old = asked.found
        if old.status in DONE or envelope.status in FINAL:
            raise self.refuse(409, "The recipient cannot be replaced.")
        asked.gate()
        new = self._recipient({**old.given, **asked.data})
        new.status = old.status
        self._moved(old, "replaced")
        envelope.recipients.insert(envelope.recipients.index(old), new)
        self._event("recipient.replaced", envelope, old)
        return as_json(self._recipient_told(envelope, new), 201, Location=f"/v1/recipients/{new.id}")

    def resent(self, asked: Asked) -> Plain:
        envelope, one = asked.found
        self._expect_open(envelope)
        if one.status not in ("sent", "soft_bounced") or len(one.resent) >= 10:
            raise self.refuse(409, "Nothing can be sent to this recipient.")
        if one.resent and self.now < one.resent[-1] + wait_after(len(one.resent)):
            raise self.refuse(429, "Too early.")
        asked.gate()
        one.resent.append(self.now)
        self._event("recipient.resent", envelope, one)
        return as_json({"can_resend_at": self.stamp(self.now + wait_after(len(one.resent)), places=3)})

    def ordered(self, asked: Asked) -> Plain:
        if asked.found.status != "completed":
            raise self.refuse(409, "The envelope is not completed.")
        asked.gate()
        made = self._deliverable(asked.found, asked.data)
        return as_json(self._fresh(asked.found, made), 201, Location=f"/v1/deliverables/{made['id']}")

    def _deliverable(self, envelope: Envelope, given: dict[str, Any]) -> dict[str, Any]:
        hidden = {"password": "********"} if "password" in given else {"password": None}
        usual: dict[str, Any] = {
            "type": "standard",
            "name": envelope.given["title"],
            "language": "en",
            "included_documents": None,
        }
        made = {
            **usual,
            **given,
            **hidden,
            "id": f"del_{self.token('deliverable')}",
            "envelope_id": envelope.id,
            "status": "pending",
            "url": None,
            "created_at": self.stamp(places=3),
            "generated_at": None,
        }
        envelope.deliverables.append(made)
        return made

    def _fresh(self, envelope: Envelope, one: dict[str, Any]) -> dict[str, Any]:
        """A read brings a link that lives for an hour from now."""
        if one["status"] != "generated":
            return one
        mark = f"{one['type']} deliverable of {envelope.id}"
        return {**one, "url": self.link(papers.marked(envelope.papers[0], mark))}

    def deliverables(self, asked: Asked) -> Plain:
        return as_json({"data": [self._fresh(asked.found, one) for one in asked.found.deliverables]})

    def deliverable_read(self, asked: Asked) -> Plain:
        return as_json(self._fresh(self.envelopes[asked.found["envelope_id"]], asked.found))

    def senders_listed(self, asked: Asked) -> Plain:
        return self._page(list(self.senders.values()), asked)

    def sender_made(self, asked: Asked) -> Plain:
        asked.gate()
        made = {"id": f"snd_{self.token('sender')}", **asked.data}
        self.senders[made["id"]] = made
        return as_json(made, 201)

    def sender_deleted(self, asked: Asked) -> Plain:
        asked.gate()
        del self.senders[asked.found["id"]]
        return Plain(204)

    # -- what time and people do -------------------------------------------------------------------------------------

    def tick(self) -> None:
        for one in self.envelopes.values():
            if one.status == "processing" and self.now >= one.created + PROCESSING:
                one.status = "in_progress"
                self._event("envelope.started", one)
                self._send_next(one)
            for each in one.deliverables:
                if each["status"] == "pending":
                    each |= {"status": "generated", "generated_at": self.stamp(places=3)}
                    self._event("deliverable.generated", one)

    def _send_next(self, envelope: Envelope) -> None:
        """All of a parallel envelope, else the first who is waiting; the others await their turn."""
        parallel = envelope.given.get("routing") == "parallel"
        for number, one in enumerate(envelope.waiting):
            if number and not parallel:
                self._moved(one, "awaiting")
            elif one.status in ("pending", "awaiting"):
                self._event("recipient.released", envelope, one)
                if one.given.get("delivery_type") != "none":
                    self._moved(one, "sent")
                    self._event("recipient.sent", envelope, one)
                else:
                    self._moved(one, "pending")

    def _moved(self, one: Recipient, status: str) -> None:
        one.status, one.changed_at = status, self.stamp(places=3)

    def view(self, email: str = "") -> None:
        envelope, one = self._person(email)
        self._event("recipient.viewed", envelope, one)

    def sign(self, email: str = "", values: dict[str, Any] | None = None) -> None:
        """The last envelope and its next recipient, where none is named; `values` by `capture_as`."""
        envelope, one = self._person(email)
        envelope.captures |= values or {}
        self._moved(one, "completed")
        one.completed_at = self.stamp(places=3)
        if one.ceremony:
            one.ceremony["url"] = None
        self._event("recipient.completed", envelope, one)
        if envelope.waiting:
            self._send_next(envelope)
            return
        if all(each.status in ("completed", "replaced") for each in envelope.recipients):
            envelope.status, envelope.completed_at = "completed", self.stamp(places=3)
            self._event("envelope.completed", envelope)
            self._deliverable(envelope, envelope.given.get("deliverable", {}))

    def decline(self, email: str = "", reason: str = "") -> None:
        """The envelope stays as it is."""
        envelope, one = self._person(email)
        self._moved(one, "rejected")
        self._event("recipient.rejected", envelope, one, reason=reason)

    def _person(self, email: str) -> tuple[Envelope, Recipient]:
        envelope = list(self.envelopes.values())[-1]
        assert envelope.status == "in_progress", f"the envelope is {envelope.status}"
        able = [one for one in envelope.waiting if one.status != "awaiting"]
        named = [one for one in able if email in ("", one.given["email"])]
        assert named, "it is nobody's turn who has that e-mail"
        assert named[0].ceremony, "this recipient has no ceremony"
        return envelope, named[0]
