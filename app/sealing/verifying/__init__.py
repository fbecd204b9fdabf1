"""Judging the signatures of any PDF, ours or a stranger's.

    Verifier      asks a child process and always has an answer: a bad signature is a verdict, not an error
    Brought       what was fetched to help judge it
    TrustAnchor   a certificate somebody decided to trust, and who

Nothing here but `jobs` and what it imports touches pyHanko; `jobs` is loaded in children only.
"""

from app.sealing.verifying.anchors import TrustAnchor
from app.sealing.verifying.brought import Brought
from app.sealing.verifying.verifier import JOBS_MODULE, Verifier

__all__ = ["JOBS_MODULE", "Brought", "TrustAnchor", "Verifier"]
