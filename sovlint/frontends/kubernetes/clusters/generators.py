"""What the generators of Argo CD's application sets give: sets of parameters.

Source: Argo CD, "Generators" (https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators/). Lists,
clusters that secrets tell of, what git holds here, and what matrix and merge make of these. What others give isn't known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.cursor import Cursor
from sovlint.frontends.cluster.object_index import selects
from sovlint.frontends.kubernetes.clusters.application_sets import ParameterSet, filled
from sovlint.frontends.kubernetes.clusters.generator_files import (
    GeneratorFiles,
    path_parameters,
)
from sovlint.frontends.kubernetes.clusters.registered import ArgoCluster

MOST = 200
"""Sets of parameters that are filled in; past it, the rest is left out."""
DEEPEST = 4
"""Generators stand within generators."""

UNKNOWN = ParameterSet(open=True)


class GeneratorSources(Struct, frozen=True):
    """What generators look at: the clusters that Argo CD is told of, and the repository."""

    known: Sequence[ArgoCluster]
    files: GeneratorFiles


def parameters(spec: Cursor, sources: GeneratorSources) -> list[ParameterSet]:
    """The sets of parameters that an application set's generators give; an unknown one where that can't be told."""
    every = (
        each
        for generator in spec.mappings("generators")
        for each in _of(generator, sources, bool(spec.at("goTemplate").data), 0)
    )
    return list(islice(every, MOST)) or [UNKNOWN]


def _of(
    generator: Cursor, sources: GeneratorSources, go: bool, depth: int
) -> Iterator[ParameterSet]:
    wanted = generator.mapping("selector", "matchLabels")
    for each in _given(generator, sources, go, depth):
        if each.open or selects(wanted, each.flat):
            yield each


def _given(
    generator: Cursor, sources: GeneratorSources, go: bool, depth: int
) -> Iterator[ParameterSet]:
    if depth > DEEPEST:
        yield UNKNOWN
    elif any(generator.items("list", "elements")):
        yield from (_nested(each.data) for each in generator.mappings("list", "elements"))
    elif "clusters" in generator.mapping():
        yield from _clusters(generator.at("clusters"), sources.known)
    elif "git" in generator.mapping():
        yield from list(_git(generator.at("git"), sources.files, go)) or [UNKNOWN]
    elif isinstance(generator.at("matrix", "generators").data, list):
        yield from _matrix(generator, sources, go, depth)
    elif isinstance(generator.at("merge", "generators").data, list):
        yield from _merge(generator, sources, go, depth)
    elif isinstance(generator.data, dict):
        yield UNKNOWN


def _matrix(
    generator: Cursor, sources: GeneratorSources, go: bool, depth: int
) -> Iterator[ParameterSet]:
    """Each set of the first with each of the second, which may refer to it."""
    inner = list(islice(generator.items("matrix", "generators"), 2))
    if len(inner) < 2:
        yield UNKNOWN
        return
    first, second = inner
    for one in _of(first, sources, go, depth + 1):
        told = Cursor(second.document, second.path, filled(second.data, one, go))
        for other in _of(told, sources, go, depth + 1):
            yield one.and_also(other)


def _merge(
    generator: Cursor, sources: GeneratorSources, go: bool, depth: int
) -> Iterator[ParameterSet]:
    """The sets of the first, with what those of the others say that agree in some keys."""
    keys = [each.text() for each in generator.items("merge", "mergeKeys")]
    inner = generator.items("merge", "generators")
    every = [list(_of(each, sources, go, depth + 1)) for each in inner]
    for base in every[0] if every else ():
        made = base
        for other in (each for others in every[1:] for each in others):
            if other.open or base.open:
                made = replace(made, open=True)
            if all(
                key in other.flat and other.flat[key] == base.flat.get(key) for key in keys
            ):
                made = made.and_also(other)
        yield made


def _git(generator: Cursor, files: GeneratorFiles, go: bool) -> Iterator[ParameterSet]:
    prefix = generator.text("pathParamPrefix")
    values = generator.mapping("values")
    listed = list(generator.mappings("directories"))
    wanted = [each.text("path") for each in listed if not each.at("exclude").data]
    left_out = [each.text("path") for each in listed if each.at("exclude").data]
    for folder in files.folders(wanted, left_out):
        yield _with_values(_of_path(folder, False, prefix), values, go)
    named = [each.text("path") for each in generator.mappings("files")]
    for path, data in files.files(named):
        made = _nested(data).and_also(_of_path(path, True, prefix))
        yield _with_values(made, values, go)


def _of_path(path: str, is_file: bool, prefix: str) -> ParameterSet:
    flat, nested = path_parameters(path, is_file)
    if not prefix:
        return ParameterSet(flat, {"path": nested})
    return ParameterSet(
        {f"{prefix}.{key}": value for key, value in flat.items()}, {prefix: {"path": nested}}
    )


def _with_values(given: ParameterSet, values: Mapping[str, Any], go: bool) -> ParameterSet:
    """With values of the generator's own, which may refer to what it gives."""
    return given.and_also(_nested({"values": filled(dict(values), given, go)}))


def _clusters(generator: Cursor, known: Sequence[ArgoCluster]) -> Iterator[ParameterSet]:
    """Each cluster that the labels select; where no secret is here, any may be meant."""
    wanted = generator.mapping("selector", "matchLabels")
    values = _nested({"values": generator.mapping("values")})
    chosen = [each for each in known if selects(wanted, each.labels)]
    rules = generator.at("selector", "matchExpressions").data
    if rules or not chosen:
        yield replace(values, open=True)
    for each in () if rules else chosen:
        told = {
            "name": each.name,
            "nameNormalized": each.name,
            "server": each.server,
            "metadata": {"labels": dict(each.labels)},
        }
        yield values.and_also(_nested(told))


def _nested(data: Any) -> ParameterSet:
    return ParameterSet(_flat(data), data) if isinstance(data, dict) else UNKNOWN


def _flat(data: Any, prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in data.items() if isinstance(data, dict) else ():
        if isinstance(value, dict):
            found.update(_flat(value, f"{prefix}{key}."))
        elif isinstance(value, bool):
            found[f"{prefix}{key}"] = "true" if value else "false"
        elif isinstance(value, (str, int)):
            found[f"{prefix}{key}"] = str(value)
    return found
