"""Secrets that the same root writes: whoever is given one by reference has its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from sovlint.frontends.workloads.kept import name_kept_under
from sovlint.model.resources.resource import Resource
from sovlint.model.value import Value, unroll
from sovlint.rules.hints import Hints

KeptValue = Callable[[str], "Value | None"]
"""The value of what keeps a secret, by its address or the name of it; ``None`` where nobody writes it here."""
_MODULE: Final = re.compile(r"(?:module\.[\w-]+(?:\[[^\]]*\])?\.)+")


def kept_values(
    resources: Sequence[Resource], hints: Hints
) -> Callable[[Resource], KeptValue]:
    """What each resource has, by the secrets of its root. Nothing is looked at before a secret is asked for."""

    @cache
    def of_root(root: str | None, variant: str | None) -> Sequence[Resource]:
        return [
            each
            for each in resources
            if each.type in hints.kept and (each.root, each.variant) == (root, variant)
        ]

    @cache
    def written(root: str | None, variant: str | None) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for each in of_root(root, variant):
            found |= _written(each, hints)
        return found

    @cache
    def named(root: str | None, variant: str | None, module: str) -> dict[str, Value]:
        return _by_name(
            (each for each in of_root(root, variant) if _module(each) == module), hints
        )

    def of(resource: Resource) -> KeptValue:
        root, variant = resource.root, resource.variant

        def value(address: str) -> Value | None:
            found = written(root, variant).get(address)
            if found is not None or "/" not in address:
                return found
            return named(root, variant, _module(resource)).get(address)

        return value

    return of


def _module(resource: Resource) -> str:
    """The call of the module in which a resource stands."""
    found = _MODULE.match(resource.address)
    return found[0] if found else ""


def _by_name(resources: Iterable[Resource], hints: Hints) -> dict[str, Value]:
    """What is kept under each name that only one of them has."""
    found: dict[str, list[Value]] = {}
    for each in resources:
        for name, value in _named(each, hints):
            found.setdefault(name, []).append(value)
    return {name: values[0] for name, values in found.items() if len(values) == 1}


def _named(resource: Resource, hints: Hints) -> Iterator[tuple[str, Value]]:
    """What a resource keeps, under each name that it may have."""
    value = _value(resource, hints)
    rule = hints.kept[resource.type]
    if value is None or not rule.named:
        return
    for each in resource.attributes.read(rule.named):
        for name in name_kept_under(each.value):
            yield name, value


def _value(resource: Resource, hints: Hints) -> Value | None:
    rule = hints.kept[resource.type]
    given = (found.value for name in rule.value for found in resource.attributes.read(name))
    return next(given, None)


def _written(resource: Resource, hints: Hints) -> dict[str, Value]:
    """What a resource keeps, under its own address and that of the secret whose value it has."""
    rule = hints.kept[resource.type]
    value = _value(resource, hints)
    if value is None:
        return {}
    owners = resource.attributes.read(rule.of) if rule.of else ()
    named = [
        step.refers for each in owners for step in unroll(each.value.because) if step.refers
    ]
    return dict.fromkeys((resource.address, *named[:1]), value)
