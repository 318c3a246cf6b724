"""Tests of Jinja and Ansible: ``x is defined``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sovlint.expressions.jinja.values import NotThere, UnsetHole, as_hole, is_unknown
from sovlint.expressions.templates.execution import TemplateRun
from sovlint.expressions.templates.text import TemplateHole


def _defined(run: TemplateRun, value: Any) -> Any:
    if isinstance(value, NotThere):
        return False
    return run.unknown("is defined", value) if isinstance(value, UnsetHole) else True


def _undefined(run: TemplateRun, value: Any) -> Any:
    return _negated(run, _defined(run, value))


def _negated(run: TemplateRun, said: Any) -> Any:
    """The other answer. What isn't known is decided by what was asked, not by what is said of it."""
    return not run.is_true(said)


def _of_type(name: str, kind: type | tuple[type, ...]) -> Callable[..., Any]:
    def test(run: TemplateRun, value: Any) -> Any:
        if isinstance(value, NotThere):
            return False
        if isinstance(value, TemplateHole):
            return run.unknown(name, value)
        return isinstance(value, kind)

    return test


def _is_true(run: TemplateRun, value: Any) -> Any:
    return run.unknown("is true", value) if is_unknown(value) else value is True


def _is_false(run: TemplateRun, value: Any) -> Any:
    return run.unknown("is false", value) if is_unknown(value) else value is False


def _is_none(run: TemplateRun, value: Any) -> Any:
    return run.unknown("is none", _shown(value)) if is_unknown(value) else value is None


def _shown(value: Any) -> Any:
    return as_hole(value) if isinstance(value, NotThere) else value


TESTS: Final[Mapping[str, Callable[..., Any]]] = {
    "defined": _defined,
    "undefined": _undefined,
    "string": _of_type("is string", str),
    "mapping": _of_type("is mapping", dict),
    "sequence": _of_type("is sequence", (str, dict, list)),
    "number": _of_type("is number", (int, float)),
    "boolean": _of_type("is boolean", bool),
    "true": _is_true,
    "false": _is_false,
    "none": _is_none,
}
