"""The log: rotating, local, and without what must not be told: no values, no tokens, no names of documents."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app.domain.redacting import redacted, trace

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class Redaction(logging.Filter):
    """Takes secrets and paths out of a finished message, also out of tracebacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redacted(record.getMessage()), None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text, record.exc_info = trace(record.exc_info[1]), None
        return True


def start(folder: Path) -> Path:
    """Five files of 1 MB at most, readable by their owner only; the path of the one being written."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "paraph.log"
    handler = RotatingFileHandler(path, maxBytes=1 << 20, backupCount=4, encoding="utf-8", delay=False)
    path.chmod(0o600)
    handler.setFormatter(logging.Formatter(FORMAT))
    handler.addFilter(Redaction())
    root = logging.getLogger("app")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False
    return path
