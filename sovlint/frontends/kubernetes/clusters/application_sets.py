"""Templates of Argo CD's application sets, filled with parameters: as ``{{name}}``, or as Go's templates.

Sources: Argo CD, "Templates" and "Go Template" (https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from sovlint.documents import DocumentError, load
from sovlint.documents.dialects import GO, variable_pattern
from sovlint.documents.tree import Node

_PARAMETER = variable_pattern(GO, r"\.?([A-Za-z0-9_./\[\]-]+)")
_COST = 100_000
"""What executing one text may cost."""


class ParameterSet(Struct, frozen=True):
    """Parameters for one application: ``flat`` by names with dots, ``nested`` as Go's templates see them. ``open``: there
    may be more."""

    flat: Mapping[str, str] = {}
    nested: Mapping[str, Any] = {}
    open: bool = False

    def and_also(self, other: ParameterSet) -> ParameterSet:
        """Both; what the other says wins."""
        return ParameterSet(
            {**self.flat, **other.flat},
            laid_over(self.nested, other.nested),
            self.open or other.open,
        )


def patch_in(text: Any) -> Mapping[str, Any]:
    """What the text of a patch says; nothing where that is no mapping, or still a template."""
    try:
        found = next(iter(load(text, "patch")), None) if isinstance(text, str) else None
    except DocumentError:
        return {}
    return found.data if found is not None and isinstance(found.data, dict) else {}


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> Mapping[str, Any]:
    """Mappings put together key by key; what is above wins."""
    made = dict(below)
    for key, value in above.items():
        both = isinstance(made.get(key), dict) and isinstance(value, dict)
        made[key] = laid_over(made[key], value) if both else value
    return made


def filled(template: Any, given: ParameterSet, go: bool) -> Any:
    """A template with what is known of its parameters put in. What isn't stays a place to fill in."""
    if isinstance(template, dict):
        return {key: filled(value, given, go) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(each, given, go) for each in template]
    if isinstance(template, str) and GO.open in template:
        return _filled_text(template, given, go)
    return template


def filled_tree(node: Node | None, given: ParameterSet, go: bool) -> Node | None:
    """The same of a tree; every node keeps its place."""
    if node is None:
        return None
    value = node.value
    if isinstance(value, dict):
        value = {key: filled_tree(child, given, go) for key, child in value.items()}
    elif isinstance(value, list):
        value = [filled_tree(child, given, go) for child in value]
    elif isinstance(value, str) and GO.open in value:
        value = _filled_text(value, given, go)
    return Node(value, node.where, node.end, node.tag)


def _filled_text(text: str, given: ParameterSet, go: bool) -> str:
    executed = _executed(text, given) if go else None
    if executed is not None:
        return executed
    return _PARAMETER.sub(lambda found: given.flat.get(found[1], found[0]), text)


def _executed(text: str, given: ParameterSet) -> str | None:
    """What a text gives as a template of Go's; ``None`` where that fails or isn't known."""
    # Imported late: few application sets are written so.
    from sovlint.expressions.limits import Purse
    from sovlint.expressions.templates.functions.registry import FUNCTIONS
    from sovlint.expressions.templates.syntax.positions import TemplateSource
    from sovlint.expressions.templates.template_set import TemplateSet
    from sovlint.expressions.templates.text import has_holes, without_holes

    templates = TemplateSet([TemplateSource("field", "", without_holes(text))], FUNCTIONS)
    if templates.failures:
        return None
    data = _go_value(given.nested)
    data.rest = _unknown() if given.open else None
    worlds = list(templates.render("field", data, Purse(_COST, 0, [0])))
    known = len(worlds) == 1 and worlds[0].error is None and not has_holes(worlds[0].text)
    return str(worlds[0].text) if known else None


def _unknown() -> Any:
    from sovlint.expressions.templates.text import TemplateHole
    from sovlint.model.value import Reason, Unknown

    return TemplateHole(Unknown(Reason.FROM_ENVIRONMENT, "generators"), ".")


def _go_value(data: Any) -> Any:
    from sovlint.expressions.templates.values import List, Map

    if isinstance(data, Mapping):
        return Map({str(key): _go_value(value) for key, value in data.items()})
    if isinstance(data, (list, tuple)):
        return List(map(_go_value, data))
    is_number = isinstance(data, int) and not isinstance(data, bool)
    return float(data) if is_number else data
