"""What the child is asked on the way to a higher level. Between two calls the program fetches what the first one named;
the draft is a private file of the caller until the last call has found it good.
"""

import asyncio
import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from asn1crypto import pem, x509

from app import codec
from app.domain import errors
from app.domain.level import Level
from app.domain.verdict import SignatureReport, Verdict
from app.process import Json
from app.sealing.levels import stamping
from app.sealing.levels.asking import standing_in_file, standing_of_signer
from app.sealing.levels.gathering import Inquiry, inquire
from app.sealing.levels.sources import answers_from_json, good_until, wants_to_json
from app.sealing.levels.storing import store
from app.sealing.levels.tokens import Judge, query_for, token_in
from app.sealing.levels.wants import Kind
from app.sealing.names import remember_names
from app.sealing.opening import read_strictly
from app.sealing.rechecking import check_earlier
from app.sealing.signing import Hole
from app.sealing.verifying.analysing import analyse
from app.sealing.verifying.anchors import TrustAnchor

remember_names()


@dataclass(frozen=True, slots=True)
class _Asked:
    """The part of a question that all share. `path` names the document in errors."""

    draft: Path
    path: str
    anchors: tuple[TrustAnchor, ...]
    now: datetime
    authority: str

    @staticmethod
    def of(payload: dict[str, Any]) -> "_Asked":
        return _Asked(
            Path(payload["draft"]),
            payload["path"],
            _anchors(payload),
            datetime.fromisoformat(payload["now"]),
            payload["authority"],
        )

    @property
    def roots(self) -> tuple[x509.Certificate, ...]:
        return _roots(self.anchors)

    @property
    def judge(self) -> Judge:
        return Judge(self.roots, self.now, self.authority)


def _anchors(payload: dict[str, Any]) -> tuple[TrustAnchor, ...]:
    return codec.decode(tuple[TrustAnchor, ...], payload["anchors"])


def _roots(anchors: tuple[TrustAnchor, ...]) -> tuple[x509.Certificate, ...]:
    texts = (anchor.pem.encode() for anchor in anchors)
    return tuple(x509.Certificate.load(der) for text in texts for _, _, der in pem.unarmor(text, multiple=True))


def _text(parsed: Any) -> str:
    return base64.b64encode(parsed.dump()).decode()


def ask_for_signature(payload: dict[str, Any]) -> Json:
    """A query for a time stamp over the newest signature, and the place of that signature."""
    asked = _Asked.of(payload)
    return _question(stamping.hole_of_newest_signature(asked.draft, asked.path))


def stamp_signature(payload: dict[str, Any]) -> Json:
    """Judges the answer and puts the token in."""
    asked, hole = _Asked.of(payload), _hole(payload)
    stamping.put_into_signature(asked.draft, asked.path, hole, _token(asked, payload))
    return None


def ask_for_document(payload: dict[str, Any]) -> Json:
    """Appends an unfinished document time stamp, and a query for it."""
    asked = _Asked.of(payload)
    return _question(stamping.hole_of_document_stamp(asked.draft, asked.path))


def stamp_document(payload: dict[str, Any]) -> Json:
    asked, hole = _Asked.of(payload), _hole(payload)
    stamping.put_into_document_stamp(asked.draft, asked.path, hole, _token(asked, payload))
    return None


def missing_evidence(payload: dict[str, Any]) -> Json:
    """What else must be fetched, given what came so far; when it is nothing, everything is stored."""
    asked, answers = _Asked.of(payload), answers_from_json(payload["answers"])
    with asked.draft.open("rb") as stream:
        reader = read_strictly(stream, asked.path)
        found: Inquiry = asyncio.run(inquire(reader, asked.path, asked.roots, answers, asked.now))
    if not found.wants:
        store(asked.draft, asked.path, found.certificates, answers)
    return cast("Json", wants_to_json(found.wants))


def until_when(payload: dict[str, Any]) -> Json:
    """`kind`, `data`, `now` -> until when the answer may serve other files too, or null."""
    now = datetime.fromisoformat(payload["now"])
    until = good_until(Kind(payload["kind"]), base64.b64decode(payload["data"]), now)
    return until.isoformat() if until else None


