"""Which fields Kustomize changes in which kinds, unless a kustomization's ``configurations`` add more.

These are facts of the Kubernetes API as Kustomize knows it (``specs.json``, with what they were read in).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct, field

from sovlint.files.package_data import decoded
from sovlint.frontends.kubernetes.kustomize.names.fields import Spec
from sovlint.frontends.kubernetes.kustomize.names.identity import FOLDER, Gvk


class WrittenSpecs(Struct, forbid_unknown_fields=True):
    """Fields as they are written: ``paths`` in each of ``kinds``; ``in_pods``: from where its pods are specified."""

    paths: tuple[str, ...]
    kinds: tuple[str, ...] = ("",)
    group: str = ""
    version: str = ""
    create: bool = False
    in_pods: bool = False

    def specs(self, pods: Mapping[str, str]) -> Iterator[Spec]:
        """Each by itself; ``pods``: where each kind of workload specifies its pods."""
        for kind in self.kinds:
            start = f"{pods[kind]}/" if self.in_pods else ""
            for path in self.paths:
                yield Spec(f"{start}{path}", Gvk(self.group, self.version, kind), self.create)


class Followed(Struct, forbid_unknown_fields=True):
    """A kind, and what its objects are named in: their names are followed there."""

    of: Gvk
    fields: tuple[WrittenSpecs, ...]


class SpecsFile(Struct, forbid_unknown_fields=True):
    """What ships: fields by the key of a configuration in lower case, and names that are followed."""

    source: str
    date: str
    pods: Mapping[str, str]
    fields: Mapping[str, tuple[WrittenSpecs, ...]]
    references: tuple[Followed, ...]

    def each(self, written: Sequence[WrittenSpecs]) -> tuple[Spec, ...]:
        """All that is written there."""
        return tuple(spec for one in written for spec in one.specs(self.pods))


@cache
def _file() -> SpecsFile:
    return decoded(f"{FOLDER}/specs.json", SpecsFile)


@cache
def defaults() -> Mapping[str, tuple[Spec, ...]]:
    """By the key of a configuration in lower case: the fields that it speaks of."""
    return {key: _file().each(written) for key, written in _file().fields.items()}


@cache
def followed_names() -> tuple[tuple[Gvk, tuple[Spec, ...]], ...]:
    """What objects of a kind are named in: their names are followed there."""
    return tuple((each.of, _file().each(each.fields)) for each in _file().references)


class Specs(Struct):
    """What the kustomizations read so far say besides: fields by key, and names that are followed."""

    fields: dict[str, tuple[Spec, ...]] = field(default_factory=lambda: dict(defaults()))
    references: tuple[tuple[Gvk, tuple[Spec, ...]], ...] = field(
        default_factory=followed_names
    )

    def add(self, key: str, specs: Iterable[Spec]) -> None:
        """More fields for a key; what is there already stays."""
        have = self.fields.get(key, ())
        self.fields[key] = (*have, *(each for each in specs if each not in have))

    def follow(self, kind: Gvk, specs: Iterable[Spec]) -> None:
        """More fields that name objects of a kind."""
        known = dict(self.references)
        have = known.get(kind, ())
        known[kind] = (*have, *(each for each in specs if each not in have))
        self.references = tuple(known.items())

    def merge(self, other: Specs) -> None:
        """All that another one says."""
        if other is self:
            return
        for key, specs in other.fields.items():
            if specs is not defaults().get(key):
                self.add(key, specs)
        if other.references is not followed_names():
            for kind, specs in other.references:
                self.follow(kind, specs)
