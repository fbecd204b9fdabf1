"""What Pigeon has beside documents: templates and webhooks, and, as assumed, bulk lists, storage, branding and the
confirmation page. `unverified` False takes the assumed ones away.
"""

from __future__ import annotations

from typing import Any

from tests.fakes import papers
from tests.fakes import pigeon_shapes as shapes
from tests.fakes.checking import Check, https, obj
from tests.fakes.fake import Asked, Fake, Route
from tests.support.http_server import Plain, as_json


def assumed(method: str, path: str, do: str, find: str = "", body: Check | None = None) -> Route:
    return Route(method, path, do, find, body=body, permits="unverified_allowed")


ROUTES = (
    Route("GET", "/templates", "templates_listed", query=shapes.TEMPLATES),
    Route("POST", "/templates?upload", "template_uploaded", body=obj(shapes.TEMPLATE_KEYS), file="file"),
    Route("POST", "/templates", "template_made", body=obj({**shapes.TEMPLATE_KEYS, "url!": https})),
    Route("GET", "/templates/{id}/details", "template_read", "template"),
    Route("DELETE", "/templates/{id}", "template_deleted", "template"),
    Route("GET", "/webhook-subscriptions", "subscriptions_listed"),
    Route("POST", "/webhook-subscriptions", "subscription_made", body=shapes.NEW_SUBSCRIPTION),
    Route("GET", "/webhook-subscriptions/{id}", "subscription_read", "subscription"),
    Route(
        "PATCH",
        "/webhook-subscriptions/{id}",
        "subscription_changed",
        "subscription",
        body=obj(shapes.SUBSCRIPTION),
    ),
    Route("DELETE", "/webhook-subscriptions/{id}", "subscription_deleted", "subscription"),
    assumed("POST", "/bulk-send-lists", "bulk_made", body=shapes.NEW_BULK),
    assumed("GET", "/bulk-send-lists", "bulk_listed"),
    assumed("GET", "/bulk-send-lists/{id}", "bulk_read", "bulk"),
    assumed("PATCH", "/bulk-send-lists/{id}", "bulk_changed", "bulk", obj(shapes.BULK)),
    assumed("DELETE", "/bulk-send-lists/{id}", "bulk_deleted", "bulk"),
    assumed("POST", "/bulk-send-lists/{id}/send", "bulk_triggered", "bulk"),
    assumed("GET", "/cloud-storage", "storages_listed"),
    assumed("POST", "/cloud-storage/{id}", "storage_connected", "storage"),
    assumed("DELETE", "/cloud-storage/{id}", "storage_left", "storage"),
    assumed("GET", "/branding", "branding_read"),
    assumed("PATCH", "/branding", "branding_changed", body=shapes.BRANDING),
    assumed("PATCH", "/confirmation-page", "confirmation_set", body=shapes.CONFIRMATION),
)


