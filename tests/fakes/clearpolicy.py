"""ClearPolicy as its contract has it: people, documents, requests that can be sent and never read again; and the token
endpoint of OAuth 2.0 client credentials at the root of its host.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.fakes.checking import Complaint, digits, email, obj, one_of, text
from tests.fakes.fake import Asked, Fake, Route
from tests.support.http_server import Plain, Seen, as_json

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ULID = text(26, 26, "[0-7][0-9a-hjkmnp-tv-zA-HJKMNP-TV-Z]{25}")
FINAL = ("attested", "canceled", "expired")
PAGES = {"per_page": digits(1, 100), "page": digits(1)}
ARCHIVED = one_of("true", "false", "1", "0")
TOKEN_PATH = "/oauth/token"
LASTS_S = 31_536_000


@dataclass(frozen=True)
class Client:
    """Of OAuth."""

    id: str = "client-1"
    secret: str = "client-secret-0123456789"


class ClearPolicy(Fake):
    """Both base addresses are served. `paid` and `manager` take the subscription and the right away; `unverified` adds
    what the API does not have: reading and cancelling a request.
    """

    name = "clearpolicy"
    bases = ("/api/v1", "/v1")
    usual_key = "cp_0123456789abcdef"
    routes = (
        Route("GET", "/me", "me"),
        Route(
            "GET",
            "/people",
            "people_listed",
            query={**PAGES, "id": ULID, "name": text(0, 255), "email": text(0, 255), "phone": text(0, 50),
                   "archived": ARCHIVED},
            permits="allowed",
        ),
        Route(
            "POST",
            "/people",
            "person_made",
            body=obj({"name!": text(1, 255), "email!": email, "phone": text(1)}),
            permits="allowed",
        ),
        Route("GET", "/people/{id}", "person_read", "person", permits="allowed"),
        Route(
            "GET",
            "/documents",
            "documents_listed",
            query={**PAGES, "name": text(0, 255), "archived": ARCHIVED},
            permits="allowed",
        ),
        Route(
            "POST",
            "/attestation-requests",
            "requested",
            body=obj(
                {
                    "person_id!": ULID,
                    "document_id!": ULID,
                    "requested_attestation_type": one_of("acknowledgment", "signature"),
                    "recipient_message": text(0, 5000),
                }
            ),
            permits="allowed",
        ),
        Route("GET", "/attestation-requests/{id}", "request_read", "request_found", permits="allowed"),
        Route("POST", "/attestation-requests/{id}/cancel", "request_canceled", "request_found", permits="allowed"),
    )  # fmt: skip

    def __init__(self, key: str = "", **more: Any) -> None:
        super().__init__(key, **more)
        self.client = Client()
        self.paid = True
        self.manager = False
        self.unverified = False
        self.lasts_s = LASTS_S
        self.tokens: dict[str, datetime] = {}
        self.organization = self.ulid()
        self.user = self.ulid()
        self.people: dict[str, dict[str, Any]] = {}
        self.documents: dict[str, dict[str, Any]] = {}
        self.requests: dict[str, dict[str, Any]] = {}

    def ulid(self) -> str:
        """26 letters, in the order in which they are made."""
        number = int(self.token("ulid", 16), 16) + (int(self.now.timestamp() * 1000) << 80)
        return "".join(ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(26)))

    # -- who may what ------------------------------------------------------------------------------------------------

    def __call__(self, seen: Seen) -> Any:
        return self._token(seen) if seen.path == TOKEN_PATH else super().__call__(seen)

    def _token(self, seen: Seen) -> Plain:
        """[public] JSON, not a form; RFC 6749, 4.4."""
        with self._lock:
            self._noted(seen, None)
            given = seen.json if seen.headers.get("content-type") == "application/json" else {}
            complaints = list(
                obj({"grant_type!": one_of("client_credentials"), "client_id!": text(1), "client_secret!": text(1),
                     "scope": text()})(given, "")
            )  # fmt: skip
            if seen.method != "POST" or complaints:
                return as_json({"error": "invalid_request", "error_description": str(complaints)}, 400)
            if (given["client_id"], given["client_secret"]) != (self.client.id, self.client.secret):
                return as_json({"error": "invalid_client", "error_description": "Client authentication failed."}, 401)
            made = f"eyJ.{self.token('token', 40)}.sig"
            self.tokens[made] = self.now + timedelta(seconds=self.lasts_s)
            return as_json({"token_type": "Bearer", "expires_in": self.lasts_s, "access_token": made})

    def knows(self, seen: Seen) -> bool:
        given = seen.headers.get("authorization", "").removeprefix("Bearer ")
        return given == self.key or self.tokens.get(given, self.now) > self.now

    def refusal(self, status: int, message: str, complaints: Sequence[Complaint] = ()) -> Plain:
        if status != 422:
            return as_json({"error": message}, status)
        errors: dict[str, list[str]] = {}
        for one in complaints:
            errors.setdefault(one.path, []).append(one.problem)
        return as_json({"message": "The given data was invalid.", "errors": errors}, 422)

    def allowed(self, asked: Asked) -> None:
        if not self.paid:
            raise self.refuse(402, "Your trial has ended.")
        if self.manager:
            raise self.refuse(403, "This token lacks permission.")

    def person(self, asked: Asked) -> dict[str, Any]:
        if asked.at["id"] not in self.people:
            raise self.refuse(404, "Person not found.")
        return self.people[asked.at["id"]]

    def request_found(self, asked: Asked) -> dict[str, Any]:
        if not self.unverified or asked.at["id"] not in self.requests:
            raise self.refuse(404, "Not found.")
        return self.requests[asked.at["id"]]

    # -- people and documents ----------------------------------------------------------------------------------------

    def me(self, asked: Asked) -> Plain:
        organization = {"id": self.organization, "name": "Acme"}
        return as_json({"id": self.user, "name": "Owner", "email": "owner@acme.example", "organization": organization})

    def people_listed(self, asked: Asked) -> Plain:
        if "id" in asked.query:
            return as_json([one for one in self.people.values() if one["id"] == asked.query["id"]])
        found = [
            one
            for one in self.people.values()
            if all(
                asked.query.get(name, "").lower() in (one[name] or "").lower() for name in ("name", "email", "phone")
            )
        ]
        return self._page(found, asked)

    def person_made(self, asked: Asked) -> Plain:
        if any(one["email"] == asked.data["email"] for one in self.people.values()):
            raise self.invalid_at("email", "has already been taken")
        asked.gate()
        return as_json(self.add_person(**asked.data, source="oauth"), 201)

    def person_read(self, asked: Asked) -> Plain:
        return as_json(asked.found)

    def documents_listed(self, asked: Asked) -> Plain:
        wanted = asked.query.get("name", "").lower()
        told = [{**one, "attestation_counts": self._counts_of(one)} for one in self.documents.values()]
        return self._page([one for one in told if wanted in one["name"].lower()], asked)

    def _counts_of(self, document: dict[str, Any]) -> dict[str, int]:
        """All that is ever told of requests once they are sent."""
        mine = [one["status"] for one in self.requests.values() if one["document_id"] == document["id"]]
        attested, pending = mine.count("attested"), sum(one in ("sent", "viewed") for one in mine)
        return {
            "attested_latest": attested,
            "pending_attested": pending,
            "attested_outdated": 0,
            "unrequested": max(len(self.people) - attested - pending, 0),
            "renewal_due": 0,
            "total": len(self.people),
        }

    def _page(self, found: list[Any], asked: Asked) -> Plain:
        size, page = int(asked.query.get("per_page", 25)), int(asked.query.get("page", 1))
        last, shown = max(-(-len(found) // size), 1), found[(page - 1) * size : page * size]

        def link(number: int) -> str | None:
            return f"{self.origin}{asked.seen.path}?page={number}" if 1 <= number <= last else None

        links = {"first": link(1), "last": link(last), "prev": link(page - 1), "next": link(page + 1)}
        first = (page - 1) * size + 1 if shown else None
        meta = {
            "current_page": page,
            "from": first,
            "last_page": last,
            "per_page": size,
            "to": first + len(shown) - 1 if first else None,
            "total": len(found),
        }
        return as_json({"data": shown, "links": links, "meta": meta})

    # -- requests ----------------------------------------------------------------------------------------------------

    def requested(self, asked: Asked) -> Plain:
        data = asked.data
        person, document = self.people.get(data["person_id"]), self.documents.get(data["document_id"])
        if person is None:
            raise self.refuse(404, "Person not found.")
        if document is None:
            raise self.refuse(404, "Document not found.")
        if not document["has_published_revision"]:
            raise self.refuse(400, "Document has no published revision.")
        asked.gate()
        stamp, none = (
            self.stamp(places=6),
            dict.fromkeys(("last_reminded_at", "viewed_at", "attested_at", "canceled_at", "expires_at", "expired_at")),
        )
        made = {
            "id": self.ulid(),
            "organization_id": self.organization,
            "document_id": document["id"],
            "document_revision_id": self.ulid(),
            "person_id": person["id"],
            "recipient_name": person["name"],
            "recipient_email": person["email"],
            "requested_attestation_type": data.get("requested_attestation_type", document["default_attestation_type"]),
            "recipient_message": data.get("recipient_message"),
            "sent_at": stamp,
            **none,
            "requested_by_user_id": self.user,
            "source": "oauth",
            "status": "sent",
            "created_at": stamp,
            "updated_at": stamp,
        }  # fmt: skip
        self.requests[str(made["id"])] = made
        return as_json(made, 201)

    def request_read(self, asked: Asked) -> Plain:
        return as_json(asked.found)

    def request_canceled(self, asked: Asked) -> Plain:
        if asked.found["status"] in FINAL:
            raise self.refuse(409, "The request has ended.")
        asked.gate()
        self._moved(asked.found, "canceled")
        return as_json(asked.found)

    # -- what people do ----------------------------------------------------------------------------------------------

    def add_person(self, name: str, email: str, phone: str | None = None, source: str = "web") -> dict[str, Any]:
        stamp = self.stamp(places=6)
        made = {"id": self.ulid(), "organization_id": self.organization, "name": name, "email": email, "phone": phone}
        made |= {"source": source, "source_id": None, "archived_at": None, "created_at": stamp, "updated_at": stamp}
        self.people[str(made["id"])] = made
        return made

    def add_document(self, name: str, kind: str = "acknowledgment", *, published: bool = True) -> dict[str, Any]:
        stamp = self.stamp(places=6)
        made = {
            "id": self.ulid(),
            "organization_id": self.organization,
            "name": name,
            "default_attestation_type": kind,
            "renewal_interval_days": None,
            "auto_renew": False,
            "has_published_revision": published,
            "last_updated_at": stamp,
            "archived_at": None,
            "created_at": stamp,
            "updated_at": stamp,
        }
        self.documents[str(made["id"])] = made
        return made

    def view(self) -> None:
        self._moved(self._open(), "viewed")

    def sign(self) -> None:
        """The last request; whoever signs has seen it."""
        one = self._open()
        if not one["viewed_at"]:
            self._moved(one, "viewed")
        self._moved(one, "attested")

    def _open(self) -> dict[str, Any]:
        one = list(self.requests.values())[-1]
        assert one["status"] not in FINAL, f"the request is {one['status']}"
        return one

    def _moved(self, one: dict[str, Any], status: str) -> None:
        one |= {"status": status, f"{status}_at": self.stamp(places=6), "updated_at": self.stamp(places=6)}
