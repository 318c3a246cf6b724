"""Parameters of pipelines and workflows, put in where texts name them, as what runs the steps would."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.paths import data_at, paths_to
from sovlint.frontends.cluster.object_index import Objects
from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.cluster.placeholders import (
    Given,
    entries,
    opened,
    pattern,
    replaced,
    with_part,
)
from sovlint.model.source import Span
from sovlint.rules.cluster.parameters import CallersAt, Parameters
from sovlint.rules.hints import Hints
from sovlint.rules.keys import path_parts

_MOST_RUNS: Final = 100
_DEEPEST: Final = 3


def filled(found: ManifestObject, hints: Hints, given: Given | None = None) -> ManifestObject:
    """An object with its parameters put in; ``given``: those that whoever runs it gives the whole of it."""
    rules = hints.parameters.get(found.type, ())
    if not rules:
        return found
    data = found.data
    for rule in rules:
        data = _by_rule(data, rule, given or {})
    for rule in rules:
        data = replaced(data, pattern(rule.written), {}, True)
    if data is found.data:
        return found
    whole = with_part(found.document.data, found.at, data)
    return replace(found, data=data, document=replace(found.document, data=whole))


class RunByAnother(Struct, frozen=True):
    """An object that another one runs: as it is run, as it would be by itself, and where that is said."""

    given: ManifestObject
    by_itself: ManifestObject
    where: Span


def runs(
    found: ManifestObject, objects: Objects, hints: Hints, depth: int = 0
) -> Iterator[RunByAnother]:
    """The objects here that an object runs, and those that these run."""
    rules = [each for rule in hints.parameters.get(found.type, ()) for each in rule.runs]
    for rule in rules if depth < _DEEPEST else ():
        places = found.get().every(rule.at) if rule.at else iter((found.get(),))
        for at in islice(places, _MOST_RUNS):
            named = next(at.every(rule.called), None)
            if named is None or not named.text():
                continue
            given = dict(entries(at.data, rule.given, ("value",)))
            for other in objects.find(found, rule.to, named.text()):
                run = filled(objects.written.get(other, other), hints, given)
                yield RunByAnother(run, other, named.where)
                yield from runs(run, objects, hints, depth + 1)


def _by_rule(data: Any, rule: Parameters, given: Given) -> Any:
    """An object with the parameters of one rule put in."""
    scopes = list(paths_to(data, path_parts(rule.scope))) if rule.scope else [()]
    for at in scopes:
        part = data_at(data, at)
        values: dict[str, str] = {}
        for path in rule.at:
            for name, text in entries(part, path, rule.values):
                values.setdefault(name, text)
        if rule.callers is not None:
            values = {**values, **_by_callers(data, part, rule.callers)}
        if not rule.scope:
            values = {**values, **given}
        if values:
            put = replaced(part, pattern(rule.written), values, False)
            data = data if put is part else with_part(data, at, put)
    return data


def _by_callers(data: Any, part: Any, callers: CallersAt) -> dict[str, str]:
    """What the callers of a part give it; of what they don't agree on, nothing is known."""
    name = part.get("name") if isinstance(part, dict) else None
    met: dict[str, set[str]] = {}
    for path in callers.at if isinstance(name, str) else ():
        for at in paths_to(data, path_parts(path)):
            caller = data_at(data, at)
            if isinstance(caller, dict) and caller.get(callers.called) == name:
                for key, text in entries(caller, callers.given, ("value",)):
                    met.setdefault(key, set()).add(text)
    return {
        key: next(iter(texts)) if len(texts) == 1 else opened(key)
        for key, texts in met.items()
    }
