"""NueForm's signing sessions as its contract has them: forms stand there already, sessions are made of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.fakes import papers
from tests.fakes.checking import Complaint, array, digits, email, flag, https, null_or, obj, one_of, text, whole
from tests.fakes.fake import Asked, Fake, Route
from tests.fakes.faults import Fault
from tests.support.http_server import Plain, as_json, as_pdf

CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    429: "RATE_LIMITED",
}
STATUSES = ("active", "fully_signed", "declined", "voided", "expired")
FORM = "665a1b2c3d4e5f6a7b8c9d0e"
MOST_TRIES = 5
CREATE = obj(
    {
        "signers": array(
            obj(
                {
                    "slot_number!": whole(1),
                    "first_name": null_or(text()),
                    "last_name": null_or(text()),
                    "email": null_or(email),
                }
            )
        ),
        "signing_order": one_of("sequential", "any"),
        "expiry_days": whole(1),
        "password": text(1),
        "hide_other_signers": flag,
        "require_email_verification": flag,
        "copy_mode": one_of("ask", "always", "disabled"),
        "notify_emails": array(email),
        "notify_events": array(one_of("each_signature", "all_complete", "decline", "expiry")),
        "send_signing_emails": flag,
        "custom_email_body": text(),
    }
)
PAGES = {"page": digits(1), "per_page": digits(1)}


@dataclass
class Form:
    """Made there: `slots` by their labels, and a PDF for each contract question."""

    id: str
    title: str
    slots: tuple[str, ...]
    questions: tuple[str, ...]
    signing_order: str = "any"


@dataclass
class Session:
    """`links` are as they are told, `mails` who was written to."""

    id: str
    form: Form
    given: dict[str, Any]
    links: list[dict[str, Any]]
    created: datetime
    expires: datetime
    status: str = "active"
    order: str = "any"
    audit: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    mails: list[str] = field(default_factory=list)
    voided: dict[str, Any] = field(default_factory=dict)
    wrong_passwords: int = 0

    @property
    def open_links(self) -> list[dict[str, Any]]:
        return [one for one in self.links if one["status"] in ("pending", "viewed")]

    def is_turn(self, link: dict[str, Any]) -> bool:
        waiting = self.open_links
        return link in waiting and (self.order == "any" or link is waiting[0])


class NueForm(Fake):
    """`plan` "free" may not use the API; `is_wrapped` puts answers in `data`, as sister resources do."""

    name = "nueform"
    bases = ("/api/v1",)
    usual_key = "nf_" + "0123456789abcdef" * 4
    invalid = 400
    routes = (
        Route("GET", "/forms", "forms_listed", query=PAGES),
        Route("POST", "/forms/{id}/signing-sessions", "created", "form", body=CREATE, permits="plan_allows"),
        Route(
            "GET",
            "/forms/{id}/signing-sessions",
            "listed",
            "form",
            query={**PAGES, "status": one_of(*STATUSES)},
            permits="plan_allows",
        ),
        Route("GET", "/signing-sessions/{id}", "read", "session"),
        Route("POST", "/signing-sessions/{id}/void", "voided", "session", body=obj({"reason": text()})),
        Route("POST", "/signing-sessions/{id}/resend/{slot}", "resent", "slot"),
        Route("GET", "/signing-sessions/{id}/documents", "documents", "session"),
        Route("GET", "/signing-sessions/{id}/documents/{document}", "document", "document_found"),
        Route("GET", "/signing-sessions/{id}/audit", "audit", "session"),
        Route("GET", "/forms/{id}/webhooks", "form_webhook_read", "form"),
        Route("PUT", "/forms/{id}/webhooks", "form_webhook_set", "form", body=obj({"url!": https})),
        Route("GET", "/webhooks", "webhooks_listed"),
        Route("GET", "/webhooks/secret", "secret_read"),
        Route("POST", "/webhooks/secret/regenerate", "secret_made"),
        Route("GET", "/s/{short_code}", "resolved", "link_found", anonymous=True),
        Route(
            "POST",
            "/s/{short_code}/verify-password",
            "verified",
            "link_found",
            body=obj({"password!": text(1)}),
            anonymous=True,
        ),
    )

    def __init__(self, key: str = "", **more: Any) -> None:
        super().__init__(key, **more)
        self.plan = "pro"
        self.is_wrapped = False
        self.create_status = 201
        self.forms = {FORM: Form(FORM, "Lease", ("Buyer", "Seller"), ("Service Agreement",))}
        self.sessions: dict[str, Session] = {}
        self.webhooks: dict[str, str | None] = {}
        self.webhook_secret = "webhook-secret-1"

    # -- shapes of answers -------------------------------------------------------------------------------------------

    def refusal(self, status: int, message: str, complaints: Sequence[Complaint] = ()) -> Plain:
        told = "; ".join([message, *map(str, complaints)])
        error = {"code": CODES.get(status, "INTERNAL_ERROR"), "message": told, "status": status}
        return Plain(status, as_json({"error": error}).body, {"Content-Type": "application/json", **self.always_told()})

    def always_told(self) -> dict[str, str]:
        reset = self.stamp(self.now + timedelta(seconds=60), places=3)
        return {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "99", "X-RateLimit-Reset": reset}

    def _said(self, data: Any, status: int = 200) -> Plain:
        return as_json({"data": data, "meta": {}} if self.is_wrapped else data, status)

    def touched(self, fault: Fault, whole: Plain) -> Plain:
        """A fingerprint that is not that of the file."""
        if fault.kind != "wrong_hash":
            return whole
        return Plain(whole.status, re.sub(rb'"sha256:[0-9a-f]{4}', b'"sha256:0000', whole.body), whole.headers)

    # -- what a path names -------------------------------------------------------------------------------------------

    def plan_allows(self, asked: Asked) -> None:
        if self.plan == "free":
            raise self.refuse(403, "Contract questions need a Pro plan")

    def form(self, asked: Asked) -> Form:
        if asked.at["id"] not in self.forms:
            raise self.refuse(404, "Form not found")
        return self.forms[asked.at["id"]]

    def session(self, asked: Asked) -> Session:
        if asked.at["id"] not in self.sessions:
            raise self.refuse(404, "Signing session not found")
        return self.sessions[asked.at["id"]]

    def slot(self, asked: Asked) -> tuple[Session, dict[str, Any]]:
        session = self.session(asked)
        for one in session.links:
            if str(one["slot_number"]) == asked.at["slot"]:
                return session, one
        raise self.refuse(404, "Slot not found")

    def document_found(self, asked: Asked) -> bytes:
        session = self.session(asked)
        if asked.at["document"] not in session.contents:
            raise self.refuse(404, "Document not found")
        return session.contents[asked.at["document"]]

    def link_found(self, asked: Asked) -> tuple[Session, dict[str, Any]]:
        for session in self.sessions.values():
            for one in session.links:
                if one["short_code"] == asked.at["short_code"]:
                    return session, one
        raise self.refuse(404, "Signing link not found")

    # -- sessions ----------------------------------------------------------------------------------------------------

    def created(self, asked: Asked) -> Plain:
        form, data = asked.found, asked.data
        if not form.questions:
            raise self.refuse(400, "The form has no contract question")
        signers = {one["slot_number"]: one for one in data.get("signers", [])}
        if len(signers) < len(data.get("signers", [])):
            raise self.invalid_at("signers", "names a slot twice")
        if signers and max(signers) > len(form.slots):
            raise self.invalid_at("signers", "names a slot that the form does not have")
        asked.gate()
        links = [self._link(number, label, signers.get(number, {})) for number, label in enumerate(form.slots, 1)]
        expires = self.now + timedelta(days=data.get("expiry_days", 30))
        made = Session(f"ses_{self.token('session', 12)}", form, data, links, self.now, expires)
        made.order = data.get("signing_order", form.signing_order)
        self.sessions[made.id] = made
        self._noted_in(made, "session_created", actor_email="owner@company.com")
        self._mail_next(made)
        return self._said(self._told(made), self.create_status)

    def _link(self, number: int, label: str, given: dict[str, Any]) -> dict[str, Any]:
        code = self.token("code", 7)
        return {
            "slot_number": number,
            "slot_label": label,
            "short_code": code,
            "signing_url": f"https://nue.fm/s/{code}",
            "first_name": given.get("first_name"),
            "last_name": given.get("last_name"),
            "email": given.get("email"),
            "status": "pending",
        }

    def _mail_next(self, session: Session) -> None:
        if not session.given.get("send_signing_emails"):
            return
        waiting = session.open_links if session.order == "any" else session.open_links[:1]
        session.mails += [one["email"] for one in waiting if one["email"] and one["email"] not in session.mails]

    def _told(self, one: Session) -> dict[str, Any]:
        return {
            "id": one.id,
            "form_id": one.form.id,
            **self._summary(one),
            "hide_other_signers": one.given.get("hide_other_signers", False),
            "copy_mode": one.given.get("copy_mode", "ask"),
            "signer_links": one.links,
            "created_at": self.stamp(one.created, places=3),
        }

    def _summary(self, one: Session) -> dict[str, Any]:
        return {
            "id": one.id,
            "status": one.status,
            "signing_order": one.order,
            "total_slots": len(one.links),
            "total_signed": sum(link["status"] == "signed" for link in one.links),
            "expires_at": self.stamp(one.expires, places=3),
            "created_at": self.stamp(one.created, places=3),
        }

    def forms_listed(self, asked: Asked) -> Plain:
        told = [{"id": one.id, "title": one.title} for one in self.forms.values()]
        return as_json({"data": told, "meta": {"total": len(told), "page": 1, "per_page": 20}})

    def listed(self, asked: Asked) -> Plain:
        page, size = int(asked.query.get("page", 1)), min(int(asked.query.get("per_page", 20)), 100)
        wanted = asked.query.get("status")
        found = [
            self._summary(one)
            for one in reversed(self.sessions.values())
            if one.form is asked.found and wanted in (None, one.status)
        ]
        shown = found[(page - 1) * size : page * size]
        return self._said({"sessions": shown, "total": len(found), "page": page, "per_page": size})

    def read(self, asked: Asked) -> Plain:
        return self._said(self._told(asked.found))

    def voided(self, asked: Asked) -> Plain:
        one: Session = asked.found
        if one.status != "active":
            raise self.refuse(409, f"The session is {one.status}")
        asked.gate()
        one.status = "voided"
        one.voided = {"voided_at": self.stamp(places=3), "void_reason": asked.data.get("reason")}
        for link in one.links:
            if link["status"] == "signed":
                one.mails.append(link["email"])
            else:
                link["status"] = "voided"
        self._noted_in(one, "session_voided", actor_email="owner@company.com")
        return self._said({"id": one.id, "status": "voided", **one.voided})

    def resent(self, asked: Asked) -> Plain:
        session, link = asked.found
        if session.status != "active" or link not in session.open_links:
            raise self.refuse(409, "There is nothing to sign for this slot")
        if not link["email"]:
            raise self.refuse(400, "The signer has no email address")
        asked.gate()
        session.mails.append(link["email"])
        self._noted_in(session, "email_resent", slot_number=link["slot_number"])
        return self._said({"success": True, "sent_to": link["email"], "slot_number": link["slot_number"]})

    def documents(self, asked: Asked) -> Plain:
        return self._said({"documents": asked.found.documents})

    def document(self, asked: Asked) -> Plain:
        return as_pdf(asked.found)

    def audit(self, asked: Asked) -> Plain:
        return self._said({"entries": asked.found.audit})

    def _noted_in(self, session: Session, action: str, **more: Any) -> None:
        entry = {
            "id": f"aud_{self.count('audit'):03}",
            "action": action,
            "timestamp": self.stamp(places=3),
            "ip_address": "10.0.0.1",
            "user_agent": "Chrome 120 / macOS",
            **more,
        }
        session.audit.append(entry)

    # -- webhooks, of forms that are submitted and never of signing --------------------------------------------------

    def form_webhook_read(self, asked: Asked) -> Plain:
        return as_json({"data": {"url": self.webhooks.get(asked.found.id)}})

    def form_webhook_set(self, asked: Asked) -> Plain:
        asked.gate()
        self.webhooks[asked.found.id] = asked.data["url"]
        return self.form_webhook_read(asked)

    def webhooks_listed(self, asked: Asked) -> Plain:
        return as_json({"data": []})

    def secret_read(self, asked: Asked) -> Plain:
        return as_json({"data": {"secret": self.webhook_secret}})

    def secret_made(self, asked: Asked) -> Plain:
        asked.gate()
        self.webhook_secret = f"webhook-secret-{self.count('webhook secret') + 1}"
        return self.secret_read(asked)

    # -- links, which need no login ----------------------------------------------------------------------------------

    def resolved(self, asked: Asked) -> Plain:
        session, link = asked.found
        told = {
            "form_id": session.form.id,
            "session_id": session.id,
            "slot_number": link["slot_number"],
            "slot_label": link["slot_label"],
            "status": link["status"],
            "requires_password": "password" in session.given,
            "requires_email_verification": session.given.get("require_email_verification", False),
            "signing_order": session.order,
            "is_turn": session.is_turn(link),
        }
        return self._said(told)

    def verified(self, asked: Asked) -> Plain:
        session, link = asked.found
        if "password" not in session.given:
            raise self.refuse(400, "The session has no password")
        if session.wrong_passwords >= MOST_TRIES:
            raise self.refuse(429, "Too many wrong passwords")
        asked.gate()
        if asked.data["password"] != session.given["password"]:
            session.wrong_passwords += 1
            return as_json({"error": "Invalid password"}, 401)
        self._noted_in(session, "password_verified", slot_number=link["slot_number"])
        return self._said({"success": True, "access_token": f"tmp_{self.token('access')}"})

    # -- what people and time do -------------------------------------------------------------------------------------

    def tick(self) -> None:
        for one in self.sessions.values():
            if one.status == "active" and self.now >= one.expires:
                one.status = "expired"
                for link in one.open_links:
                    link["status"] = "expired"
                self._noted_in(one, "session_expired")

    def view(self, slot: int = 0) -> None:
        session, link = self._person(slot)
        link |= {"status": "viewed", "viewed_at": self.stamp(places=3)}
        self._noted_in(session, "document_viewed", slot_number=link["slot_number"], actor_email=link["email"])

    def sign(self, slot: int = 0) -> None:
        """Of the last session; the next slot where none is named."""
        session, link = self._person(slot)
        link |= {"status": "signed", "signed_at": self.stamp(places=3)}
        name = " ".join(filter(None, (link["first_name"], link["last_name"]))) or None
        more = {"actor_name": name, "actor_email": link["email"]}
        self._noted_in(session, "signed", slot_number=link["slot_number"], **more)
        if session.open_links:
            self._mail_next(session)
        else:
            self._complete(session)

    def _complete(self, session: Session) -> None:
        session.status = "fully_signed"
        self._noted_in(session, "session_completed")
        for number, title in enumerate(session.form.questions, 1):
            content = papers.made(1, f"{title}, signed at NueForm: {session.id}")
            identifier = f"doc_{self.token('document', 6)}"
            session.contents[identifier] = content
            session.documents.append(
                {
                    "id": identifier,
                    "question_id": f"q_{number}",
                    "question_title": title,
                    "document_url": self.link(content),
                    "document_hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                    "generated_at": self.stamp(places=3),
                }
            )

    def decline(self, slot: int = 0) -> None:
        session, link = self._person(slot)
        link |= {"status": "declined", "declined_at": self.stamp(places=3)}
        session.status = "declined"
        self._noted_in(session, "declined", slot_number=link["slot_number"], actor_email=link["email"])

    def _person(self, slot: int) -> tuple[Session, dict[str, Any]]:
        session = list(self.sessions.values())[-1]
        assert session.status == "active", f"the session is {session.status}"
        named = [one for one in session.open_links if slot in (0, one["slot_number"])]
        assert named, "that slot has nothing to sign"
        assert session.is_turn(named[0]), "it is not their turn"
        return session, named[0]

    def add_form(self, *slots: str, questions: Sequence[str] = ("Contract",), signing_order: str = "any") -> Form:
        made = Form(self.token("form"), "A form", slots, tuple(questions), signing_order)
        self.forms[made.id] = made
        return made
