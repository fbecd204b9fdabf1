"""DocuSeal's submissions as its OpenAPI document has them; archived ones stay readable."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fakes import papers
from tests.fakes.checking import Complaint, array, digits, email, flag, mapping, number, obj, one_of, text, whole
from tests.fakes.fake import Asked, Fake, Route
from tests.support.http_server import Plain, Seen, as_json

TYPES = (
    "heading", "text", "signature", "initials", "date", "number", "image", "checkbox", "multiple", "file", "radio",
    "select", "cells", "stamp", "payment", "phone", "verification", "kba", "strikethrough",
)  # fmt: skip
AREA = {
    "x!": number(0, 1),
    "y!": number(0, 1),
    "w!": number(0, 1),
    "h!": number(0, 1),
    "page!": whole(1),
    "option": text(1),
}
FIELD = {
    "name": text(1),
    "type": one_of(*TYPES),
    "role": text(1),
    "required": flag,
    "title": text(),
    "description": text(),
    "areas": array(obj(AREA)),
    "options": array(text(1)),
}
DOCUMENT = {"name!": text(1), "file!": text(1), "fields": array(obj(FIELD)), "position": whole(0)}
SUBMITTER = {
    "name": text(),
    "role": text(1),
    "email": email,
    "phone": text(),
    "values": mapping(),
    "external_id": text(),
    "completed": flag,
    "metadata": mapping(),
    "send_email": flag,
    "send_sms": flag,
    "reply_to": email,
    "completed_redirect_url": text(),
    "order": whole(0),
    "fields": array(mapping()),
}
CREATE = {
    "name": text(),
    "send_email": flag,
    "send_sms": flag,
    "order": one_of("preserved", "random"),
    "completed_redirect_url": text(),
    "bcc_completed": email,
    "reply_to": email,
    "expire_at": text(23, 23, r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"),
    "template_ids": array(whole()),
    "documents!": array(obj(DOCUMENT), 1),
    "submitters!": array(obj(SUBMITTER), 1),
    "message": obj({"subject": text(), "body": text()}),
    "flatten": flag,
    "merge_documents": flag,
    "remove_tags": flag,
}
CHANGE = {**SUBMITTER, "message": obj({"subject": text(), "body": text()})}
LIST = {"q": text(), "limit": digits(1, 100), "after": digits(0), "status": one_of("pending", "completed")}


@dataclass
class Submission:
    """`files` by their names, `events` as they are told."""

    id: int
    name: str
    order: str
    people: list[dict[str, Any]]
    files: dict[str, bytes]
    made: str
    expires: str | None = None
    archived: str | None = None
    expired: bool = False
    events: list[dict[str, Any]] = field(default_factory=list)

    @property
    def status(self) -> str:
        now = {one["status"] for one in self.people}
        if "declined" in now:
            return "declined"
        if now == {"completed"}:
            return "completed"
        return "expired" if self.expired else "pending"

    def turn(self) -> list[dict[str, Any]]:
        waiting = [one for one in self.people if one["status"] in ("awaiting", "sent", "opened")]
        if self.order == "random" or not waiting:
            return waiting
        first = min(one["order"] for one in waiting)
        return [one for one in waiting if one["order"] == first]


class DocuSeal(Fake):
    """`mails` are who was written to, in order."""

    name = "docuseal"
    bases = ("/api",)
    routes = (
        Route("GET", "/submissions", "listed", query=LIST),
        Route("POST", "/submissions/pdf", "created", body=obj(CREATE)),
        Route("GET", "/submissions/{id}", "read", "submission"),
        Route("DELETE", "/submissions/{id}", "archived", "submission"),
        Route("GET", "/submissions/{id}/documents", "documents", "submission", query={"merge": text()}),
        Route("GET", "/submitters/{id}", "person_read", "person"),
        Route("PUT", "/submitters/{id}", "person_changed", "person", body=obj(CHANGE)),
    )

    def __init__(self, key: str = "", **more: Any) -> None:
        super().__init__(key, **more)
        self.submissions: dict[int, Submission] = {}
        self.mails: list[str] = []

    def knows(self, seen: Seen) -> bool:
        return seen.headers.get("x-auth-token") == self.key

    def refusal(self, status: int, message: str, complaints: Sequence[Complaint] = ()) -> Plain:
        return as_json({"error": "; ".join([message, *map(str, complaints)])}, status)

    # -- what a path names -------------------------------------------------------------------------------------------

    def submission(self, asked: Asked) -> Submission:
        found = self.submissions.get(int(asked.at["id"])) if asked.at["id"].isdigit() else None
        if found is None:
            raise self.refuse(404, "Submission not found")
        return found

    def person(self, asked: Asked) -> tuple[Submission, dict[str, Any]]:
        for one in self.submissions.values():
            for person in one.people:
                if str(person["id"]) == asked.at["id"]:
                    return one, person
        raise self.refuse(404, "Submitter not found")

    # -- submissions -------------------------------------------------------------------------------------------------

    def created(self, asked: Asked) -> Plain:
        data = asked.data
        roles = [one.get("role", f"Party {at}") for at, one in enumerate(data["submitters"], 1)]
        if len(set(roles)) < len(roles):
            raise self.invalid_at("submitters", "name a role twice")
        files: dict[str, bytes] = {}
        for at, one in enumerate(data["documents"]):
            files[one["name"]] = self._pdf(one, at, roles)
        asked.gate()
        number_ = self.count("submission")
        people = [self._person_made(number_, one, role) for one, role in zip(data["submitters"], roles, strict=True)]
        made = Submission(
            number_, data.get("name", "Submission"), data.get("order", "preserved"), people, files,
            self.stamp(places=3), data.get("expire_at"),
        )  # fmt: skip
        self.submissions[number_] = made
        if data.get("send_email", True):
            self._mail(made, "send_email")
        return as_json(self._told(made, links=True))

    def _pdf(self, one: dict[str, Any], at: int, roles: list[str]) -> bytes:
        try:
            data = base64.b64decode(one["file"], validate=True)
            pages = papers.sizes(data)
        except (binascii.Error, ValueError):
            raise self.invalid_at(f"documents[{at}].file", "must be a PDF in Base64") from None
        for index, placed in enumerate(one.get("fields", [])):
            path = f"documents[{at}].fields[{index}]"
            if placed.get("role") not in roles:
                raise self.invalid_at(f"{path}.role", "is nobody's")
            for area in placed.get("areas", []):
                if area["page"] > len(pages) or area["x"] + area["w"] > 1.0001 or area["y"] + area["h"] > 1.0001:
                    raise self.invalid_at(f"{path}.areas", "must be inside the page")
        return data

    def _person_made(self, submission: int, given: dict[str, Any], role: str) -> dict[str, Any]:
        slug = self.token("slug", 14)
        times = dict.fromkeys(("sent_at", "opened_at", "completed_at", "declined_at"))
        return {
            "id": self.count("submitter"),
            "submission_id": submission,
            "uuid": self.token("uuid", 32),
            "slug": slug,
            "name": given.get("name"),
            "email": given.get("email"),
            "phone": given.get("phone"),
            "external_id": given.get("external_id"),
            "metadata": given.get("metadata", {}),
            "order": given.get("order", self.count(f"order {submission}") - 1),
            "preferences": {},
            "role": role,
            "status": "awaiting",
            "values": [],
            "embed_src": f"https://docuseal.example/s/{slug}",
            **times,
        }

    def _mail(self, one: Submission, kind: str) -> None:
        for person in one.turn():
            if person["status"] == "awaiting" and person["email"]:
                person |= {"status": "sent", "sent_at": self.stamp(places=3)}
                self.mails.append(person["email"])
                self._event(one, person, kind)

    def _event(self, one: Submission, person: dict[str, Any], kind: str) -> None:
        told = {"id": self.count("event"), "submitter_id": person["id"], "event_type": kind, "data": {}}
        one.events.append({**told, "event_timestamp": self.stamp(places=3)})

    def _told(self, one: Submission, *, links: bool = False) -> dict[str, Any]:
        hidden = set() if links else {"embed_src"}
        done = one.status == "completed"
        return {
            "id": one.id,
            "name": one.name,
            "source": "api",
            "submitters_order": one.order,
            "status": one.status,
            "submitters": [{k: v for k, v in person.items() if k not in {*hidden, "order"}} for person in one.people],
            "submission_events": one.events,
            "documents": [],
            "archived_at": one.archived,
            "expire_at": one.expires,
            "created_at": one.made,
            "completed_at": one.people[-1]["completed_at"] if done else None,
        }

    def listed(self, asked: Asked) -> Plain:
        wanted, limit = asked.query.get("q", "").casefold(), int(asked.query.get("limit", 10))
        after = int(asked.query.get("after", 0))
        found = [
            self._told(one)
            for one in self.submissions.values()
            if one.id > after
            and not one.archived
            and any(wanted in f"{p['name']} {p['email']} {p['phone']}".casefold() for p in one.people)
        ]
        shown = found[:limit]
        following = shown[-1]["id"] if len(found) > limit else None
        return as_json({"data": shown, "pagination": {"count": len(shown), "next": following, "prev": None}})

    def read(self, asked: Asked) -> Plain:
        return as_json(self._told(asked.found))

    def archived(self, asked: Asked) -> Plain:
        asked.gate()
        asked.found.archived = asked.found.archived or self.stamp(places=3)
        return as_json({"id": asked.found.id, "archived_at": asked.found.archived})

    def documents(self, asked: Asked) -> Plain:
        one: Submission = asked.found
        done = [person["name"] for person in one.people if person["status"] == "completed"]
        mark = f"Signed at DocuSeal by {', '.join(map(str, done))}"
        told = [{"name": name, "url": self.link(papers.marked(data, mark))} for name, data in one.files.items()]
        return as_json({"id": one.id, "documents": told if done else []})

    # -- people ------------------------------------------------------------------------------------------------------

    def person_read(self, asked: Asked) -> Plain:
        return as_json(asked.found[1])

    def person_changed(self, asked: Asked) -> Plain:
        submission, person = asked.found
        if person["status"] in ("completed", "declined") or submission.archived:
            raise self.refuse(422, "Submitter has already completed the submission")
        asked.gate()
        keys = ("name", "email", "phone", "external_id", "metadata")
        person |= {key: asked.data[key] for key in keys if key in asked.data}
        if asked.data.get("send_email"):
            self.mails.append(person["email"])
            self._event(submission, person, "send_reminder_email")
        return as_json(person)

    # -- what people and time do -------------------------------------------------------------------------------------

    def tick(self) -> None:
        for one in self.submissions.values():
            until = one.expires.replace(" UTC", "+00:00") if one.expires else ""
            one.expired = bool(until) and until <= self.now.isoformat(sep=" ", timespec="seconds")

    def view(self) -> None:
        one, person = self._next()
        person |= {"status": "opened", "opened_at": self.stamp(places=3)}
        self._event(one, person, "view_form")

    def sign(self, values: dict[str, Any] | None = None) -> None:
        """The next person of the last submission; `values` by the name of a field."""
        one, person = self._next()
        told = [{"field": name, "value": value} for name, value in (values or {}).items()]
        person |= {"status": "completed", "completed_at": self.stamp(places=3), "values": told}
        self._event(one, person, "complete_form")
        self._mail(one, "send_email")

    def decline(self) -> None:
        one, person = self._next()
        person |= {"status": "declined", "declined_at": self.stamp(places=3)}
        self._event(one, person, "decline_form")

    def _next(self) -> tuple[Submission, dict[str, Any]]:
        one = list(self.submissions.values())[-1]
        assert one.status == "pending", f"the submission is {one.status}"
        assert not one.archived, "the submission is archived"
        return one, one.turn()[0]
