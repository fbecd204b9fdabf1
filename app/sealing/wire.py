"""Requests and results as JSON between the program and its sealing child. Keys travel as base64 in the same message."""

import base64
from datetime import datetime
from pathlib import Path
from typing import Any

from app import codec
from app.domain.drawing import Drawing
from app.domain.identity import KeyMaterial, TokenKey
from app.domain.ids import Sha256
from app.sealing.request import EmptyField, Fill, SealRequest

_TEXTS = ("signature_field", "name", "reason", "location", "contact")


def request_to_json(request: SealRequest) -> dict[str, Any]:
    """`path` is the source: the document that a death of the child is laid to."""
    return {
        "path": str(request.source),
        "out": str(request.out),
        "key": key_to_json(request.key),
        "at": request.at.isoformat(),
        "lock": list(request.lock),
        "fills": codec.encode(request.fills, tuple[Fill, ...]),
        "appearance": codec.encode(request.appearance, Drawing | None),
        "pictures": {name: str(path) for name, path in request.pictures.items()},
        "certify": request.certify,
        "docmdp": request.docmdp,
        "room": request.room,
        "new_field": codec.encode(request.new_field, EmptyField | None),
        **{name: getattr(request, name) for name in _TEXTS},
    }


def request_from_json(data: dict[str, Any]) -> SealRequest:
    return SealRequest(
        source=Path(data["path"]),
        out=Path(data["out"]),
        key=key_from_json(data["key"]),
        at=datetime.fromisoformat(data["at"]),
        lock=tuple(data["lock"]),
        fills=codec.decode(tuple[Fill, ...], data["fills"]),
        appearance=codec.decode(Drawing, data["appearance"]) if data["appearance"] else None,
        pictures={Sha256(name): Path(path) for name, path in data["pictures"].items()},
        certify=data["certify"],
        docmdp=data["docmdp"],
        room=data["room"],
        new_field=codec.decode(EmptyField, data["new_field"]) if data["new_field"] else None,
        **{name: data[name] for name in _TEXTS},
    )


def key_to_json(key: KeyMaterial) -> dict[str, Any]:
    parts = (key.key_der, key.certificate_der, *key.chain_der)
    return {
        "parts": [base64.b64encode(part).decode() for part in parts],
        "token": codec.encode(key.token, TokenKey | None),
    }


def key_from_json(data: dict[str, Any]) -> KeyMaterial:
    key, certificate, *chain = (base64.b64decode(part) for part in data["parts"])
    token = codec.decode(TokenKey, data["token"]) if data["token"] else None
    return KeyMaterial(key, certificate, tuple(chain), token)
