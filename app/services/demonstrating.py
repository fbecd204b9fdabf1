"""The whole job once, on the sample documents: prepare, two people sign in turn, seal, certificate, verify."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain import errors
from app.domain.envelope import Envelope
from app.domain.fields.base import Value
from app.domain.ids import EnvelopeId
from app.domain.mark import Mark
from app.domain.recipient import Recipient
from app.paths import documents_folder
from app.services import device, exporting, samples, sending, signing_at_once, specifying, verifying
from app.services.exporting import Exported
from app.services.house import House
from app.services.signing_at_once import Act
from app.vault import MemoryVault

Report = Callable[[int, int], None]
HANDS = ("great-vibes", "dancing-script")


@dataclass(frozen=True)
class Shown:
    """`verdicts` by file name, judged with the device authority trusted."""

    envelope_id: str
    signers: tuple[str, ...]
    files: tuple[Exported, ...]
    verdicts: dict[str, str]


def quiet(_done: int, _total: int) -> None:
    """Progress nobody looks at."""


def demo(house: House, out: Path | None = None, report: Report = quiet) -> Shown:
    """Leaves a completed envelope in the library and its files in `out`."""
    house = with_keys(house)
    envelope_id = specifying.new(house, samples.sample_spec()).one("envelope")
    sending.send(house, envelope_id)
    people = _envelope(house, envelope_id).recipients
    for number, recipient in enumerate(people):
        report(number + 1, len(people) + 2)
        signing_at_once.sign(house, envelope_id, recipient.role, _act(house, envelope_id, recipient, HANDS[number % 2]))
    files = exporting.export(house, envelope_id, out or documents_folder() / "Paraph demo")
    report(len(people) + 1, len(people) + 2)
    verdicts = {
        f.path.name: str(verifying.verify(house, f.path).report.verdict) for f in files if f.path.suffix == ".pdf"
    }
    report(len(people) + 2, len(people) + 2)
    return Shown(envelope_id, tuple(r.name for r in people), files, verdicts)


def with_keys(house: House) -> House:
    """The house itself where its vault opens without a question; else with keys that live for this run only.

    A demonstration must not ask for a passphrase. What it seals stays verifiable: the certificate of its
    authority is kept.
    """
    try:
        device.authority(house)
    except errors.VaultError:
        return replace(house, vault=MemoryVault())
    return house


def _act(house: House, envelope_id: str, recipient: Recipient, hand: str) -> Act:
    envelope = _envelope(house, envelope_id)
    return Act(
        consent=True,
        values=_values(envelope, recipient.role),
        signature=Mark("typed", text=recipient.name, hand=hand),
        initials=Mark("typed", text=recipient.initials, hand=hand),
        identified_by="Demonstration, nobody was identified",
    )


def _values(envelope: Envelope, role: str) -> dict[str, Value]:
    """Something believable for each field that has no default of its own."""
    values: dict[str, Value] = {}
    for field in envelope.fields_of(role):
        if envelope.value_of(field) is not None:
            continue
        match field.kind:
            case "checkbox":
                values[field.id] = True
            case "radio" | "dropdown":
                values[field.id] = field.options[0]
            case "number":
                values[field.id] = field.constraint.minimum or "1"
            case "text" | "company" | "title":
                values[field.id] = "As agreed"
    return values


def _envelope(house: House, envelope_id: str) -> Envelope:
    return house.library.envelope(EnvelopeId(envelope_id))
