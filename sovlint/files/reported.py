"""What a run reports of all that is read: what stands in the paths given, or what a change to them can affect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from sovlint.files.repository import Repository
from sovlint.model.placement import Placed
from sovlint.model.resources.reading import Unit
from sovlint.model.resources.resource import Named, Resource
from sovlint.model.source import Located
from sovlint.model.value import unroll


class Reported(Protocol):
    """Tells what was asked for from what was only read. ``whole``: whether what concerns all of it is told too."""

    @property
    def whole(self) -> bool:
        """Whether what concerns the repository as a whole is told."""
        ...

    def path(self, path: str) -> bool:
        """Whether what is said of a file is reported."""
        ...

    def resource(self, resource: Resource) -> bool:
        """Whether what is said of a resource is reported."""
        ...


class ByPath:
    """What stands in the paths given on the command line."""

    whole = True

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def path(self, path: str) -> bool:
        """Whether it, or a folder above it, was named."""
        return self._repository.wanted(path)

    def resource(self, resource: Resource) -> bool:
        """Whether it, or one of the calls that lead to it, stands there; where a plan lists it, whether that does."""
        told = (
            (resource.where, *resource.chain)
            if resource.listed is None
            else (resource.listed,)
        )
        return any(self.path(where.span().path) for where in told)


class ByChange:
    """What a change to files can affect: all of every unit that they bear on, and whatever else rests on them.

    Asked once everything is placed: only then is it known which files a unit has read.
    """

    whole = False

    def __init__(
        self, changed: Iterable[str], units: Sequence[Unit], placed: Sequence[Placed] = ()
    ) -> None:
        self._changed = frozenset(changed)
        self._resting = {
            each.resource.number for each in placed if self._among(_told_by(each))
        }
        self._units = [unit for unit in units if any(map(unit.bears, self._changed))]
        self._affected = {(unit.root, unit.variant) for unit in self._units}

    def path(self, path: str) -> bool:
        """Whether it was changed, or is part of something that the change can affect."""
        return path in self._changed or any(unit.bears(path) for unit in self._units)

    def resource(self, resource: Resource) -> bool:
        """Whether it belongs to a unit that the change can affect, or rests on a file that was changed."""
        if resource.root is not None and (resource.root, resource.variant) in self._affected:
            return True
        return resource.number in self._resting or self._among(_rests_on(resource))

    def _among(self, places: Iterable[Located]) -> bool:
        return any(where.span().path in self._changed for where in places)


def _rests_on(resource: Resource) -> Iterator[Located]:
    """The places that say what a resource is, which data it carries and where it sits."""
    yield resource.where
    if resource.listed is not None:
        yield resource.listed
    yield from resource.chain
    yield from (labels.where for labels in resource.labels)
    for other in (resource.named, resource.binding):
        if other is not None and other.where is not None:
            yield other.where
    if resource.named is not None:
        yield from _shown(resource.named)


def _told_by(placed: Placed) -> Iterator[Located]:
    """The places from which it was worked out where a resource's data lies: a storage class, a cluster, a volume."""
    for placement in placed.placements:
        for because in placement.because:
            yield from (step.where for step in unroll(because) if step.where is not None)


def _shown(named: Named) -> Iterator[Located]:
    """What shows where a cluster is: all that was seen, and what decided, which may stand in another tool's files."""
    yield from (each.where for each in named.own)
    yield from (each.where for landing in named.landings for each in landing.evidence)
    for fact in (named.provider, named.region):
        yield from (step.where for step in unroll(fact.because) if step.where is not None)
