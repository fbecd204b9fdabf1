"""What a library needs now and then, whoever uses it: run in the background, at start and every few hours."""

from app.domain.changes import Changes
from app.services import ending, reminding
from app.services.house import House


def look_after(house: House) -> Changes:
    """Ends what has run out and reminds who is due; once a day backs the library up, tidies its search index and
    sweeps what nothing names.
    """
    expired = ending.expire_overdue(house)
    reminded = reminding.remind_all(house)
    house.library.look_after()
    return Changes(expired.items | reminded.items)
