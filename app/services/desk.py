"""Where one operation of the outbox is kept while it is worked on: its row, its envelope, its secrets, its files.

Facts and the step of the envelope they mean are written in one transaction; what only this row says is written alone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from app import codec
from app.domain import errors, handing
from app.domain.envelope import Envelope
from app.domain.ids import EnvelopeId, Sha256
from app.domain.remote import News, RemoteStatus
from app.domain.steps import Step
from app.services import arriving, clockwatching
from app.services.house import House
from app.store import OperationRecord
from app.store.outbox import DOUBTED, UNWANTED
from app.sync.download import Download
from app.sync.engine import Standing
from app.sync.flow import Fetch, Flow, Job, Kind, Learned, Way
from app.sync.outgoing import Outgoing
from app.sync.provider import Options

if TYPE_CHECKING:
    from app.sync.transport import Transport

TRIES: Final = 8
"""An envelope may be changed by its people while news arrive; they are read again and applied to what is there."""
QUIET: Final = "_quiet"
"""The fact that counts rounds without news; names with an underscore are ours and not the flow's."""


MISSED: Final = "_missed"
"""The fact that counts how often in a row the service did not find it, and has the time of the last."""


def secret_name(envelope: str, name: str) -> str:
    """In the vault: what a service told of an envelope and may be seen by nobody else."""
    return f"envelope/{envelope}/{name}"


class Secrets(Mapping[str, str]):
    """Those of one envelope, fetched when they are asked for."""

    def __init__(self, house: House, envelope: str) -> None:
        self._house, self._prefix = house, secret_name(envelope, "")

    def __getitem__(self, name: str) -> str:
        try:
            return self._house.vault.get(self._prefix + name).decode()
        except errors.SecretMissing:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        names = self._house.vault.names()
        return (name.removeprefix(self._prefix) for name in names if name.startswith(self._prefix))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass
class Desk:
    """`record` is the row as it stands; every method leaves it durable."""

    house: House
    record: OperationRecord
    flow: Flow
    transport: "Transport"
    options: Options

    # -- what the engine writes --------------------------------------------------------------------------------------

    def begin(self, step: str) -> None:
        self.save(step=step, begun_at=self.house.clock.now())

    def undo(self) -> None:
        self.save(step="", begun_at=None)

    def learn(self, learned: Learned) -> None:
        for name, secret in learned.secrets.items():
            self.house.vault.put(secret_name(self.envelope_id, name), secret.encode())
        self._with_envelope(lambda envelope: meaning_of(self.house, self.flow, envelope, self.record, learned))

    def take_in(self, fetch: Fetch) -> Download:
        """The file is kept beside ours whatever it is worth; only a good one is handed on."""
        outgoing = self.job().outgoing
        own = self.flow.plan(outgoing, self.options).way is Way.OWN
        sent = outgoing.documents[fetch.document - 1] if fetch.document and not own else None
        arrived = arriving.arrive(self.house, self.transport, self._envelope(), sent, fetch)
        self._with_envelope(lambda found: (arriving.noted(found, arrived, self.house.moment()), ()))
        arriving.expect_good(arrived)
        return arrived.download

    # -- what the runner writes --------------------------------------------------------------------------------------

    def save(self, **changes: Any) -> None:
        """Raises `OperationChanged` when a person, or another program, went on with it."""
        (self.record,) = self.house.library.outbox.save(replace(self.record, **changes))

    def settle(self, meaning: Callable[[Envelope], "Meaning"], **changes: Any) -> None:
        """With what it means for its envelope, and the rows that causes."""

        def meant(envelope: Envelope) -> Meaning:
            step, rows = meaning(envelope)
            return step, (replace(self.record, **changes), *rows)

        self._with_envelope(meant)

    def gone(self) -> None:
        """The service has it no more; what is here stays."""
        news = News(RemoteStatus.GONE, "404")
        self._with_envelope(lambda envelope: (handing.learn(envelope, news, self.house.moment()), ()))

    # -- what the engine reads ---------------------------------------------------------------------------------------

    @property
    def envelope_id(self) -> str:
        return self.record.envelope or ""

    @property
    def standing(self) -> Standing:
        one = self.record
        doubted, unwanted = DOUBTED in one.facts, UNWANTED in one.facts
        return Standing(one.facts, one.learned_at, one.step, one.begun_at, one.attempts, doubted, unwanted)

    def job(self) -> Job:
        return job_of(self.house, self.record, self.options)

    # -- together ----------------------------------------------------------------------------------------------------

    def _envelope(self) -> Envelope:
        return self.house.library.envelope(EnvelopeId(self.envelope_id))

    def _with_envelope(self, meaning: Callable[[Envelope], "Meaning"]) -> None:
        """What it means is worked out on the newest envelope, again when somebody was faster."""
        for tried in range(1, TRIES + 1):
            step, rows = meaning(self._envelope())
            try:
                write(self.house, step, rows)
            except errors.EnvelopeChanged:
                if tried == TRIES:
                    raise
                continue
            mine = [row for row in rows if row.id == self.record.id]
            self.record = replace(mine[0], version=mine[0].version + 1) if mine else self.record
            return


