"""Something evaluated once for each way in which what isn't known may decide."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, Generic, TypeVar

from msgspec import Struct

from sovlint.expressions.limits import Purse
from sovlint.expressions.templates.execution import Assumption, TemplateRun
from sovlint.expressions.templates.running import TemplateError, TooCostlyError
from sovlint.expressions.templates.store import TemplateStore
from sovlint.expressions.templates.text import TemplateHoles

T = TypeVar("T")

MOST_WAYS: Final = 16
"""So many ways are looked at."""


class TriedWay(Struct, Generic[T], frozen=True):
    """What comes of one way: the result, or why there is none; what it assumes; ``beyond``: there are more ways than
    were tried, and this is the last one."""

    result: T | None
    assumed: tuple[Assumption, ...]
    error: TemplateError | None = None
    beyond: bool = False


def ways(
    evaluate: Callable[[TemplateRun], T],
    holes: TemplateHoles,
    purse: Purse,
    most: int = MOST_WAYS,
) -> Iterator[TriedWay[T]]:
    """Evaluate something once for every way, those first that differ least from all being true."""
    store = TemplateStore({})
    pending: deque[tuple[bool, ...]] = deque([()])
    tried = 0
    more = False
    while pending:
        fixed = pending.popleft()
        run = TemplateRun(store, holes, purse, fixed)
        result, error = _tried(evaluate, run)
        sides = tuple(side for _, side in run.trail)
        tried += 1
        others = range(len(fixed), len(sides))
        left = most - tried - len(pending)
        pending.extend(
            (*sides[:number], not sides[number]) for number in others[: max(0, left)]
        )
        more = more or len(others) > left
        costly = isinstance(error, TooCostlyError)
        ends = costly or tried >= most
        beyond = costly or ((ends or not pending) and more)
        yield TriedWay(result, tuple(run.trail), error, beyond)
        if ends:
            return


def _tried(
    evaluate: Callable[[TemplateRun], T], run: TemplateRun
) -> tuple[T | None, TemplateError | None]:
    try:
        return evaluate(run), None
    except TemplateError as error:
        return None, error
    except RecursionError:
        return None, TooCostlyError("too much within each other")