def signer_standing(payload: dict[str, Any]) -> Json:
    """`certificates` (the signer's first), `anchors`, `now`, `answers` -> wants. Raises `IdentityUnusable`."""
    certificate, *chain = (x509.Certificate.load(base64.b64decode(each)) for each in payload["certificates"])
    answers, now = answers_from_json(payload["answers"]), datetime.fromisoformat(payload["now"])
    found = asyncio.run(standing_of_signer(certificate, chain, _roots(_anchors(payload)), answers, now))
    return cast("Json", wants_to_json(found.wants))


def file_standing(payload: dict[str, Any]) -> Json:
    """`path`, `moments` by field, `anchors`, `answers` -> wants, and the fields nobody speaks for."""
    answers = answers_from_json(payload["answers"])
    moments = {field: datetime.fromisoformat(moment) for field, moment in payload["moments"].items()}
    with Path(payload["path"]).open("rb") as stream:
        reader = read_strictly(stream, payload["path"])
        found = asyncio.run(standing_in_file(reader, moments, _roots(_anchors(payload)), answers))
    came = answers.evidence
    return cast(
        "Json",
        {
            "wants": wants_to_json(found.wants),
            "unknown": list(found.unknown),
            "brought": {
                "certificates": [_text(each) for each in came.certificates],
                "crls": [_text(each) for each in came.crls],
                "ocsps": [_text(each) for each in came.ocsps],
            },
        },
    )


def check_level(payload: dict[str, Any]) -> Json:
    """Reads the draft like a stranger's file: every signature holds, and the newest has the level that was meant.

    Raises `SealNotTrusted` or `LevelNotReached`.
    """
    asked, level = _Asked.of(payload), Level(payload["level"])
    data = asked.draft.read_bytes()
    report = asyncio.run(analyse(asked.path, data, asked.anchors, asked.now, renderer_repairs=False))
    check_earlier(asked.draft, asked.path, len(report.signatures))
    signers = [each for each in report.signatures if not each.is_timestamp]
    _expect_level(asked.path, signers[-1:], level)
    if any(each.verdict is Verdict.INVALID for each in report.signatures):
        raise errors.SealNotTrusted(path=asked.path, reason="signature")
    return {"sha256": str(report.sha256), "size": len(data), "level": signers[-1].level}


def state(payload: dict[str, Any]) -> Json:
    """The level of the newest signature as it stands; an empty one for a file without any."""
    asked = _Asked.of(payload)
    report = asyncio.run(
        analyse(asked.path, asked.draft.read_bytes(), asked.anchors, asked.now, renderer_repairs=False)
    )
    signers = [each for each in report.signatures if not each.is_timestamp]
    return {"level": signers[-1].level if signers else ""}


def _expect_level(path: str, newest: list[SignatureReport], level: Level) -> None:
    found = newest[0].level if newest else ""
    if found not in list(Level) or not Level(found).reaches(level):
        raise errors.LevelNotReached(path=path, level=level, found=found)


def _question(hole: Hole) -> Json:
    query = base64.b64encode(query_for(hole.digest)).decode()
    return {"query": query, "start": hole.start, "end": hole.end}


def _hole(payload: dict[str, Any]) -> Hole:
    return Hole(payload["start"], payload["end"], b"")


def _token(asked: _Asked, payload: dict[str, Any]) -> bytes:
    reply, query = base64.b64decode(payload["reply"]), base64.b64decode(payload["query"])
    return asyncio.run(token_in(reply, query, asked.judge))


JOBS: Mapping[str, Callable[[dict[str, Json]], Json]] = {
    "ask_for_signature": ask_for_signature,
    "stamp_signature": stamp_signature,
    "ask_for_document": ask_for_document,
    "stamp_document": stamp_document,
    "missing_evidence": missing_evidence,
    "good_until": until_when,
    "signer_standing": signer_standing,
    "file_standing": file_standing,
    "check_level": check_level,
    "state": state,
}