class Around(Fake):
    """The first floor of the fake."""

    invalid = 400

    def __init__(self, key: str = "", **more: Any) -> None:
        super().__init__(key, **more)
        self.unverified = True
        self.templates: dict[str, dict[str, Any]] = {}
        self.subscriptions: dict[str, dict[str, Any]] = {}
        self.bulk_lists: dict[str, dict[str, Any]] = {}
        self.storages = {name: {"provider": name, "connected": False} for name in ("dropbox", "google-drive")}
        self.branding: dict[str, Any] = {"logo_url": None, "primary_color": None, "company_name": "Acme"}
        self.confirmation_page = True

    def unverified_allowed(self, asked: Asked) -> None:
        if not self.unverified:
            raise self.refuse(404, "Not found")

    def page(self, found: list[Any], asked: Asked) -> list[Any]:
        size, page = int(asked.query.get("count", 50)), int(asked.query.get("page", 1))
        return found[(page - 1) * size : page * size]

    def _found(self, store: dict[str, dict[str, Any]], asked: Asked) -> dict[str, Any]:
        if asked.at["id"] not in store:
            raise self.refuse(404, "Not found")
        return store[asked.at["id"]]

    # -- templates ---------------------------------------------------------------------------------------------------

    def add_template(self, name: str, *roles: str, approval: bool = False) -> str:
        return str(self._template({"name": name}, papers.made(1, name), roles, approval)["id"])

    def _template(
        self, given: dict[str, Any], paper: bytes, roles: tuple[str, ...] = (), approval: bool = False
    ) -> dict[str, Any]:
        made = {
            "id": self.token("template", 22),
            "name": given.get("name", "Untitled"),
            "date_created": self.stamp(places=6),
            "date_modified": self.stamp(places=6),
            "version": "2",
            "roles": [
                {"id": self.token("role", 22), "name": role, "signing_order": None, "preassigned_person": None}
                for role in roles
            ],
            "tokens": given.get("tokens", []),
            "metadata": given.get("metadata", {}),
            "paper": paper,
            "approval": approval,
        }
        self.templates[made["id"]] = made
        return made

    def template_named(self, identifier: str) -> dict[str, Any]:
        if identifier not in self.templates:
            raise self.invalid_at("template_uuid", "is no template")
        return self.templates[identifier]

    def template(self, asked: Asked) -> dict[str, Any]:
        return self._found(self.templates, asked)

    def _short(self, one: dict[str, Any]) -> dict[str, Any]:
        return {name: one[name] for name in ("id", "name", "date_created", "date_modified", "version")}

    def templates_listed(self, asked: Asked) -> Plain:
        wanted = asked.query.get("q", "").lower()
        found = [self._short(one) for one in self.templates.values() if wanted in one["name"].lower()]
        return as_json({"results": self.page(found, asked)})

    def template_uploaded(self, asked: Asked) -> Plain:
        asked.gate()
        return as_json(self._short(self._template(asked.data, asked.file)), 201)

    def template_made(self, asked: Asked) -> Plain:
        asked.gate()
        return as_json(self._short(self._template(asked.data, papers.made(1, "Fetched from an address"))), 201)

    def template_read(self, asked: Asked) -> Plain:
        one = {name: value for name, value in asked.found.items() if name not in ("paper", "approval")}
        return as_json({**one, "fields": [], "tags": []})

    def template_deleted(self, asked: Asked) -> Plain:
        asked.gate()
        del self.templates[asked.found["id"]]
        return Plain(204)

    # -- webhooks ----------------------------------------------------------------------------------------------------

    def subscription(self, asked: Asked) -> dict[str, Any]:
        return self._found(self.subscriptions, asked)

    def subscriptions_listed(self, asked: Asked) -> Plain:
        return as_json({"items": list(self.subscriptions.values())})

    def subscription_made(self, asked: Asked) -> Plain:
        asked.gate()
        digits = self.token("subscription", 32)
        uuid = f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"
        usual = {"active": True, "payload": [], "workspace_id": "workspace-1", "status": "ACTIVE"}
        made = {**usual, **asked.data, "uuid": uuid, "shared_key": self.token("shared", 32)}
        self.subscriptions[uuid] = made
        return as_json(made, 201)

    def subscription_read(self, asked: Asked) -> Plain:
        return as_json(asked.found)

    def subscription_changed(self, asked: Asked) -> Plain:
        asked.gate()
        asked.found |= asked.data
        return as_json(asked.found)

    def subscription_deleted(self, asked: Asked) -> Plain:
        asked.gate()
        del self.subscriptions[asked.found["uuid"]]
        return Plain(204)

    # -- assumed -----------------------------------------------------------------------------------------------------

    def bulk(self, asked: Asked) -> dict[str, Any]:
        return self._found(self.bulk_lists, asked)

    def bulk_made(self, asked: Asked) -> Plain:
        self.template_named(asked.data["template_uuid"])
        asked.gate()
        made = {"items": [], **asked.data, "id": self.token("bulk", 22), "date_created": self.stamp(places=6)}
        self.bulk_lists[made["id"]] = made
        return as_json(made, 201)

    def bulk_listed(self, asked: Asked) -> Plain:
        return as_json({"results": list(self.bulk_lists.values())})

    def bulk_read(self, asked: Asked) -> Plain:
        return as_json(asked.found)

    def bulk_changed(self, asked: Asked) -> Plain:
        asked.gate()
        asked.found |= asked.data
        return as_json(asked.found)

    def bulk_deleted(self, asked: Asked) -> Plain:
        asked.gate()
        del self.bulk_lists[asked.found["id"]]
        return Plain(204)

    def bulk_triggered(self, asked: Asked) -> Plain:
        asked.gate()
        return as_json({"id": asked.found["id"], "status": "queued", "total": len(asked.found["items"])}, 202)

    def storage(self, asked: Asked) -> dict[str, Any]:
        return self._found(self.storages, asked)

    def storages_listed(self, asked: Asked) -> Plain:
        return as_json(list(self.storages.values()))

    def storage_connected(self, asked: Asked) -> Plain:
        asked.gate()
        asked.found |= {"connected": True, "connected_at": self.stamp(places=6)}
        return as_json({"auth_url": f"https://{asked.found['provider']}.example.com/authorize"})

    def storage_left(self, asked: Asked) -> Plain:
        asked.gate()
        asked.found["connected"] = False
        return Plain(204)

    def branding_read(self, asked: Asked) -> Plain:
        return as_json(self.branding)

    def branding_changed(self, asked: Asked) -> Plain:
        asked.gate()
        self.branding |= asked.data
        return as_json(self.branding)

    def confirmation_set(self, asked: Asked) -> Plain:
        asked.gate()
        self.confirmation_page = asked.data["enabled"]
        return as_json({"enabled": self.confirmation_page})
