"""The value of a formula, given those of the fields it names."""

from collections.abc import Callable, Sequence

from app.domain.errors import FormulaError
from app.domain.formulas.amounts import Amount, Unfit, combined, compared, number, text, truth
from app.domain.formulas.functions import FUNCTIONS
from app.domain.formulas.tree import Call, Literal, Node, Operation, Reference

Lookup = Callable[[Reference], Sequence[Amount]]
"""The values a reference stands for: one, or for `name_*` any number."""
LONGEST_RESULT = 4000


def evaluate(node: Node, formula: str, lookup: Lookup) -> Amount:
    """Raises `FormulaError` at the place where it fails; a branch of `if` that is not taken cannot fail."""
    try:
        return _value(node, formula, lookup)
    except Unfit as problem:
        raise FormulaError(formula=formula, column=node.column, problem=problem.problem, mend=problem.mend) from None


def _value(node: Node, formula: str, lookup: Lookup) -> Amount:
    match node:
        case Literal():
            return node.value
        case Reference():
            return _single(node, lookup)
        case Operation():
            return _operated(node, formula, lookup)
        case Call(name="if"):
            taken = _asked(node.arguments[0], formula, lookup)
            chosen = node.arguments[1:2] if taken else node.arguments[2:3]
            return evaluate(chosen[0], formula, lookup) if chosen else None
        case Call():
            return FUNCTIONS[node.name].run(_arguments(node, formula, lookup))


def _asked(question: Node, formula: str, lookup: Lookup) -> bool:
    """The place of a question that is none is its own, not that of the `if` around it."""
    answer = evaluate(question, formula, lookup)
    try:
        return truth(answer)
    except Unfit as problem:
        raise FormulaError(
            formula=formula, column=question.column, problem=problem.problem, mend=problem.mend
        ) from None


def _single(node: Reference, lookup: Lookup) -> Amount:
    if node.many:
        raise Unfit("several fields stand where one is wanted", f"Write sum([{node.name}]) or another function")
    return next(iter(lookup(node)), None)


def _operated(node: Operation, formula: str, lookup: Lookup) -> Amount:
    right = evaluate(node.right, formula, lookup)
    if node.left is None:
        return None if right is None else -number(right) if node.sign == "-" else number(right)
    left = evaluate(node.left, formula, lookup)
    if node.sign == "&":
        joined = text(left) + text(right)
        if len(joined) > LONGEST_RESULT:
            raise Unfit("the text becomes too long", "Join fewer texts")
        return joined
    return combined(node.sign, left, right) if node.sign in "+-*/" else compared(node.sign, left, right)


def _arguments(node: Call, formula: str, lookup: Lookup) -> list[Amount]:
    values: list[Amount] = []
    for argument in node.arguments:
        if isinstance(argument, Reference):
            values.extend(lookup(argument) if argument.many else [_single(argument, lookup)])
        else:
            values.append(evaluate(argument, formula, lookup))
    return values
