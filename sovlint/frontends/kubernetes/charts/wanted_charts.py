"""Charts to render, each by a name of its own."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from sovlint.documents.tree import Node
from sovlint.expressions.templates.limits import MAX_WORLDS
from sovlint.frontends.cluster.objects import ChartOrigin
from sovlint.frontends.kubernetes.charts.files import joined
from sovlint.frontends.kubernetes.charts.releases import ChartOfRelease
from sovlint.frontends.kubernetes.charts.rendering.render import ReleaseValues
from sovlint.model.value import Unknown


class HelmfilePatches(Struct, frozen=True):
    """What a release of a helmfile changes: patches by Kustomize's two means, and the namespace that all is put in."""

    merged: Sequence[Node] = ()
    json: Sequence[Node] = ()
    namespace: str = ""


class WantedChart(Struct, frozen=True):
    """A chart to render: ``variant`` is the release (``<namespace>/<name>``) or the file of values, ``None`` for the
    chart's own."""

    folder: str
    variant: str | None = None
    values: Node | None = None
    release: ChartOfRelease | None = None
    installed: ChartOrigin = ChartOrigin(None)
    depth: int = 0
    given: ReleaseValues | None = None
    """What is laid on the chart's own values, where that is no tree: some of it may not be known."""
    ways: int = MAX_WORLDS
    """In how many ways a template may come out of which is looked: past it, all that it makes may not exist."""
    shared: str | None = None
    """The variant that it would have if no other release had its name."""
    changed_by: HelmfilePatches | None = None
    """What the helmfile that installs it changes in what it renders to."""
    perhaps: Unknown | None = None
    """Why it isn't known whether it is installed."""


class ReleasesByName:
    """Tells releases apart that have one name: there may be one in each cluster. The first has the name alone as its
    variant, each further one where it is installed besides."""

    def __init__(self) -> None:
        self._met: set[tuple[str, str | None]] = set()
        self._same: set[tuple[str, str | None, str, str]] = set()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._met)

    def new(self, wanted: WantedChart) -> WantedChart | None:
        """What is wanted, by a name of its own; ``None`` where the same was wanted before."""
        place = _place(wanted.installed)
        same = (wanted.folder, wanted.variant, place, repr((wanted.values, wanted.given)))
        if same in self._same:
            return None
        self._same.add(same)
        name, number = wanted.variant, 1
        while (wanted.folder, name) in self._met:
            if wanted.release is None:
                return None
            further = f"#{number}" if number > 1 else ""
            name, number = f"{wanted.variant}@{place}{further}", number + 1
        self._met.add((wanted.folder, name))
        return replace(wanted, variant=name, shared=wanted.variant)


def _place(installed: ChartOrigin) -> str:
    """Where a release is installed: by the overlay or chart that makes it, or the folder of its file."""
    by = installed.by
    if by is None:
        return posixpath.dirname(min(installed.held_in, default="")) or "."
    folder = by.root if by.root is not None else posixpath.dirname(by.file.path)
    return joined(folder, by.variant) if by.variant else folder or "."
