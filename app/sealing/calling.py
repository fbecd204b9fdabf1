"""What the program's side of sealing asks its child through."""

from collections.abc import Mapping
from typing import Protocol

from app.process import Json


class Caller(Protocol):
    """A `process.Worker` or `Pool` that has the modules of the jobs."""

    def call(self, job: str, payload: Mapping[str, Json], *, wall_s: float | None = None) -> Json: ...
