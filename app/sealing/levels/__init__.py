"""Levels above B-B: time stamps, and proof that certificates were not revoked (ETSI EN 319 142-1, 5.4 and 6).

    raise_level   from a sealed file to one of a higher level, or renewed; the program's side
    Want, Fetch   what the child cannot fetch for itself, and who fetches it
    Terms         who is trusted, which authority is asked, what time it is

The child has no network. It says which bytes it needs; the program brings them; the child judges them and goes on.
"""

from app.sealing.levels.raising import Raised, raise_level
from app.sealing.levels.wants import Fetch, Kind, Terms, Want

__all__ = ["Fetch", "Kind", "Raised", "Terms", "Want", "raise_level"]
