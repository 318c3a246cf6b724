"""What Argo CD's application sets fill their templates with: elements of lists, and clusters that secrets tell of.

Source: Argo CD, "Generators" and "Templates" (https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/).
What other generators give isn't known: their parameters stay templates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

from sovlint.documents.dialects import GO, variable_pattern
from sovlint.documents.paths import data_at
from sovlint.frontends.kubernetes.clusters.registered import ArgoCluster

MOST = 200
"""Sets of parameters that are filled in; past it, the rest is left out."""

_PARAMETER = variable_pattern(GO, r"\.?([A-Za-z0-9_./-]+)")

GeneratorParameters = Mapping[str, str]
"""Parameters by name, nested ones with dots."""


def parameters(generators: Any, known: Sequence[ArgoCluster]) -> list[GeneratorParameters]:
    """The sets of parameters that generators give; an empty one where that can't be told."""
    every = (given for each in _list(generators) for given in _of(each, known))
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


def _of(generator: Any, known: Sequence[ArgoCluster]) -> Iterator[GeneratorParameters]:
    if not isinstance(generator, dict):
        return
    if isinstance(elements := data_at(generator, ("list", "elements")), list) and elements:
        yield from (_flat(each) for each in elements if isinstance(each, dict))
    elif "clusters" in generator:
        yield from _clusters(generator["clusters"], known)
    elif isinstance(matrix := data_at(generator, ("matrix", "generators")), list):
        for several in product(*([*_of(each, known)] for each in matrix[:2])):
            yield {key: value for each in several for key, value in each.items()}
    else:
        yield {}


def _clusters(generator: Any, known: Sequence[ArgoCluster]) -> Iterator[GeneratorParameters]:
    """Each cluster that the labels select; where no secret is here, any may be meant."""
    wanted = data_at(generator, ("selector", "matchLabels"))
    wanted = wanted if isinstance(wanted, dict) else {}
    values = _flat(data_at(generator, ("values",)) or {}, "values.")
    chosen = [each for each in known if all(each.labels.get(key) == str(text) for key, text in wanted.items())]
    rules = data_at(generator, ("selector", "matchExpressions"))
    if rules or not chosen:
        yield values
    for each in () if rules else chosen:
        labels = {f"metadata.labels.{key}": text for key, text in each.labels.items()}
        yield {**values, **labels, "name": each.name, "nameNormalized": each.name, "server": each.server}


def _flat(data: Any, prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in data.items() if isinstance(data, dict) else ():
        if isinstance(value, dict):
            found.update(_flat(value, f"{prefix}{key}."))
        elif isinstance(value, str):
            found[f"{prefix}{key}"] = value
    return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
