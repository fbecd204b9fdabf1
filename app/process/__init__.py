"""Child processes with limits: where everything that opens a stranger's document runs.

    Worker      one child at a time; killed when late, made again when dead
    Pool        several of them with the same jobs
    PixelSlots  memory both sides see, for pictures
    Pixels      one picture in it
    Limits      what a child may use
    WorkerBug   a job failed in a way nobody foresaw

`python -m app.process.child` is the child's own program. `CHILD_FLAG` starts it in a frozen build.
"""

from app.process.limits import Limits
from app.process.pixels import BYTES_PER_PIXEL, Pixels, PixelSlots, Slot, open_slot
from app.process.pool import Pool
from app.process.quarantine import Quarantine
from app.process.scratch import sweep
from app.process.spawned import CHILD_FLAG
from app.process.wire import Json
from app.process.worker import Worker, WorkerBug

__all__ = [
    "BYTES_PER_PIXEL", "CHILD_FLAG", "Json", "Limits", "PixelSlots", "Pixels", "Pool", "Quarantine", "Slot",
    "Worker", "WorkerBug", "open_slot", "sweep",
]  # fmt: skip
