"""Secrets that the same root writes: whoever is given one by reference has its value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from sovlint.model.resource import Resource
from sovlint.model.value import Value, unroll
from sovlint.rules.hints import Hints

KeptValue = Callable[[str], "Value | None"]
"""The value of what keeps a secret, by its address; ``None`` where nobody writes it here."""


def kept_values(
    resources: Sequence[Resource], hints: Hints
) -> Callable[[Resource], KeptValue]:
    """What each resource has, by the secrets of its root. Nothing is looked at before a secret is asked for."""

    @cache
    def written(root: str | None, variant: str | None) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for each in resources:
            if each.type in hints.kept and (each.root, each.variant) == (root, variant):
                found |= _written(each, hints)
        return found

    def of(resource: Resource) -> KeptValue:
        return lambda address: written(resource.root, resource.variant).get(address)

    return of


def _written(resource: Resource, hints: Hints) -> dict[str, Value]:
    """What a resource keeps, under its own address and that of the secret whose value it has."""
    rule = hints.kept[resource.type]
    given = (found.value for name in rule.value for found in resource.attributes.read(name))
    value = next(given, None)
    if value is None:
        return {}
    owners = resource.attributes.read(rule.of) if rule.of else ()
    named = [
        step.refers for each in owners for step in unroll(each.value.because) if step.refers
    ]
    return dict.fromkeys((resource.address, *named[:1]), value)
