"""Attachments, fields and recipients of Pigeon's documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.fakes import papers
from tests.fakes import pigeon_shapes as shapes
from tests.fakes.fake import START, Asked, Refused, Route
from tests.fakes.pigeon_around import Around
from tests.support.http_server import Plain, as_json

ROUTES = (
    Route("GET", "/documents/{id}/attachments", "attachments_listed", "document"),
    Route(
        "POST", "/documents/{id}/attachments?upload", "attachment_uploaded", "document", file="file", texts=("name",)
    ),
    Route("POST", "/documents/{id}/attachments", "attachment_made", "document", body=shapes.ATTACHMENT),
    Route("GET", "/documents/{id}/attachments/{part}", "attachment_read", "attachment"),
    Route("DELETE", "/documents/{id}/attachments/{part}", "attachment_deleted", "attachment"),
    Route("GET", "/documents/{id}/attachments/{part}/download", "attachment_downloaded", "attachment"),
    Route("GET", "/documents/{id}/fields", "fields_listed", "document"),
    Route("POST", "/documents/{id}/fields", "fields_made", "document", body=shapes.FIELDS),
    Route("POST", "/documents/{id}/recipients", "recipient_added", "document", body=shapes.CONTACT_REF),
    Route(
        "PATCH",
        "/documents/{id}/recipients/recipient/{part}",
        "recipient_edited",
        "recipient",
        body=shapes.CONTACT,
    ),
    Route("DELETE", "/documents/{id}/recipients/{part}", "recipient_deleted", "recipient"),
    Route(
        "POST",
        "/documents/{id}/recipients/{part}/reassign",
        "recipient_reassigned",
        "recipient",
        body=shapes.CONTACT_REF,
    ),
)


@dataclass
class Document:
    """`by_hand`: its status was set and not reached."""

    id: str
    name: str
    status: str = "document.uploaded"
    paper: bytes = b""
    template: dict[str, Any] | None = None
    made: datetime = START
    changed: datetime = START
    completed: datetime | None = None
    expires: datetime | None = None
    owner: str = "member-1"
    by_hand: bool = False
    silent: bool = False
    metadata: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    tokens: list[Any] = field(default_factory=list)
    fields: list[dict[str, Any]] = field(default_factory=list)
    recipients: list[dict[str, Any]] = field(default_factory=list)
    attachments: dict[str, tuple[dict[str, Any], bytes]] = field(default_factory=dict)


class Parts(Around):
    """The second floor of the fake."""

    def __init__(self, key: str = "", **more: Any) -> None:
        super().__init__(key, **more)
        self.documents: dict[str, Document] = {}
        self.locked: set[str] = set()
        self.contacts = {
            "contact-1": {"email": "josh@example.com", "first_name": "Josh", "last_name": "Ron"},
            "contact-2": {"email": "ann@example.com", "first_name": "Ann", "last_name": "Lee"},
        }

    def document(self, asked: Asked) -> Document:
        found = self.documents.get(asked.at["id"])
        if found is None:
            raise self.refuse(404, "Not found")
        return found

    def wrong_state(self, one: Document) -> Refused:
        """409 in a shape of its own."""
        told = {"id": one.id, "status": one.status, "info_message": f"The document is {one.status}."}
        return Refused(as_json(told, 409))

    # -- attachments -------------------------------------------------------------------------------------------------

    def attachment(self, asked: Asked) -> tuple[dict[str, Any], bytes]:
        one = self.document(asked)
        if asked.at["part"] not in one.attachments:
            raise self.refuse(404, "Not found")
        asked.data = one
        return one.attachments[asked.at["part"]]

    def attachments_listed(self, asked: Asked) -> Plain:
        return as_json([told for told, _ in asked.found.attachments.values()])

    def attachment_uploaded(self, asked: Asked) -> Plain:
        return self._attached(asked, asked.data.get("name", "attachment"), asked.file)

    def attachment_made(self, asked: Asked) -> Plain:
        return self._attached(asked, asked.data.get("name", "attachment"), b"what was at that address")

    def _attached(self, asked: Asked, name: str, content: bytes) -> Plain:
        if asked.found.id in self.locked:
            raise self.refuse(423, "Somebody is editing the document")
        asked.gate()
        told = {
            "uuid": self.token("attachment", 22),
            "date_created": self.stamp(places=6),
            "created_by": {"id": "user-1", "email": "owner@company.com", "first_name": "O", "last_name": "W"},
            "name": name,
        }
        asked.found.attachments[told["uuid"]] = (told, content)
        return as_json(told)

    def attachment_read(self, asked: Asked) -> Plain:
        return as_json(asked.found[0])

    def attachment_downloaded(self, asked: Asked) -> Plain:
        return Plain(200, asked.found[1], {"Content-Type": "application/octet-stream"})

    def attachment_deleted(self, asked: Asked) -> Plain:
        asked.gate()
        del self.document(asked).attachments[asked.at["part"]]
        return Plain(204)

    # -- fields ------------------------------------------------------------------------------------------------------

    def field_of(self, one: papers.FormField) -> dict[str, Any]:
        return self._field("text", one.name, one.page, one.x, one.y, one.width, one.height)

    def _field(self, kind: str, name: str, page: int, *box: float) -> dict[str, Any]:
        x, y, width, height = box
        return {
            "uuid": self.token("field", 22),
            "name": name,
            "title": name,
            "field_id": name,
            "type": kind,
            "value": None,
            "is_filled": False,
            "placeholder": "",
            "merge_field": None,
            "assigned_to": None,
            "layout": {
                "page": page,
                "position": {"offset_x": x, "offset_y": y, "anchor_point": "topleft"},
                "style": {"width": width, "height": height},
            },
        }

    def fields_told(self, one: Document) -> list[dict[str, Any]]:
        """Without what is not known yet, and with who they are whose fields they are."""
        people = {each["id"]: each for each in one.recipients}
        return [
            {
                name: people.get(value["id"], value) if name == "assigned_to" else value
                for name, value in each.items()
                if value is not None
            }
            for each in one.fields
        ]

    def fields_listed(self, asked: Asked) -> Plain:
        return as_json({"fields": self.fields_told(asked.found)})

    def fields_made(self, asked: Asked) -> Plain:
        one: Document = asked.found
        if one.status != "document.draft":
            raise self.wrong_state(one)
        pages, people = papers.sizes(one.paper), [each["id"] for each in one.recipients]
        for number, given in enumerate(asked.data["fields"]):
            layout = given["layout"]
            if layout["page"] > len(pages):
                raise self.invalid_at(f"fields[{number}].layout.page", "is beyond the end")
            width, height = pages[layout["page"] - 1]
            at, style = layout["position"], layout["style"]
            if at["offset_x"] + style["width"] > width or at["offset_y"] + style["height"] > height:
                raise self.invalid_at(f"fields[{number}].layout", "is not inside the page")
            if given.get("assigned_to", people[0] if people else "") not in people:
                raise self.invalid_at(f"fields[{number}].assigned_to", "is no recipient")
        asked.gate()
        made = [self._made_field(given) for given in asked.data["fields"]]
        one.fields += made
        return as_json({"fields": self.fields_told(one)[-len(made) :]})

    def _made_field(self, given: dict[str, Any]) -> dict[str, Any]:
        name = given.get("field_id") or f"{given['type']}{self.count('field name')}"
        one = self._field(given["type"], name, given["layout"]["page"], 0, 0, 1, 1)
        assigned = {"id": given["assigned_to"]} if "assigned_to" in given else None
        return {**one, "layout": given["layout"], "assigned_to": assigned, "merge_field": given.get("merge_field")}

    # -- recipients --------------------------------------------------------------------------------------------------

    def recipient_of(self, given: dict[str, Any]) -> dict[str, Any]:
        usual = {"first_name": "", "last_name": "", "email": "", "phone": "", "signing_order": None}
        more = {"recipient_type": "signer", "has_completed": False, "type": "recipient"}
        return {**usual, **given, **more, "id": self.token("recipient", 22)}

    def recipient(self, asked: Asked) -> dict[str, Any]:
        for one in self.document(asked).recipients:
            if one["id"] == asked.at["part"]:
                return one
        raise self.refuse(404, "Not found")

    def _contact(self, asked: Asked) -> dict[str, Any]:
        if asked.data["id"] not in self.contacts:
            raise self.refuse(404, "Not found")
        return self.contacts[asked.data["id"]]

    def recipient_added(self, asked: Asked) -> Plain:
        contact = self._contact(asked)
        asked.gate()
        made = self.recipient_of(contact)
        asked.found.recipients.append(made)
        return as_json({"recipient_id": made["id"]})

    def recipient_edited(self, asked: Asked) -> Plain:
        asked.gate()
        asked.found |= asked.data
        return Plain(204)

    def recipient_deleted(self, asked: Asked) -> Plain:
        asked.gate()
        self.document(asked).recipients.remove(asked.found)
        return Plain(204)

    def recipient_reassigned(self, asked: Asked) -> Plain:
        if asked.found["has_completed"]:
            raise self.wrong_state(self.document(asked))
        contact = self._contact(asked)
        asked.gate()
        asked.found |= {**contact, "id": self.token("recipient", 22)}
        return as_json({"recipient_id": asked.found["id"]})
