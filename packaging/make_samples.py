"""Makes `resources/samples`: two documents of our own and the envelope that goes with them.

    .venv/bin/python packaging/make_samples.py

The fields of the envelope come from the same calls that draw the lines they stand on, so they cannot drift apart.
"""

from __future__ import annotations

import json
from pathlib import Path

import pymupdf

import sample_agreement
import sample_form
from sample_agreement import CLIENT, CONTRACTOR
from sample_sheet import Spot

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "samples"
DOCUMENTS = (("service-agreement.pdf", sample_agreement.make), ("site-inspection-form.pdf", sample_form.make))
FIXED_DATE = "D:20261102090000Z"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    fields: list[dict[str, object]] = []
    for number, (name, make) in enumerate(DOCUMENTS, start=1):
        document, spots = make()
        _save(document, FOLDER / name)
        fields += [_field(spot, number) for spot in spots]
    spec = json.dumps(_spec(fields), indent=1, ensure_ascii=False)
    (FOLDER / "samples.json").write_text(spec + "\n", encoding="utf-8")


def _save(document: pymupdf.Document, path: Path) -> None:
    """The same bytes each time: no date of today, no random identifier."""
    dates = {"creationDate": FIXED_DATE, "modDate": FIXED_DATE}
    document.set_metadata({**document.metadata, **dates, "creator": "Paraph samples"})
    document.save(path, garbage=4, deflate=True, no_new_id=True)


def _field(spot: Spot, document: int) -> dict[str, object]:
    place = {"x": spot.x, "y": spot.y, "width": spot.width, "height": spot.height}
    about = {"type": spot.type, "recipient": spot.recipient, "document": document, "page": spot.page}
    return {**about, **place, "label": spot.label, **spot.more}


def _spec(fields: list[dict[str, object]]) -> dict[str, object]:
    return {
        "title": "Service agreement, Larkfield House",
        "message": "Please read both documents and sign where your name stands.",
        "routing": "sequential",
        "sealing": "each_recipient",
        "documents": [{"path": name, "title": name[:-4].replace("-", " ").capitalize()} for name, _ in DOCUMENTS],
        "recipients": [
            {"role": CLIENT, "name": "Jane Smith", "email": "jane@example.com", "action": "sign", "order": 1},
            {"role": CONTRACTOR, "name": "Bob Jones", "email": "bob@example.com", "action": "sign", "order": 2},
        ],
        "fields": fields,
    }


if __name__ == "__main__":
    main()
