"""An operation of a remote service, explained: for people in lines, for scripts as JSON."""

from collections.abc import Iterator
from typing import Any

from app.sync.argument import Argument, Where, described
from app.sync.operation import Operation
from app.sync.source import Source

UNVERIFIED = "Nobody has told how the service does this: the form is assumed, and it may be refused."


def data(one: Operation) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "help": one.help,
        "method": one.method,
        "path": one.path,
        "answers": str(one.answers),
        "changes": one.changes,
        "repeatable": one.repeatable or not one.changes,
        "needs_login": not one.anonymous,
        "source": str(one.source),
        "unverified": one.is_unverified,
        "arguments": [_argument(each) for each in one.arguments],
    }


def takes(one: Argument) -> str:
    """What kind of value, and what is to be known about it beside its help."""
    return ". ".join(part.rstrip(".") for part in (described(one.shape), _sent_else(one)) if part)


def lines(one: Operation) -> tuple[str, ...]:
    """Required arguments have a star; what a list or object is made of stands below it."""
    said = " ".join(filter(None, (f"{one.title}.", one.help, UNVERIFIED if one.is_unverified else "")))
    return (said, f"{one.method} {one.path}, answers with {one.answers}", *_rows(one.arguments, "  "))


def _rows(arguments: tuple[Argument, ...], indent: str) -> Iterator[str]:
    widest = max((len(each.name) for each in arguments), default=0) + 1
    for each in arguments:
        name = f"{each.name}*" if each.required else each.name
        yield f"{indent}{name:<{widest}}  {' – '.join(filter(None, (described(each.shape), _notes(each))))}"
        shape = each.shape.of or each.shape
        yield from _rows(shape.keys, f"{indent}    ")
        for kind, keys in shape.variants:
            if keys:
                yield f"{indent}    with type {kind}:"
                yield from _rows(keys, f"{indent}      ")


def _notes(one: Argument) -> str:
    secret = "Secret: rather @FILE or @-, for standard input." if one.is_secret else ""
    assumed = "Assumed." if one.source is Source.ASSUMED else ""
    return " ".join(filter(None, (one.help, _sent_else(one), secret, assumed)))


def _sent_else(one: Argument) -> str:
    """What holds where nothing is given."""
    default = f"Else {one.default}." if one.default else ""
    option = f"The account's {one.option} where it is not given." if one.option else ""
    return " ".join(filter(None, (default, option)))


def _argument(one: Argument) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": one.name,
        "kind": str(one.shape.kind),
        "takes": described(one.shape),
        "where": "path"
        if one.where is Where.HIDDEN_PATH
        else "body"
        if one.where is Where.HIDDEN_BODY
        else str(one.where),
        "secret": one.is_secret,
        "required": one.required,
        "default": one.default,
        "help": one.help,
        "source": str(one.source),
    }
    shape = one.shape.of if one.shape.of is not None else one.shape
    if shape.keys:
        found["keys"] = [_argument(each) for each in shape.keys]
    if shape.variants:
        found["variants"] = {name: [_argument(each) for each in keys] for name, keys in shape.variants}
    return found
