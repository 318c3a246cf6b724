"""Calls of functions and methods -> closures that give what these give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sovlint.expressions.templates import fields
from sovlint.expressions.templates.running import TemplateError, TemplateFunction
from sovlint.expressions.templates.scopes import RUN, Frame

_Evaluator = Callable[[Frame, Any], Any]
_Place = tuple[str, int, int]


def called(
    function: TemplateFunction,
    arguments: list[_Evaluator],
    last: _Evaluator | None,
    place: _Place,
) -> _Evaluator:
    """A function that gets ``arguments``, and ``last`` behind them, which is evaluated first."""
    if last is not None:
        return _called_last(function, arguments, last, place)
    if len(arguments) == 1:
        return _called_once(function, arguments[0], place)
    if len(arguments) == 2:
        return _called_twice(function, arguments[0], arguments[1], place)

    def call(frame: Frame, dot: Any) -> Any:
        try:
            return function(frame[RUN], *[each(frame, dot) for each in arguments])
        except TemplateError as error:
            error.placed(*place)
            raise

    return call


def _called_once(function: TemplateFunction, one: _Evaluator, place: _Place) -> _Evaluator:
    def call(frame: Frame, dot: Any) -> Any:
        try:
            return function(frame[RUN], one(frame, dot))
        except TemplateError as error:
            error.placed(*place)
            raise

    return call


def _called_twice(
    function: TemplateFunction, one: _Evaluator, other: _Evaluator, place: _Place
) -> _Evaluator:
    def call(frame: Frame, dot: Any) -> Any:
        try:
            return function(frame[RUN], one(frame, dot), other(frame, dot))
        except TemplateError as error:
            error.placed(*place)
            raise

    return call


def _called_last(
    function: TemplateFunction,
    arguments: list[_Evaluator],
    last: _Evaluator,
    place: _Place,
) -> _Evaluator:
    if not arguments:
        return _called_once(function, last, place)

    def call(frame: Frame, dot: Any) -> Any:
        try:
            given = last(frame, dot)
            return function(frame[RUN], *[each(frame, dot) for each in arguments], given)
        except TemplateError as error:
            error.placed(*place)
            raise

    return call


def method_called(
    of: _Evaluator, name: str, arguments: list[_Evaluator], place: _Place
) -> _Evaluator:
    """A method of a value, which gets arguments."""

    def call(frame: Frame, dot: Any) -> Any:
        try:
            receiver = of(frame, dot)
            given = [each(frame, dot) for each in arguments]
            return fields.call(frame[RUN], receiver, name, given)
        except TemplateError as error:
            error.placed(*place)
            raise

    return call


def shortcut(
    name: str, arguments: list[_Evaluator], last: _Evaluator | None, place: _Place
) -> _Evaluator:
    """``and`` and ``or``: no argument is evaluated behind the one that decides."""
    ends = name == "or"
    if not arguments and last is None:

        def fail(frame: Frame, dot: Any) -> Any:
            path, line, column = place
            message = f"wrong number of args for {name}: want at least 1 got 0"
            raise TemplateError(message, line, column, path)

        return fail

    def decide(frame: Frame, dot: Any) -> Any:
        run = frame[RUN]
        given = None if last is None else last(frame, dot)
        value = None
        for each in arguments:
            value = each(frame, dot)
            if run.is_true(value) is ends:
                return value
        return value if last is None else given

    return decide
