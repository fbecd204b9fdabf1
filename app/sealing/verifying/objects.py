"""Reading pyHanko's objects. Its dictionaries resolve references when indexed, but not in `get`."""

from typing import Any

from pyhanko.pdf_utils import generic


def entry(dictionary: Any, key: str) -> Any:
    """The value with its reference resolved; None where there is no such key or no dictionary."""
    found = raw_entry(dictionary, key)
    found = found.get_object() if isinstance(found, generic.IndirectObject) else found
    return None if isinstance(found, generic.NullObject) else found


def raw_entry(dictionary: Any, key: str) -> Any:
    """The value as written; None where there is no such key or no dictionary."""
    if not isinstance(dictionary, generic.DictionaryObject) or key not in dictionary:
        return None
    return dictionary.raw_get(key)


def text_entry(dictionary: Any, key: str) -> str:
    """As text, empty where there is none; a name without its slash."""
    found = entry(dictionary, key)
    return "" if found is None else str(found).removeprefix("/")


def items(array: Any) -> list[Any]:
    """What an array holds, references unresolved; nothing for what is no array."""
    array = array.get_object() if isinstance(array, generic.IndirectObject) else array
    if not isinstance(array, generic.ArrayObject):
        return []
    return [array.raw_get(place) for place in range(len(array))]


def number_of(raw: Any) -> int:
    """The object number of a reference, 0 for an object written in place."""
    return int(raw.idnum) if isinstance(raw, generic.IndirectObject | generic.Reference) else 0
