"""How an operation goes on: a flow says, from what is known so far, which request comes next and what its answer means.

It does nothing itself. The same question always has the same answer, so an operation that was cut off anywhere goes on
from the facts that were kept. A step that creates something is noted before its first byte leaves; when its answer did
not come it is looked up, and where nothing can be looked up a person decides.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from app.domain.remote import News
from app.sync.download import Download
from app.sync.outgoing import OutDocument, Outgoing
from app.sync.provider import FormField, Options
from app.sync.request import Answer, File, Request

Facts = Mapping[str, Any]
"""What was learnt, by name: plain JSON, no secret. It outlives the program."""


class Kind(StrEnum):
    """What a person, or news, can ask of a service about one envelope."""

    SEND = "send"
    FOLLOW = "follow"
    REMIND = "remind"
    LINK = "link"
    VOID = "void"
    DOWNLOAD = "download"


LOOKING: Final = (Kind.FOLLOW, Kind.DOWNLOAD)
"""What changes nothing at the service: it waits for nothing, holds nothing up, and can begin anew at any time."""


@dataclass(frozen=True)
class Job:
    """One operation. `remote` and `known` are what its envelope's `SEND` learnt: the service's id, and all facts.

    `given` is what was asked for, as `role` or `reason`. `files` are the blobs of `outgoing` by fingerprint, `secrets`
    what `Learned.secrets` kept, of any operation of this envelope. `options` are the account's. `begun` names the step
    whose answer was lost: it is looked up before anything else, so the flow must still come to it.
    """

    kind: Kind
    outgoing: Outgoing
    now: datetime
    options: Options = field(default_factory=dict)
    remote: str = ""
    known: Facts = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict, repr=False)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    begun: str = ""

    def file(self, document: OutDocument) -> File:
        """The body, or part of one, that is this document; its name is ours."""
        return File(self.files[document.sha256])


@dataclass(frozen=True)
class Learned:
    """What an answer told. `facts` are added to those known (`id` names the envelope at the service, once `SEND` knows
    it); `secrets` go to the vault and nowhere else: signing links as `link/ROLE`, short codes as `code/ROLE`.
    """

    facts: Facts = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    news: News | None = None


@dataclass(frozen=True)
class Absent:
    """Looked up, and it is not there: it was not done."""


@dataclass(frozen=True)
class Unclear:
    """Looked up, and nobody can tell."""


@dataclass(frozen=True)
class Lookup:
    """Was it done? `read` may answer with another one, as for the next page of a list."""

    request: Request
    read: "Callable[[Answer], Learned | Absent | Unclear | Lookup]"


@dataclass(frozen=True)
class Call:
    """A request. `read` may raise ValueError, KeyError, TypeError or IndexError for an answer that makes no sense.

    `lookup` is for when the answer was lost. With `reconcile` it is asked, too, when the service refuses because of the
    state things are in (409, 422, 404): what was wanted may be so already. `wait_s`: not before so long after the step
    before. `assumed` is what there is to go on with when a person says that a lost request was done; without it the
    operation ends there.
    """

    name: str
    request: Request
    read: Callable[[Answer], Learned]
    lookup: Lookup | None = None
    reconcile: bool = False
    wait_s: float = 0.0
    assumed: Learned | None = None


@dataclass(frozen=True)
class Fetch:
    """A file to take in. `source` is a request, or a link out of an answer, which is kept as a secret and not a fact.

    `document` counts from 1, None for what is no document of ours (their certificate); `title` is ours. `read` gets the
    fingerprint of what was stored.
    """

    name: str
    source: Request | str = field(repr=False)
    title: str
    limit: int
    read: Callable[[Download], Learned]
    document: int | None = None
    content_type: str = "application/pdf"
    expected_sha256: str | None = None
    wait_s: float = 0.0


@dataclass(frozen=True)
class Rest:
    """The round is over, the operation is not: `forget` names the facts that make room for the next one."""

    forget: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """Nothing is left to do."""


@dataclass(frozen=True)
class GiveUp:
    """It cannot succeed any more; `message` says why, in the service's words where it has some; without a full stop."""

    message: str


Move = Call | Fetch | Rest | Done | GiveUp
NextStep = Callable[[Job, Facts], Move]


class Way(StrEnum):
    """How an envelope travels: the remaining people sign on the document; as a finished document with its metadata; as
    an attachment; or only by name, where the service has its own document (a form, a published policy)."""

    DOCUMENT = "document"
    COMPLETED = "completed"
    ATTACHMENT = "attachment"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Remark:
    """`code` has words in `services.plan_words`; `subject` is a role, a field or a document by its label; `facts` fill
    the words. `role` and `field` tell where it can be mended, where that is at one person or one field, by its name."""

    code: str
    subject: str = ""
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
    role: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What will happen, before it does. `lost`: what cannot be carried. `problems`: why it cannot go at all."""

    way: Way
    lost: tuple[Remark, ...] = ()
    problems: tuple[Remark, ...] = ()


def nothing_left(job: Job, facts: Facts) -> Move:
    """Of a service where nothing is there before everything is."""
    del job, facts
    return Done()


@dataclass(frozen=True)
class Flow:
    """A provider's: which kinds it can do, and how. `plan` is strict: what passes it is never refused with 422. `asks`
    are the options of one sending (`Outgoing.options`). `discard` takes away what a sending that is not wanted any more
    has left there, as a draft; `facts` are those of the sending."""

    provider: str
    plan: Callable[[Outgoing, Options], Plan]
    steps: Mapping[Kind, NextStep]
    asks: tuple[FormField, ...] = ()
    discard: NextStep = nothing_left
