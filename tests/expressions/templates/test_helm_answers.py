"""Templates of one line that Helm 4 has rendered (``helm/answers.jsonl``): what each gives, or that it fails.

``tests/oracle/test_helm_functions.py`` asks Helm's binary again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sovlint.expressions.limits import Purse
from sovlint.expressions.templates.functions.registry import FUNCTIONS
from sovlint.expressions.templates.syntax.positions import TemplateSource
from sovlint.expressions.templates.template_set import RenderedTemplate, TemplateSet
from sovlint.expressions.templates.text import TemplateHole, has_holes, is_hole
from sovlint.model.value import Reason, Unknown
from tests.expressions.templates.helm_table import ANSWERS, odd_calls, values


def rendered(template: str, data: Any) -> list[RenderedTemplate]:
    """All that a template may give."""
    written = f'{{{{- define "case" }}}}{template}{{{{ end -}}}}{{{{ include "case" . }}}}'
    templates = TemplateSet([TemplateSource("t", "t", written)], FUNCTIONS)
    if templates.failures:
        return []
    whole = {"Values": data, "Release": {"Name": "release-name"}}
    return list(templates.render("t", whole, Purse(20_000_000, 0, [0])))


def test_templates_give_what_helm_says() -> None:
    wrong = []
    for row in ANSWERS:
        given = rendered(row["template"], values())
        text = None if not given or given[0].error else str(given[0].text)
        told = row.get("gives")
        if text != (None if told is None else told.replace("<no value>", "")):
            wrong.append((row["template"], told, text))
    assert wrong == []


def test_what_is_rendered_is_among_what_an_unknown_value_may_give() -> None:
    lost = []
    for row in ANSWERS:
        if "gives" not in row:
            continue
        for path in _paths(values(), ()):
            if path[0] not in row["template"]:
                continue
            changed = values()
            _put_hole(changed, path)
            worlds = rendered(row["template"], changed)
            if not any(_may_be(world, row["gives"]) for world in worlds):
                lost.append((row["template"], path))
    assert lost == []


def _may_be(world: RenderedTemplate, told: str) -> bool:
    if world.error is not None:
        return False
    text = re.sub(r" (?=[\ue000-\uf8ff])", "", world.text)
    pattern = "".join(r"[\s\S]*" if is_hole(each) else re.escape(each) for each in text)
    return re.fullmatch(pattern, told.replace("<no value>", "")) is not None


def _paths(value: Any, above: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield (*above, key)
        if isinstance(value[key], (dict, list)):
            yield from _paths(value[key], (*above, key))


def _put_hole(value: Any, path: tuple[Any, ...]) -> None:
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = TemplateHole(Unknown(Reason.UNSET_VARIABLE), ".".join(map(str, path)))


def test_no_function_breaks_on_odd_arguments() -> None:
    assert [(name, *call) for name in FUNCTIONS for call in odd_calls(name)] == []


def test_the_table_has_no_holes() -> None:
    assert not any(has_holes(row.get("gives", "")) for row in ANSWERS)