def meaning_of(house: House, flow: Flow, envelope: Envelope, one: OperationRecord, learned: Learned) -> "Meaning":
    """What was learnt by this row, for its envelope, itself, and the rows it causes; nothing is begun any more."""
    moment = house.moment()
    facts = {name: fact for name, fact in {**one.facts, **learned.facts}.items() if name != MISSED}
    step = Step(envelope, ())
    remote_id = str(learned.facts.get("id", "")) if one.kind == Kind.SEND else ""
    if remote_id and handing.theirs(envelope).id != remote_id:
        step = step.then(handing.arrive(step.envelope, remote_id, moment))
    if learned.news is not None:
        news = handing.learn(step.envelope, learned.news, moment)
        facts[QUIET] = 0 if news else int(facts.get(QUIET, 0)) + 1
        step = step.then(news) if news else step
    caused = arriving.following(house, flow, envelope, step.envelope, one, wanted=UNWANTED not in facts)
    now = house.clock.now()
    record = replace(one, facts=facts, step="", begun_at=None, learned_at=now, attempts=0, error=None)
    return step, (record, *caused)


def job_of(house: House, record: OperationRecord, options: Options) -> Job:
    """A row as the flows see it. Raises `NotHandedOver` for what needs an envelope that did not arrive there."""
    kind, envelope = Kind(record.kind), record.envelope or ""
    sent = record if kind is Kind.SEND else _sent(house, envelope)
    outgoing = codec.decode(Outgoing, dict(sent.request))
    remote = str(sent.facts.get("id", ""))
    if kind is not Kind.SEND and not remote:
        raise errors.NotHandedOver(envelope=envelope)
    given = {} if kind is Kind.SEND else {name: str(value) for name, value in record.request.items()}
    going = _going(outgoing) if kind is Kind.SEND else ()
    files = {sha256: house.library.blobs.path(Sha256(sha256)) for sha256 in going}
    secrets = Secrets(house, envelope)
    return Job(kind, outgoing, house.clock.now(), options, remote, sent.facts, given, files, secrets, record.step)


def _sent(house: House, envelope: str) -> OperationRecord:
    """The row that handed this envelope over."""
    remote = handing.theirs(house.library.envelope(EnvelopeId(envelope)))
    return house.library.outbox.get(remote.operation)


def _going(outgoing: Outgoing) -> Iterator[str]:
    yield from (one.sha256 for one in outgoing.documents)
    if outgoing.certificate is not None:
        yield outgoing.certificate.sha256


Meaning = tuple[Step | None, tuple[OperationRecord, ...]]


def write(house: House, step: Step | None, rows: tuple[OperationRecord, ...]) -> None:
    """In one transaction. Raises `EnvelopeChanged` and `OperationChanged`."""
    steps = (clockwatching.noted(house, step),) if step is not None and step.entries else ()
    house.library.record(*steps, operations=rows)
