"""What Argo CD's application sets fill their templates with: elements of lists, and clusters that secrets tell of.

Source: Argo CD, "Generators" and "Templates" (https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/).
What other generators give isn't known: their parameters stay templates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

from sovlint.documents.cursor import Cursor
from sovlint.documents.dialects import GO, variable_pattern
from sovlint.frontends.cluster.object_index import selects
from sovlint.frontends.kubernetes.clusters.registered import ArgoCluster

MOST = 200
"""Sets of parameters that are filled in; past it, the rest is left out."""

_PARAMETER = variable_pattern(GO, r"\.?([A-Za-z0-9_./-]+)")

GeneratorParameters = Mapping[str, str]
"""Parameters by name, nested ones with dots."""


def parameters(spec: Cursor, known: Sequence[ArgoCluster]) -> list[GeneratorParameters]:
    """The sets of parameters that its generators give; an empty one where that can't be told."""
    every = (given for each in spec.mappings("generators") for given in _of(each, known))
    return list(islice(every, MOST)) or [{}]


def filled(template: Any, given: GeneratorParameters) -> Any:
    """A template with what is known of its parameters put in."""
    if isinstance(template, dict):
        return {key: filled(value, given) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(each, given) for each in template]
    if isinstance(template, str) and GO.open in template:
        return _PARAMETER.sub(lambda found: given.get(found[1], found[0]), template)
    return template


def _of(generator: Cursor, known: Sequence[ArgoCluster]) -> Iterator[GeneratorParameters]:
    if any(generator.items("list", "elements")):
        yield from (_flat(each.data) for each in generator.mappings("list", "elements"))
    elif "clusters" in generator.mapping():
        yield from _clusters(generator.at("clusters"), known)
    elif isinstance(generator.at("matrix", "generators").data, list):
        matrix = islice(generator.items("matrix", "generators"), 2)
        for several in product(*([*_of(each, known)] for each in matrix)):
            yield {key: value for each in several for key, value in each.items()}
    elif isinstance(generator.data, dict):
        yield {}


def _clusters(
    generator: Cursor, known: Sequence[ArgoCluster]
) -> Iterator[GeneratorParameters]:
    """Each cluster that the labels select; where no secret is here, any may be meant."""
    wanted = generator.mapping("selector", "matchLabels")
    values = _flat(generator.mapping("values"), "values.")
    chosen = [each for each in known if selects(wanted, each.labels)]
    rules = generator.at("selector", "matchExpressions").data
    if rules or not chosen:
        yield values
    for each in () if rules else chosen:
        labels = {f"metadata.labels.{key}": text for key, text in each.labels.items()}
        yield {
            **values,
            **labels,
            "name": each.name,
            "nameNormalized": each.name,
            "server": each.server,
        }


def _flat(data: Any, prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in data.items() if isinstance(data, dict) else ():
        if isinstance(value, dict):
            found.update(_flat(value, f"{prefix}{key}."))
        elif isinstance(value, str):
            found[f"{prefix}{key}"] = value
    return found
