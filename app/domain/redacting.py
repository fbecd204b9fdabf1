"""What a log or a report of a bug may tell: code and kinds of errors; no secrets, no names, no words of documents."""

import re
import traceback
from collections.abc import Iterator

from app.domain.errors import ParaphError

SECRETS = re.compile(
    r"(?i)(passphrase|password|token|secret|api[-_ ]?key|authorization|bearer|access[-_ ]code|pin)"
    r"(['\"]?\s*[:= ]\s*)(\S+)"
)
PATHS = re.compile(r"(?:[A-Za-z]:\\|/)(?:[^\s'\":]+[/\\])+([^\s'\":]+)")
ABOUT_CODE = (AttributeError, ImportError, NameError, NotImplementedError, RecursionError, TypeError, ZeroDivisionError)
"""What the interpreter says of these are words of the code; any other message may repeat what a person wrote."""


def redacted(text: str) -> str:
    """Code keeps its file names, people's folders and documents lose theirs."""
    text = SECRETS.sub(r"\1\2[hidden]", text)
    return PATHS.sub(lambda found: found[1] if found[1].endswith(".py") else "[path]", text)


def trace(error: BaseException) -> str:
    """The stack of an error and of its causes, oldest first, without the messages that may repeat people's words."""
    return redacted("\n".join(_told(one) for one in reversed(list(_causes(error)))))


def _told(error: BaseException) -> str:
    said = f": {error}" if isinstance(error, ABOUT_CODE) and not isinstance(error, ParaphError) else ""
    return "".join(traceback.format_tb(error.__traceback__)) + f"{type(error).__qualname__}{said}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
