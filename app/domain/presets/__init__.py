"""Demands with a name: what a text must be, by country where it differs, each with an example. To add one: an entry in
the list of its subject.
"""

from app.domain.errors import SpecError
from app.domain.presets.banking import BANKING
from app.domain.presets.contact import CONTACT
from app.domain.presets.numbers import NUMBERS
from app.domain.presets.postal import POSTAL
from app.domain.presets.preset import Preset
from app.domain.presets.tax import TAX

PRESETS: dict[str, Preset] = {one.name: one for one in (*CONTACT, *BANKING, *TAX, *POSTAL, *NUMBERS)}


def for_kind(kind: str) -> tuple[Preset, ...]:
    """Those a field of this kind can have."""
    return tuple(one for one in PRESETS.values() if kind in one.kinds)


def check(name: str | None, kind: str, path: str) -> None:
    """Raises `SpecError` for a preset that does not exist or does not suit the kind."""
    if name is None:
        return
    known = [one.name for one in for_kind(kind)]
    if name not in known:
        raise SpecError(path=path, problem=f"{name[:40]} is none of {', '.join(known) or 'nothing'}")


__all__ = ["PRESETS", "Preset", "check", "for_kind"]
