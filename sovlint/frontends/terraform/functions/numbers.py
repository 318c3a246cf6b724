"""Functions on numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from sovlint.frontends.terraform.kinds import Refused, failed
from sovlint.frontends.terraform.texts import number_of, text_of
from sovlint.frontends.terraform.values import plain
from sovlint.model.value import Known, Value


def _known(number: float) -> Value:
    return Known(int(number) if float(number).is_integer() and abs(number) < 1e15 else number)


def _of(function: Callable[[float], float]) -> Callable[..., Value]:
    return lambda value: _known(function(number_of(value)))


def _log(value: object, base: object) -> Value:
    return _known(math.log(number_of(value), number_of(base)))


def _pow(value: object, power: object) -> Value:
    return _known(float(number_of(value)) ** number_of(power))


def _parseint(value: object, base: object) -> Value:
    try:
        return Known(int(text_of(value) or "", int(number_of(base))))
    except ValueError:
        raise Refused("not a number in that base") from None


def _extreme(function: Callable[[list[int | float]], int | float]) -> Callable[..., Value]:
    return lambda *values: (
        _known(function([number_of(plain(value)) for value in values])) if values else failed("no numbers")
    )


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "abs": _of(abs),
    "ceil": _of(math.ceil),
    "floor": _of(math.floor),
    "log": _log,
    "max": _extreme(max),
    "min": _extreme(min),
    "parseint": _parseint,
    "pow": _pow,
    "signum": _of(lambda number: (number > 0) - (number < 0)),
}
