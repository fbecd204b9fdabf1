"""What a condition must be before it may stand in an envelope."""

from app.domain.errors import SpecError
from app.domain.fields.condition import Condition, Effect

MOST_TESTS = 50


def check(conditions: tuple[Condition, ...], path: str, *, document: bool = False) -> None:
    """Raises `SpecError` below `path`. That the fields it looks at exist is a matter of preflight: they may be deleted
    while the draft is made, and must come back with undo.
    """
    effects: set[Effect] = set()
    for number, condition in enumerate(conditions):
        here = f"{path}[{number}]"
        if condition.effect in effects:
            problem = f"{condition.effect} is there twice, join them with any or all"
            raise SpecError(path=f"{here}.effect", problem=problem)
        effects.add(condition.effect)
        if document and condition.effect is not Effect.SHOW:
            raise SpecError(path=f"{here}.effect", problem="a document can only be shown")
        _check_groups(condition, here)


def _check_groups(condition: Condition, path: str) -> None:
    if not condition.groups:
        raise SpecError(path=f"{path}.groups", problem="at least one group is needed")
    for number, group in enumerate(condition.groups):
        if not group.tests:
            raise SpecError(path=f"{path}.groups[{number}].tests", problem="at least one test is needed")
        for place, test in enumerate(group.tests):
            if test.op.compares and not test.value:
                problem = f"{test.op} needs something to compare with"
                raise SpecError(path=f"{path}.groups[{number}].tests[{place}].value", problem=problem)
    total = sum(len(group.tests) for group in condition.groups)
    if total > MOST_TESTS:
        raise SpecError(path=f"{path}.groups", problem=f"{total} tests, but should be at most {MOST_TESTS}")
