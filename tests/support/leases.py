"""Envelopes ready to send, by the same services a window calls."""

import json
from pathlib import Path
from typing import Any

from app.domain.mark import InkPoint, Mark
from app.services import sending, specifying
from app.services.house import House
from app.services.signing_at_once import Act
from app.services.spec import read
from tests.support.pages import write_pdf


def spec_of(*people: str, pages: int = 2, **more: Any) -> dict[str, Any]:
    """Each person has a signature on the last page and a required text on the first."""
    fields: list[dict[str, Any]] = []
    for number, role in enumerate(people):
        top = 200 + 70 * number
        fields.append(
            {"type": "signature", "recipient": role, "page": pages, "x": 72, "y": top, "width": 180, "height": 50}
        )
        fields.append(
            {
                "type": "text",
                "recipient": role,
                "page": 1,
                "x": 72,
                "y": top,
                "width": 200,
                "height": 24,
                "mapping_key": f"{role}_text",
            }
        )
    return {
        "title": "Lease",
        "documents": [{"path": "lease.pdf"}],
        "recipients": [
            {"role": role, "name": f"{role.title()} Smith", "email": f"{role}@example.com", "order": number}
            for number, role in enumerate(people, start=1)
        ],
        "fields": fields,
        **more,
    }


def write_spec(folder: Path, *people: str, pages: int = 2, **more: Any) -> Path:
    write_pdf(folder / "lease.pdf", pages)
    path = folder / "spec.json"
    path.write_text(json.dumps(spec_of(*people, pages=pages, **more)), "utf-8")
    return path


def draft(house: House, folder: Path, *people: str, **more: Any) -> str:
    return specifying.new(house, read(write_spec(folder, *(people or ("buyer", "seller")), **more))).one("envelope")


def sent(house: House, folder: Path, *people: str, **more: Any) -> str:
    envelope_id = draft(house, folder, *people, **more)
    sending.send(house, envelope_id)
    return envelope_id


DRAWN = Mark(
    "drawn",
    (
        tuple(InkPoint(10 + 6 * n, 40 + (14 if n % 2 else -14), 0.5, 12 * n) for n in range(18)),
        tuple(InkPoint(20 + 5 * n, 66 - n, 0.5, 300 + 12 * n) for n in range(16)),
    ),
)


def act(role: str, signature: Mark = DRAWN, **more: Any) -> Act:
    return Act(
        **{
            "consent": True,
            "values": {f"{role}_text": "As agreed"},
            "signature": signature,
            "identified_by": "Passport seen, ends with 417",
            **more,
        }
    )
