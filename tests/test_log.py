"""The log and the report of a bug tell where the program failed, and nothing of what people wrote."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import log
from app.domain import errors
from app.domain.redacting import trace

PERSON, PLACE, SECRET = "Jane Canary", "/home/jane/canary contracts/Canary.pdf", "canary-token-0123"


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    """The log of a program that runs; it leaves the interpreter's loggers as they were."""
    root = logging.getLogger("app")
    before, level, propagate = list(root.handlers), root.level, root.propagate
    yield log.start(tmp_path / "logs")
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    root.propagate = propagate


def int_of(word: str) -> int:
    return int(word)


def file_of(name: str) -> bytes:
    return Path(name).read_bytes()


def known(name: str) -> str:
    return dict[str, str]()[name]


def wrapped(fails: Callable[[str], object], given: str) -> None:
    try:
        fails(given)
    except Exception as cause:
        raise RuntimeError(f"while {given} was read") from cause


def refused(name: str) -> None:
    raise errors.FileMissing(path=name)


@pytest.mark.parametrize(
    ("fails", "given", "kind"),
    [(int_of, PERSON, "ValueError"), (file_of, PLACE, "FileNotFoundError"), (known, PERSON, "KeyError"),
     (refused, PLACE, "FileMissing")],
)  # fmt: skip
def test_fault_48_what_people_wrote_is_in_no_trace(
    fails: Callable[[str], object], given: str, kind: str, written: Path
) -> None:
    with pytest.raises(RuntimeError) as bug:
        wrapped(fails, given)
    logging.getLogger("app.any").info("Failed", exc_info=bug.value)
    for text in (trace(bug.value), written.read_text("utf-8")):
        assert kind in text
        assert f"in {fails.__name__}" in text
        assert "test_log.py" in text
        assert "canary" not in text.lower()


def test_fault_48_the_log_hides_secrets_and_folders_and_is_its_owners(written: Path) -> None:
    say = logging.getLogger("app.any").info
    for line in (f"Authorization: {SECRET}", f"access_code={SECRET}", f"token {SECRET}", f"took {PLACE[:-11]}/x/y"):
        say(line)
    text = written.read_text("utf-8")
    assert SECRET not in text
    assert "jane" not in text
    assert text.count("\n") == 4
    assert written.stat().st_mode & 0o077 == 0
    assert written.parent.stat().st_mode & 0o077 == 0


def test_the_words_of_the_code_itself_stay() -> None:
    with pytest.raises(AttributeError) as bug:
        object().nothing_like_it  # type: ignore[attr-defined]  # noqa: B018
    assert "nothing_like_it" in trace(bug.value)
