"""What runs for developers alone: where that is, isn't asked. One remark says so of all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from sovlint.model.placement import ClassClaim, How, Placed, Placement
from sovlint.model.resources.reading import Remark
from sovlint.model.resources.resource import Resource
from sovlint.model.text import Note
from sovlint.model.value import Unknown, UnknownKind, unroll

MOST_FILES: Final = 10
"""So many files are named."""


class Local:
    """The resources of a run that are there for developers alone, and those whose place isn't asked."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self._placed = placed
        self._spared: dict[tuple[str, str, str], Resource] = {}

    def spares(self, placed: Placed, placement: Placement) -> bool:
        """Whether nobody is asked about a placement that isn't proved; it is kept in mind. Only where a project runs
        that nobody declares: not whom it sends data to, and not where what lies outside of it gave it a class."""
        resource, provider = placed.resource, placement.provider
        spared = (
            resource.local
            and not placement.sent
            and isinstance(provider, Unknown)
            and provider.kind is UnknownKind.PROJECT_UNDECLARED
            and not any(self._is_foreign(resource, each) for each in placed.classes.claims)
        )
        if spared:
            self._spared[resource.identity] = resource
        return spared

    def _is_foreign(self, resource: Resource, claim: ClassClaim) -> bool:
        """Whether a class came along a flow from what isn't of the same project."""
        if claim.how is not How.PROPAGATED:
            return False
        own = self._files[resource.root, resource.variant]
        steps = unroll(claim.because)
        return any(
            step.where.span().path not in own for step in steps if step.where is not None
        )

    @cached_property
    def _files(self) -> Mapping[tuple[str | None, str | None], set[str]]:
        """The files of each project."""
        found: dict[tuple[str | None, str | None], set[str]] = {}
        for resource in (each.resource for each in self._placed if each.resource.local):
            own = found.setdefault((resource.root, resource.variant), set())
            own.add(resource.span.path)
        return found

    def remarks(self) -> list[Remark]:
        """One for all that was spared; none where nothing was."""
        files = sorted({each.span.path for each in self._spared.values()})
        if not files:
            return []
        shown: list[str | Note] = [*files[:MOST_FILES]]
        if more := len(files) - len(shown):
            shown.append(Note("policy.local-more", {"count": more}))
        params = {"count": len(self._spared), "number": len(files), "files": tuple(shown)}
        return [Remark(Note("policy.local", params), files[0])]
