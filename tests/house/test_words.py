"""What our own files may not say: where they were written, and where other people keep their packages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.source import CHECKOUT, own_texts

# A person's folder is fine as an example ("/home/jane"); a place on one machine is not.
MACHINE_PATH = re.compile(r"(?<![\w.:/}*~-])/(?:root|work|opt|mnt|srv|var/tmp|home/(?!jane\b|user\b)\w+)(?:/|\b)(?!\w)")
REGISTRY_HOST = re.compile(r"\b(?:pypi|pythonhosted|npmjs|jsdelivr|unpkg)\.(?:org|com|net)\b")
INDEX_OPTION = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host")


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY_HOST, INDEX_OPTION], ids=["path", "host", "index"])
def test_no_file_names_the_machine_or_the_registry_it_came_from(pattern: re.Pattern[str]) -> None:
    found = [place for path in own_texts() if path != Path(__file__) for place in _places(path, pattern)]
    assert not found, "\n".join(found)


def test_the_patterns_see_what_they_forbid() -> None:
    assert MACHINE_PATH.search("open('/work/main/x.pdf')")
    assert MACHINE_PATH.search("in /root/.cache")
    assert not MACHINE_PATH.search("a route/root/x and /Root 1 0 R")
    assert REGISTRY_HOST.search("https://files." + "pythonhosted.org/x")
    assert INDEX_OPTION.search("--extra-index-url x")


def _places(path: Path, pattern: re.Pattern[str]) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    name = path.relative_to(CHECKOUT)
    return [f"{name}:{number}: {line.strip()}" for number, line in enumerate(lines, 1) if pattern.search(line)]
