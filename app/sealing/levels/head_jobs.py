"""What the child is asked about time stamps over the heads of audit trails: `heads` is the other side."""

import asyncio
import base64
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from asn1crypto import pem, x509

from app import codec
from app.process import Json
from app.sealing.levels.tokens import Judge, query_for, token_in, told_by
from app.sealing.verifying.anchors import TrustAnchor


def ask_for_head(payload: dict[str, Any]) -> Json:
    """`digest` (hexadecimal) → a query."""
    return base64.b64encode(query_for(bytes.fromhex(payload["digest"]))).decode()


def judge_head(payload: dict[str, Any]) -> Json:
    """`query`, `reply`, `digest` → what the token says. Raises `TimestampRefused`."""
    reply, query = base64.b64decode(payload["reply"]), base64.b64decode(payload["query"])
    return _told(asyncio.run(token_in(reply, query, _judge(payload))), payload)


def read_head(payload: dict[str, Any]) -> Json:
    """`token`, `digest` → what the token says, and its fault."""
    return _told(base64.b64decode(payload["token"]), payload)


def _told(token: bytes, payload: dict[str, Any]) -> Json:
    told = asyncio.run(told_by(token, bytes.fromhex(payload["digest"]), _judge(payload)))
    return {
        "token": base64.b64encode(token).decode(),
        "at": told.at.isoformat(),
        "authority": told.authority,
        "root": pem.armor("CERTIFICATE", told.root.dump()).decode() if told.root is not None else "",
        "fault": told.fault,
    }


def _judge(payload: dict[str, Any]) -> Judge:
    anchors = codec.decode(tuple[TrustAnchor, ...], payload["anchors"])
    texts = (anchor.pem.encode() for anchor in anchors)
    roots = tuple(x509.Certificate.load(der) for text in texts for _, _, der in pem.unarmor(text, multiple=True))
    return Judge(roots, datetime.fromisoformat(payload["now"]), payload["authority"])


JOBS: Mapping[str, Callable[[dict[str, Json]], Json]] = {
    "ask_for_head": ask_for_head,
    "judge_head": judge_head,
    "read_head": read_head,
}
