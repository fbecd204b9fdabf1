"""Documenso's envelopes as its OpenAPI document has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.fakes import papers
from tests.fakes.bodies import Unfit, files_of
from tests.fakes.checking import (
    Check,
    Complaint,
    anything,
    array,
    digits,
    email,
    flag,
    mapping,
    number,
    obj,
    one_of,
    text,
    whole,
)
from tests.fakes.fake import Asked, Fake, Route
from tests.support.http_server import Plain, Seen, as_json, as_pdf

TYPES = ("SIGNATURE", "INITIALS", "NAME", "EMAIL", "DATE", "TEXT", "NUMBER", "RADIO", "CHECKBOX", "DROPDOWN")
PERCENT = number(0, 100)
META = {
    "type!": one_of(*map(str.lower, TYPES)),
    "label": text(),
    "placeholder": text(),
    "required": flag,
    "readOnly": flag,
    "fontSize": number(8, 96),
    "values": array(obj({"id": whole(1), "checked": flag, "value": text()})),
}
FIELD = {
    "type!": one_of(*TYPES),
    "fieldMeta": obj(META),
    "identifier": anything,
    "page!": whole(1),
    "positionX!": PERCENT,
    "positionY!": PERCENT,
    "width!": PERCENT,
    "height!": PERCENT,
}
RECIPIENT = {
    "email!": email,
    "name!": text(0, 255),
    "role!": one_of("CC", "SIGNER", "VIEWER", "APPROVER", "ASSISTANT"),
    "signingOrder": number(),
    "accessAuth": array(text()),
    "actionAuth": array(text()),
    "fields": array(obj(FIELD)),
}
DAYS = obj({"unit!": one_of("day", "week", "month", "year"), "amount!": whole(1)})
ENVELOPE_META = {
    "subject": text(0, 254),
    "message": text(0, 5000),
    "signingOrder": one_of("PARALLEL", "SEQUENTIAL"),
    "distributionMethod": one_of("EMAIL", "NONE"),
    "redirectUrl": text(),
    "envelopeExpirationPeriod": DAYS,
}
PAYLOAD = obj(
    {
        "title!": text(1, 255),
        "type!": one_of("DOCUMENT", "TEMPLATE"),
        "externalId": text(0, 255),
        "recipients": array(obj(RECIPIENT)),
        "meta": obj(ENVELOPE_META),
        "attachments": array(mapping()),
    }
)
LIST = {
    "query": text(),
    "page": digits(1),
    "perPage": digits(1, 100),
    "type": one_of("DOCUMENT", "TEMPLATE"),
    "status": one_of("DRAFT", "PENDING", "COMPLETED", "REJECTED", "CANCELLED"),
    "orderByColumn": one_of("createdAt"),
    "orderByDirection": one_of("asc", "desc"),
}
ONE: dict[str, Check] = {"envelopeId!": text(1)}


@dataclass
class Envelope:
    """`items` are the files by their ids."""

    id: str
    given: dict[str, Any]
    people: list[dict[str, Any]]
    items: dict[str, bytes]
    made: datetime
    status: str = "DRAFT"
    log: list[dict[str, Any]] = field(default_factory=list)

    @property
    def meta(self) -> dict[str, Any]:
        found: dict[str, Any] = self.given.get("meta", {})
        return found

    def turn(self) -> list[dict[str, Any]]:
        waiting = [one for one in self.people if one["signingStatus"] == "NOT_SIGNED"]
        if self.meta.get("signingOrder", "PARALLEL") == "PARALLEL" or not waiting:
            return waiting
        first = min(one["signingOrder"] for one in waiting)
        return [one for one in waiting if one["signingOrder"] == first]


class Documenso(Fake):
    """`mails` are who was written to, in order."""

    name = "documenso"
    bases = ("/api/v2",)
    usual_key = "api_0123456789abcdef"
    invalid = 400
    routes = (
        Route("GET", "/envelope", "listed", query=LIST),
        Route("POST", "/envelope/create", "created", body=PAYLOAD, file="files"),
        Route("POST", "/envelope/distribute", "distributed", "named", body=obj({**ONE, "meta": mapping()})),
        Route(
            "POST", "/envelope/redistribute", "reminded", "named", body=obj({**ONE, "recipients!": array(whole(1), 1)})
        ),
        Route("POST", "/envelope/cancel", "cancelled", "named", body=obj({**ONE, "reason": text()})),
        Route("POST", "/envelope/delete", "deleted", "named", body=obj(ONE)),
        Route("GET", "/envelope/item/{item}/download", "item", "item_found", query={"version": text()}),
        Route("GET", "/envelope/{id}", "read", "envelope"),
        Route("GET", "/envelope/{id}/audit-log", "audit", "envelope", query=LIST),
        Route("GET", "/envelope/{id}/certificate/download", "certificate", "envelope"),
    )

    def __init__(self, key: str = "", **more: Any) -> None:
        super().__init__(key, **more)
        self.envelopes: dict[str, Envelope] = {}
        self.mails: list[str] = []

    def knows(self, seen: Seen) -> bool:
        return seen.headers.get("authorization") == self.key

    def refusal(self, status: int, message: str, complaints: Sequence[Complaint] = ()) -> Plain:
        issues = [{"message": f"{one.path}: {one.problem}"} for one in complaints]
        return as_json({"message": message, "code": str(status), "issues": issues}, status)

    def _read(self, asked: Asked) -> None:
        """The one body that is a `payload` with several files of one name."""
        if asked.route.do != "created":
            super()._read(asked)
            return
        try:
            asked.data, files = files_of(asked.seen, "payload", "files")
        except Unfit as unfit:
            raise self.refuse(400, str(unfit)) from None
        if complaints := list(PAYLOAD(asked.data, "payload")):
            raise self.refuse(400, "Input validation failed", *complaints)
        asked.found = files

    # -- what a path, or a body, names -------------------------------------------------------------------------------

    def envelope(self, asked: Asked) -> Envelope:
        return self._envelope(asked.at["id"])

    def _envelope(self, identifier: str) -> Envelope:
        if identifier not in self.envelopes:
            raise self.refuse(404, "Envelope not found")
        return self.envelopes[identifier]

    def named(self, asked: Asked) -> None:
        """Its id stands in the body, which is read later."""

    def item_found(self, asked: Asked) -> tuple[Envelope, bytes]:
        for one in self.envelopes.values():
            if asked.at["item"] in one.items:
                return one, one.items[asked.at["item"]]
        raise self.refuse(404, "Envelope item not found")

    # -- envelopes ---------------------------------------------------------------------------------------------------

    def created(self, asked: Asked) -> Plain:
        files: list[bytes] = asked.found
        pages = [self._sizes(one, at) for at, one in enumerate(files)]
        for at, person in enumerate(asked.data.get("recipients", [])):
            for index, placed in enumerate(person.get("fields", [])):
                self._placed(placed, pages, f"payload.recipients[{at}].fields[{index}]")
        asked.gate()
        made = Envelope(
            f"envelope_{self.token('envelope', 12)}",
            asked.data,
            [self._person(one) for one in asked.data.get("recipients", [])],
            {f"envelope_item_{self.token('item', 12)}": one for one in files},
            self.now,
        )
        self.envelopes[made.id] = made
        self._note(made, "DOCUMENT_CREATED")
        return as_json({"id": made.id})

    def _sizes(self, data: bytes, at: int) -> list[tuple[float, float]]:
        try:
            return papers.sizes(data)
        except ValueError:
            raise self.invalid_at(f"files[{at}]", "must be a PDF") from None

    def _placed(self, one: dict[str, Any], pages: list[list[tuple[float, float]]], path: str) -> None:
        at = one.get("identifier", 0)
        if not isinstance(at, int) or at >= len(pages) or one["page"] > len(pages[at]):
            raise self.invalid_at(path, "is on no page")
        if one["positionX"] + one["width"] > 100.01 or one["positionY"] + one["height"] > 100.01:
            raise self.invalid_at(path, "must be inside the page")
        if one.get("fieldMeta", {}).get("type", one["type"].lower()) != one["type"].lower():
            raise self.invalid_at(f"{path}.fieldMeta.type", "is of another kind")

    def _person(self, given: dict[str, Any]) -> dict[str, Any]:
        token = self.token("person", 16)
        return {
            "id": self.count("person"),
            "name": given["name"],
            "email": given["email"],
            "role": given["role"],
            "token": token,
            "signingOrder": given.get("signingOrder"),
            "readStatus": "NOT_OPENED",
            "signingStatus": "NOT_SIGNED",
            "sendStatus": "NOT_SENT",
            "signedAt": None,
            "expired": None,
            "rejectionReason": None,
        }

    def distributed(self, asked: Asked) -> Plain:
        one = self._envelope(asked.data["envelopeId"])
        if one.status != "DRAFT":
            raise self.refuse(400, f"Cannot distribute an envelope that is {one.status}")
        asked.gate()
        one.status = "PENDING"
        self._note(one, "DOCUMENT_SENT")
        self._mail(one)
        return as_json({"success": True, "id": one.id, "recipients": list(map(self._with_link, one.people))})

    def _with_link(self, person: dict[str, Any]) -> dict[str, Any]:
        keys = ("id", "name", "email", "token", "role", "signingOrder")
        return {**{key: person[key] for key in keys}, "signingUrl": f"https://documenso.example/sign/{person['token']}"}

    def _mail(self, one: Envelope) -> None:
        for person in one.turn():
            if person["sendStatus"] == "NOT_SENT":
                person["sendStatus"] = "SENT"
                self.mails.append(person["email"])
                self._note(one, "EMAIL_SENT", email=person["email"])

    def _note(self, one: Envelope, kind: str, **more: Any) -> None:
        entry = {"id": f"log_{self.count('log'):04}", "envelopeId": one.id, "type": kind, "data": {}}
        one.log.append({**entry, "createdAt": self.stamp(places=3), "ipAddress": "10.0.0.1", **more})

    def _told(self, one: Envelope) -> dict[str, Any]:
        items = [{"id": name, "title": name, "order": at} for at, name in enumerate(one.items, 1)]
        return {
            "id": one.id,
            "status": one.status,
            "type": one.given["type"],
            "title": one.given["title"],
            "externalId": one.given.get("externalId"),
            "createdAt": self.stamp(one.made, places=3),
            "recipients": one.people,
            "envelopeItems": items,
        }

    def listed(self, asked: Asked) -> Plain:
        page, size = int(asked.query.get("page", 1)), int(asked.query.get("perPage", 10))
        wanted = asked.query.get("query", "").casefold()
        found = [one for one in reversed(self.envelopes.values()) if wanted in one.given["title"].casefold()]
        shown = [self._told(one) for one in found[(page - 1) * size : page * size]]
        pages = -(-len(found) // size)
        return as_json({"data": shown, "count": len(found), "currentPage": page, "perPage": size, "totalPages": pages})

    def read(self, asked: Asked) -> Plain:
        return as_json(self._told(asked.found))

    def audit(self, asked: Asked) -> Plain:
        newest = list(reversed(asked.found.log))
        return as_json({"data": newest, "count": len(newest), "currentPage": 1, "perPage": 100, "totalPages": 1})

    def cancelled(self, asked: Asked) -> Plain:
        one = self._envelope(asked.data["envelopeId"])
        if one.status != "PENDING":
            raise self.refuse(400, f"Cannot cancel an envelope that is {one.status}")
        asked.gate()
        one.status = "CANCELLED"
        self._note(one, "DOCUMENT_CANCELLED")
        return as_json({"success": True})

    def deleted(self, asked: Asked) -> Plain:
        one = self._envelope(asked.data["envelopeId"])
        asked.gate()
        del self.envelopes[one.id]
        return as_json({"success": True})

    def reminded(self, asked: Asked) -> Plain:
        one = self._envelope(asked.data["envelopeId"])
        waiting = {person["id"]: person for person in one.people if person["signingStatus"] == "NOT_SIGNED"}
        if one.status != "PENDING" or not set(asked.data["recipients"]) <= set(waiting):
            raise self.refuse(400, "Nobody of these is to sign")
        asked.gate()
        people = [waiting[each] for each in asked.data["recipients"]]
        self.mails += [person["email"] for person in people]
        return as_json({"success": True, "id": one.id, "recipients": list(map(self._with_link, people))})

    def item(self, asked: Asked) -> Plain:
        one, data = asked.found
        if asked.query.get("version", "signed") == "original":
            return as_pdf(data)
        if one.status != "COMPLETED":
            raise self.refuse(400, "The envelope is not completed")
        return as_pdf(papers.marked(data, f"Signed at Documenso {one.id}"))

    def certificate(self, asked: Asked) -> Plain:
        if asked.found.status != "COMPLETED":
            raise self.refuse(400, "The envelope is not completed")
        return as_pdf(papers.made(1, f"Certificate of {asked.found.id}"))

    # -- what people and time do -------------------------------------------------------------------------------------

    def tick(self) -> None:
        for one in self.envelopes.values():
            period = one.meta.get("envelopeExpirationPeriod")
            if one.status == "PENDING" and period and self.now >= one.made + timedelta(days=period["amount"]):
                for person in one.turn():
                    person["expired"] = person["expired"] or self.stamp(places=3)

    def view(self) -> None:
        one, person = self._next()
        person["readStatus"] = "OPENED"
        self._note(one, "DOCUMENT_OPENED", email=person["email"])

    def sign(self) -> None:
        one, person = self._next()
        person |= {"readStatus": "OPENED", "signingStatus": "SIGNED", "signedAt": self.stamp(places=3)}
        self._note(one, "DOCUMENT_RECIPIENT_COMPLETED", email=person["email"])
        if one.turn():
            self._mail(one)
        else:
            one.status = "COMPLETED"
            self._note(one, "DOCUMENT_COMPLETED")

    def decline(self) -> None:
        one, person = self._next()
        person |= {"signingStatus": "REJECTED", "rejectionReason": "No", "signedAt": self.stamp(places=3)}
        one.status = "REJECTED"
        self._note(one, "DOCUMENT_RECIPIENT_REJECTED", email=person["email"])

    def _next(self) -> tuple[Envelope, dict[str, Any]]:
        one = list(self.envelopes.values())[-1]
        assert one.status == "PENDING", f"the envelope is {one.status}"
        return one, one.turn()[0]
