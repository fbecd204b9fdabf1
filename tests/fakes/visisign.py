"""VisiSign as its contract has it, with a memory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.fakes import papers
from tests.fakes.checking import (
    Complaint,
    anything,
    array,
    digits,
    email,
    flag,
    https,
    mapping,
    moment,
    number,
    obj,
    one_of,
    text,
    whole,
)
from tests.fakes.fake import Asked, Fake, Route
from tests.support.http_server import Plain, as_json, as_pdf

TYPES = {
    400: "invalid_request",
    401: "unauthorized",
    402: "payment_required",
    403: "forbidden",
    404: "not_found",
    422: "validation_error",
    429: "rate_limited",
}
TOKEN = re.compile(r"\{\{(signature|initials|date|text|checkbox):([^{}]+)\}\}")
SIZES = {"signature": (200, 50), "initials": (150, 50), "date": (160, 28), "text": (200, 28), "checkbox": (20, 20)}
PAGES = {"page": digits(1), "per_page": digits(1)}
NAMED = {"name!": text(1), "email!": email}
COMMON = {
    "title": text(),
    "message": text(),
    "expires_at": moment,
    "test_mode": flag,
    "metadata": mapping(),
}
FIELD = {
    "type!": one_of("signature", "initials", "date", "text", "checkbox"),
    "signer_index!": whole(0),
    "page!": whole(1),
    "x!": number(0),
    "y!": number(0),
    "width!": number(above=0),
    "height!": number(above=0),
    "label": text(),
    "mapping_key": text(),
    "required": flag,
}
CREATE = {
    **COMMON,
    "content": text(1),
    "signers!": array(obj({**NAMED, "phone_number": text(), "order": whole(), "role": text()}), 1),
    "fields": array(obj(FIELD)),
    "import_fields": flag,
    "signing_order": one_of("everyone", "one_at_a_time"),
}
FROM_TEMPLATE = {
    **COMMON,
    "template_id!": text(1, pattern="tmpl_.+"),
    "signers!": array(obj({**NAMED, "role": text(), "role_id": whole()}), 1),
    "custom_fields": mapping(anything),
}
EVENTS = "sent viewed signed declined completed expired cancelled"
WEBHOOK = obj({"url!": https, "events": array(one_of(*(f"signature_request.{one}" for one in EVENTS.split())))})
WRAPPED = obj({"data!": obj(CREATE)})


def create_body(value: Any, path: str) -> Any:
    """The fields at the top level; the prose's `data.content` is taken too."""
    is_wrapped = isinstance(value, dict) and set(value) == {"data"}
    return WRAPPED(value, path) if is_wrapped else obj(CREATE)(value, path)


@dataclass
class Template:
    """Made in the dashboard: read only."""

    id: str
    name: str
    roles: list[dict[str, Any]]
    fields: list[dict[str, Any]]
    paper: bytes = field(default_factory=lambda: papers.made(1, "A template"))
    signing_order: str = "everyone"


@dataclass
class Sent:
    """A signature request."""

    id: str
    facts: dict[str, Any]
    paper: bytes
    fields: list[dict[str, Any]]
    signers: list[dict[str, Any]]
    made_at: datetime
    status: str = "sent"
    form_data: dict[str, Any] = field(default_factory=dict)
    reminded_at: datetime | None = None

    @property
    def is_declined(self) -> bool:
        return any(one["status"] == "declined" for one in self.signers)

    def told(self, *, links: bool = False) -> dict[str, Any]:
        more = {"message": self.facts.get("message")} if links else {}
        return {
            "id": self.id,
            "title": self.facts["title"],
            "status": self.status,
            "is_complete": self.status == "completed",
            "is_declined": self.is_declined,
            **more,
            "signing_order": self.facts["signing_order"],
            "test_mode": self.facts["test_mode"],
            "metadata": self.facts["metadata"],
            "files_url": f"/v1/signature_requests/{self.id}/files",
            "form_data": self.form_data,
            "created_at": self.facts["created_at"],
            "expires_at": self.facts["expires_at"],
            "signers": [
                {name: value for name, value in one.items() if links or not name.endswith("_url")}
                for one in self.signers
            ],
        }


