"""Levels above B-B: time stamps, and proof that certificates were not revoked (ETSI EN 319 142-1, 5.4 and 6).

    ask_signer, ask_file   what issuers say today about a signer, or about the signatures of a file
    raise_level   from a sealed file to one of a higher level, or renewed; the program's side
    stamp_head, read_head_stamp   a time stamp over the head of an audit trail, and what a kept one says
    Asking, KeptAnswers   what was asked, and what serves the next file too
    Want, Fetch   what the child cannot fetch for itself, and who fetches it
    Terms         who is trusted, which authority is asked, what time it is

The child has no network. It says which bytes it needs; the program brings them; the child judges them and goes on.
"""

from app.sealing.levels.heads import Stamped, read_head_stamp, stamp_head
from app.sealing.levels.keeping import Asking, KeptAnswers
from app.sealing.levels.raising import Raised, raise_level
from app.sealing.levels.standing import FileStanding, ask_file, ask_signer
from app.sealing.levels.wants import Fetch, Kind, Terms, Want

__all__ = [
    "Asking", "Fetch", "FileStanding", "KeptAnswers", "Kind", "Raised", "Stamped", "Terms", "Want", "ask_file",
    "ask_signer", "raise_level", "read_head_stamp", "stamp_head",
]  # fmt: skip
