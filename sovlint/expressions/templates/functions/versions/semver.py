"""``semver`` and ``semverCompare``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sovlint.expressions.templates.functions.arguments import text
from sovlint.expressions.templates.functions.versions.constraints import satisfies
from sovlint.expressions.templates.functions.versions.semantic import (
    SemanticVersion,
    compared,
    version,
)
from sovlint.expressions.templates.running import TemplateError
from sovlint.expressions.templates.values import TemplateObject, TextObject


def _semver(written: Any) -> TemplateObject:
    found = version(text(written))
    return TextObject(
        {
            "Major": found.numbers[0],
            "Minor": found.numbers[1],
            "Patch": found.numbers[2],
            "Prerelease": found.prerelease,
            "Metadata": found.metadata,
            "Original": found.written,
            "String": str(found),
        },
        {
            "Compare": lambda run, other: compared(found, _given(other)),
            "Equal": lambda run, other: compared(found, _given(other)) == 0,
            "LessThan": lambda run, other: compared(found, _given(other)) < 0,
            "GreaterThan": lambda run, other: compared(found, _given(other)) > 0,
        },
        str(found),
        str(found),
        ("*semver.Version", "ptr"),
    )


def _given(value: Any) -> SemanticVersion:
    if not isinstance(value, TemplateObject):
        raise TemplateError("wrong type for value; expected *semver.SemanticVersion")
    return version(value.printed)


def _semver_compare(constraint: Any, written: Any) -> bool:
    return satisfies(text(constraint), text(written))


PLAIN: Mapping[str, Callable[..., Any]] = {
    "semver": _semver,
    "semverCompare": _semver_compare,
}
