"""What shows by itself that it runs on a developer's own machine: no cluster that is declared or made around it is proved
for that. One object tells it of all that is deployed along with it; defaults of charts that nothing installs don't."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import dirname

from sovlint.frontends.cluster.objects import ManifestObject
from sovlint.frontends.kubernetes.clusters.fields import machine_evidence
from sovlint.model.landing import Evidence
from sovlint.rules.hints import ClusterHints

DeployedWith = tuple[object, str]
"""What is deployed together: by which file, or in which folder, and what that environment is called."""


def machines_shown(
    objects: Iterable[ManifestObject], hints: ClusterHints
) -> dict[DeployedWith, Evidence]:
    """What shows it, by what is deployed together."""
    found: dict[DeployedWith, Evidence] = {}
    for each in objects:
        shown = machine_evidence(each, hints)
        if shown is not None:  # what may be there counts as well: it speaks against a proof
            found.update((key, shown) for key in together(each) if key not in found)
    return found


def together(found: ManifestObject) -> list[DeployedWith]:
    """With what an object is deployed."""
    by = found.installed_by
    if by is not None:
        return [((by, found.variant), by.name)]
    if found.installed is not None:
        return of_variant(found.variant, found.installed.held_in)
    folder = dirname(found.file.path) if found.root is None else found.root
    return [((folder, found.variant), folder)]


def of_variant(variant: str | None, held_in: Iterable[str]) -> list[DeployedWith]:
    """The same, of what a chart makes with values that files say."""
    environment = (variant or "").partition("/")[0]
    return [(path, environment) for path in held_in]
