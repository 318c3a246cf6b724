"""Which classes that files declare are carried by what is read of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cached_property

from sovlint.files.reported import Reported
from sovlint.frontends.terraform.claims import VALUES, may_be
from sovlint.model.placement import ClassClaim, How, Placed
from sovlint.model.resources.reading import Unit
from sovlint.model.source import Span
from sovlint.model.value import unroll
from sovlint.stages.read import ReadResult


class CarriedClasses:
    """The classes that resources declare, by the places that say so and by the unit that they are of. Nothing is worked
    out before it is asked for."""

    def __init__(self, placed: Sequence[Placed], units: Sequence[Unit] = ()) -> None:
        self._placed = placed
        self._units = units

    def has(self, data_class: str, span: Span) -> bool:
        """Whether something carries a class that is declared there; all that stands in its file, or, of
        what is read as one, anything."""
        lines = range(span.line, span.end_line + 1)
        here = self._of_paths.get(span.path, ())
        if here and all(data_class in each for each in here):
            return True
        if any((span.path, line, data_class) in self._places for line in lines):
            return True
        return any(
            data_class in self._of_units.get((unit.root, unit.variant), ())
            for unit in self._units
            if unit.root is not None and unit.bears(span.path)
        )

    @cached_property
    def _places(self) -> Set[tuple[str, int, str]]:
        return {
            (at.path, line, claim.data_class)
            for each in self._placed
            for claim in _declared(each)
            if claim.because is not None
            for step in unroll(claim.because)
            if step.where is not None
            for at in (step.where.span(),)
            for line in range(at.line, at.end_line + 1)
        }

    @cached_property
    def _of_paths(self) -> Mapping[str, Sequence[Set[str]]]:
        found: dict[str, list[Set[str]]] = {}
        for each in self._placed:
            names = {claim.data_class for claim in _declared(each)}
            found.setdefault(each.resource.span.path, []).append(names)
        return found

    @cached_property
    def _of_units(self) -> Mapping[tuple[str, str | None], Set[str]]:
        found: dict[tuple[str, str | None], set[str]] = {}
        for each in self._placed:
            root, names = each.resource.root, {claim.data_class for claim in _declared(each)}
            if root is not None and names:
                found.setdefault((root, each.resource.variant), set()).update(names)
        return found


def half_read(read: ReadResult, placed: Sequence[Placed], asked: Reported) -> Sequence[str]:
    """Files that were asked for and whose labels a front end may not know all: those of settings, of Compose, and those
    that others are made of. Terraform's files and manifests aren't among them."""
    manifests = {
        each.resource.span.path for each in placed if each.resource.address.startswith("k8s:")
    }
    return [
        path
        for path in (*read.reading.files, *read.reading.skipped)
        if path not in manifests
        and not (may_be(path) or path.endswith((*VALUES, ".hcl")))
        and asked.path(path)
    ]


def _declared(placed: Placed) -> Sequence[ClassClaim]:
    return [claim for claim in placed.classes.claims if claim.how is How.DECLARED]
