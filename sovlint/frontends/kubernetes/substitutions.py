"""Variables that Flux puts into what it applies: ``postBuild.substitute`` and ``substituteFrom`` of a Kustomization.

Source: Flux, "Kustomization", Post build variable substitution
(https://fluxcd.io/flux/components/kustomize/kustomizations/). What ``substitute`` says wins over what objects hold, of
which the last one wins. A variable that nothing says is its default, else empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import normpath
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.attributes import Evaluated, text_value
from sovlint.documents.scalars import scalar_text
from sovlint.frontends.cluster.object_index import Objects
from sovlint.frontends.cluster.objects import ManifestObject, those_here
from sovlint.frontends.cluster.placeholders import with_part
from sovlint.frontends.cluster.pods import content, keys_of, not_here
from sovlint.frontends.kubernetes.deployers.kinds import FLUX
from sovlint.model.partial.holes import joined_pieces
from sovlint.model.source import Span
from sovlint.model.text import Note
from sovlint.model.value import Known, Reason, Step, StepKind, Unknown, Value, either

DISABLED: Final = "kustomize.toolkit.fluxcd.io/substitute"
"""The label or annotation by which an object is left as it is."""

_VARIABLE: Final = re.compile(r"\$\{([A-Za-z_]\w*)(?::?[-=]([^${}]*))?\}")
_QUOTED: Final = re.compile(r"""(['"])(.*)\1""", re.DOTALL)
_BUILT_IN: Final = "kubernetes.flux-variable"


class _GivenVariables(Struct, frozen=True):
    """What one Kustomization gives: by name, and why there may be more where that isn't known."""

    path: str
    values: Mapping[str, Value]
    more: Unknown | None
    where: Span


class Substitutions:
    """What Kustomizations of Flux give to what they apply."""

    __slots__ = ("_below", "_given", "_roots")

    def __init__(self, objects: Sequence[ManifestObject]) -> None:
        found = [each for each in those_here(objects) if each.type == FLUX]
        index = Objects.of(objects) if found else None
        given = [_of(each, index) for each in found if index is not None]
        self._given = [each for each in given if each.values or each.more is not None]
        self._roots = {each.root for each in objects if each.root is not None}
        self._below: dict[str, list[_GivenVariables]] = {}
        """What is given to what stands in a folder, where it is known who applies that by the folder alone."""

    def put(self, found: ManifestObject) -> ManifestObject:
        """An object with the variables put in that are given where it is applied; the same one where none is. What a
        Kustomization itself says is told by ``clusters/substituted.py``, which follows it from cluster to cluster."""
        given = list(self._applying(found)) if self._given else []
        if not given or found.type == FLUX or _is_left(found):
            return found
        data = _put(found.data, given)
        if data is found.data:
            return found
        whole = with_part(found.document.data, found.at, data)
        filled = replace(found, data=data, document=replace(found.document, data=whole))
        name, namespace = (
            scalar_text(filled.get("metadata", key).data) for key in ("name", "namespace")
        )
        return replace(
            filled, name=name or found.name, namespace=namespace or found.namespace
        )

    def _applying(self, found: ManifestObject) -> Iterator[_GivenVariables]:
        folder, by = found.built_in, found.applied_by
        if by is not None and by.type == FLUX:
            yield from (each for each in self._given if each.where == _where_given(by))
            return
        if folder not in self._below:
            self._below[folder] = [
                each for each in self._given if self._reaches(each, folder)
            ]
        yield from self._below[folder]

    def _reaches(self, given: _GivenVariables, folder: str) -> bool:
        """Whether what a folder holds gets what is given at another one, or at the same."""
        above = given.path and f"{given.path}/"
        is_below = given.path not in self._roots and f"{folder}/".startswith(above)
        return folder == given.path or is_below


def _is_left(found: ManifestObject) -> bool:
    return any(
        found.get("metadata", part, DISABLED).data == "disabled"
        for part in ("labels", "annotations")
    )


# --- what is given


def _of(found: ManifestObject, index: Objects) -> _GivenVariables:
    spec = found.get("spec")
    values: dict[str, Value] = {}
    more: Unknown | None = None
    for entry in spec.at("postBuild").mappings("substituteFrom"):
        kind, name = entry.text("kind"), entry.text("name")
        holders = index.find(found, kind, name)
        if not holders:
            more = not_here(kind, name, entry.where)
        for holder in holders:
            for key in keys_of(holder):
                values[key] = content(holder, key)
    written = spec.at("postBuild", "substitute")
    for name in written.mapping():
        at = written.at(name)
        values[name] = text_value(scalar_text(at.data), at.where, _BUILT_IN)
    path = normpath(scalar_text(spec.at("path").data).strip().lstrip("/") or ".")
    return _GivenVariables("" if path == "." else path, values, more, _where_given(found))


def _where_given(found: ManifestObject) -> Span:
    return found.get("spec", "postBuild").where


# --- what is put in


def _put(data: Any, given: Sequence[_GivenVariables]) -> Any:
    """Data with variables put in; the same object where it names none."""
    if isinstance(data, str):
        return _text(data, given) if "${" in data else data
    if isinstance(data, dict):
        made = {key: _put(item, given) for key, item in data.items()}
        return made if any(made[key] is not data[key] for key in data) else data
    if isinstance(data, list):
        items = [_put(item, given) for item in data]
        return (
            items
            if any(one is not other for one, other in zip(items, data, strict=True))
            else data
        )
    return data


def _text(text: str, given: Sequence[_GivenVariables]) -> str:
    pieces = list(_pieces(text, given))
    if len(pieces) == 1:
        return text
    value = joined_pieces(
        pieces, next((each.because for each in pieces if each.because), None)
    )
    return Evaluated.of(value)


def _pieces(text: str, given: Sequence[_GivenVariables]) -> Iterator[Value]:
    last = 0
    for met in _VARIABLE.finditer(text):
        if text[met.start() - 1 : met.start()] == "$":
            continue  # escaped
        yield Known(text[last : met.start()])
        values = [_given_by(met[1], met[2], each) for each in given]
        yield _one_of(met[1], map(_unquoted, values) if met[0] == text else values)
        last = met.end()
    yield Known(text[last:])


def _one_of(name: str, values: Iterable[Value]) -> Value:
    found = list(values)
    unlike = Unknown(Reason.MULTI_VALUED, f"${{{name}}}", found[0].because)
    return either(found, unlike) if len(found) > 1 else found[0]


def _unquoted(value: Value) -> Value:
    """A text that is the whole of a scalar, as YAML reads it: variables are put in before that."""
    met = _QUOTED.fullmatch(str(value.value)) if isinstance(value, Known) else None
    return value if met is None else Known(met[2], value.because, value.sensitive)


def _given_by(name: str, default: str | None, given: _GivenVariables) -> Value:
    """What one Kustomization puts in for a variable. One that is empty has its default too."""
    found = given.values.get(name)
    if found is not None and not (default and isinstance(found, Known) and not found.value):
        return found
    if given.more is not None:
        return given.more.but(detail=f"${{{name}}}")
    if default is None:
        return Known("", Step(given.where, Note(_BUILT_IN)))
    note = Note("kubernetes.flux-default", {"name": name})
    return Known(default, Step(given.where, note, kind=StepKind.DEFAULT))
