"""JSON of strangers (RFC 8259): what is ambiguous or made to hurt is refused before anybody reads it (fault 75).

Shape and types are each connector's affair; here only what no service has a reason to send.
"""

import json
import math
from typing import Any, Final, NoReturn

DEEPEST: Final = 64
LONGEST_NUMBER: Final = 40


class NotJson(ValueError):
    """The reason, in a few words."""


def parse(body: bytes) -> Any:
    """Raises `NotJson`. A name given twice, NaN, numbers of more than forty digits, nesting beyond 64 are refused."""
    try:
        found = json.loads(
            body.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_fraction,
            parse_constant=_constant,
        )
    except NotJson:
        raise
    except UnicodeDecodeError:
        raise NotJson("it is not UTF-8") from None
    except RecursionError:
        raise NotJson("it is nested too deep") from None
    except ValueError:
        raise NotJson("it is no JSON") from None
    _expect_shallow(found)
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotJson("a name is given twice")
    return found


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise NotJson("a number is too long")
    return int(text)


def _fraction(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise NotJson("a number is too large")
    return value


def _constant(_: str) -> NoReturn:
    raise NotJson("a number is none")


def _expect_shallow(found: Any) -> None:
    level = [found]
    for _ in range(DEEPEST):
        level = [child for one in level for child in _children(one)]
        if not level:
            return
    raise NotJson("it is nested too deep")


def _children(one: Any) -> list[Any]:
    return list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else []
