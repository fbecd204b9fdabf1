"""What a library needs now and then, whoever uses it: run in the background, at start and every few hours."""

from app.domain.changes import Changes
from app.services import ending, lasting, reminding, timestamping
from app.services.house import House
from app.sync.rhythm import LONGEST_WAIT


def look_after(house: House) -> Changes:
    """Ends what has run out, countersigns what ended under lock, reminds who is due, brings seals to their level and
    trails to their time stamp; once a day backs the library up, tidies its search index and sweeps what nothing names.
    """
    rounds = (
        ending.expire_overdue,
        ending.countersign_late,
        reminding.remind_all,
        lasting.catch_up,
        timestamping.catch_up,
    )
    changes = [each(house) for each in rounds]
    house.library.look_after()
    return Changes(frozenset(item for one in changes for item in one.items))


def exchange(house: House) -> Changes:
    """What is due at remote services: sent, asked for, fetched. Costs nothing while nothing is."""
    if not house.library.is_due(house.clock.now(), LONGEST_WAIT):
        return Changes()
    from app.services import outbox

    return outbox.run_automatically(house).changes
