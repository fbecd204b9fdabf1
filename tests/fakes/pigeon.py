"""Pigeon's documents: created, sent, signed, downloaded; by PandaDoc's definition where Pigeon's is silent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.fakes import papers
from tests.fakes import pigeon_shapes as shapes
from tests.fakes.checking import Complaint, obj
from tests.fakes.fake import Asked, Route
from tests.fakes.pigeon_around import ROUTES as AROUND
from tests.fakes.pigeon_parts import ROUTES as PARTS
from tests.fakes.pigeon_parts import Document, Parts
from tests.support.http_server import Plain, Seen, as_json, as_pdf

UPLOADING = timedelta(seconds=3)
TYPES = {401: "authentication_error", 403: "permissions_error", 404: "request_error", 423: "document_locked"}
MOVES: dict[str, tuple[int, ...]] = {
    "document.draft": (2, 10, 12),
    "document.sent": (2, 11, 12),
    "document.viewed": (2, 11, 12),
    "document.completed": (12,),
    "document.waiting_pay": (10, 12),
    "document.voided": (2, 10, 12),
    "document.declined": (2, 10),
}
SESSIONS = ("document.sent", "document.viewed", "document.waiting_pay", "document.paid", "document.completed")
OPEN = ("document.sent", "document.viewed")


class Pigeon(Parts):
    """`sandbox` keys name their documents [DEV] and get no protected file; `scheme` is that of the header."""

    name = "pigeon"
    bases = ("/public/v1",)
    usual_key = "0123456789abcdef0123456789abcdef"
    routes = (
        Route("GET", "/documents", "listed", query=shapes.DOCUMENTS, more_query="metadata_.+"),
        Route("POST", "/documents?upload", "uploaded", body=shapes.FROM_PDF, file="file"),
        Route("POST", "/documents", "created", body=shapes.create),
        Route("PATCH", "/documents/ownership", "transferred", body=shapes.TRANSFER),
        Route("GET", "/documents/{id}", "status_read", "document"),
        Route("DELETE", "/documents/{id}", "deleted", "document", permits="unlocked"),
        Route("PATCH", "/documents/{id}", "updated", "document", body=shapes.UPDATE, permits="unlocked"),
        Route("PATCH", "/documents/{id}/status", "moved", "document", body=shapes.STATUS, permits="unlocked"),
        Route("POST", "/documents/{id}/draft", "redrafted", "document", body=obj({}), permits="unlocked"),
        Route("GET", "/documents/{id}/details", "details", "document"),
        Route("POST", "/documents/{id}/send", "sent", "document", body=shapes.SEND, permits="unlocked"),
        Route("POST", "/documents/{id}/session", "session_made", "document", body=shapes.SESSION),
        Route("GET", "/documents/{id}/download", "downloaded", "document", query=shapes.DOWNLOAD),
        Route(
            "GET",
            "/documents/{id}/download-protected",
            "downloaded_protected",
            "document",
            query={"separate_files": shapes.truth},
            permits="protected_allowed",
        ),
        Route("PATCH", "/documents/{id}/ownership", "given", "document", body=shapes.OWNERSHIP, permits="unlocked"),
        *PARTS,
        *AROUND,
    )

    def __init__(self, key: str = "", **more: Any) -> None:
        super().__init__(key, **more)
        self.scheme = "API-Key"
        self.sandbox = False
        self.members = {"member-1", "member-2"}
        self.sessions: dict[str, tuple[str, datetime]] = {}

    # -- who may what ------------------------------------------------------------------------------------------------

    def knows(self, seen: Seen) -> bool:
        return seen.headers.get("authorization") == f"{self.scheme} {self.key}"

    def refusal(self, status: int, message: str, complaints: Sequence[Complaint] = ()) -> Plain:
        by_field: dict[str, list[str]] = {}
        for one in complaints:
            by_field.setdefault(one.path or "body", []).append(one.problem)
        kind = TYPES.get(
            status, "throttled" if status == 429 else "validation_error" if complaints else "request_error"
        )
        return as_json({"type": kind, "detail": by_field or message}, status)

    def unlocked(self, asked: Asked) -> None:
        if asked.found.id in self.locked:
            raise self.refuse(423, "Somebody is editing the document")

    def protected_allowed(self, asked: Asked) -> None:
        if self.sandbox:
            raise self.refuse(401, "A sandbox key gets no protected file")

    # -- making ------------------------------------------------------------------------------------------------------

    def uploaded(self, asked: Asked) -> Plain:
        try:
            papers.sizes(asked.file)
        except ValueError:
            raise self.invalid_at("file", "must be a PDF") from None
        found = papers.form_fields(asked.file) if asked.data.get("parse_form_fields") else []
        return self._made(asked, asked.file, [self.field_of(one) for one in found])

    def created(self, asked: Asked) -> Plain:
        if "template_uuid" not in asked.data:
            return self._made(asked, papers.made(1, "Fetched from an address"), [])
        template = self.template_named(asked.data["template_uuid"])
        roles = {one["name"] for one in template["roles"]}
        if wrong := {one.get("role") for one in asked.data["recipients"]} - roles:
            raise self.invalid_at("recipients", f"have roles the template does not have: {wrong}")
        return self._made(asked, template["paper"], [], template)

    def _made(self, asked: Asked, paper: bytes, fields: list[Any], template: dict[str, Any] | None = None) -> Plain:
        asked.gate()
        data = asked.data
        one = Document(
            self.token("document", 22), f"{'[DEV] ' if self.sandbox else ''}{data.get('name') or 'Untitled'}"
        )
        one.paper, one.fields, one.template = paper, fields, template
        one.made = one.changed = self.now
        one.metadata, one.tags = data.get("metadata", {}), data.get("tags", [])
        one.tokens = data.get("tokens", [])
        one.recipients = [self.recipient_of(each) for each in data.get("recipients", [])]
        for each in one.fields:
            each["value"] = data.get("fields", {}).get(each["name"], {}).get("value")
        self.documents[one.id] = one
        told = {**self.told(one), "uuid": one.id, "links": [], "info_message": "The document is being made."}
        return as_json(told, 201)

    def told(self, one: Document) -> dict[str, Any]:
        return {
            "id": one.id,
            "name": one.name,
            "status": one.status,
            "date_created": self.stamp(one.made, places=6),
            "date_modified": self.stamp(one.changed, places=6),
            "date_completed": self.stamp(one.completed, places=6) if one.completed else None,
            "version": "2",
            **({"expiration_date": self.stamp(one.expires, places=6)} if one.expires else {}),
        }

    # -- reading -----------------------------------------------------------------------------------------------------

    def listed(self, asked: Asked) -> Plain:
        query = asked.query
        if "template_id" in query and "form_id" in query:
            raise self.invalid_at("form_id", "excludes template_id")
        wanted = {name.removeprefix("metadata_"): one for name, one in query.items() if name.startswith("metadata_")}
        found = [
            self.told(one)
            for one in reversed(self.documents.values())
            if query.get("status") in (None, str(shapes.STATUSES.index(one.status)))
            and query.get("status__ne") != str(shapes.STATUSES.index(one.status))
            and query.get("q", "").lower() in one.name.lower()
            and query.get("id") in (None, one.id)
            and query.get("tag") in (None, *one.tags)
            and query.get("template_id") in (None, (one.template or {}).get("id"))
            and all(str(one.metadata.get(name)) == value for name, value in wanted.items())
            and self._is_within(one, query)
        ]
        order = query.get("order_by", "")
        if order:
            found.sort(key=lambda one: str(one.get(order.lstrip("-"), "")), reverse=order.startswith("-"))
        return as_json({"results": self.page(found, asked)})

    def _is_within(self, one: Document, query: Mapping[str, str]) -> bool:
        times = {"created": one.made, "modified": one.changed, "completed": one.completed}
        for what, moment in times.items():
            since, until = query.get(f"{what}_from"), query.get(f"{what}_to")
            if (since or until) and moment is None:
                return False
            if since and moment and moment < datetime.fromisoformat(since):
                return False
            if until and moment and moment > datetime.fromisoformat(until):
                return False
        return True

    def status_read(self, asked: Asked) -> Plain:
        return as_json({**self.told(asked.found), "uuid": asked.found.id})

    def details(self, asked: Asked) -> Plain:
        one: Document = asked.found
        if one.status == "document.uploaded":
            raise self.wrong_state(one)
        template = {"id": one.template["id"], "name": one.template["name"]} if one.template else None
        more = {
            "template": template,
            "metadata": one.metadata,
            "tags": one.tags,
            "tokens": one.tokens,
            "fields": self.fields_told(one),
            "recipients": one.recipients,
            "created_by": {"id": "user-1", "membership_id": one.owner, "email": "owner@company.com"},
        }
        return as_json({**self.told(one), **more})

    def downloaded(self, asked: Asked) -> Plain:
        one: Document = asked.found
        if one.status == "document.uploaded":
            return Plain(202)
        mark = asked.query.get("watermark_text") or f"{one.status} at Pigeon"
        return self._paper(papers.marked(one.paper, mark), asked)

    def downloaded_protected(self, asked: Asked) -> Plain:
        if asked.found.status not in ("document.completed", "document.paid"):
            raise self.wrong_state(asked.found)
        return self._paper(papers.marked(asked.found.paper, f"Sealed at Pigeon: {asked.found.id}"), asked)

    def _paper(self, paper: bytes, asked: Asked) -> Plain:
        if asked.query.get("separate_files") != "true":
            return as_pdf(paper)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as folder:
            folder.writestr(zipfile.ZipInfo("document.pdf"), paper)
        return Plain(200, packed.getvalue(), {"Content-Type": "application/zip"})

    # -- changing ----------------------------------------------------------------------------------------------------

    def updated(self, asked: Asked) -> Plain:
        one: Document = asked.found
        if one.status != "document.draft":
            raise self.wrong_state(one)
        asked.gate()
        data = asked.data
        one.name, one.tags = data.get("name", one.name), data.get("tags", one.tags)
        one.metadata |= data.get("metadata", {})
        one.tokens = data.get("tokens", one.tokens)
        for given in data.get("recipients", []):
            known = [each for each in one.recipients if each["id"] == given.get("id")]
            if known:
                known[0] |= given
            else:
                one.recipients.append(self.recipient_of(given))
        for each in one.fields:
            each["value"] = data.get("fields", {}).get(each["name"], {}).get("value", each["value"])
        return self._changed(one)

    def _changed(self, one: Document) -> Plain:
        one.changed = self.now
        return Plain(204)

    def deleted(self, asked: Asked) -> Plain:
        asked.gate()
        del self.documents[asked.found.id]
        return Plain(204)

    def moved(self, asked: Asked) -> Plain:
        one, to = asked.found, asked.data["status"]
        by_itself = one.status == "document.completed" and not one.by_hand
        if to not in MOVES.get(one.status, ()) or (one.status == "document.completed" and not by_itself):
            raise self.wrong_state(one)
        asked.gate()
        one.status, one.by_hand = shapes.STATUSES[to], True
        one.completed = self.now if to == 2 else one.completed
        return self._changed(one)

    def redrafted(self, asked: Asked) -> Plain:
        asked.gate()
        one: Document = asked.found
        for each in one.fields:
            if each["type"] in ("signature", "initials"):
                each |= {"value": None, "is_filled": False}
        for person in one.recipients:
            person["has_completed"] = False
        one.status, one.completed = "document.draft", None
        return as_json({**self.told(one), "uuid": one.id})

    def sent(self, asked: Asked) -> Plain:
        one: Document = asked.found
        if one.status not in ("document.draft", "document.approved"):
            raise self.wrong_state(one)
        if not one.recipients:
            raise self.invalid_at("recipients", "are needed")
        asked.gate()
        needs_approval = bool(one.template and one.template["approval"]) and one.status == "document.draft"
        one.status = "document.waiting_approval" if needs_approval else "document.sent"
        one.silent = asked.data.get("silent", False)
        people = [{**each, "shared_link": f"https://app.example.com/{each['id']}"} for each in one.recipients]
        return as_json({**self.told(one), "uuid": one.id, "recipients": people})

    def session_made(self, asked: Asked) -> Plain:
        one: Document = asked.found
        if asked.data["recipient"] not in [each["email"] for each in one.recipients]:
            raise self.refuse(404, "Not found")
        if one.status not in SESSIONS:
            raise self.invalid_at("status", f"is {one.status}")
        asked.gate()
        until = self.now + timedelta(seconds=asked.data.get("lifetime", 3600))
        made = self.token("session", 22)
        self.sessions[made] = (asked.data["recipient"], until)
        return as_json({"id": made, "expires_at": self.stamp(until, places=6)}, 201)

    def given(self, asked: Asked) -> Plain:
        if asked.data["membership_id"] not in self.members:
            raise self.refuse(404, "Not found")
        asked.gate()
        asked.found.owner = asked.data["membership_id"]
        return Plain(204)

    def transferred(self, asked: Asked) -> Plain:
        source, target = asked.data["from_membership_id"], asked.data["to_membership_id"]
        if {source, target} - self.members:
            raise self.refuse(404, "Not found")
        asked.gate()
        for one in self.documents.values():
            one.owner = target if one.owner == source else one.owner
        return Plain(204)

    # -- what people and time do -------------------------------------------------------------------------------------

    def tick(self) -> None:
        for one in self.documents.values():
            if one.status == "document.uploaded" and self.now >= one.made + UPLOADING:
                one.status = "document.draft"
            if one.status in OPEN and one.expires and one.expires <= self.now:
                one.status = "document.voided"

    def view(self, email: str = "") -> None:
        self._person(email)
        self._last().status = "document.viewed"

    def sign(self, email: str = "", values: dict[str, Any] | None = None) -> None:
        """Of the last document; the next recipient where none is named; `values` by the name of a field."""
        person, one = self._person(email), self._last()
        person["has_completed"] = True
        for each in one.fields:
            if each["name"] in (values or {}):
                each |= {"value": (values or {})[each["name"]], "is_filled": True}
        one.status = "document.viewed"
        if all(each["has_completed"] for each in one.recipients):
            one.status, one.completed = "document.completed", self.now

    def decline(self, email: str = "") -> None:
        self._person(email)
        self._last().status = "document.declined"

    def approve(self) -> None:
        assert self._last().status == "document.waiting_approval"
        self._last().status = "document.approved"

    def _last(self) -> Document:
        return list(self.documents.values())[-1]

    def _person(self, email: str) -> dict[str, Any]:
        one = self._last()
        assert one.status in OPEN, f"the document is {one.status}"
        waiting = [each for each in one.recipients if not each["has_completed"]]
        first = min(each.get("signing_order") or 1 for each in waiting)
        able = [each for each in waiting if (each.get("signing_order") or 1) == first and email in ("", each["email"])]
        assert able, "it is nobody's turn who has that e-mail"
        return able[0]