class VisiSign(Fake):
    """`team` allows templates, `wallet` is what is left of it, `age_days` how old the account is. `webhooks_by_key`:
    its documents disagree whether a key is enough.
    """

    name = "visisign"
    bases = ("/v1",)
    usual_key = "vsk_" + "0123456789abcdef" * 3
    routes = (
        Route("GET", "/signature_requests", "listed", query=PAGES),
        Route("POST", "/signature_requests", "created", body=create_body, file="file", permits="paid"),
        Route(
            "POST",
            "/signature_requests/send_with_template",
            "sent_with_template",
            permits="team_and_paid",
            body=obj(FROM_TEMPLATE),
        ),
        Route("GET", "/signature_requests/{id}", "read", "request"),
        Route("POST", "/signature_requests/{id}/cancel", "cancelled", "request"),
        Route("POST", "/signature_requests/{id}/remind", "reminded", "request", body=obj({"email_address!": email})),
        Route("GET", "/signature_requests/{id}/files", "files", "request"),
        Route("GET", "/templates", "templates_listed", query=PAGES, permits="team_only"),
        Route("GET", "/templates/{id}", "template_read", "template", permits="team_only"),
        Route("GET", "/webhooks", "webhooks_listed", permits="webhooks_allowed"),
        Route("POST", "/webhooks", "webhook_made", permits="webhooks_allowed", body=WEBHOOK),
        Route("DELETE", "/webhooks/{id}", "webhook_deleted", "webhook", permits="webhooks_allowed"),
        Route("POST", "/webhooks/{id}/test", "webhook_tested", "webhook", permits="webhooks_allowed"),
    )

    def __init__(self, key: str = "", **more: Any) -> None:
        super().__init__(key, **more)
        self.team = True
        self.wallet = 10_000
        self.age_days = 400
        self.requests: dict[str, Sent] = {}
        self.templates: dict[str, Template] = {}
        self.webhooks_by_key = True
        self.webhooks: dict[str, dict[str, Any]] = {}

    # -- rights ------------------------------------------------------------------------------------------------------

    def knows(self, seen: Any) -> bool:
        """The download answers without a credential too, and sends elsewhere."""
        is_download = seen.method == "GET" and seen.path.endswith("/files")
        return super().knows(seen) or (is_download and "authorization" not in seen.headers)

    def refusal(self, status: int, message: str, complaints: Sequence[Complaint] = ()) -> Plain:
        details = {"details": [str(one) for one in complaints]} if complaints else {}
        error = {"type": TYPES.get(status, "internal_error"), "message": message, **details}
        return as_json({"error": error}, status)

    def request(self, asked: Asked) -> Sent:
        if asked.at["id"] not in self.requests:
            raise self.refuse(404, "Signature request not found")
        return self.requests[asked.at["id"]]

    def template(self, asked: Asked) -> Template:
        if asked.at["id"] not in self.templates:
            raise self.refuse(404, "Template not found")
        return self.templates[asked.at["id"]]

    def paid(self, asked: Asked) -> None:
        if self.wallet < 1:
            raise self.refuse(402, "Insufficient wallet balance")

    def team_only(self, asked: Asked) -> None:
        if not self.team:
            raise self.refuse(403, "Templates require a Team plan")

    def team_and_paid(self, asked: Asked) -> None:
        self.team_only(asked)
        self.paid(asked)

    # -- reading -----------------------------------------------------------------------------------------------------

    def listed(self, asked: Asked) -> Plain:
        newest_first = [one.told() for one in reversed(self.requests.values())]
        return as_json(self._page("signature_requests", newest_first, asked))

    def read(self, asked: Asked) -> Plain:
        return as_json({"signature_request": asked.found.told()})

    def files(self, asked: Asked) -> Plain:
        sent: Sent = asked.found
        if sent.status != "completed":
            raise self.refuse(404, "Signed file not yet available")
        signed = papers.marked(sent.paper, f"Signed at VisiSign: {sent.id}")
        if "authorization" not in asked.seen.headers:
            return Plain(302, b"", {"Location": self.link(signed)})
        return as_pdf(signed, Content_Disposition='attachment; filename="signed.pdf"')

    def touched(self, fault: Any, whole: Plain) -> Plain:
        """The service checks the fingerprint itself."""
        return self.refusal(500, "Integrity error") if fault.kind == "wrong_hash" else whole

    def templates_listed(self, asked: Asked) -> Plain:
        stamp = self.stamp()
        told = [
            {
                "id": one.id,
                "name": one.name,
                "description": None,
                "signing_order": one.signing_order,
                "roles_count": len(one.roles),
                "fields_count": len(one.fields),
                "created_at": stamp,
                "updated_at": stamp,
            }
            for one in self.templates.values()
        ]
        return as_json(self._page("templates", told, asked))

    def template_read(self, asked: Asked) -> Plain:
        one: Template = asked.found
        told = {"id": one.id, "name": one.name, "description": None, "signing_order": one.signing_order}
        return as_json({"template": {**told, "roles": one.roles, "fields": one.fields}})

    def _page(self, name: str, told: list[Any], asked: Asked) -> dict[str, Any]:
        page, size = int(asked.query.get("page", 1)), min(int(asked.query.get("per_page", 20)), 100)
        pagination = {
            "page": page,
            "per_page": size,
            "total_pages": -(-len(told) // size),
            "total_count": len(told),
        }
        return {name: told[(page - 1) * size : page * size], "pagination": pagination}

    # -- sending -----------------------------------------------------------------------------------------------------

    def created(self, asked: Asked) -> Plain:
        data = asked.data.get("data", asked.data)
        if bool(asked.file) == ("content" in data):
            raise self.invalid_at("file", "is required unless content is given; never both")
        self._judge_people(data)
        paper, fields = self._drawn(data) if "content" in data else self._uploaded(data, asked.file)
        asked.gate()
        return self._out(data, paper, fields, data["signers"])

    def sent_with_template(self, asked: Asked) -> Plain:
        data = asked.data
        if data["template_id"] not in self.templates:
            raise self.refuse(404, "Template not found")
        one = self.templates[data["template_id"]]
        signers = self._with_roles(one, data["signers"])
        self._judge_people({**data, "signing_order": one.signing_order, "signers": signers})
        asked.gate()
        prefilled = data.get("custom_fields", {})
        fields = [{**each, "value": prefilled.get(each.get("mapping_key") or "")} for each in one.fields]
        title = {"title": one.name, "signing_order": one.signing_order}
        return self._out({**title, **data}, one.paper, fields, signers)

    def _with_roles(self, one: Template, signers: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Every role is somebody's."""
        by_name = {role["name"]: role for role in one.roles} | {role["id"]: role for role in one.roles}
        found = [by_name.get(each.get("role", each.get("role_id"))) for each in signers]
        if one.roles and (None in found or {each["id"] for each in found if each} != {r["id"] for r in one.roles}):
            raise self.invalid_at("signers", "must have exactly the roles of the template")
        return [{**each, "order": role["order"]} if role else each for each, role in zip(signers, found, strict=True)]

    def _judge_people(self, data: dict[str, Any]) -> None:
        signers = data["signers"]
        most = 10 if self.age_days < 30 else 50
        if len(signers) > most:
            raise self.invalid_at("signers", f"must be {most} at most")
        if data.get("signing_order") == "one_at_a_time" and not all("order" in one for one in signers):
            raise self.invalid_at("signers", "must have an order")
        if "expires_at" in data and datetime.fromisoformat(data["expires_at"]) <= self.now:
            raise self.invalid_at("expires_at", "must be in the future")
        hour = [one for one in self.requests.values() if one.made_at > self.now - timedelta(hours=1)]
        mails = [signer["email"] for one in hour for signer in one.signers]
        if len(hour) >= 50 or any(mails.count(one["email"]) >= 5 for one in signers):
            raise self.refuse(429, "Too many signature requests within an hour")

    def _uploaded(self, data: dict[str, Any], file: bytes) -> tuple[bytes, list[dict[str, Any]]]:
        try:
            pages = papers.sizes(file)
        except ValueError:
            raise self.invalid_at("file", "must be a PDF") from None
        fields = list(data.get("fields", []))
        for number_, one in enumerate(fields):
            if one["signer_index"] >= len(data["signers"]):
                raise self.invalid_at(f"fields[{number_}].signer_index", "is nobody's")
            if one["page"] > len(pages):
                raise self.invalid_at(f"fields[{number_}].page", "is beyond the end")
            width, height = pages[one["page"] - 1]
            if one["x"] + one["width"] > width or one["y"] + one["height"] > height:
                raise self.invalid_at(f"fields[{number_}]", "must be inside the page")
        if data.get("import_fields"):
            fields += [
                {"type": "text", "signer_index": 0, "page": one.page, "label": one.name}
                for one in papers.form_fields(file)
            ]
        return file, fields

    def _drawn(self, data: dict[str, Any]) -> tuple[bytes, list[dict[str, Any]]]:
        """A key is a signer's role, else a name, else the first's."""
        roles = {one["role"]: index for index, one in reversed(list(enumerate(data["signers"]))) if one.get("role")}
        names = {one["name"]: index for index, one in reversed(list(enumerate(data["signers"])))}
        fields = [
            {
                "type": kind,
                "signer_index": roles.get(key, names.get(key, 0)),
                "width": SIZES[kind][0],
                "height": SIZES[kind][1],
            }
            for kind, key in TOKEN.findall(data["content"])
        ]
        if not any(one["type"] == "signature" for one in fields):
            raise self.invalid_at("content", "must have a signature token")
        pages = len(re.findall(r"(?m)^\{\{\s*pagebreak\s*\}\}\s*$", data["content"])) + 1
        return papers.made(pages, "Rendered from Markdown"), fields

    def _out(self, data: dict[str, Any], paper: bytes, fields: list[Any], signers: list[Any]) -> Plain:
        usual = {"title": "Untitled", "signing_order": "everyone", "test_mode": False, "metadata": {}}
        facts = {**usual, "expires_at": None, **data, "created_at": self.stamp()}
        people = [self._signer(one) for one in signers]
        sent = Sent(f"sr_{self.count('request')}", facts, paper, fields, people, self.now)
        self.requests[sent.id] = sent
        self.wallet -= 1
        return as_json({"signature_request": sent.told(links=True)}, 201)

    def _signer(self, given: dict[str, Any]) -> dict[str, Any]:
        token = f"tok_{self.token('signer')}"
        return {
            "id": f"sig_{self.count('signer id')}",
            "name": given["name"],
            "email": given["email"],
            "status": "pending",
            "order": given.get("order", 0),
            "signed_at": None,
            "viewed_at": None,
            "signing_url": f"https://app.visisign.app/sign/{token}",
            "embed_url": f"https://app.visisign.app/embed/sign/{token}",
        }

    # -- afterwards --------------------------------------------------------------------------------------------------

    def cancelled(self, asked: Asked) -> Plain:
        sent: Sent = asked.found
        if sent.status != "sent":
            raise self.refuse(422, f"A {sent.status} request cannot be cancelled")
        asked.gate()
        sent.status = "cancelled"
        return as_json({"signature_request": sent.told()})

    def reminded(self, asked: Asked) -> Plain:
        sent: Sent = asked.found
        if sent.status != "sent":
            raise self.refuse(422, "No active envelope")
        wanted = asked.data["email_address"]
        if not any(one["email"] == wanted and one["status"] == "pending" for one in sent.signers):
            raise self.refuse(404, "No pending signer with that email")
        if sent.reminded_at and self.now < sent.reminded_at + timedelta(hours=1):
            raise self.refuse(429, "Reminder already sent recently")
        asked.gate()
        sent.reminded_at = self.now
        return as_json({"message": "Reminder sent"})

    # -- webhooks ----------------------------------------------------------------------------------------------------

    def webhooks_allowed(self, asked: Asked) -> None:
        if not self.webhooks_by_key:
            raise self.refuse(403, "A session of the dashboard is needed")

    def webhook(self, asked: Asked) -> dict[str, Any]:
        if asked.at["id"] not in self.webhooks:
            raise self.refuse(404, "Webhook not found")
        return self.webhooks[asked.at["id"]]

    def webhooks_listed(self, asked: Asked) -> Plain:
        return as_json({"webhook_endpoints": list(self.webhooks.values())})

    def webhook_made(self, asked: Asked) -> Plain:
        asked.gate()
        usual = {"enabled": True, "consecutive_failures": 0, "last_delivery_at": None, "created_at": self.stamp()}
        made = {"id": self.count("webhook"), "events": [], **asked.data, **usual}
        self.webhooks[str(made["id"])] = made
        return as_json({"webhook_endpoint": made, "signing_secret": f"whsec_{self.token('webhook')}"}, 201)

    def webhook_deleted(self, asked: Asked) -> Plain:
        asked.gate()
        del self.webhooks[asked.at["id"]]
        return Plain(204)

    def webhook_tested(self, asked: Asked) -> Plain:
        asked.gate()
        return as_json({"message": "Test delivery queued", "delivery_id": self.count("delivery")})

    # -- what people do there ----------------------------------------------------------------------------------------

    def tick(self) -> None:
        for one in self.requests.values():
            until = one.facts["expires_at"]
            if one.status == "sent" and until and datetime.fromisoformat(until) <= self.now:
                one.status = "expired"

    def view(self, request: str = "", email: str = "") -> None:
        self._person(request, email)[1]["viewed_at"] = self.stamp()

    def sign(self, request: str = "", email: str = "", values: dict[str, Any] | None = None) -> None:
        """The last request and its next signer, where none is named; `values` by mapping_key."""
        sent, signer = self._person(request, email)
        signer["viewed_at"] = signer["viewed_at"] or self.stamp()
        signer |= {"status": "signed", "signed_at": self.stamp()}
        keys = {one["mapping_key"]: one.get("value") for one in sent.fields if one.get("mapping_key")}
        sent.form_data |= {key: (values or {}).get(key, kept) for key, kept in keys.items()}
        if all(one["status"] == "signed" for one in sent.signers):
            sent.status = "completed"

    def decline(self, request: str = "", email: str = "") -> None:
        self._person(request, email)[1]["status"] = "declined"

    def _person(self, request: str, email: str) -> tuple[Sent, dict[str, Any]]:
        sent = self.requests[request] if request else list(self.requests.values())[-1]
        assert sent.status == "sent", f"{sent.id} is {sent.status}"
        waiting = sorted((one for one in sent.signers if one["status"] == "pending"), key=lambda one: one["order"])
        named = [one for one in waiting if email in ("", one["email"])]
        assert named, "nobody of that e-mail is to sign"
        signer = named[0]
        in_turn = sent.facts["signing_order"] == "everyone" or signer["order"] == waiting[0]["order"]
        assert in_turn, "it is not their turn"
        return sent, signer

    def add_template(self, name: str, roles: Sequence[str] = (), keys: Sequence[str] = ()) -> Template:
        """Roles by name; a text field for each mapping key, all for the first role."""
        made = [{"id": index, "name": role, "order": index} for index, role in enumerate(roles, 1)]
        owner = {"role_id": made[0]["id"], "role_name": made[0]["name"]} if made else {"role_id": None}
        place = {"page": 1, "x": 72, "width": 200, "height": 28, "required": True, "label": None}
        fields = [
            {"id": index, "field_type": "text", "mapping_key": key, "y": 100 + 40 * index, **owner, **place}
            for index, key in enumerate(keys, 1)
        ]
        one = Template(f"tmpl_{self.count('template')}", name, made, fields)
        self.templates[one.id] = one
        return one
