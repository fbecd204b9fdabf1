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


def lines(one: Operation) -> tuple[str, ...]:
    """Required arguments have a star."""
    said = " ".join(filter(None, (f"{one.title}.", one.help, UNVERIFIED if one.is_unverified else "")))
    return (said, f"{one.method} {one.path}, answers with {one.answers}", *_rows(one))


def _rows(one: Operation) -> Iterator[str]:
    widest = max((len(each.name) for each in one.arguments), default=0) + 1
    for each in one.arguments:
        name = f"{each.name}*" if each.required else each.name
        notes = [described(each.shape), each.help]
        notes += [f"Else {each.default}."] if each.default else []
        notes += [f"The account's {each.option} where it is not given."] if each.option else []
        notes += ["Assumed."] if each.source is Source.ASSUMED else []
        yield f"  {name:<{widest}}  {'. '.join(filter(None, notes[:2]))}{''.join(f' {note}' for note in notes[2:])}"


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
