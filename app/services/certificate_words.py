"""The words of trail and certificate in the languages of the signing room: `resources/certificate/<language>.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.paths import resource

LANGUAGES = ("en", "de", "fr", "es", "ar")
LEFTWARDS = ("ar",)
WORDED = {"action": "act_", "capture": "", "method": "by_"}
"""Facts that are words of the program, and how those words are called here."""


@dataclass(frozen=True)
class Words:
    """`text` by name and `events` by kind, each with the names of facts in braces."""

    language: str
    text: Mapping[str, str]
    events: Mapping[str, str]

    @property
    def leftwards(self) -> bool:
        """Written from right to left."""
        return self.language in LEFTWARDS

    def __getitem__(self, name: str) -> str:
        return self.text[name]

    def sentence(self, kind: str, facts: Mapping[str, Any]) -> str:
        """Of one event; a kind nobody put into words is told by its name."""
        told = self.events.get(kind, kind.replace("_", " "))
        return told.format_map(_Blank({name: self._plain(name, value) for name, value in facts.items()}))

    def _plain(self, name: str, value: Any) -> str:
        if name in WORDED:
            return self.text.get(f"{WORDED[name]}{value}", str(value))
        if isinstance(value, list):
            return ", ".join(
                str(item["title"]) if isinstance(item, dict) and "title" in item else str(item) for item in value
            )
        return str(value) or self.text["not_stated"]


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


@cache
def in_language(language: str) -> Words:
    """English where there is no translation."""
    known = language if language in LANGUAGES else "en"
    found = json.loads(resource("certificate", f"{known}.json").read_text("utf-8"))
    return Words(known, found["words"], found["events"])
